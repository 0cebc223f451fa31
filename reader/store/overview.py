"""How much there is, and the newest of it: what the window shows first."""

from __future__ import annotations

import sqlite3

from reader.model import Counts, Overview
from reader.store import issues, newsletters

_MONTHS = "SELECT month, sum(issues) FROM months GROUP BY month ORDER BY month DESC"
_COUNTS = """
SELECT count(DISTINCT newsletter), coalesce(sum(issues), 0), coalesce(sum(stories), 0),
    coalesce(sum(stories - read), 0), coalesce(sum(starred), 0)
FROM months
"""


def overview(connection: sqlite3.Connection, first: int) -> Overview:
    """Return the newsletters, the months, the counts, and the rows of the first issues."""
    return Overview(
        newsletters=newsletters.rows(connection),
        months=connection.execute(_MONTHS).fetchall(),
        counts=counts(connection),
        first=issues.rows(connection, limit=first),
    )


def counts(connection: sqlite3.Connection) -> Counts:
    """Return how much the library holds."""
    return Counts(*connection.execute(_COUNTS).fetchone())
