"""How each issue was split, and which newsletters are not to learn from that."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from reader.model import ParsedIssue
from reader.store.facts import Fact

_ALONE = "alone"
_ROWS = """
SELECT newsletters.key, newsletters.name, issues.key, form, company FROM forms
JOIN issues ON issues.id = forms.issue JOIN newsletters ON newsletters.id = issues.newsletter
"""


class SplitBy(NamedTuple):
    """How an issue was split, as the splitter writes it."""

    newsletter: str
    """The newsletter's key."""
    name: str
    """The newsletter's name."""
    issue: str
    form: str
    company: str
    """The form of the newsletter's other issues where it was tried, "" otherwise."""


def put(connection: sqlite3.Connection, issue: int, parsed: ParsedIssue) -> None:
    """Remember how an issue was split; what says nothing of that changes nothing."""
    if parsed.form:
        values = (issue, parsed.form, parsed.company)
        connection.execute("INSERT OR REPLACE INTO forms VALUES (?, ?, ?)", values)


def of(connection: sqlite3.Connection, issue: int) -> list[str]:
    """Return how an issue was split, and the form of the others where that was tried; "" for not known."""
    row = connection.execute("SELECT form, company FROM forms WHERE issue = ?", (issue,)).fetchone()
    return list(row) if row else ["", ""]


def rows(connection: sqlite3.Connection, newsletter: str = "") -> list[SplitBy]:
    """Return how each issue was split, of one newsletter or of all, the newsletters by their names."""
    where = "WHERE newsletters.key = ?" if newsletter else ""
    order = "ORDER BY newsletters.name COLLATE NOCASE, newsletters.key, issues.id"
    found = connection.execute(f"{_ROWS} {where} {order}", [newsletter] if newsletter else [])
    return list(map(SplitBy._make, found))


def alone(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the newsletters of which each issue is split by itself, as the reader wants it."""
    found = connection.execute(
        "SELECT key FROM facts WHERE kind = 'newsletter' AND field = 'form' AND value = ?",
        (json.dumps(_ALONE),),
    )
    return frozenset(row[0] for row in found)


def fact(newsletter: str, *, alone: bool) -> Fact:
    """Return what is written where a newsletter's issues are to be split alone, or in company again."""
    return Fact("newsletter", newsletter, "form", _ALONE if alone else None)
