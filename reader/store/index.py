"""The search index: FTS5 in a file of its own, made of the stored texts and made again at will.

It holds no text. A story that is stored gets an id that was never used, so the index only grows: what
has no story any more is passed over, and everything above the highest id in it is still to be read.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import groupby
from pathlib import Path

from reader.model import StoreError
from reader.store import prefixes, texts
from reader.store.database import Readers, connect, is_damage

_VERSION = "1"
"""Changes whenever the same text gives another index."""
_SCHEMA = (
    """
CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5(
    title, dek, body, content='', tokenize="unicode61 remove_diacritics 2"
);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
    + prefixes.SCHEMA
)
_PAGE = 2048
"""Bytes of a page of the file. Of the larger ones that SQLite takes by itself few issues leave most empty."""
_LEAF = 2000
"""Bytes of a leaf of FTS5, which fits into a page."""
_UNREADABLE = "The search index cannot be read."
_SLICE = 64
"""Stories that are read at once."""
_BEHIND = """
SELECT stories.id, issue, title, dek, start, stop, heads FROM stories WHERE id > ? ORDER BY id LIMIT ?
"""
_RANKED = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found, 8.0, 4.0, 1.0) LIMIT ?"
_NEWEST = "SELECT rowid FROM found WHERE found MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
ABOVE_ALL = 2**62
"""An id that no story reaches."""
_MUCH = 2000
"""Stories that are not worth tidying for while the library is open."""
_SMALL = 20_000
"""Stories that are tidied in a moment."""
_MERGED = 16
"""Pages that are merged at once."""


def fts5_exists() -> bool:
    """Whether this Python's SQLite can search texts."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.Error:
            return False
    return True


class BrokenIndexError(StoreError):
    """The index gives no answer; the texts themselves still do."""


class Index:
    """The index beside a database: the writing thread fills it, any thread asks it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._readers = Readers(path)
        self._writing: sqlite3.Connection | None = None
        self._indexed = 0
        self._survey: prefixes.Survey | None = None

    def open(self, main: sqlite3.Connection) -> None:
        """Open the file, and start it anew when it is damaged or belongs to another library."""
        try:
            self._open(main)
        except sqlite3.Error:
            self.restart(main)

    def catch_up(self, main: sqlite3.Connection, seconds: float) -> bool:
        """Index stored stories for so long; return whether some are left."""
        return self._try(main, lambda until: self._catch_up(main, until), seconds)

    def tidy(self, main: sqlite3.Connection, seconds: float, *, leaving: bool = False) -> bool:
        """Merge its pieces and survey its words once it has grown enough; return whether that goes on.

        It is enough when it has doubled; on leaving the library, when it is a tenth more, or small.
        """
        return self._try(main, lambda until: self._tidy(until, leaving=leaving), seconds)

    def restart(self, main: sqlite3.Connection) -> None:
        """Throw the file away and begin again."""
        self.close()
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        self._readers = Readers(self._path)
        self._open(main)

    def ranked(self, match: str, limit: int) -> list[int]:
        """Return the ids of the best stories."""
        return self._ids(_RANKED, (match, limit))

    def newest(self, match: str, limit: int, below: int = ABOVE_ALL) -> list[int]:
        """Return the highest ids, those that came in last, below one."""
        return self._ids(_NEWEST, (match, below, limit))

    def close(self) -> None:
        """Close every connection."""
        self._readers.close()
        if self._writing:
            with suppress(sqlite3.Error):
                _give_back(self._writing)
            self._writing.close()
            self._writing = None

    def words(self, prefix: str) -> list[str] | None:
        """Return the words that stand for a beginning which too many have; None for any other."""
        try:
            return prefixes.words(self._readers.own(), prefix)
        except sqlite3.Error as error:
            raise BrokenIndexError(_UNREADABLE) from error

    def _ids(self, sql: str, parameters: tuple[object, ...]) -> list[int]:
        try:
            return [row[0] for row in self._readers.own().execute(sql, parameters)]
        except sqlite3.Error as error:
            raise BrokenIndexError(_UNREADABLE) from error

    def _open(self, main: sqlite3.Connection) -> None:
        (library,) = main.execute("SELECT value FROM notes WHERE name = 'library'").fetchone()
        connection = self._writing = connect(self._path)
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT")
        notes = dict(connection.execute("SELECT name, value FROM notes"))
        known = {"version": _VERSION, "library": library}
        self._indexed = int(notes.get("indexed", 0))
        if {**notes, **known} != notes or self._is_ahead(main) or self._is_mostly_dead(main, notes):
            self._empty(known)

    def _is_ahead(self, main: sqlite3.Connection) -> bool:
        """Whether the database lost a commit that the index kept: a power cut, or a backup put back."""
        (highest,) = main.execute(
            "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'stories'"
        ).fetchone()
        return self._indexed > int(highest)

    def _is_mostly_dead(self, main: sqlite3.Connection, notes: dict[str, str]) -> bool:
        rows = int(notes.get("rows", 0))
        # What is hidden is in the index and not in the sums: all stories are counted only where these say so.
        for count in ("SELECT coalesce(sum(stories), 0) FROM months", "SELECT count(*) FROM stories"):
            (alive,) = main.execute(count).fetchone()
            if rows <= 2 * int(alive) + 1000:
                return False
        return True

    def _empty(self, known: dict[str, str]) -> None:
        assert self._writing
        with self._writing:
            self._writing.execute("BEGIN IMMEDIATE")
            self._writing.execute("INSERT INTO found (found) VALUES ('delete-all')")
            self._writing.execute("INSERT INTO found (found, rank) VALUES ('pgsz', ?)", (_LEAF,))
            self._writing.execute("DELETE FROM notes")
            self._writing.execute("DELETE FROM wide")
            counted = dict.fromkeys(("indexed", "rows", "tidied"), "0")
            self._writing.executemany("INSERT INTO notes VALUES (?, ?)", (known | counted).items())
        self._indexed = 0

    def _try(self, main: sqlite3.Connection, work: Callable[[float], bool], seconds: float) -> bool:
        try:
            return work(time.perf_counter() + seconds)
        except sqlite3.Error as error:
            if not is_damage(error):  # a full disk, another process: what is left is done another time
                return False
            self.restart(main)
            return True

    def _begun(self) -> tuple[sqlite3.Connection, dict[str, str]]:
        """Begin a transaction; return the notes, which another process may have changed."""
        connection = self._writing
        if connection is None:
            raise StoreError("The search index is closed.")
        connection.execute("BEGIN IMMEDIATE")
        return connection, dict(connection.execute("SELECT name, value FROM notes"))

    def _tidy(self, until: float, *, leaving: bool) -> bool:
        connection, notes = self._begun()
        with connection:
            rows, tidied = int(notes["rows"]), int(notes["tidied"])
            if self._survey is None:
                enough = tidied * 1.1 if rows > _SMALL else tidied
                if rows <= (enough if leaving else 2 * tidied + _MUCH):
                    return False
                self._survey = prefixes.Survey()
                connection.execute("INSERT INTO found (found, rank) VALUES ('merge', ?)", (-_MERGED,))
            if _merge(connection, until) or self._survey.go_on(connection, until):
                return True
            self._survey = None
            connection.execute("UPDATE notes SET value = ? WHERE name = 'tidied'", (str(rows),))
        _give_back(connection)
        return False

    def _catch_up(self, main: sqlite3.Connection, until: float) -> bool:
        connection, notes = self._begun()
        with connection:
            first = self._indexed = int(notes["indexed"])
            count = 0
            while stories := main.execute(_BEHIND, (self._indexed, _SLICE)).fetchall():
                count += self._add(connection, main, stories)
                if time.perf_counter() > until:
                    break
            if self._indexed != first:
                connection.execute("UPDATE notes SET value = ? WHERE name = 'indexed'", (str(self._indexed),))
                connection.execute("UPDATE notes SET value = value + ? WHERE name = 'rows'", (count,))
        return len(stories) > 0

    def _add(
        self,
        connection: sqlite3.Connection,
        main: sqlite3.Connection,
        stories: list[tuple[int, int, str, str, int, int, str]],
    ) -> int:
        rows = list(_rows(main, stories))
        connection.executemany("INSERT INTO found (rowid, title, dek, body) VALUES (?, ?, ?, ?)", rows)
        self._indexed = stories[-1][0]
        return len(rows)


def _give_back(connection: sqlite3.Connection) -> None:
    """Make the file smaller by pages that nothing is in any more."""
    # execute() would take one step, which is one page.
    connection.executescript("PRAGMA incremental_vacuum(1000)")


def _merge(connection: sqlite3.Connection, until: float) -> bool:
    """Merge pieces of the index until that time; return whether some are left."""
    while True:
        before = connection.total_changes
        connection.execute("INSERT INTO found (found, rank) VALUES ('merge', ?)", (_MERGED,))
        if connection.total_changes - before < 2:  # FTS5 says so when there is nothing to merge
            return False
        if time.perf_counter() > until:
            return True


def _rows(
    main: sqlite3.Connection, stories: list[tuple[int, int, str, str, int, int, str]]
) -> Iterator[tuple[int, str, str, str]]:
    from reader.store.words import spaced  # a start does without it

    for issue, group in groupby(stories, key=lambda story: story[1]):
        text = texts.text(main, issue)
        told = list(group)
        spans = json.loads(f"[{','.join(story[6] for story in told)}]")
        for (number, _, title, dek, start, stop, _), heads in zip(told, spans, strict=True):
            yield number, spaced(title), spaced(dek), spaced(texts.body(text, start, stop, heads))
