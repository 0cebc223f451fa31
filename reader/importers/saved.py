"""Lists of saved pages: what Pocket, Instapaper and Raindrop export, each page a story."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from reader.importers import Report
from reader.importers.decoding import decode
from reader.importers.exports.items import Item, Told, page_html, raw_issue, time_of
from reader.importers.exports.tables import columns, rows
from reader.importers.files import beginning, is_zip, text_in
from reader.importers.tags import tags
from reader.model import ImporterError, RawIssue, State
from reader.model.addresses import is_web

_MOST = 100_000_000  # bytes
_POCKET_PAGE = re.compile(r"<title>\s*Pocket Export\s*</title>", re.IGNORECASE)
_POCKET_TABLE = re.compile(r"part_\d+\.csv")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?")

_Row = Mapping[str, str]


def _pocket(row: _Row) -> Item:
    state = State(read=row["status"].lower() in ("archive", "read"), tags=_parted(row["tags"], "|"))
    return _page("Pocket", row, time_of(row["time_added"]), state)


def _instapaper(row: _Row) -> Item:
    folder = row["folder"].strip()
    own = () if folder.lower() in ("", "unread", "archive", "starred") else (folder,)
    starred = folder.lower() == "starred"
    added = time_of(row["timestamp"])
    state = State(
        read=folder.lower() == "archive",
        starred=starred,
        tags=tuple(sorted({*own, *_listed(row.get("tags", ""))})),
        note=row["selection"].strip(),
        starred_at=added if starred else "",
    )
    return _page("Instapaper", row, added, state)


def _raindrop(row: _Row) -> Item:
    folder = row["folder"].strip()
    own = () if folder.lower() in ("", "unsorted") else (folder,)
    starred = row.get("favorite", "").lower() == "true"
    added = row["created"].strip() if _ISO.fullmatch(row["created"].strip()) else ""
    notes = filter(None, (row["note"].strip(), row.get("highlights", "").strip()))
    state = State(
        starred=starred,
        tags=tuple(sorted({*own, *_parted(row["tags"], ",")})),
        note="\n\n".join(notes),
        starred_at=added if starred else "",
    )
    return _page("Raindrop", row, added, state)


_FORMS: tuple[tuple[frozenset[str], Callable[[_Row], Item]], ...] = (
    (frozenset({"title", "url", "time_added", "tags", "status"}), _pocket),
    (frozenset({"url", "title", "selection", "folder", "timestamp"}), _instapaper),
    (frozenset({"title", "note", "excerpt", "url", "folder", "tags", "created"}), _raindrop),
)
"""The columns that each program's table has, and how a row of it is read."""


class SavedImporter:
    """Each saved page is an issue of one story, read and tagged as it was."""

    name = "saved"
    reads_any = False

    def accepts(self, location: str) -> bool:
        text = beginning(location)
        return bool(_form(text) or _POCKET_PAGE.search(text) or _pocket_tables(location))

    def issues(self, location: str, report: Report) -> Iterator[RawIssue]:
        told = Told(location, report)
        try:
            for item in _items(location):
                told.came()
                yield raw_issue(location, item, one_story=True)
        except ImporterError as error:
            told.hear(error)
        told.end("The list has no saved pages in it.")


importer = SavedImporter()


def _items(location: str) -> Iterator[Item]:
    if paths := _pocket_tables(location):
        from reader.importers.exports.zips import opened

        with opened(location) as archive:
            for path in paths:
                yield from _of_table(decode(archive.read(path))[0], location)
        return
    text = text_in(location, _MOST)
    yield from _of_table(text, location) if _form(text) else _of_page(text)


def _of_table(text: str, location: str) -> Iterator[Item]:
    read = _form(text)
    for row in rows(text, location) if read else ():
        if read and is_web(row["url"]):
            yield read(row)


def _of_page(text: str) -> Iterator[Item]:
    """Yield the pages of Pocket's older export: two lists, of which the second is the archive."""
    archived = False
    for tag in tags(text):
        link = tag.attributes.get("href", "")
        if tag.name == "h1":
            archived = "archive" in tag.text.lower()
        elif tag.name == "a" and is_web(link):
            state = State(read=archived, tags=_parted(tag.attributes.get("tags", ""), ","))
            row = {"url": link, "title": tag.text}
            yield _page("Pocket", row, time_of(tag.attributes.get("time_added", "")), state)


def _page(program: str, row: _Row, added: str, state: State) -> Item:
    link = row["url"].strip()
    title = row["title"].strip()
    return Item(
        identity=link,
        title="" if is_web(title) else title,
        html=page_html("", link, row.get("excerpt", "")),
        link=link,
        date=added,
        newsletter=program,
        state=state,
    )


def _form(text: str) -> Callable[[_Row], Item] | None:
    names = frozenset(columns(text))
    return next((read for wanted, read in _FORMS if wanted <= names), None)


def _pocket_tables(location: str) -> list[str]:
    """Return the tables in the archive that Pocket exports; none of any other."""
    if not is_zip(location):
        return []
    from reader.importers.exports.zips import paths_of

    return sorted(path for path in paths_of(location) if _POCKET_TABLE.fullmatch(PurePosixPath(path).name))


def _parted(text: str, sign: str) -> tuple[str, ...]:
    return tuple(sorted({name.strip() for name in text.split(sign)} - {""}))


def _listed(text: str) -> tuple[str, ...]:
    """Return the texts of a list in JSON."""
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return ()
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()
