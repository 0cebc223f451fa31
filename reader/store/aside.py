"""Issues of newsletters that the reader removed: laid aside whole, so that they can be put back as they were.

Whatever the tables have of an issue is kept as rows with the names of their columns: a table that has
another column by then takes them back all the same.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from reader.model import Change
from reader.store import hidden, issues, signed, states, texts
from reader.store.facts import Fact, value_of, values_of
from reader.store.signs import signs_of

TABLES = (
    "texts",
    "stories",
    "links",
    "locations",
    "splits",
    "forms",
    "outside",
    "copies",
    "signs",
    "originals",
)
"""What belongs to an issue, beside its own row, in the order in which it is put back."""
Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = dict[str, list[Row]]

_KEYS = """
SELECT issues.key, issues.id FROM issues JOIN newsletters ON newsletters.id = newsletter
WHERE newsletters.key = ? LIMIT ?
"""
_NEWSLETTERS = """
SELECT gone.key, coalesce(newsletters.name, json_extract(names.value, '$'), gone.key),
    (SELECT count(*) FROM aside WHERE newsletter = gone.key)
FROM (
    SELECT newsletter AS key FROM aside
    UNION SELECT key FROM facts WHERE kind = 'newsletter' AND field = 'removed' AND value = 'true'
) AS gone
LEFT JOIN newsletters ON newsletters.key = gone.key
LEFT JOIN facts AS names ON names.kind = 'newsletter' AND names.key = gone.key AND names.field = 'called'
    AND json_type(names.value) = 'text' AND names.value <> '""'
ORDER BY 2 COLLATE NOCASE
"""
_OF_STORIES = "SELECT * FROM links WHERE story IN (SELECT id FROM stories WHERE issue = ?)"
_PLACES = "INSERT OR REPLACE INTO aside_locations SELECT location, digest, ? FROM locations WHERE issue = ?"


def fact(newsletter: str, *, removed: bool) -> Fact:
    """Return what is written where the reader removes a newsletter, or has it back."""
    return Fact("newsletter", newsletter, "removed", removed or None)


def name_fact(connection: sqlite3.Connection, newsletter: str) -> Fact:
    """Return what is written of a removed newsletter's name: what is to be had back is listed by it."""
    found = connection.execute("SELECT name FROM newsletters WHERE key = ?", (newsletter,)).fetchone()
    return Fact("newsletter", newsletter, "called", found[0] if found else "")


def removed(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the keys of the newsletters that the reader removed."""
    said = values_of(connection, "newsletter", "removed")
    return frozenset(key for key, value in said.items() if value is True)


def is_removed(connection: sqlite3.Connection, newsletter: str) -> bool:
    """Tell whether the reader removed a newsletter."""
    return value_of(connection, "newsletter", newsletter, "removed") is True


def newsletters_aside(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Return the key and the name of each newsletter that was removed, and how many issues are laid aside.

    Those of which nothing is aside are told too: a library that was made anew still keeps their issues out.
    """
    return list(connection.execute(_NEWSLETTERS))


def keys(connection: sqlite3.Connection, newsletter: str) -> list[str]:
    """Return the keys of a newsletter's issues that are laid aside."""
    found = connection.execute("SELECT key FROM aside WHERE newsletter = ? ORDER BY key", (newsletter,))
    return [row[0] for row in found]


def holds(connection: sqlite3.Connection, key: str) -> bool:
    """Tell whether an issue is laid aside."""
    return connection.execute("SELECT 1 FROM aside WHERE key = ?", (key,)).fetchone() is not None


def lay(connection: sqlite3.Connection, newsletter: str, most: int) -> Change:
    """Lay aside so many issues of a newsletter that was removed; nothing where none is left.

    Nothing either where the reader has it back by now: two of these may be under way.
    """
    if not is_removed(connection, newsletter):
        return Change()
    gone = connection.execute(_KEYS, (newsletter, most)).fetchall()
    for key, number in gone:
        rows = {"issues": list(_rows(connection, "SELECT * FROM issues WHERE id = ?", number))}
        for table in TABLES:
            sql = _OF_STORIES if table == "links" else f"SELECT * FROM {table} WHERE issue = ?"  # noqa: S608
            rows[table] = list(_rows(connection, sql, number))
        connection.execute("INSERT OR REPLACE INTO aside VALUES (?, ?, ?)", (key, newsletter, _packed(rows)))
        connection.execute(_PLACES, (key, number))
        connection.execute("DELETE FROM issues WHERE id = ?", (number,))
    if not gone:
        return Change()
    return Change(frozenset(key for key, _ in gone), newsletters=frozenset({newsletter}))


def put_back(connection: sqlite3.Connection, key: str) -> Change:
    """Put an issue back that was laid aside; it stays there where another has its key meanwhile.

    It stays, too, where its newsletter was removed again by now.
    """
    row = connection.execute("SELECT newsletter, rows FROM aside WHERE key = ?", (key,)).fetchone()
    there = connection.execute("SELECT 1 FROM issues WHERE key = ?", (key,)).fetchone()
    if row is None or there or is_removed(connection, row[0]):
        return Change()
    newsletter, rows = row[0], _unpacked(row[1])
    number = _put_issue(connection, rows["issues"][0])
    copies = {copy["id"]: _unused(connection, "copies", copy["id"]) for copy in rows.get("copies", ())}
    for table in TABLES:
        for one in rows.get(table, ()):
            _put(connection, table, _renumbered(table, one, number, copies))
    connection.execute("DELETE FROM aside WHERE key = ?", (key,))
    if not rows["signs"] and (found := issues.find(connection, key)):  # it left before any were taken
        signed.put(connection, number, signs_of(found.issue, texts.text(connection, number)))
    hidden.mark(connection, newsletter, [number])
    states.count(connection, [number])
    return Change(frozenset({key}), newsletters=frozenset({newsletter}))


def _put_issue(connection: sqlite3.Connection, issue: Row) -> int:
    number = _unused(connection, "issues", issue["id"])
    _put(connection, "issues", issue | {"id": number})
    return number


def _renumbered(table: str, row: Row, issue: int, copies: Mapping[int, int]) -> Row:
    """Return a row with the numbers that its issue and its copies have now."""
    row = row if table == "links" else row | {"issue": issue}
    if table == "copies":
        return row | {"id": copies[row["id"]]}
    return row | {"copy": copies.get(row["copy"])} if table == "locations" else row


def _unused(connection: sqlite3.Connection, table: str, number: int) -> int:
    """Return the number, or one that no row has where a row has that by now."""
    if connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (number,)).fetchone() is None:  # noqa: S608
        return number
    (highest,) = connection.execute(f"SELECT max(id) FROM {table}").fetchone()  # noqa: S608
    return int(highest) + 1


def _put(connection: sqlite3.Connection, table: str, row: Row) -> None:
    marks = ", ".join("?" * len(row))
    sql = f"INSERT OR IGNORE INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608
    connection.execute(sql, list(row.values()))


def _rows(connection: sqlite3.Connection, sql: str, issue: int) -> Iterator[Row]:
    found = connection.execute(sql, (issue,))
    names = [column[0] for column in found.description]
    yield from (dict(zip(names, row, strict=True)) for row in found)


def _packed(rows: Rows) -> bytes:
    return zlib.compress(json.dumps(rows, ensure_ascii=False, default=_written).encode("utf-8"))


def _unpacked(packed: bytes) -> Rows:
    rows: Rows = json.loads(zlib.decompress(packed), object_hook=_read)
    return rows


def _written(value: object) -> dict[str, str]:
    if not isinstance(value, bytes):
        raise TypeError
    return {"bytes": b64encode(value).decode()}


def _read(told: Row) -> Row | bytes:
    return b64decode(told["bytes"]) if told.keys() == {"bytes"} else told
