"""The links of a page: which there are, and where one stands in the document."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlock, QTextCursor

from reader.model import Block, Kind, Link
from reader.ui.story.matches import Span
from reader.ui.story.sheet import NOWHERE, Sheet

_SAFE = frozenset({"http", "https", "mailto"})


def is_safe(href: str) -> bool:
    """Whether an address may be handed to the desktop."""
    return QUrl(href).scheme().lower() in _SAFE


def may_be_asked_for(href: str) -> bool:
    """Whether an address is safe, or says only a place on the site that the issue came from."""
    url = QUrl(href)
    return is_safe(href) or (url.isRelative() and bool(url.path()))


def links_of(sheet: Sheet) -> list[Link]:
    """Return the links of a page as they are read; neighbours to one address are one link."""
    found: list[Link] = []
    for passage in sheet.passages:
        if passage.start != NOWHERE:
            found += _links_in(passage.block)
    return found


def span_of_link(cursor: QTextCursor, href: str) -> Span | None:
    """Return where the link of that address stands that the cursor touches."""
    block, at = cursor.block(), cursor.position()
    spans = _joined(_spans(block, href))
    return next((span for span in spans if span[0] <= at <= span[1]), None)


def _links_in(block: Block) -> list[Link]:
    found: list[Link] = []
    last = ""
    for run in block.all_runs:
        if run.href == last and found and last:
            found[-1] = Link(run.href, found[-1].text + run.text, found[-1].source)
        elif is_safe(run.href):
            found.append(Link(run.href, run.alt if run.image else run.text, block.kind is Kind.SOURCE))
        last = run.href if is_safe(run.href) else ""
    return found


def _spans(block: QTextBlock, href: str) -> Iterator[Span]:
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        if fragment.charFormat().anchorHref() == href:
            yield fragment.position(), fragment.position() + fragment.length()
        fragments += 1


def _joined(spans: Iterator[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
