"""Issues of newsletters that the reader removed: laid aside, so that they can be put back as they were."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict

from reader.model import Change, Issue, Link, ParsedIssue, Story
from reader.model.encoding import decode_text
from reader.store import issues, newsletters, splits
from reader.store.facts import Fact
from reader.store.prepared import Prepared

_KEYS = """
SELECT issues.key FROM issues JOIN newsletters ON newsletters.id = newsletter
WHERE newsletters.key = ? LIMIT ?
"""
_ASIDE = """
INSERT INTO aside
SELECT ?, ?, found, ?, ?, coalesce(form, ''), coalesce(company, ''), text, shape, fingerprint
FROM issues JOIN newsletters ON newsletters.id = newsletter JOIN texts ON texts.issue = issues.id
LEFT JOIN forms ON forms.issue = issues.id WHERE issues.id = ?
"""
_PLACES = "INSERT OR REPLACE INTO aside_locations SELECT location, digest, ? FROM locations WHERE issue = ?"
_PLACES_BACK = """
INSERT INTO locations SELECT location, digest, (SELECT id FROM issues WHERE key = ?2) FROM aside_locations
WHERE issue = ?1 ON CONFLICT DO NOTHING
"""
_BACK = """
SELECT newsletter, name, issue, stories, form, company, text, shape, fingerprint FROM aside WHERE key = ?
"""


def fact(newsletter: str, *, removed: bool) -> Fact:
    """Return what is written where the reader removes a newsletter, or has it back."""
    return Fact("newsletter", newsletter, "removed", removed or None)


def removed(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the keys of the newsletters that the reader removed."""
    sql = "SELECT key FROM facts WHERE kind = 'newsletter' AND field = 'removed' AND value = 'true'"
    return frozenset(row[0] for row in connection.execute(sql))


def newsletters_aside(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Return the key and the name of each newsletter of which issues are laid aside, and how many."""
    found = connection.execute(
        "SELECT newsletter, coalesce(newsletters.name, max(aside.name)), count(*) FROM aside"
        " LEFT JOIN newsletters ON newsletters.key = newsletter GROUP BY newsletter ORDER BY 2 COLLATE NOCASE"
    )
    return list(found)


def keys(connection: sqlite3.Connection, newsletter: str) -> list[str]:
    """Return the keys of a newsletter's issues that are laid aside."""
    found = connection.execute("SELECT key FROM aside WHERE newsletter = ? ORDER BY key", (newsletter,))
    return [row[0] for row in found]


def lay(connection: sqlite3.Connection, newsletter: str, most: int) -> Change:
    """Lay aside so many issues of a newsletter; nothing where none is left."""
    gone = [row[0] for row in connection.execute(_KEYS, (newsletter, most))]
    for key in gone:
        found = issues.find(connection, key)
        if found is None:
            raise AssertionError("it was found a moment ago")
        told = json.dumps(
            [story._asdict() for story in splits.found(connection, found.id)], ensure_ascii=False
        )
        known = json.dumps(asdict(found.issue), ensure_ascii=False)
        connection.execute("DELETE FROM aside WHERE key = ?", (key,))
        connection.execute(_ASIDE, (key, newsletter, known, told, found.id))
        connection.execute(_PLACES, (key, found.id))
        connection.execute("DELETE FROM issues WHERE id = ?", (found.id,))
    return Change(frozenset(gone), newsletters=frozenset({newsletter})) if gone else Change()


def taken_back(connection: sqlite3.Connection, key: str) -> Prepared | None:
    """Return an issue that was laid aside, ready to be put in; None where it is not there."""
    row = connection.execute(_BACK, (key,)).fetchone()
    if row is None:
        return None
    newsletter, name, issue, stories, form, company, text, shape, fingerprint = row
    known = Issue(**json.loads(issue) | {"newsletter": newsletter, "root": ""})
    parsed = ParsedIssue(known, name, (), tuple(map(_story, json.loads(stories))), (), form, company)
    shared = newsletters.marks(connection, newsletter)
    return Prepared(parsed, decode_text(text), (text, shape), fingerprint, shared)


def is_back(connection: sqlite3.Connection, key: str, issue: str) -> Change:
    """Drop what is laid aside of an issue that is back, under the key given, and let it have its places."""
    connection.execute(_PLACES_BACK, (key, issue))
    connection.execute("DELETE FROM aside WHERE key = ?", (key,))
    return Change()


def _story(told: dict[str, object]) -> Story:
    heads = tuple((start, stop) for start, stop in told["heads"])  # type: ignore[attr-defined]
    links = tuple(Link(*link) for link in told["links"])  # type: ignore[attr-defined]
    return Story(**{**told, "heads": heads, "links": links})  # type: ignore[arg-type]
