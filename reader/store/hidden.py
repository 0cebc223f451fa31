"""Sections that a newsletter's reader does not want to see: their stories are marked, and counted as none."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable

from reader.model import Change
from reader.store import states
from reader.store.facts import value_of

_LETTERS = r"[^\W_]+"
_PARTS = " / "
_MARK = """
UPDATE stories SET hidden = NOT hidden
WHERE issue = ?1 AND hidden <> (section IN (SELECT value FROM json_each(?2)))
"""
_COUNT = """
UPDATE issues SET stories = (SELECT count(*) FROM stories WHERE issue = issues.id AND NOT hidden) WHERE id = ?
"""


def sections(connection: sqlite3.Connection, newsletter: str) -> frozenset[str]:
    """Return the names of the sections that the reader hid, given the newsletter's key."""
    value = value_of(connection, "newsletter", newsletter, "hidden")
    return (
        frozenset(name for name in value if isinstance(name, str)) if isinstance(value, list) else frozenset()
    )


def refresh(connection: sqlite3.Connection, newsletter: str) -> Change:
    """Make the stories of a newsletter as visible as the facts say; return the issues that changed."""
    found = connection.execute(
        "SELECT issues.id, issues.key FROM issues JOIN newsletters ON newsletters.id = newsletter"
        " WHERE newsletters.key = ?",
        (newsletter,),
    ).fetchall()
    marked = mark(connection, newsletter, [number for number, _ in found])
    return Change(issues=frozenset(key for number, key in found if number in marked))


def mark(connection: sqlite3.Connection, newsletter: str, issues: Iterable[int]) -> set[int]:
    """Mark the stories of some issues that are in hidden sections, and no others; return whose are new."""
    numbers = list(issues)
    names = _hidden(connection, sections(connection, newsletter), numbers)
    changed = {n for n in numbers if connection.execute(_MARK, (n, names)).rowcount}
    connection.executemany(_COUNT, [(number,) for number in sorted(changed)])
    states.count(connection, changed)
    return changed


def _hidden(connection: sqlite3.Connection, hidden: frozenset[str], issues: list[int]) -> str:
    """Return, as JSON, the sections of some issues that are one of the hidden ones or under one."""
    wanted = {_path(name) for name in hidden}
    found = connection.execute(
        "SELECT DISTINCT section FROM stories WHERE issue IN (SELECT value FROM json_each(?))",
        (json.dumps(issues if wanted else []),),
    )
    names = [section for (section,) in found if _is_under(_path(section), wanted)]
    return json.dumps(names, ensure_ascii=False)


def _is_under(path: tuple[str, ...], hidden: set[tuple[str, ...]]) -> bool:
    return any(path[:depth] in hidden for depth in range(1, len(path) + 1))


def _path(section: str) -> tuple[str, ...]:
    """Return the names that a section is made of; how an issue sets them does not count."""
    parts = [name.casefold() for name in section.split(_PARTS) if name]
    return tuple("".join(re.findall(_LETTERS, part)) or part for part in parts)
