"""A database that is no longer right: told by looking, and moved aside."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from reader.model import StoreError
from reader.store.database import Database, connect, is_damage, sentence

_SMALL = 16 * 2**20
"""Bytes up to which a database that was not closed well is looked through whole."""
_TABLES = frozenset(
    {"issues", "stories", "texts", "states", "facts", "journals", "newsletters", "changes", "notes"}
)


def open_database(path: Path) -> tuple[Database, tuple[str, ...]]:
    """Open the database, and say what had to be done for it.

    A damaged file is moved to `damaged/` beside it and a new one is started.
    """
    notices: tuple[str, ...] = ()
    if path.exists() and not _is_right(path):
        notices = (_set_aside(path),)
    try:
        database = Database(path)
    except sqlite3.DatabaseError:
        notices = (_set_aside(path),)
        database = Database(path)
    _stamp_of(path).unlink(missing_ok=True)
    return database, notices


def close_database(database: Database) -> None:
    """Close it, and note that it was left well."""
    database.close()
    with suppress(OSError):
        _stamp_of(database.path).write_text(_stamp(database.path), encoding="utf-8")


def _is_right(path: Path) -> bool:
    suspect = path.with_suffix(".suspect")
    try:
        with closing(connect(path)) as connection:
            return _is_whole(connection, path, thorough=suspect.exists())
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return False
        raise StoreError(sentence(error, path)) from error


def _is_whole(connection: sqlite3.Connection, path: Path, *, thorough: bool) -> bool:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if version and not tables >= _TABLES:
        return False
    if not version:
        return not tables
    if _left_well(path) and not thorough:
        return True
    size = path.stat().st_size
    wal = path.with_name(path.name + "-wal")
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page,) = connection.execute("PRAGMA page_size").fetchone()
    if size < pages * page and not (wal.exists() and wal.stat().st_size):
        return False
    if size > _SMALL and not thorough:
        return True
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")


def _set_aside(path: Path) -> str:
    directory = path.parent / "damaged" / f"{datetime.now():%Y%m%d-%H%M%S-%f}"  # noqa: DTZ005 - the reader's own time
    try:
        directory.mkdir(parents=True)
        for ending in ("", "-wal", "-shm"):
            file = path.with_name(path.name + ending)
            if file.exists():
                file.replace(directory / file.name)
    except OSError as error:
        raise StoreError(f"The library is damaged and could not be moved to {directory}: {error}.") from error
    path.with_suffix(".suspect").unlink(missing_ok=True)
    return (
        f"The library was damaged. It was moved to {directory} and a new one was started: "
        "your stars, notes and folders are kept, and the issues are read again from their files and feeds. "
        "Those that came by mail or were pasted are only in the damaged file: take them in once more."
    )


def _left_well(path: Path) -> bool:
    with suppress(OSError):
        return _stamp_of(path).read_text(encoding="utf-8") == _stamp(path)
    return False


def _stamp(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns}"


def _stamp_of(path: Path) -> Path:
    return path.with_suffix(".closed")
