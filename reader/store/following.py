"""The addresses that are followed, and what was noted when they were asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from reader.model import Change
from reader.model.following import Followed
from reader.store.facts import Fact, value_of

KIND = "following"
_MOST_ERRORS = 50
"""Errors that are kept of an address: the latest."""
_ROWS = """
SELECT following.address, newsletter, coalesce(newsletters.name, following.name), site, coalesce(checked, ''),
    coalesce(result, ''), coalesce(error, ''), coalesce(due, 0), coalesce(stopped, 0), private
FROM following LEFT JOIN newsletters ON newsletters.key = newsletter
LEFT JOIN refreshes ON refreshes.address = following.address
ORDER BY 3 COLLATE NOCASE, 1
"""
_TAKE = """
INSERT INTO following VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (address) DO UPDATE
SET (newsletter, name, site, private) = (excluded.newsletter, excluded.name, excluded.site, excluded.private)
"""


class Noted(NamedTuple):
    """What this machine knows of an address since it asked it."""

    address: str
    checked: str = ""
    result: str = ""
    error: str = ""
    due: float = 0.0
    not_before: float = 0.0
    """The server asked not to be asked before, in seconds since 1970."""
    stopped: bool = False
    failures: int = 0
    """How often in a row it failed."""
    etag: str = ""
    modified: str = ""
    digest: str = ""
    """SHA-256 of the last answer that came in whole."""
    wish: str = ""
    """When it wants to be asked, as its services write it."""


class Failure(NamedTuple):
    """A refresh that failed."""

    time: str
    """ISO 8601 in UTC."""
    error: str
    """A sentence."""


def facts_of(followed: Followed) -> list[Fact]:
    """Return what is written where an address is followed."""
    said = {
        "newsletter": followed.newsletter,
        "name": followed.name,
        "site": followed.site,
        "private": followed.private,
        "followed": True,
    }
    return [Fact(KIND, followed.address, field, value) for field, value in said.items()]


def ended(address: str) -> Fact:
    """Return what is written where an address is followed no longer; all else that is known of it stays."""
    return Fact(KIND, address, "followed", False)  # noqa: FBT003 - it is the fact's value


def moved(address: str, to: str) -> list[Fact]:
    """Return what is written where an address says that it is another one for good."""
    return [ended(address), Fact(KIND, address, "moved", to)]


def again(address: str) -> Fact:
    """Return what is written where an address is followed again."""
    return Fact(KIND, address, "followed", True)  # noqa: FBT003 - it is the fact's value


def refresh(connection: sqlite3.Connection, address: str) -> Change:
    """Take over what the facts say of an address; return the newsletter that it was or is followed for."""
    known = connection.execute("SELECT newsletter FROM following WHERE address = ?", (address,)).fetchone()
    newsletter = _text(connection, address, "newsletter")
    if newsletter and value_of(connection, KIND, address, "followed") is True:
        since = connection.execute(
            "SELECT time FROM facts WHERE kind = ? AND key = ? AND field = 'followed'", (KIND, address)
        ).fetchone()[0]
        private = value_of(connection, KIND, address, "private") is True
        name, site = _text(connection, address, "name"), _text(connection, address, "site")
        connection.execute(_TAKE, (address, newsletter, name or newsletter, site, private, since))
    else:
        connection.execute("DELETE FROM following WHERE address = ?", (address,))
        connection.execute("DELETE FROM refreshes WHERE address = ?", (address,))
    return Change(newsletters=frozenset({newsletter, known[0] if known else ""} - {""}))


def followed(connection: sqlite3.Connection) -> list[Followed]:
    """Return every address that is followed, by the names of their newsletters."""
    return [_followed(row) for row in connection.execute(_ROWS)]


def noted(connection: sqlite3.Connection) -> dict[str, Noted]:
    """Return what was noted of each address that was asked."""
    rows = connection.execute(f"SELECT {', '.join(Noted._fields)} FROM refreshes")  # noqa: S608
    return {row[0]: Noted._make(row)._replace(stopped=bool(row[6])) for row in rows}


def note(connection: sqlite3.Connection, notes: Iterable[Noted]) -> Change:
    """Note how addresses answered; of one that is followed no longer nothing is noted."""
    touched: set[str] = set()
    for one in notes:
        row = connection.execute(
            "SELECT newsletter FROM following WHERE address = ?", (one.address,)
        ).fetchone()
        if row is None:
            continue
        touched.add(row[0])
        marks = ", ".join("?" * len(one))
        connection.execute(f"INSERT OR REPLACE INTO refreshes VALUES ({marks})", one)  # noqa: S608
        if one.error:
            _log(connection, one)
    return Change(newsletters=frozenset(touched))


def failures(connection: sqlite3.Connection, address: str) -> list[Failure]:
    """Return how the refreshes of an address failed, the latest first."""
    found = connection.execute(
        "SELECT time, error FROM refresh_errors WHERE address = ? ORDER BY id DESC", (address,)
    )
    return list(map(Failure._make, found))


def _log(connection: sqlite3.Connection, one: Noted) -> None:
    connection.execute(
        "INSERT INTO refresh_errors (address, time, error) VALUES (?, ?, ?)",
        (one.address, one.checked, one.error),
    )
    connection.execute(
        "DELETE FROM refresh_errors WHERE address = ?1 AND id NOT IN"
        " (SELECT id FROM refresh_errors WHERE address = ?1 ORDER BY id DESC LIMIT ?2)",
        (one.address, _MOST_ERRORS),
    )


def _followed(row: tuple[Any, ...]) -> Followed:
    one = Followed._make(row)
    return one._replace(stopped=bool(one.stopped), private=bool(one.private))


def _text(connection: sqlite3.Connection, address: str, field: str) -> str:
    value = value_of(connection, KIND, address, field)
    return value if isinstance(value, str) else ""
