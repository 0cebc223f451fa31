"""Bookmarks that a browser exports: one issue, with a section a folder and a story a bookmark."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from reader.importers import Report
from reader.importers.exports.items import time_of
from reader.importers.files import beginning, text_in
from reader.importers.tags import Tag, tags
from reader.model import ImporterError, RawIssue, part_of, shown_address
from reader.model.addresses import is_web
from reader.model.hashes import digest_of

_NETSCAPE = re.compile(r"<!DOCTYPE\s+NETSCAPE-Bookmark-file", re.IGNORECASE)
_MOST = 50_000_000  # bytes; a bookmark with its icon is some thousand
_TITLE = "Bookmarks"
_TOGETHER = 2_000
"""Bookmarks of one issue."""
_SAID = ("dd", "br", "p")
"""Tags with words of the description after them."""
_NEXT = ("a", "h3", "dl", "/dl")
"""Tags at which a bookmark has ended."""


@dataclass
class _Bookmark:
    """A bookmark, and the folders that it is in."""

    title: str
    link: str
    folders: tuple[str, ...]
    added: str
    tags: tuple[str, ...]
    said: list[str] = field(default_factory=list)


class BookmarksImporter:
    """A file of bookmarks is one issue; of thousands it is several."""

    name = "bookmarks"
    reads_any = False

    def accepts(self, location: str) -> bool:
        return bool(_NETSCAPE.search(beginning(location)))

    def issues(self, location: str, report: Report) -> Iterator[RawIssue]:
        try:
            text = text_in(location, _MOST)
        except ImporterError as error:
            report(error)
            return
        bookmarks = _bookmarks(text)
        number = 0
        while some := list(islice(bookmarks, _TOGETHER)):
            number += 1
            yield _issue(location, some, number)
        if not number:
            report(ImporterError("The file has no bookmarks in it.", location))


importer = BookmarksImporter()


def _bookmarks(text: str) -> Iterator[_Bookmark]:
    """Yield the bookmarks of the web, each with the description behind it."""
    folders = _Folders()
    latest: _Bookmark | None = None
    for tag in tags(text):
        if latest and tag.name in _SAID and tag.text:
            latest.said.append(tag.text)
        if latest and tag.name in _NEXT:
            yield latest
            latest = None
        folders.pass_by(tag)
        if tag.name == "a" and is_web(tag.attributes.get("href", "")):
            latest = _bookmark(tag, folders.around)
    if latest:
        yield latest


class _Folders:
    """The folders around a place: a heading names the list that follows it."""

    def __init__(self) -> None:
        self.around: tuple[str, ...] = ()
        self._named = ""

    def pass_by(self, tag: Tag) -> None:
        """Take note of a tag that opens or closes one."""
        if tag.name == "h3":
            self._named = tag.text
        elif tag.name == "dl":
            self.around, self._named = (*self.around, self._named), ""
        elif tag.name == "/dl":
            self.around = self.around[:-1]


def _bookmark(tag: Tag, folders: tuple[str, ...]) -> _Bookmark:
    labels = (name.strip() for name in tag.attributes.get("tags", "").split(","))
    return _Bookmark(
        title=tag.text,
        link=tag.attributes["href"],
        folders=folders,
        added=time_of(tag.attributes.get("add_date", "")),
        tags=tuple(filter(None, labels)),
    )


def _issue(location: str, bookmarks: Sequence[_Bookmark], number: int) -> RawIssue:
    """Return them as the entries of chapters, so that each is a story for certain."""
    chapters: dict[str, list[dict[str, str]]] = {}
    for one in bookmarks:
        entry = {
            "title": one.title or shown_address(one.link) or one.link,
            "url": one.link,
            "text": _said(one),
        }
        chapters.setdefault(" / ".join(filter(None, one.folders)), []).append(entry)
    name = "bookmarks" if number == 1 else f"bookmarks-{number}"
    newest = max((one.added for one in bookmarks), default="")
    facts = {"title": _TITLE if number == 1 else f"{_TITLE} ({number})", "date": newest}
    text = json.dumps(
        {
            **{key: value for key, value in facts.items() if value},
            "chapters": [{"title": title, "entries": entries} for title, entries in chapters.items()],
        },
        ensure_ascii=False,
    )
    return RawIssue(
        location=part_of(location, name),
        name=f"{name}.json",
        text=text,
        markup="json",
        newsletter=_TITLE,
        digest=digest_of(text),
        meta=tuple((key, value) for key, value in facts.items() if value),
    )


def _said(bookmark: _Bookmark) -> str:
    lines = [" ".join(bookmark.said)]
    if bookmark.tags:
        lines.append(f"Tags: {', '.join(bookmark.tags)}")
    if bookmark.added:
        lines.append(f"Added {bookmark.added[:10]}")
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
