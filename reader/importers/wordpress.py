"""WordPress exports (WXR): the posts of a site, read as they stream by."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from html.entities import html5
from io import BufferedReader
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat

from reader.importers import Report
from reader.importers.decoding import declared_encoding
from reader.importers.exports.items import Item, Told, raw_issue
from reader.importers.exports.posts import html_of_post
from reader.importers.files import beginning, in_words
from reader.model import ImporterError, RawIssue
from reader.model.hashes import digest_of

_WXR = re.compile(
    r"<wp:wxr_version|xmlns:wp\s*=\s*[\"']https?://(?:www\.)?wordpress\.org/export/", re.IGNORECASE
)
_CHUNK = 1 << 18
_LONGEST = 20_000_000
"""Characters of one post; what is longer is no issue."""
_FIELDS = frozenset(
    {
        "title",
        "link",
        "guid",
        "pubDate",
        "dc:creator",
        "content:encoded",
        "excerpt:encoded",
        "category",
        "wp:post_id",
        "wp:post_date",
        "wp:post_date_gmt",
        "wp:post_type",
        "wp:status",
    }
)
_DRAFTS = ("draft", "pending", "future", "auto-draft")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset({"lt", "gt", "amp", "quot", "apos"})


class WordPressImporter:
    """The posts of an export file are issues; its pages, pictures and menus are not."""

    name = "wordpress"
    reads_any = False

    def accepts(self, location: str) -> bool:
        return bool(_WXR.search(beginning(location)))

    def issues(self, location: str, report: Report) -> Iterator[RawIssue]:
        told = Told(location, report)
        drafts = 0
        for post, site, authors in _posts(location, told.hear):
            if post.get("wp:post_type", "post") != "post":
                continue
            item = _item(post, site, authors)
            if post.get("wp:status", "publish") not in ("publish", "private"):
                drafts += post["wp:status"] in _DRAFTS
            elif item.html:
                told.came()
                yield raw_issue(location, item)
        told.of_drafts(drafts)
        told.end("The export has no posts in it.")


importer = WordPressImporter()

_Post = dict[str, str]
_Found = tuple[_Post, str, dict[str, str]]
"""A post by the names of its elements, the title of the site, and its authors' names by their logins."""


def _item(post: _Post, site: str, authors: dict[str, str]) -> Item:
    creator = post.get("dc:creator", "")
    body = html_of_post(post.get("content:encoded", "")) or html_of_post(post.get("excerpt:encoded", ""))
    identity = post.get("guid") or post.get("link") or post.get("wp:post_id")
    more = (("categories", post.get("category:category", "")), ("tags", post.get("category:post_tag", "")))
    return Item(
        identity=identity or digest_of(repr(post)),
        title=post.get("title", ""),
        html=body,
        link=post.get("link", ""),
        date=_date(post),
        author=authors.get(creator, creator),
        newsletter=site,
        more=more,
    )


def _date(post: _Post) -> str:
    """Return when a post was published; an unpublished one has zeros there."""
    in_utc = post.get("wp:post_date_gmt", "")
    if in_utc and not in_utc.startswith("0000"):
        return f"{in_utc.replace(' ', 'T')}Z"
    local = post.get("wp:post_date", "")
    return local if local and not local.startswith("0000") else post.get("pubDate", "")


def _posts(location: str, report: Report) -> Iterator[_Found]:
    """Yield what the file holds until its end, or to where it is no longer XML, which is reported."""
    reader = _Reader()
    try:
        with Path(location).open("rb") as file, closing(_chunks(file)) as chunks:
            for chunk in chunks:
                reader.feed(chunk)
                yield from reader.found()
            reader.feed("", last=True)
    except OSError as error:
        report(ImporterError(in_words(error), location))
        return
    except _EntityError:
        report(ImporterError("The file was left out: it defines entities, which no export does.", location))
        return
    except expat.ExpatError as error:
        reason = f"The export is damaged in line {error.lineno:,}; what stands before that was read."
        report(ImporterError(reason, location))
    yield from reader.found()
    if reader.too_long:
        reason = f"Posts of more than {_LONGEST // 1_000_000} MB were left out: {reader.too_long:,}."
        report(ImporterError(reason, location))


def _chunks(file: BufferedReader) -> Generator[str, None, None]:
    """Yield the text of a file, without the signs and entities that XML does not know."""
    data = file.read(_CHUNK)
    decoder = codecs.getincrementaldecoder(_encoding(data))("replace")
    held = ""
    while data:
        text = held + decoder.decode(data)
        at = text.rfind("&", -40)  # an entity may be cut in two
        text, held = (text[:at], text[at:]) if at >= 0 else (text, "")
        yield _clean(text)
        data = file.read(_CHUNK)
    yield _clean(held + decoder.decode(b"", final=True))


def _clean(text: str) -> str:
    return _ENTITY.sub(_known, _NOT_XML.sub("", text)).removeprefix("\ufeff")


def _known(entity: re.Match[str]) -> str:
    name = entity[1]
    return entity[0] if name in _OF_XML else html5.get(f"{name};", f"&amp;{name};")


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        name = codecs.lookup(declared_encoding(data) or "utf-8").name
        codecs.getincrementaldecoder(name)("replace").decode(b"<")
    except (LookupError, TypeError, AssertionError):
        return "utf-8"
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


class _EntityError(Exception):
    """A file defines entities: they may grow without end, or name other files."""


class _Reader:
    """Keeps of what the parser tells the posts that are complete."""

    def __init__(self) -> None:
        self.too_long = 0
        self._found: deque[_Found] = deque()
        self._site = ""
        self._authors: dict[str, str] = {}
        self._path: list[str] = []
        self._post: _Post = {}
        self._author: dict[str, str] = {}
        self._text: list[str] = []
        self._length = 0
        self._key = ""
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.EntityDeclHandler = _refuse
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._hear

    def feed(self, text: str, *, last: bool = False) -> None:
        """Read on."""
        self._parser.Parse(text, last)

    def found(self) -> Iterator[_Found]:
        """Yield the posts that were read since it was asked last."""
        while self._found:
            yield self._found.popleft()

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._text.clear()
        self._key = f"category:{attributes.get('domain', 'category')}" if name == "category" else name
        if name == "item":
            self._post = {}
            self._length = 0

    def _hear(self, text: str) -> None:
        self._length += len(text)
        if self._length <= _LONGEST:
            self._text.append(text)

    def _end(self, name: str) -> None:
        text = "".join(self._text).strip()
        self._text.clear()
        self._path.pop()
        parent = self._path[-1] if self._path else ""
        if parent == "item" and name in _FIELDS:
            self._note(text)
        elif parent == "wp:author":
            self._author[name] = text
        elif name == "wp:author":
            login = self._author.get("wp:author_login", "")
            self._authors[login] = self._author.get("wp:author_display_name", "") or login
            self._author = {}
        elif parent == "channel":
            self._end_of_channels(name, text)

    def _note(self, text: str) -> None:
        before = self._post.get(self._key, "")
        listed = before and self._key.startswith("category:")
        self._post[self._key] = f"{before}, {text}" if listed else text

    def _end_of_channels(self, name: str, text: str) -> None:
        if name == "title":
            self._site = self._site or text
        elif name == "item" and self._length > _LONGEST:
            self.too_long += 1
        elif name == "item":
            self._found.append((self._post, self._site, self._authors))
        self._length = 0


def _refuse(*_declared: Any) -> NoReturn:
    raise _EntityError
