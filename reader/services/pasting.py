"""Pasting: a text from the clipboard becomes an issue; an address is followed, or its page is saved."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

from reader.importers.tags import TAG, words_of
from reader.model import RawIssue
from reader.model.fetched import Fetches
from reader.model.hashes import digest_of
from reader.model.issue import PASTED, Markup
from reader.services.importing import Report, import_issues
from reader.services.library import Library
from reader.services.progress import Problem

NEWSLETTER = "Pasted"
"""The newsletter to which pasted texts belong."""

_MOST = 20_000_000
"""Characters; a longer text is no issue of a newsletter."""
_TITLE_LENGTH = 80
_LONGEST_ADDRESS = 4_000
_ADDRESS = re.compile(
    r"(?P<scheme>(?:https?|feed|rss)://|feed:(?=https?://))?"
    r"(?P<rest>(?:https?://)?(?:[^\s<>\"'/@:]+(?::[^\s<>\"'/]*)?@)?"
    r"(?P<host>(?:[\w-]+\.)+[^\W\d_]{2,}|localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\])(?::\d{1,5})?(?:[/?#][^\s<>\"]*)?)",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"[\w.-]+\.(?:md|txt|html?|json|ya?ml|toml|csv|py|js|ts|rs|go|c|h|sh|css|xml|pdf|png|jpe?g|zip)"
)
"""What has the look of a host without a scheme, and is the name of a file."""
_STRUCTURE = re.compile(r"<(?:a\s[^>]*href|h[1-6]|li|p|table|blockquote|article)\b", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:p|a|li|h[1-6]|ul|ol|table|blockquote|div)\s*>", re.IGNORECASE)
_WHOLE_PAGE = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6} \S|^ {0,3}[-*+] \[[^\]\n]+\]\(|\[[^\]\n]+\]\(https?://[^)\s]+\)|^(?:```|~~~)|\*\*\S[^*\n]*\*\*",
    re.MULTILINE,
)
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL)
_HEADING = re.compile(r"<h[1-4]\b[^<>]*>(.{0,2000}?)</h[1-4]", re.IGNORECASE | re.DOTALL)
_ATX = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)


def address_in(text: str) -> str:
    """Return the web address that a text is, with its scheme; "" where it is anything else or more."""
    word = text.strip().removeprefix("<").removesuffix(">")
    found = _ADDRESS.fullmatch(word) if len(word) < _LONGEST_ADDRESS else None
    if not found:
        return ""
    rest = found["rest"]
    is_web = bool(found["scheme"]) or rest.lower().startswith(("http://", "https://"))
    if not is_web and (_FILE.fullmatch(rest) or "@" in rest.partition("/")[0]):
        return ""
    if rest.lower().startswith(("http://", "https://")):
        return rest
    plainly = (found["scheme"] or "").lower() == "http://"
    return f"{'http' if plainly else 'https'}://{rest}"


def paste(library: Library, text: str, html: str = "") -> Report:
    """Take in a text from the clipboard as an issue of “Pasted”; `html` is how it was formatted, if it was.

    The same text is the same issue however often it is pasted. What is no text is a problem in the report.
    """
    if reason := _objection(text, html):
        return Report(problems=(Problem("", reason),))
    return import_issues(library, [pasted_issue(text, html, datetime.now(UTC))])


def page_at(address: str, fetches: Fetches) -> RawIssue:
    """Return the page at an address as an issue of its site; raise FetchError or ImporterError."""
    from reader.importers.page import page_issue

    return page_issue(fetches.get(address))


def pasted_issue(text: str, html: str, now: datetime) -> RawIssue:
    """Return a pasted text as an issue, dated now."""
    body, markup = _body(text, html)
    digest = digest_of(f"{markup}\n{body}")
    name = digest[:16]
    return RawIssue(
        location=f"{PASTED}//{name}",
        name=name,
        text=body,
        markup=markup,
        newsletter=NEWSLETTER,
        digest=digest,
        meta=(*_title(body, markup), ("date", now.isoformat(timespec="seconds"))),
    )


def _objection(text: str, html: str) -> str:
    """Return why this cannot be pasted, as a sentence; "" where it can."""
    if len(text) > _MOST or len(html) > _MOST:
        return f"This is too long to be pasted: up to {_MOST // 1_000_000} million characters are read."
    shown = text if text.strip() else words_of(html)
    if not any(map(str.isalnum, shown)):
        return "There is no text to paste."
    if shown.count("\0") * 100 > len(shown):
        return "This is data and not a text."
    return ""


def _body(text: str, html: str) -> tuple[str, Markup]:
    """Return what is read of the clipboard, and how it is written.

    A program for writing code gives the colours of a text as HTML: there the text itself is what is meant.
    """
    if html and _STRUCTURE.search(html) and not _MARKDOWN.search(text):
        fragment = _FRAGMENT.search(html)
        return (fragment[1] if fragment else html), "html"
    if not text.strip():
        return html, "html"
    if _WHOLE_PAGE.match(text) or (text.lstrip().startswith("<") and len(_CLOSED.findall(text)) > 1):
        return text, "html"
    return text.replace("\0", ""), "markdown"


def _title(body: str, markup: Markup) -> tuple[tuple[str, str], ...]:
    """Return a title as front matter would say it: the first heading's, else the first line's.

    A text that says itself what it is called needs none.
    """
    from reader.parsing.front_matter import read_front_matter

    front = read_front_matter(body)
    if front.meta.get("title"):
        return ()
    heading = (_HEADING if markup == "html" else _ATX).search(front.body)
    written = heading[1] if heading else front.body
    if markup == "html":
        written = unescape(TAG.sub("", _BREAK.sub("\n", written)))
    line = next((line for line in map(_on_one_line, written.splitlines()) if line), "")
    return (("title", _shortened(line)),) if line else ()


def _on_one_line(line: str) -> str:
    return " ".join(line.strip("#*_>-•· \t").split())


def _shortened(line: str) -> str:
    if len(line) <= _TITLE_LENGTH:
        return line
    words = line[:_TITLE_LENGTH].rpartition(" ")[0] or line[:_TITLE_LENGTH]
    return words.rstrip(" ,;:.") + "…"
