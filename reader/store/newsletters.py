"""Newsletters: what they are called, and by what their issues are known."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from typing import TYPE_CHECKING

from reader.model import KnownNewsletter, NewsletterRow

if TYPE_CHECKING:
    from reader.store.prepared import Mark

_ROWS = """
SELECT key, name, sum(issues), sum(unread) FROM newsletters JOIN months ON months.newsletter = newsletters.id
GROUP BY newsletters.id ORDER BY name COLLATE NOCASE, key
"""


def rows(connection: sqlite3.Connection) -> list[NewsletterRow]:
    """Return every newsletter that has an issue, by its name."""
    return [NewsletterRow(*row) for row in connection.execute(_ROWS)]


def like(connection: sqlite3.Connection, part: str) -> tuple[str, ...]:
    """Return the keys of the newsletters whose name has the part in it, in any case, or whose key it is."""
    wanted = part.casefold()
    return tuple(
        key for key, name in names(connection).values() if wanted in name.casefold() or wanted == key
    )


def names(connection: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """Return the key and the name of each newsletter, by its id."""
    return {row[0]: (row[1], row[2]) for row in connection.execute("SELECT id, key, name FROM newsletters")}


def known(connection: sqlite3.Connection) -> dict[str, KnownNewsletter]:
    """Return what the issues of each newsletter share, by its key."""
    marks: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for newsletter, kind, value in connection.execute("SELECT newsletter, kind, value FROM marks"):
        marks[newsletter][kind].add(value)
    with_issues = {row[0] for row in connection.execute("SELECT DISTINCT newsletter FROM issues")}
    return {
        key: KnownNewsletter(name, *(frozenset(marks[number][k]) for k in ("prefix", "domain", "folder")))
        for number, (key, name) in names(connection).items()
        if number in with_issues
    }


def marks(connection: sqlite3.Connection, key: str) -> frozenset[Mark]:
    """Return what the issues of one newsletter share."""
    return frozenset(
        connection.execute(
            "SELECT kind, value FROM marks JOIN newsletters ON newsletters.id = newsletter WHERE key = ?",
            (key,),
        )
    )


def ensure(connection: sqlite3.Connection, key: str, name: str, marks: frozenset[Mark]) -> tuple[int, str]:
    """Return the newsletter's id and shown name, after adding it and its marks where they are new."""
    row = connection.execute("SELECT id, name FROM newsletters WHERE key = ?", (key,)).fetchone()
    if row is None:
        shown = _given_name(connection, key) or name
        row = connection.execute(
            "INSERT INTO newsletters (key, name, found) VALUES (?, ?, ?) RETURNING id, name",
            (key, shown, name),
        ).fetchone()
    connection.executemany(
        "INSERT INTO marks VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(row[0], kind, value) for kind, value in sorted(marks) if value],
    )
    return int(row[0]), str(row[1])


def refresh(connection: sqlite3.Connection, key: str) -> bool:
    """Take over the name that the reader gave; return whether the newsletter is here."""
    name = _given_name(connection, key)
    renamed = connection.execute(
        "UPDATE newsletters SET name = coalesce(nullif(?, ''), found) WHERE key = ?", (name, key)
    )
    return renamed.rowcount > 0


def _given_name(connection: sqlite3.Connection, key: str) -> str:
    row = connection.execute(
        "SELECT value FROM facts WHERE kind = 'newsletter' AND key = ? AND field = 'name'", (key,)
    ).fetchone()
    name = json.loads(row[0]) if row else ""
    return name if isinstance(name, str) else ""
