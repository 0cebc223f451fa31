"""Which story a key leads to, after its story was given another key."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

_JOINT = "+"
_MEMBERS = """
WITH RECURSIVE members (key) AS (
    VALUES (?) UNION SELECT old FROM aliases JOIN members ON aliases.new = members.key
)
SELECT key FROM members
"""


def resolve(connection: sqlite3.Connection, key: str) -> str:
    """Return the key that this one leads to now; itself mostly."""
    path = [key]
    while row := connection.execute("SELECT new FROM aliases WHERE old = ?", (path[-1],)).fetchone():
        if row[0] in path:  # two devices each gave a story the other's key: any answer, but always one
            return min(path[path.index(row[0]) :])
        path.append(str(row[0]))
    return path[-1]


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


def members(connection: sqlite3.Connection, key: str) -> list[str]:
    """Return every key that leads to this one, itself included."""
    return [row[0] for row in connection.execute(_MEMBERS, (key,))]


def joint(key: str) -> str:
    """Return the key under which stands what a story and the one it became part of amount to together.

    It leads to that story, and is let go when the two come apart: each then has its own again.
    """
    return f"{key}{_JOINT}"


def is_joint(key: str) -> bool:
    """Tell whether a key is none of a story, but of what two amount to."""
    return key.endswith(_JOINT)


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
