"""The head of an issue: what its first lines, its front matter and its name say of it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from urllib.parse import urlsplit

from reader.model import Head, RawIssue
from reader.parsing.dates import read_published
from reader.parsing.draft import among_others
from reader.parsing.front_matter import FrontMatter, read_front_matter
from reader.parsing.keys import telling
from reader.parsing.naming import name_newsletters
from reader.parsing.numbers import number_in_name, number_in_title
from reader.parsing.source import ATTRIBUTES
from reader.parsing.source_forms import as_markdown

__all__ = ["hosts_of", "name_newsletters", "read_facts", "read_head", "title_of", "url_of"]

_TITLE_KEYS = ("title", "headline", "structured_data.headline", "og:title", "subject")
_NEWSLETTER_KEYS = ("newsletter", "series", "publication", "source_name", "newsletter.name", "og:site_name")
_URL_KEYS = ("link", "url", "source_url", "original_url", "canonical", "canonical_url", "og:url")
_PLACE_KEYS = ("domain", "feed", "source_url", "canonical", "original_url", "url", "link", "og:url")
_AUTHOR_KEYS = (
    "author",
    "authors",
    "author.name",
    "by",
    "byline",
    "structured_data.author",
    "article:author",
)
_ANYONES = re.compile(  # hosts that many newsletters share, and those that only shorten addresses
    r"(?:.*\.)?(?:github\.com|githubusercontent\.com|medium\.com|twitter\.com|x\.com|youtube\.com"
    r"|youtu\.be|t\.co|bit\.ly|mail\.google\.com|google\.com|facebook\.com|linkedin\.com|reddit\.com|feedburner\.com|localhost)"
    r"|substack\.com|buttondown\.(?:com|email)|getrevue\.co|beehiiv\.com|tinyletter\.com"
)
_HEAD_LENGTH = 60_000  # characters of a page in which its head is looked for
_MARKDOWN_LENGTH = 4_000  # characters of a text in which its first heading is looked for
_STYLES_LENGTH = 2_000_000
"""Characters of a page in which its head may be: one saved in one file has all its styles before the rest."""
_STYLE = re.compile(r"<style\b[^<>]*>[^<]*</style\s*>", re.IGNORECASE)
_HTML_TITLE = re.compile(r"<title\b[^<>]*>((?:(?!<title\b).)*?)</title", re.IGNORECASE | re.DOTALL)
_HTML_H1 = re.compile(r"<h1\b[^<>]*>((?:(?!<h1\b).)*?)</h1", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_META = re.compile(r"<(meta|link)\b([^>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_META_NAMES = re.compile(
    r"author|date|pubdate|description|canonical|og:(?:title|url|site_name|image)|article:(?:published_time|author)"
)
_ATX = re.compile(r"^ {0,3}#[ \t]+(\S.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_SETEXT = re.compile(r"^ {0,3}(\S[^\n]*)\n {0,3}=+[ \t]*$", re.MULTILINE)
_FENCED = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>", re.DOTALL)
_LINKED = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|___|__|`)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_DATED = re.compile(r"^(?:19|20)\d\d[-_.]?\d\d[-_.]?\d\d[-_. ]+")
_TITLE_LENGTH = 400
_ATTRIBUTES = re.compile(rf"\s*{ATTRIBUTES}\s*$")


def read_facts(raw: RawIssue) -> FrontMatter:
    """Return an issue's front matter, and what its importer knows of it before that.

    An HTML page's head adds what these do not say.
    """
    front = read_front_matter(raw.text)
    meta = {**front.meta, **dict(raw.meta)}
    if raw.markup == "html":
        meta = {**_page_head(_without_styles(front.body)), **meta}
    _, odd_date = read_published(meta, raw.location)
    return replace(front, meta=meta, warnings=(*front.warnings, odd_date) if odd_date else front.warnings)


def read_head(raw: RawIssue) -> Head:
    """Return what an issue says of itself; nothing said is an error."""
    front = read_facts(raw)
    title = title_of(raw, front)
    prefix, number = number_in_title(title)
    if not number:
        _, number = number_in_name(telling(raw.location))
    return Head(
        location=raw.location,
        title=title,
        number=_digits(front.meta) or number,
        prefix=prefix,
        domain=domain_of(front.meta),
        author=_first(front.meta, _AUTHOR_KEYS),
        folder=str(PurePath(raw.location).parent),
        newsletter=raw.newsletter or plain_title(_first(front.meta, _NEWSLETTER_KEYS)),
    )


def title_of(raw: RawIssue, front: FrontMatter) -> str:
    """Return an issue's title: its front matter's, else its first heading, else its page's, else its name."""
    written = _first(front.meta, _TITLE_KEYS)
    if raw.markup == "html":
        found = written or _match(_HTML_TITLE, front.body[:_HEAD_LENGTH]) or _match(_HTML_H1, front.body)
    else:
        found = written or _heading(as_markdown(front.body, raw.markup, begins=_MARKDOWN_LENGTH))
    return plain_title(found) or readable_name(PurePath(telling(raw.location or raw.name)).name)


def url_of(meta: Mapping[str, str]) -> str:
    """Return where an issue was published; "" where it does not say."""
    return next(
        (url for key in _URL_KEYS if (url := meta.get(key, "")).startswith(("http://", "https://"))), ""
    )


def domain_of(meta: Mapping[str, str]) -> str:
    """Return the domain an issue comes from, without "www."; "" for none and for one that anyone uses."""
    for key in _PLACE_KEYS:
        written = meta.get(key, "").strip()
        if not written:
            continue
        try:
            host = urlsplit(written if "//" in written else f"//{written}").hostname or ""
        except ValueError:
            continue
        host = host.removeprefix("www.")
        if "." in host and not _ANYONES.fullmatch(host):
            return host
    return ""


def hosts_of(meta: Mapping[str, str]) -> frozenset[str]:
    """Return the hosts of the page that an issue was published on, without "www."."""
    try:
        host = urlsplit(url_of(meta)).hostname or ""
    except ValueError:
        host = ""
    return frozenset({host.removeprefix("www."), domain_of(meta)} - {""})


def plain_title(written: str) -> str:
    """Return a title as it reads: no markup, entities decoded, white space collapsed."""
    text = written[: _TITLE_LENGTH * 4]
    text = _EMPHASIS.sub(r"\2", _LINKED.sub(r"\1", _TAG.sub("", text)))
    text = _ATTRIBUTES.sub("", text) or text
    text = html.unescape(html.unescape(_ESCAPED.sub(r"\1", text)))
    return " ".join(among_others(text).split())[:_TITLE_LENGTH]


def readable_name(name: str) -> str:
    """Return a file's name as a title: "2020-10-19-the-week_in-ai.md" is "The week in ai"."""
    stem = name.rpartition(".")[0] or name
    words = _DATED.sub("", stem) or stem
    words = re.sub(r"(?<=[a-z])(?=\d)", " ", words) if re.fullmatch(r"[A-Za-z]+\d+", words) else words
    if " " not in words and not re.fullmatch(r"[\d._-]+", words):
        words = re.sub(r"[-_]+", " ", words)
    words = among_others(words)[:_TITLE_LENGTH]
    return (words[:1].upper() + words[1:]) if words else name


def _heading(text: str) -> str:
    text = _COMMENT.sub("", _FENCED.sub("", text))
    found = [match for pattern in (_ATX, _SETEXT, _HTML_H1) if (match := pattern.search(text))]
    return str(min(found, key=re.Match.start)[1]) if found else ""


def _without_styles(page: str) -> str:
    """Return the beginning of a page, in which its head is, without the styles in it."""
    if "<style" not in page[:_HEAD_LENGTH]:
        return page[:_HEAD_LENGTH]
    return _STYLE.sub("", page[:_STYLES_LENGTH])[:_HEAD_LENGTH]


def _page_head(page: str) -> dict[str, str]:
    found: dict[str, str] = {}
    body = _BODY.search(page)
    for match in _META.finditer(page, 0, body.start() if body else len(page)):
        values = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(match[2])}
        name = values.get("property") or values.get("name") or values.get("rel") or ""
        value = values.get("content") or values.get("href") or ""
        if _META_NAMES.fullmatch(name.lower()) and value:
            found.setdefault(name.lower(), html.unescape(value).strip())
    return found


def _match(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def _first(meta: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((value for key in keys if (value := meta.get(key, "").strip())), "")


def _digits(meta: Mapping[str, str]) -> str:
    """Return the number that the front matter gives in so many words."""
    written = _first(meta, ("issue_number", "number", "issue", "edition", "episode"))
    digits = written.removeprefix("#")
    return (digits.lstrip("0") or "0") if re.fullmatch(r"\d{1,5}", digits) else ""
