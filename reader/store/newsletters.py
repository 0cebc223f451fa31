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
SELECT key, name, sum(issues), sum(unread), icon, colour, gathered
FROM newsletters JOIN months ON months.newsletter = newsletters.id
GROUP BY newsletters.id ORDER BY place = 0, place, name COLLATE NOCASE, key
"""
_LOOKS = {"icon": "", "colour": "", "group": "", "place": 0}
"""What the facts say of how a newsletter is shown, and what holds where they say nothing."""
_WITH_ISSUES = """
SELECT DISTINCT newsletter FROM issues
UNION SELECT id FROM newsletters JOIN aside ON aside.newsletter = newsletters.key
"""
_SIZE = """
SELECT coalesce(sum(length(text) + length(shape)), 0) FROM texts WHERE issue IN (
    SELECT issues.id FROM issues JOIN newsletters ON newsletters.id = newsletter WHERE newsletters.key = ?
)
"""
_STORIES = """
SELECT coalesce(sum(stories), 0), coalesce(sum(stories - read), 0)
FROM issues JOIN newsletters ON newsletters.id = newsletter WHERE newsletters.key = ?
"""


def rows(connection: sqlite3.Connection) -> list[NewsletterRow]:
    """Return every newsletter that has an issue: as the reader ordered them, the others by their names.

    Those of a group stand together, where the first of them stands.
    """
    groups: dict[str, list[NewsletterRow]] = defaultdict(list)
    for row in map(NewsletterRow._make, connection.execute(_ROWS)):
        groups[row.group].append(row)
    return [row for group in groups.values() for row in group]


def size(connection: sqlite3.Connection, key: str) -> int:
    """Return how many bytes the texts of a newsletter take."""
    return int(connection.execute(_SIZE, (key,)).fetchone()[0])


def stories(connection: sqlite3.Connection, key: str) -> tuple[int, int]:
    """Return how many stories the issues of a newsletter have, and how many of them are unread."""
    there, unread = connection.execute(_STORIES, (key,)).fetchone()
    return int(there), int(unread)


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
    """Return what the issues of each newsletter share, by its key; of one that was removed too.

    What comes in of that is known by it: it is kept out, and is not taken for a newsletter of its own.
    """
    marks: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for newsletter, kind, value in connection.execute("SELECT newsletter, kind, value FROM marks"):
        marks[newsletter][kind].add(value)
    with_issues = {row[0] for row in connection.execute(_WITH_ISSUES)}
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
        shown = (_given_name(connection, key) or name, *_given_looks(connection, key))
        row = connection.execute(
            "INSERT INTO newsletters (key, found, name, icon, colour, gathered, place)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id, name",
            (key, name, *shown),
        ).fetchone()
    connection.executemany(
        "INSERT INTO marks VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(row[0], kind, value) for kind, value in sorted(marks) if value],
    )
    return int(row[0]), str(row[1])


def refresh(connection: sqlite3.Connection, key: str) -> bool:
    """Take over the name and the looks that the reader gave; return whether the newsletter is here."""
    given = (_given_name(connection, key), *_given_looks(connection, key))
    changed = connection.execute(
        "UPDATE newsletters SET name = coalesce(nullif(?, ''), found), icon = ?, colour = ?, gathered = ?,"
        " place = ? WHERE key = ?",
        (*given, key),
    )
    return changed.rowcount > 0


def _given_looks(connection: sqlite3.Connection, key: str) -> list[object]:
    found = connection.execute("SELECT field, value FROM facts WHERE kind = 'newsletter' AND key = ?", (key,))
    told = {field: json.loads(value) for field, value in found}
    return [
        value if isinstance(value := told.get(field), type(other)) else other
        for field, other in _LOOKS.items()
    ]


def _given_name(connection: sqlite3.Connection, key: str) -> str:
    row = connection.execute(
        "SELECT value FROM facts WHERE kind = 'newsletter' AND key = ? AND field = 'name'", (key,)
    ).fetchone()
    name = json.loads(row[0]) if row else ""
    return name if isinstance(name, str) else ""
