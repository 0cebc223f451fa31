"""The folders that were opened."""

from __future__ import annotations

import json
import sqlite3
from pathlib import PurePath


def refresh(connection: sqlite3.Connection, path: str) -> None:
    """Take over what the facts say of a folder."""
    row = connection.execute(
        "SELECT value, time FROM facts WHERE kind = 'folder' AND key = ? AND field = 'newsletter'", (path,)
    ).fetchone()
    newsletter = json.loads(row[0]) if row else None
    connection.execute("DELETE FROM folders WHERE path = ?", (path,))
    if isinstance(newsletter, str):
        connection.execute("INSERT INTO folders VALUES (?, ?, ?)", (path, newsletter, row[1]))


def opened(connection: sqlite3.Connection) -> dict[str, str]:
    """Return each folder and the name its newsletter was given ("" for none), the first opened first."""
    return dict(connection.execute("SELECT path, newsletter FROM folders ORDER BY time, path"))


def around(connection: sqlite3.Connection, location: str) -> str:
    """Return the folder that was opened and that a file lies in, the highest one; "" for none."""
    above = {str(folder) for folder in PurePath(location).parents}
    return min(above & opened(connection).keys(), key=len, default="")
