"""The fold of the journal: what is taken into the facts, and what the other tables are told of it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from reader.model import Change
from reader.store import aliases, folders, newsletters, states
from reader.store.journal import Clock, Journal, Line

_TAKE = """
INSERT INTO facts (kind, key, field, time, value) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (kind, key, field) DO UPDATE SET time = excluded.time, value = excluded.value
WHERE (excluded.time, excluded.value) > (facts.time, facts.value)
"""
_REMEMBER = "INSERT INTO journals VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET read_to = excluded.read_to"


class Fact(NamedTuple):
    """A change that has no time yet."""

    kind: str
    key: str
    field: str
    value: Any


def record(connection: sqlite3.Connection, journal: Journal, facts: Sequence[Fact]) -> Change:
    """Write the facts to the journal, wait for the disk, then bring the tables up to them.

    Runs in a write job: the transaction keeps every other process from the journal meanwhile.
    """
    if not facts:
        return Change()
    clock = Clock(journal.device, _note(connection, "clock"))
    lines = [Line(clock.next(), fact.kind, fact.key, fact.field, fact.value) for fact in facts]
    change = Change()
    name = journal.own_file(lines[0].time)
    if journal.length(name) != _read_to(connection).get(name, 0):
        change = catch_up(connection, journal)
    name, length = journal.append(lines)
    connection.execute(_REMEMBER, (name, length))
    _set_note(connection, "clock", clock.seen)
    return change | _take(connection, lines)


def catch_up(connection: sqlite3.Connection, journal: Journal) -> Change:
    """Take in whatever the files of all devices hold that the tables have not seen."""
    change = Change()
    clock = Clock(journal.device, _note(connection, "clock"))
    for name, read_to, lines in list(journal.unread(_read_to(connection))):
        for line in lines:
            clock.see(line.time)
        change |= _take(connection, lines)
        connection.execute(_REMEMBER, (name, read_to))
    _set_note(connection, "clock", clock.seen)
    return change


def behind(connection: sqlite3.Connection, journal: Journal) -> bool:
    """Whether a file holds what the tables have not seen."""
    return next(journal.unread(_read_to(connection)), None) is not None


def _take(connection: sqlite3.Connection, lines: Iterable[Line]) -> Change:
    touched: dict[str, dict[str, None]] = defaultdict(dict)
    for line in lines:
        taken = connection.execute(_TAKE, (line.kind, line.key, line.field, line.time, line.json))
        if taken.rowcount > 0:
            touched[line.kind][line.key] = None
    stories = set(touched["story"])
    for key in touched["alias"]:
        stories |= aliases.refresh(connection, key)
    for path in touched["folder"]:
        folders.refresh(connection, path)
    return (
        states.refresh(connection, stories)
        | _take_newsletters(connection, touched["newsletter"])
        | _take_following(connection, touched["following"])
    )


def _take_following(connection: sqlite3.Connection, touched: Iterable[str]) -> Change:
    change = Change()
    for address in touched:
        from reader.store import following  # a start does without it

        change |= following.refresh(connection, address)
    return change


def _take_newsletters(connection: sqlite3.Connection, touched: Iterable[str]) -> Change:
    change = Change()
    for key in touched:
        from reader.store import hidden  # a start does without it

        if newsletters.refresh(connection, key):
            change |= Change(newsletters=frozenset({key})) | hidden.refresh(connection, key)
    return change


def value_of(connection: sqlite3.Connection, kind: str, key: str, field: str) -> Any:
    """Return what is known of one field, None where nothing is."""
    row = connection.execute(
        "SELECT value FROM facts WHERE kind = ? AND key = ? AND field = ?", (kind, key, field)
    ).fetchone()
    return json.loads(row[0]) if row else None


def _read_to(connection: sqlite3.Connection) -> dict[str, int]:
    return dict(connection.execute("SELECT path, read_to FROM journals"))


def _note(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def _set_note(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("UPDATE notes SET value = ? WHERE name = ? AND value <> ?", (value, name, value))
