"""Looking through the whole library for issues that are copies of each other."""

from __future__ import annotations

import sqlite3

from reader.model import Change
from reader.store import copies, issues, signed, texts
from reader.store.journal import Journal
from reader.store.recognising import Known, are_copies
from reader.store.signs import beside, signs_of
from reader.store.splits import Cutting
from reader.store.uniting import unite
from reader.store.writing import Held, held

_UNSIGNED = "SELECT CAST(value AS INTEGER) FROM notes WHERE name = 'unsigned'"


def unsigned(connection: sqlite3.Connection) -> int:
    """Return the highest id of the issues of which the signs were never taken; 0 where all were."""
    row = connection.execute(_UNSIGNED).fetchone()
    return row[0] if row else 0


def sign_some(connection: sqlite3.Connection, most: int) -> Change:
    """Take the signs of some issues that came in before there were any; it changes nothing that is seen."""
    last = unsigned(connection)
    found = connection.execute(
        "SELECT id, key FROM issues WHERE id <= ? ORDER BY id DESC LIMIT ?", (last, most)
    ).fetchall()
    for number, key in found:
        if one := issues.find(connection, key):
            signed.put(connection, number, signs_of(one.issue, texts.text(connection, number)))
    if len(found) < most:
        connection.execute("DELETE FROM notes WHERE name = 'unsigned'")
    else:
        connection.execute("UPDATE notes SET value = ? WHERE name = 'unsigned'", (found[-1][0] - 1,))
    return Change()


def copies_of(connection: sqlite3.Connection, key: str) -> list[str]:
    """Return the keys of the issues that came in after this one and are copies of it."""
    one = held(connection, "key = ?", key)
    known = _known(connection, one) if one else None
    if one is None or known is None:
        return []
    looked_for = signed.of(connection, one.id) | beside(known.issue)
    return [
        other.key
        for number in signed.sharing(connection, looked_for)
        if number > one.id and (other := held(connection, "id = ?", number))
        if _are_copies(connection, (one, known), other)
    ]


def unite_keys(
    connection: sqlite3.Connection, journal: Journal, key: str, others: list[str], cutting: Cutting
) -> Change:
    """Make one issue of several, given their keys; one that is gone is passed over."""
    change = Change()
    for other in others:
        two = held(connection, "key = ?", key), held(connection, "key = ?", other)
        if two[0] and two[1]:
            change |= unite(connection, journal, (two[0], two[1]), cutting)
    return change


def _are_copies(connection: sqlite3.Connection, one: tuple[Held, Known], other: Held) -> bool:
    known = _known(connection, other)
    places = [set(copies.places_of(connection, each.id)) for each in (one[0], other)]
    return known is not None and not copies.are_apart(connection, *places) and are_copies(one[1], known)


def _known(connection: sqlite3.Connection, one: Held) -> Known | None:
    found = issues.find(connection, one.key)
    return Known(found.issue, texts.text(connection, one.id)) if found else None
