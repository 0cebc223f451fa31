"""Stories that something was done with and that are none any more: where in the issue their text stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from reader.model import Span


def places(connection: sqlite3.Connection, issue: int) -> dict[str, Span]:
    """Return where the text of each stands, by its key."""
    found = connection.execute(
        "SELECT key, start, stop FROM outside WHERE issue = ? ORDER BY start", (issue,)
    )
    return {key: (start, stop) for key, start, stop in found}


def put(connection: sqlite3.Connection, issue: int, places: Mapping[str, Span]) -> None:
    """Remember these of an issue, and no others."""
    connection.execute("DELETE FROM outside WHERE issue = ?", (issue,))
    rows = [(key, issue, start, stop) for key, (start, stop) in places.items()]
    connection.executemany("INSERT OR REPLACE INTO outside VALUES (?, ?, ?, ?)", rows)
