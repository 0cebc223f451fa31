"""The text of a WordPress post as its site shows it: paragraphs out of empty lines, and no shortcodes."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from reader.model.addresses import is_web

_BLOCKS = (
    "address|article|aside|blockquote|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|header|hr|iframe|legend|li|main|menu|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_KEPT = re.compile(r"<(?P<name>pre|code|script|style|textarea)\b[^<>]*>", re.IGNORECASE)
"""What is shown as it is written."""
_OPENS = re.compile(rf"<(?:{_BLOCKS})\b", re.IGNORECASE)
_CLOSES = re.compile(rf"</(?:{_BLOCKS})\s*>|<hr\b[^<>]*>", re.IGNORECASE)
_BEGINS_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b", re.IGNORECASE)
_ENDS_BLOCKS = re.compile(rf"(?:</(?:{_BLOCKS})\s*>\s*)+\Z", re.IGNORECASE)
_TWO_BREAKS = re.compile(r"<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)
_ANY_TAG = re.compile(r"(<[^<>]*>)")
_PUT_AWAY = re.compile("\0(\\d+)\0")
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BY_BLOCKS = "<!-- wp:"

_CAPTION = re.compile(r"\[(?P<name>(?:wp_)?caption)\b(?P<attributes>[^\[\]]{0,2000})\]")
_PICTURE = re.compile(r"(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)
_SHORTCODE = re.compile(
    r"(?P<escaped>\[)?\[(?P<closing>/)?(?P<name>[A-Za-z][\w-]{0,60})(?P<attributes>(?:\s[^\[\]<>]{0,2000})?)/?\](?(escaped)\]|)"
)
_ATTRIBUTE = re.compile(r"([\w-]{1,60})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
_EMBEDS = frozenset(
    {"embed", "audio", "video", "youtube", "vimeo", "soundcloud", "spotify", "tweet", "twitter", "instagram"}
)
_OF_THE_SITE = frozenset(
    {"gallery", "playlist", "toc", "contact-form", "contact-form-7", "subscribe", "more", "sharethis", "ads"}
)
"""Shortcodes without an end that show what is no part of the text."""
_VERBATIM = re.compile(
    r"\[(?P<name>code|sourcecode|source|php|python|css|html|xml|bash)\b[^\[\]]{0,200}\]", re.IGNORECASE
)


def html_of_post(content: str) -> str:
    """Return the HTML of a post, given what is stored of it; "" for an empty one."""
    if not content.strip():
        return ""
    text = content.replace("\r\n", "\n").replace("\r", "\n")
    if "[" in text:
        text = _with_replaced(text, _VERBATIM, "[/{}]", _as_code)
        text = "".join(part if kept else _without_shortcodes(part) for part, kept in _parts(text))
    if _BY_BLOCKS in text:
        return text
    return "".join(_with_paragraphs(text))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text in turns: what is for us, and what is shown as it is written."""
    at = 0
    for opening, closing in _enclosed(text, _KEPT, "</{}>"):
        yield text[at : opening.start()], False
        yield text[opening.start() : closing.end()], True
        at = closing.end()
    yield text[at:], False


def _enclosed(
    text: str, opens: re.Pattern[str], closes: str
) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield where something opens and where it closes, `closes` being how, with the name for "{}".

    What never closes is looked for once and no more, however often it opens.
    """
    at = 0
    lost: set[str] = set()
    while opening := opens.search(text, at):
        name = opening["name"].lower()
        closing = None
        if name not in lost:
            closing = re.compile(re.escape(closes.format(name)), re.IGNORECASE).search(text, opening.end())
        if closing:
            yield opening, closing
        else:
            lost.add(name)
        at = (closing or opening).end()


def _with_replaced(text: str, opens: re.Pattern[str], closes: str, shown: Callable[[str, str], str]) -> str:
    """Return the text with what opens and closes as it is shown, given its attributes and what is in it."""
    out: list[str] = []
    at = 0
    for opening, closing in _enclosed(text, opens, closes):
        attributes = opening.groupdict().get("attributes") or ""
        inner = text[opening.end() : closing.start()]
        out += (text[at : opening.start()], shown(attributes, inner))
        at = closing.end()
    return "".join(out) + text[at:]


def _with_paragraphs(text: str) -> Iterator[str]:
    """Yield the text with its paragraphs, as WordPress's wpautop makes them.

    Empty lines part them, and so do elements that are no part of a line; a single end of a line is a break.
    """
    kept: list[str] = []
    parts: list[str] = []
    for part, is_kept in _parts(text.replace("\0", "")):
        if is_kept:
            around = "" if part[:5].lower() == "<code" else "\n\n"
            parts.append(f"{around}\0{len(kept)}\0{around}")
            kept.append(part)
        else:
            parts.append(part)
    text = "".join(parts)
    text = _TWO_BREAKS.sub("\n\n", text)
    text = _CLOSES.sub("\\g<0>\n\n", _OPENS.sub("\n\n\\g<0>", text))
    for chunk in _EMPTY_LINES.split(text):
        if said := chunk.strip():
            paragraph = _paragraph(said)
            yield _PUT_AWAY.sub(lambda match: kept[int(match[1])], paragraph) if kept else paragraph
            yield "\n"


def _paragraph(chunk: str) -> str:
    if _BEGINS_BLOCK.match(chunk) or _PUT_AWAY.fullmatch(chunk):
        return chunk
    ends = _ENDS_BLOCKS.search(chunk) if chunk.endswith(">") else None
    words, rest = (chunk[: ends.start()], ends[0]) if ends else (chunk, "")
    return f"<p>{_broken(words.strip())}</p>{rest}"


def _broken(words: str) -> str:
    """Return a paragraph in which the end of each line is a break; those within tags are none."""
    if "\n" not in words:
        return words
    parts = enumerate(_ANY_TAG.split(words))
    return "".join(part if at % 2 else part.replace("\n", "<br>\n") for at, part in parts)


def _as_code(_attributes: str, inner: str) -> str:
    return f"<pre><code>{html.escape(html.unescape(inner).strip())}</code></pre>"


def _without_shortcodes(text: str) -> str:
    text = _with_replaced(text, _CAPTION, "[/{}]", _figure)
    closed = {match["name"].lower() for match in _SHORTCODE.finditer(text) if match["closing"]}
    return _SHORTCODE.sub(lambda match: _shown(match, closed), text)


def _shown(match: re.Match[str], closed: set[str]) -> str:
    """Return what stands in the place of something in brackets; what is no shortcode stays."""
    name = match["name"].lower()
    if match["escaped"]:
        return match[0][1:-1]
    if name in _EMBEDS:
        return _embedded(match, name in closed)
    if name in closed or name in _OF_THE_SITE or _ATTRIBUTE.search(match["attributes"]):
        return ""
    return match[0]


def _embedded(match: re.Match[str], has_end: bool) -> str:  # noqa: FBT001
    written = match["attributes"].strip().lstrip("=")
    given = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(written)}
    addresses = [value for key in ("src", "url", "mp3", "mp4", "id", "href") if (value := given.get(key, ""))]
    found = next(filter(is_web, [*addresses, *written.split()]), "")
    if not found:
        return "" if has_end or match["closing"] or written else match[0]
    address = html.escape(found, quote=True)
    return f'<a href="{address}">{address}</a>'


def _figure(attributes: str, inner: str) -> str:
    """Return a picture with its caption, which stands behind it or, in old posts, in an attribute."""
    inner = inner.strip()
    picture = _PICTURE.match(inner)
    if picture is None:
        return inner
    given = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(attributes)}
    caption = inner[picture.end() :].strip() or given.get("caption", "")
    return f"\n\n<figure>{picture[0]}<figcaption>{caption}</figcaption></figure>\n\n"
