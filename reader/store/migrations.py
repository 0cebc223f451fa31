"""The schema: one numbered file a step, each step a transaction."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.model import StoreError
from reader.paths import resource


def steps() -> list[Path]:
    """Return the files that make the schema, in their order."""
    return sorted(resource("migrations").glob("[0-9]*.sql"))


def check_version(connection: sqlite3.Connection) -> int:
    """Return how many steps the file has taken; raise StoreError when it knows more than this program."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(steps()):
        raise StoreError(
            "This library was written by a newer Tearsheet. It was left as it is: "
            "open it with that version, or choose another library."
        )
    return version


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest schema."""
    done = check_version(connection)
    for number, step in enumerate(steps()[done:], done + 1):
        sql = step.read_text(encoding="utf-8")
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {sql}; PRAGMA user_version = {number}; COMMIT")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.rollback()
            if check_version(connection) < number:  # else another process took the step first
                raise
