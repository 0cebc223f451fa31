"""How far the search for older issues has come, by the address that is followed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from reader.model import Change


class Search(NamedTuple):
    """How far the search for a newsletter's older issues has come."""

    way: str = ""
    """How its site lists them; "" where that is not known yet."""
    complete: str = ""
    """When all of them had been gone through last, ISO 8601; "" for never."""


class Place(NamedTuple):
    """An address that is still to be asked."""

    place: str
    issue: str = ""
    """The web address of the issue that it gives; "" for a page of the list."""
    tries: int = 0
    """How often that failed."""


def search(connection: sqlite3.Connection, address: str) -> Search:
    """Return how far a search has come."""
    row = connection.execute("SELECT way, complete FROM older WHERE address = ?", (address,)).fetchone()
    return Search(*row) if row else Search()


def waiting(connection: sqlite3.Connection, address: str) -> list[Place]:
    """Return what is still to be asked: issues before lists, each in the order in which they were found."""
    rows = connection.execute(
        "SELECT place, issue, tries FROM older_places WHERE address = ? AND NOT asked"
        " ORDER BY issue = '', id",
        (address,),
    )
    return [Place(*row) for row in rows]


def places(connection: sqlite3.Connection, address: str) -> set[str]:
    """Return every address that this search has asked or is to ask."""
    return {
        row[0] for row in connection.execute("SELECT place FROM older_places WHERE address = ?", (address,))
    }


def begin(connection: sqlite3.Connection, address: str, way: str) -> Change:
    """Note in which way the older issues are found: all that was to be asked in another way is forgotten."""
    connection.execute("DELETE FROM older_places WHERE address = ?", (address,))
    connection.execute(
        "INSERT INTO older VALUES (?, ?, '') ON CONFLICT (address) DO UPDATE SET way = excluded.way",
        (address, way),
    )
    return Change()


def note(
    connection: sqlite3.Connection, address: str, found: Iterable[Place], done: Iterable[Place]
) -> Change:
    """Note what was found, and what was asked."""
    connection.executemany(
        "INSERT INTO older_places (address, place, issue, tries, asked) VALUES (?, ?, ?, 0, 0)"
        " ON CONFLICT DO NOTHING",
        [(address, one.place, one.issue) for one in found],
    )
    connection.executemany(
        "UPDATE older_places SET asked = 1 WHERE address = ? AND place = ?",
        [(address, one.place) for one in done],
    )
    return Change()


def failed(connection: sqlite3.Connection, address: str, place: str, most: int) -> Change:
    """Count a failure; what failed so often is asked no more."""
    connection.execute(
        "UPDATE older_places SET tries = tries + 1, asked = tries + 1 >= ? WHERE address = ? AND place = ?",
        (most, address, place),
    )
    return Change()


def end(connection: sqlite3.Connection, address: str, now: str) -> Change:
    """Note that all older issues had been gone through; the next search begins anew."""
    connection.execute("DELETE FROM older_places WHERE address = ?", (address,))
    connection.execute("UPDATE older SET complete = ? WHERE address = ?", (now, address))
    return Change()


def addresses(connection: sqlite3.Connection, newsletter: str) -> list[str]:
    """Return the web addresses of a newsletter's issues, the newest first and the undated last."""
    rows = connection.execute(
        "SELECT issues.url, issues.location FROM issues"
        " JOIN newsletters ON newsletters.id = issues.newsletter"
        " WHERE newsletters.key = ? ORDER BY published = '', published DESC, issues.id DESC",
        (newsletter,),
    )
    return [next((one for one in row if one.startswith("http")), "") for row in rows]


def copies(connection: sqlite3.Connection, newsletter: str) -> set[str]:
    """Return the web addresses from which issues of a newsletter came, those of further copies too."""
    rows = connection.execute(
        "SELECT locations.location FROM locations JOIN issues ON issues.id = locations.issue"
        " JOIN newsletters ON newsletters.id = issues.newsletter"
        " WHERE newsletters.key = ? AND locations.location LIKE 'http%'",
        (newsletter,),
    )
    return {row[0] for row in rows}
