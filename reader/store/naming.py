"""Finding what a person names: by a key, the beginning of one, or a title."""

from __future__ import annotations

import sqlite3

from reader.model import NotFoundError
from reader.store import aliases

_STARTING = "SELECT key FROM {table} WHERE key >= ?1 AND key < ?1 || char(1114111) LIMIT 2"
_CALLED = "SELECT key FROM {table} WHERE {column} = ? COLLATE NOCASE LIMIT 2"
_CALLED_LIKE = "SELECT key FROM {table} WHERE instr(lower({column}), lower(?)) > 0 LIMIT 2"


def find_story(connection: sqlite3.Connection, name: str) -> str:
    """Return the key of the story; NotFoundError when there is none or more than one."""
    return _find(connection, aliases.resolve(connection, name), ("stories", "title", "story"))


def find_issue(connection: sqlite3.Connection, name: str) -> str:
    """Return the key of the issue, named by its key, its title or its label ("Import AI 219")."""
    labelled = connection.execute(
        "SELECT issues.key FROM issues JOIN newsletters ON newsletters.id = newsletter"
        " WHERE number <> '' AND name || ' ' || number = ? COLLATE NOCASE LIMIT 2",
        (name,),
    ).fetchall()
    if len(labelled) == 1:
        return str(labelled[0][0])
    return _find(connection, name, ("issues", "title", "issue"))


def find_newsletter(connection: sqlite3.Connection, name: str) -> str:
    """Return the key of the newsletter."""
    return _find(connection, name, ("newsletters", "name", "newsletter"))


def _find(connection: sqlite3.Connection, name: str, thing: tuple[str, str, str]) -> str:
    table, column, word = thing
    wanted = name.strip()
    if not wanted:
        raise NotFoundError(f"No {word} was named.")
    exact = connection.execute(f"SELECT key FROM {table} WHERE key = ?", (wanted,)).fetchall()  # noqa: S608
    if exact:
        return str(exact[0][0])
    several = False
    for sql in (_CALLED, _STARTING, _CALLED_LIKE):
        found = connection.execute(sql.format(table=table, column=column), (wanted,)).fetchall()
        if len(found) == 1:
            return str(found[0][0])
        several = several or len(found) > 1
        if several:
            break
    raise NotFoundError(
        f"“{name}” names more than one {word}." if several else f"There is no {word} “{name}”."
    )
