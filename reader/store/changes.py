"""What was written lately, so that one process hears of what another one wrote."""

from __future__ import annotations

import json
import sqlite3

from reader.model import Change

_KEPT = 20_000
"""Writes that are remembered; who slept through more is told that everything changed."""


def remember(connection: sqlite3.Connection, process: str, change: Change) -> None:
    """Note what a write touched, in its own transaction."""
    if not change:
        return
    told = (change.issues | change.copies, change.stories, change.newsletters)
    parts = (json.dumps(sorted(keys)) for keys in told)
    (number,) = connection.execute(
        "INSERT INTO changes (process, issues, stories, newsletters) VALUES (?, ?, ?, ?) RETURNING number",
        (process, *parts),
    ).fetchone()
    if number % 100 == 0:
        connection.execute("DELETE FROM changes WHERE number <= ?", (number - _KEPT,))


def latest(connection: sqlite3.Connection) -> int:
    """Return the number of the last write."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").fetchone()
    return int(row[0]) if row else 0


def since(connection: sqlite3.Connection, number: int, process: str) -> tuple[int, Change]:
    """Return the number of the last write, and what other processes wrote after the one given."""
    last = latest(connection)
    if last == number:
        return last, Change()
    (first,) = connection.execute("SELECT coalesce(min(number), 0) FROM changes").fetchone()
    if first > number + 1:
        return last, _everything(connection)
    change = Change()
    for parts in connection.execute(
        "SELECT issues, stories, newsletters FROM changes WHERE number > ? AND process <> ?",
        (number, process),
    ):
        change |= Change(*(frozenset(json.loads(part)) for part in parts))
    return last, change


def _everything(connection: sqlite3.Connection) -> Change:
    return Change(
        issues=frozenset(row[0] for row in connection.execute("SELECT key FROM issues")),
        newsletters=frozenset(row[0] for row in connection.execute("SELECT key FROM newsletters")),
    )
