"""Where issues are filed: in which files, and in which newsletter; what was done with stories goes along."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from reader.model import Change
from reader.store import copies, hidden, newsletters, splits
from reader.store.facts import record
from reader.store.journal import Journal
from reader.store.leading import lead


@dataclass(frozen=True, slots=True)
class FiledIssue:
    """A file, the issue that it holds, and where that belongs."""

    location: str
    issue: str
    newsletter: str
    """A key, as the issue is."""
    name: str
    number: str


_TAKEN = "SELECT 1 FROM issues WHERE key = ?1 UNION SELECT 1 FROM aside WHERE key = ?1"


def filed(connection: sqlite3.Connection) -> list[FiledIssue]:
    """Return every file that came in."""
    found = connection.execute(
        "SELECT locations.location, issues.key, newsletters.key, newsletters.name, number FROM locations"
        " JOIN issues ON issues.id = locations.issue JOIN newsletters ON newsletters.id = issues.newsletter"
    )
    return [FiledIssue(*row) for row in found]


def add_copies(connection: sqlite3.Connection, copies: Mapping[str, str]) -> Change:
    """Remember files that came in as another one of the same bytes, by their locations and digests."""
    connection.executemany(
        "INSERT INTO locations SELECT ?1, ?2, issue, copy, own FROM locations WHERE digest = ?2 LIMIT 1"
        " ON CONFLICT DO NOTHING",
        copies.items(),
    )
    return Change()


def move(
    connection: sqlite3.Connection,
    journal: Journal,
    issues: Mapping[str, tuple[str, str]],
) -> Change:
    """Give issues, by their keys, to the newsletter of that key and name; what is not here stays away."""
    led: dict[str, str] = {}
    change = Change()
    for key, (newsletter, name) in issues.items():
        row = connection.execute("SELECT id, newsletter, number FROM issues WHERE key = ?", (key,)).fetchone()
        if row is None:
            continue
        number, old, printed = row
        new_key = _free(connection, key, newsletter, printed)
        owner = _owner(connection, (newsletter, name), old, number)
        connection.execute("UPDATE issues SET key = ?, newsletter = ? WHERE id = ?", (new_key, owner, number))
        led |= _rename_stories(connection, number, key, new_key)
        told = [*splits.carried(connection, key, new_key), *copies.carried(connection, key, new_key)]
        record(connection, journal, told)
        hidden.mark(connection, newsletter, [number])
        moved_from = connection.execute("SELECT key FROM newsletters WHERE id = ?", (old,)).fetchone()[0]
        change |= Change(issues=frozenset({key, new_key}), newsletters=frozenset({moved_from, newsletter}))
    return change | lead(connection, journal, led, (list(led), list(led.values())))


def _free(connection: sqlite3.Connection, key: str, newsletter: str, printed: str) -> str:
    """Return the key that an issue gets: by its number, else with the end that it had."""
    end = key.partition("/")[2]
    for wanted in (f"{newsletter}/{printed}", f"{newsletter}/{end}"):
        taken = connection.execute(_TAKEN, (wanted,)).fetchone()
        if not wanted.endswith("/") and not taken:
            return wanted
    return f"{newsletter}/{end}-{key.partition('/')[0]}"


def _owner(connection: sqlite3.Connection, newsletter: tuple[str, str], old: int, issue: int) -> int:
    """Return the id of the newsletter, which from now on is known by what this issue is known by."""
    key, name = newsletter
    places = [
        row[0].replace("\\", "/").rpartition("/")[0]
        for row in connection.execute("SELECT location FROM locations WHERE issue = ?", (issue,))
    ]
    marks = [
        (kind, value)
        for kind, value in connection.execute("SELECT kind, value FROM marks WHERE newsletter = ?", (old,))
        if kind != "folder" or value.replace("\\", "/") in places
    ]
    owner, _ = newsletters.ensure(connection, key, name, frozenset(marks))
    if owner != old:
        gone = [(old, value) for kind, value in marks if kind == "folder"]
        connection.executemany(
            "DELETE FROM marks WHERE newsletter = ? AND kind = 'folder' AND value = ?", gone
        )
    return owner


def _rename_stories(connection: sqlite3.Connection, issue: int, old: str, new: str) -> dict[str, str]:
    """Let the keys of an issue's stories begin with its own; return the new key of each."""
    sql = "SELECT key FROM stories WHERE issue = ?1 UNION SELECT key FROM outside WHERE issue = ?1"
    keys = [row[0] for row in connection.execute(sql, (issue,))]
    led = {key: f"{new}#{key.removeprefix(f'{old}#')}" for key in keys if key.startswith(f"{old}#")}
    for table in ("stories", "outside"):
        sql = f"UPDATE {table} SET key = ? WHERE key = ?"  # noqa: S608
        connection.executemany(sql, [(b, a) for a, b in led.items()])
    return led
