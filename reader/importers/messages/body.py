"""The text of a message: of all its parts the one to be read, decoded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.message import Message
from typing import Literal, NamedTuple

from reader.importers.messages.charsets import decoded
from reader.importers.messages.flowed import unflowed

_HTML = frozenset(("text/html", "application/xhtml+xml"))
_CARRIED = frozenset(("message/rfc822", "message/global", "message/news"))
_NOT_FOR_READING = frozenset(
    "calendar css csv directory javascript rfc822-headers vcard x-amp-html x-vcard xml".split()  # noqa: SIM905
)
_DEEPEST = 40
"""Parts within parts; nobody nests them deeper in earnest."""
_LOOKS_LIKE_HTML = re.compile(r"\s*<(?:!doctype html|html|head|body|table|div)\b", re.IGNORECASE)
_TAG = re.compile(r"<(?P<closes>/?)(?P<name>[A-Za-z]*)[^<>]*>")
_UNSEEN = frozenset(("script", "style", "title"))
_MOST_OPEN = 15_000
"""Elements that are not closed, those that never are among them."""
_BEGINNING = 200_000
"""Characters of a text that tell whether it is one."""
_NO_LETTERS = re.compile(r"[\W_]+")
_STUB = 300
"""Letters; HTML with fewer, and much fewer than the plain text beside it, only says that there is some."""


class Text(NamedTuple):
    """One part that is read."""

    markup: Literal["html", "text"]
    text: str


Found = Text | Message
"""A text, or the part that carries another message."""


def texts_of(message: Message) -> list[Found]:
    """Return what there is to read in a message, in order: of alternatives the best, no attachments."""
    return list(_found(message, 0))


def letters_in(text: Text) -> int:
    """Return how many letters and digits a reader sees of a text, or of its beginning, roughly."""
    beginning = text.text[:_BEGINNING]
    seen = _seen(beginning) if text.markup == "html" else beginning
    return len(_NO_LETTERS.sub("", seen))


def is_tree(text: Text) -> bool:
    """Say whether a text is HTML nested no deeper than a writer's: a parser takes minutes over more."""
    opened = text.text.count("<") - 2 * text.text.count("</")
    return text.markup == "html" and opened < _MOST_OPEN


def _seen(html: str) -> str:
    """Return what stands between tags, in one go: a pattern that looks for an end may look for long."""
    pieces: list[str] = []
    within, at = "", 0
    for tag in _TAG.finditer(html):
        name = tag["name"].lower()
        if not within:
            pieces.append(html[at : tag.start()])
            within = name if name in _UNSEEN and not tag["closes"] else ""
        elif name == within and tag["closes"]:
            within = ""
        at = tag.end()
    return " ".join([*pieces, "" if within else html[at:]])


def _found(part: Message, depth: int) -> Iterator[Found]:
    kind = part.get_content_type()
    inner = _parts_of(part)
    if depth > _DEEPEST:
        return
    if kind in _CARRIED or _is_mail_file(part):
        yield part
    elif not part.is_multipart():
        if _is_read(part, kind):
            yield _text(part, kind)
    elif kind == "multipart/alternative":
        yield from _best([list(_found(one, depth + 1)) for one in inner])
    else:
        for one in inner[:1] if kind == "multipart/related" else inner:
            yield from _found(one, depth + 1)


def _parts_of(part: Message) -> list[Message]:
    return [one for one in part.get_payload() if isinstance(one, Message)] if part.is_multipart() else []


def _best(choices: Sequence[list[Found]]) -> list[Found]:
    """Return the HTML; the plain text where there is none, or hardly a word in it."""
    htmls = [
        choice for choice in choices if any(isinstance(one, Text) and one.markup == "html" for one in choice)
    ]
    others = [choice for choice in choices if choice and choice not in htmls]
    if not htmls or not others:
        return next(iter((htmls or others)[-1:]), [])
    seen, plain = _letters(htmls[-1]), _letters(others[-1])
    return others[-1] if seen < _STUB and plain > 2 * seen else htmls[-1]


def _letters(choice: Sequence[Found]) -> int:
    return sum(letters_in(one) for one in choice if isinstance(one, Text))


def _is_read(part: Message, kind: str) -> bool:
    if part.get_content_disposition() == "attachment":
        return False
    # Parts whose border never comes lie in one that says it has parts.
    return (
        kind in _HTML
        or kind.startswith("multipart/")
        or (kind.startswith("text/") and kind[5:] not in _NOT_FOR_READING)
    )


def _text(part: Message, kind: str) -> Text:
    data = bytes_of(part)
    charset = _parameter(part, "charset")
    if kind in _HTML:
        return Text("html", decoded(data, charset, html=True))
    text = decoded(data, charset)
    if _LOOKS_LIKE_HTML.match(text):
        return Text("html", text)
    if _parameter(part, "format").lower() == "flowed":
        text = unflowed(text, joined=_parameter(part, "delsp").lower() == "yes")
    return Text("text", text)


def bytes_of(part: Message) -> bytes:
    """Return what a part holds, its transfer encoding undone as far as it goes."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name, "")
    except (ValueError, LookupError):
        return ""
    return str(value[2] if isinstance(value, tuple) else value or "").strip()


def file_name(part: Message) -> str:
    """Return the name that a part would have as a file; "" for none."""
    try:
        return str(part.get_filename("") or "")
    except (ValueError, LookupError, TypeError):
        return ""


def _is_mail_file(part: Message) -> bool:
    return not part.is_multipart() and file_name(part).lower().endswith(".eml")


def carried_in(part: Message) -> Message:
    """Return the message that a part carries: as a message, or as a file."""
    if inner := _parts_of(part):
        return inner[0]
    from reader.importers.messages.reading import parsed  # it stands above this module

    return parsed(bytes_of(part))
