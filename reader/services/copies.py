"""The copies of an issue: which there are, which is shown, what changed between them, and finding them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path, PurePath
from typing import NamedTuple

from reader.model import Change, file_of
from reader.model.addresses import host_of
from reader.model.copies import CopyRow, Edit
from reader.model.encoding import decode_blocks, decode_text
from reader.model.issue import PASTED
from reader.services.library import Library
from reader.services.progress import Progress
from reader.store import copies, edits, found_copies, issues, settling, texts, uniting
from reader.store.database import Connection, Urgency
from reader.store.uniting import Apart
from reader.store.writing import held

__all__ = ["Apart", "CopyRow", "Edit", "Found", "Same"]

_MAIL = frozenset({".eml", ".mbox", ".mbx", ".mbs", ".emlx"})
_MAILDIR = frozenset({"cur", "new"})
_AT_ONCE = 50
"""Issues whose signs one write takes: a star waits no longer than that."""


class Same(NamedTuple):
    """Issues of the library that are one."""

    key: str
    label: str
    others: tuple[tuple[str, str], ...]
    """The keys and the labels of those that are copies of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of looking through the library for copies."""

    issues: int = 0
    """Issues that were looked at."""
    same: tuple[Same, ...] = ()
    cancelled: bool = False


def copies_of(library: Library, key: str) -> list[CopyRow]:
    """Return the copies of an issue, one for each place that it was found in, the one that is shown first."""
    return library.ask(partial(_rows, key=key))


def chosen_copy(library: Library, key: str) -> str:
    """Return the location of the copy that the reader chose to see; "" for the fullest."""
    return library.ask(partial(copies.chosen, key=key))


def fullest_copy(library: Library, key: str) -> str:
    """Return the location of the copy that is shown as long as the reader chooses none; "" for no issue."""

    def fullest(connection: Connection) -> str:
        one = held(connection, "key = ?", key)
        return copies.best(copies.of(connection, one)).location if one else ""

    return library.ask(fullest)


def show_copy(library: Library, key: str, location: str) -> Future[Change]:
    """Show the copy of an issue that a place holds from now on; "" shows the fullest again."""
    job = partial(settling.show, journal=library.journal, key=key, location=location, cutting=library.cutting)
    return library.write(job, after=library.index_soon)


def split_off(library: Library, key: str, location: str) -> Future[Change]:
    """Make an issue of its own of the copy that a place holds: it is not the same, for good."""
    job = partial(
        uniting.split_off, journal=library.journal, key=key, location=location, cutting=library.cutting
    )
    return library.write(job, after=library.index_soon)


def said_apart(library: Library, key: str) -> list[Apart]:
    """Return of each place of an issue what it is kept apart from: what `join_again` puts back."""
    return library.ask(partial(_apart, key=key))


def join_again(library: Library, key: str, apart: Sequence[Apart]) -> Future[Change]:
    """Take back a `split_off`, given what was said of the places before."""
    job = partial(
        uniting.join_again, journal=library.journal, key=key, apart=list(apart), cutting=library.cutting
    )
    return library.write(job, after=library.index_soon)


def edit_of(library: Library, key: str) -> Edit | None:
    """Return an issue as it was when it was read and as it is now; None where nothing of it changed."""
    return library.ask(partial(_edit, key=key))


def seen_mark(library: Library, key: str) -> str:
    """Return the mark of the text whose changes the reader has seen; "" for none."""
    return library.ask(partial(edits.seen_mark, key=key))


def mark_seen(library: Library, key: str) -> Future[Change]:
    """Note that the reader has seen what changed in an issue, as it is now."""

    def mark(connection: Connection) -> str:
        one = held(connection, "key = ?", key)
        return edits.mark_of(texts.text(connection, one.id)) if one else ""

    return set_seen(library, key, library.ask(mark))


def set_seen(library: Library, key: str, mark: str) -> Future[Change]:
    """Say of which text the changes were seen: what undo does."""

    def told(connection: Connection) -> Change:
        from reader.store.facts import record

        change = record(connection, library.journal, [edits.seen(key, mark)])
        return change | Change(copies=frozenset({key}))

    return library.write(told)


def sign_rest(library: Library, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Take the signs of the issues that came in before there were any, so that their copies are known."""
    while library.ask(found_copies.unsigned) and not cancelled():
        library.write(partial(found_copies.sign_some, most=_AT_ONCE), Urgency.IMPORT).result()


def find_copies(
    library: Library,
    *,
    dry_run: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Found:
    """Look through the library for issues that are copies of each other, and make one of them.

    Each is a write of its own; those done before `cancelled` answers True stay done. With `dry_run`
    nothing becomes of it. Not for the GUI thread.
    """
    sign_rest(library, cancelled)
    labels = {row.key: row.label for row in library.issues()}
    keys = library.ask(_in_order)
    same: list[Same] = []
    gone: set[str] = set()
    for done, key in enumerate(keys, 1):
        if cancelled():
            return Found(done - 1, tuple(same), cancelled=True)
        if key not in gone and (others := _others(library, key, gone)):
            same.append(Same(key, labels[key], tuple((other, labels[other]) for other in others)))
            gone |= {*others}
            if not dry_run:
                _unite(library, key, others)
        progress(Progress(done, len(keys), labels[key]))
    library.index_rest()
    return Found(len(keys), tuple(same))


def source_of(location: str, published: str) -> str:
    """Return where a copy is from, in words."""
    if location.startswith("imap") or _is_mail(location):
        return f"a mail of {day}" if (day := _day(published)) else "a mail"
    if location.startswith(PASTED):
        return "the clipboard"
    if host := host_of(location):
        return host
    file, part = file_of(location)
    return f"the file {PurePath(file).name}" if part else f"the folder {PurePath(file).parent.name}"


def _is_mail(location: str) -> bool:
    file, part = file_of(location)
    path = PurePath(file)
    return path.suffix.lower() in _MAIL or path.parent.name in _MAILDIR or bool(part and _is_maildir(file))


def _is_maildir(file: str) -> bool:
    return not PurePath(file).suffix and all((Path(file) / name).is_dir() for name in _MAILDIR)


def _day(published: str) -> str:
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return ""
    return f"{day.day} {day:%B %Y}"


def _rows(connection: Connection, key: str) -> list[CopyRow]:
    one = held(connection, "key = ?", key)
    if one is None:
        return []
    every = {copy.row: copy for copy in copies.of(connection, one)}
    rows = [
        CopyRow(
            place,
            source_of(place, every[row].published),
            every[row].title,
            every[row].published,
            every[row].words,
            every[row].truncated,
            row is None,
        )
        for place, row in copies.places_of(connection, one.id).items()
    ]
    return sorted(rows, key=lambda row: (not row.shown, row.location != one.location, row.location))


def _apart(connection: Connection, key: str) -> list[Apart]:
    one = held(connection, "key = ?", key)
    places: Mapping[str, int | None] = copies.places_of(connection, one.id) if one else {}
    return [Apart(place, tuple(copies.apart(connection, place))) for place in sorted(places)]


def _edit(connection: Connection, key: str) -> Edit | None:
    found = issues.find(connection, key)
    edited = edits.edited(connection, found.id, key) if found else edits.Edited()
    if found is None or not edited.version:
        return None
    text, shape = copies.packed(connection, edited.version)
    return Edit(
        key,
        found.label,
        found.issue.title,
        found.issue.published,
        found.issue.location,
        found.issue.root,
        decode_blocks(decode_text(text), shape),
        texts.blocks(connection, found.id),
        _iso(copies.until(connection, edited.version)),
    )


def _iso(time: str) -> str:
    """Return a time of the journal's clock, which begins with milliseconds, in ISO 8601."""
    return datetime.fromtimestamp(int(time[:13]) / 1000, UTC).isoformat(timespec="seconds")


def _in_order(connection: Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT key FROM issues ORDER BY id")]


def _others(library: Library, key: str, gone: set[str]) -> list[str]:
    """Return the issues that are copies of one, and copies of those, as far as they are still there."""
    others: dict[str, None] = {}
    left = [key]
    while left:
        found = library.ask(partial(found_copies.copies_of, key=left.pop()))
        fresh = [one for one in found if one not in others and one not in gone and one != key]
        others |= dict.fromkeys(fresh)
        left += fresh
    return list(others)


def _unite(library: Library, key: str, others: list[str]) -> None:
    job = partial(
        found_copies.unite_keys,
        journal=library.journal,
        key=key,
        others=others,
        cutting=library.cutting,
    )
    library.write(job, Urgency.IMPORT, library.index_soon).result()
