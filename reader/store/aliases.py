"""Which story a key leads to, after its story was given another key."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

_JOINT = "+"
_USED = "SELECT key FROM facts WHERE kind = 'alias' AND field = 'to' AND key > ?1 AND key < ?1 || ':'"
"""Keys that go on with a number."""
_MEMBERS = """
WITH RECURSIVE members (key) AS (
    SELECT value FROM json_each(?) UNION SELECT old FROM aliases JOIN members ON aliases.new = members.key
)
SELECT key FROM members
"""


def resolve(connection: sqlite3.Connection, key: str) -> str:
    """Return the key that this one leads to now; itself mostly."""
    return way(connection, key)[-1]


def way(connection: sqlite3.Connection, key: str) -> list[str]:
    """Return the keys on the way from this one to the one that it leads to now, both included."""
    path = [key]
    while row := connection.execute("SELECT new FROM aliases WHERE old = ?", (path[-1],)).fetchone():
        if row[0] in path:  # two devices each gave a story the other's key: any answer, but always one
            return [*path, min(path[path.index(row[0]) :])]
        path.append(str(row[0]))
    return path


def known(connection: sqlite3.Connection, keys: Sequence[str]) -> list[str]:
    """Return those of the keys that have an alias, in their order."""
    listed = json.dumps(keys, ensure_ascii=False)
    found = {
        row[0]
        for row in connection.execute(
            "SELECT old FROM aliases WHERE old IN (SELECT value FROM json_each(?))", (listed,)
        )
    }
    return [key for key in keys if key in found]


def members(connection: sqlite3.Connection, *keys: str) -> list[str]:
    """Return every key that leads to one of these, themselves included."""
    return [row[0] for row in connection.execute(_MEMBERS, (json.dumps(keys, ensure_ascii=False),))]


def new_joint(connection: sqlite3.Connection, part: str) -> str:
    """Return a joint key that was never used: what was done under another one is not to come back with it."""
    used = connection.execute(_USED, (part + _JOINT,))
    return f"{part}{_JOINT}{len(used.fetchall()) + 1}"


def inherited(part: str) -> str:
    """Return the joint key under which a story has what it has for being a part of one that was read."""
    return f"{part}{_JOINT}read"


def part_of(joint: str) -> str:
    """Return the key of the story that a joint key is named after."""
    return joint.rpartition(_JOINT)[0]


def is_numbered(key: str) -> bool:
    """Tell whether a key is a joint key of several stories."""
    return is_joint(key) and not key.endswith(f"{_JOINT}read")


def is_joint(key: str) -> bool:
    """Tell whether a key is none of a story, but of what several amount to."""
    return _JOINT in key.rpartition("#")[2]


def refresh(connection: sqlite3.Connection, old: str) -> set[str]:
    """Take over what the facts say of a key's alias; return the keys whose state may differ now."""
    touched = {old, resolve(connection, old)}
    row = connection.execute(
        "SELECT value FROM facts WHERE kind = 'alias' AND key = ? AND field = 'to'", (old,)
    ).fetchone()
    new = json.loads(row[0]) if row else ""
    if isinstance(new, str) and new and new != old:
        connection.execute(
            "INSERT INTO aliases VALUES (?, ?) ON CONFLICT (old) DO UPDATE SET new = excluded.new", (old, new)
        )
    else:
        connection.execute("DELETE FROM aliases WHERE old = ?", (old,))
    return touched | {resolve(connection, old)}
