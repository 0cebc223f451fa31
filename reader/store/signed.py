"""Which issues have which signs: how copies are looked for, without reading any text."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

_SHARED = 4
"""Issues that may share a sign; what more begin with is how the newsletter always begins."""
_MOST = 8
"""Issues that are compared with one that comes in."""


def put(connection: sqlite3.Connection, issue: int, signs: Iterable[int]) -> None:
    """Remember that an issue has these signs too."""
    rows = [(sign, issue) for sign in signs]
    connection.executemany("INSERT INTO signs VALUES (?, ?) ON CONFLICT DO NOTHING", rows)


def move(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Give the signs of an issue to another."""
    connection.execute("UPDATE OR IGNORE signs SET issue = ? WHERE issue = ?", (new, old))


def of(connection: sqlite3.Connection, issue: int) -> frozenset[int]:
    """Return the signs that an issue has."""
    return frozenset(row[0] for row in connection.execute("SELECT sign FROM signs WHERE issue = ?", (issue,)))


def forget(connection: sqlite3.Connection, issue: int) -> None:
    """Take an issue's signs from it."""
    connection.execute("DELETE FROM signs WHERE issue = ?", (issue,))


def sharing(connection: sqlite3.Connection, signs: Iterable[int]) -> list[int]:
    """Return the ids of the issues that have one of the signs, those with most first, and not too many."""
    counted: Counter[int] = Counter()
    for sign in signs:
        found = connection.execute("SELECT issue FROM signs WHERE sign = ? LIMIT ?", (sign, _SHARED + 1))
        issues = [row[0] for row in found]
        if len(issues) <= _SHARED:
            counted.update(issues)
    return sorted(counted, key=lambda issue: (-counted[issue], issue))[:_MOST]
