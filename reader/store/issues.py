"""Issues: the list of them, and one of them whole."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable
from functools import partial
from typing import Literal, NamedTuple

from reader.model import Issue, IssuePage, IssueRow, Outline
from reader.store import folders, labels, stories, texts

View = Literal["all", "unread", "starred"]

_LABEL = "CASE WHEN number <> '' THEN name || ' ' || number WHEN heading <> '' THEN heading ELSE name END"
"""What labels.label() says, for all lines at once."""
_SUMMARY = """CASE
    WHEN heading = '' THEN summary WHEN summary = '' THEN name ELSE name || ' · ' || summary
END"""
"""Where the label is a title, what is said of the issue begins with the newsletter's name."""
_COUNTED = "stories, read, starred"
_LINE = f"SELECT issues.key, newsletters.key, {_LABEL}, {_SUMMARY}, published, {_COUNTED} FROM issues"  # noqa: S608
_OWNER = " CROSS JOIN newsletters ON newsletters.id = newsletter"
_LIST = f"{_LINE} INDEXED BY issues_listed{_OWNER}"
_BY_KEY = f"{_LINE}{_OWNER} WHERE issues.key = ?"
_VIEWS = {"all": "", "unread": "read < stories", "starred": "starred > 0"}
_NOT_LETTERS = re.compile(r"[\W_]+")
_ORDER = " ORDER BY published DESC, CAST(number AS INTEGER) DESC, length(issues.key) DESC, issues.key DESC"
"""As the index issues_listed has it, to the letter: else twenty thousand lines would be sorted each time."""

_COLUMNS = """
issues.id, issues.key, newsletters.key, issues.title, number, published, author, issues.url, image,
location, digest, truncated, meta, newsletters.name, heading,
(SELECT count(*) FROM stories WHERE issue = issues.id)
"""
_LOCATION = 9  # of those
_ONE = f"""
SELECT {_COLUMNS} FROM issues JOIN newsletters ON newsletters.id = issues.newsletter WHERE issues.key = ?
"""  # noqa: S608


_UNCORRECTED = """
SELECT facts.key FROM facts JOIN issues ON issues.key = facts.key LEFT JOIN splits ON splits.issue = issues.id
WHERE facts.kind = 'issue' AND field = 'split' AND value <> coalesce(splits.corrections, '[]')
"""
_UNSETTLED = """
SELECT issues.key FROM facts JOIN issues ON issues.key = facts.key
JOIN locations ON locations.location = json_extract(value, '$') AND locations.issue = issues.id
WHERE facts.kind = 'issue' AND field = 'copy' AND value <> '""' AND copy IS NOT NULL
"""


class Found(NamedTuple):
    """An issue with what is stored beside it."""

    id: int
    issue: Issue
    newsletter_name: str
    label: str
    stories: int


def rows(
    connection: sqlite3.Connection, *, view: View = "all", newsletter: str = "", limit: int = -1
) -> list[IssueRow]:
    """Return the lines of the issue list, the newest first and the undated last; no more than `limit`."""
    conditions = [_VIEWS[view], "newsletters.key = ?" if newsletter else ""]
    where = " AND ".join(condition for condition in conditions if condition)
    found = connection.execute(
        _LIST + (f" WHERE {where}" if where else "") + _ORDER + " LIMIT ?",
        [newsletter, limit] if newsletter else [limit],
    )
    return list(map(partial(tuple.__new__, IssueRow), found))  # as _make does, in half the time


def by_key(connection: sqlite3.Connection, keys: Iterable[str]) -> list[IssueRow]:
    """Return the lines of the keys in their order; a key that no issue has is left out."""
    found = (connection.execute(_BY_KEY, (key,)).fetchone() for key in keys)
    return [IssueRow._make(line) for line in found if line is not None]


def find(connection: sqlite3.Connection, key: str) -> Found | None:
    """Return an issue; None when there is none of that key."""
    row = connection.execute(_ONE, (key,)).fetchone()
    if row is None:
        return None
    number, *known, truncated, meta, name, heading, held = row
    issue = Issue(
        *known,  # type: ignore[misc]
        truncated=bool(truncated),
        meta=json.loads(meta),
        root=folders.around(connection, row[_LOCATION]),
    )
    return Found(number, issue, name, labels.label(name, issue.number, heading), held)


def outline(connection: sqlite3.Connection, key: str) -> Outline | None:
    """Return an issue and the rows of its stories."""
    found = find(connection, key)
    if found is None:
        return None
    rows = stories.rows(connection, "stories.issue = ? AND NOT hidden", (found.id,))
    spans = connection.execute(
        "SELECT min(start), max(stop) FROM stories WHERE issue = ?", (found.id,)
    ).fetchone()
    opening, closing = _around(texts.text(connection, found.id), spans, found.issue.title)
    known = Outline(found.issue, found.newsletter_name, found.label, tuple(rows), opening, closing)
    (places,) = connection.execute("SELECT count(*) FROM locations WHERE issue = ?", (found.id,)).fetchone()
    return _with_edits(connection, found, known._replace(copies=places))


def _with_edits(connection: sqlite3.Connection, found: Found, known: Outline) -> Outline:
    """Return an outline that says which of its stories were edited since they were read."""
    if not connection.execute("SELECT 1 FROM copies WHERE issue = ? AND read", (found.id,)).fetchone():
        return known
    from reader.store import edits  # few issues are edited

    edited = edits.edited(connection, found.id, found.issue.key)
    return known._replace(is_edited=edited.version > 0, edited=edited.stories)


def whole(connection: sqlite3.Connection, key: str) -> IssuePage | None:
    """Return an issue as it was published."""
    from reader.store import splits  # a start does without it

    found = find(connection, key)
    if found is None:
        return None
    return IssuePage(
        issue=found.issue,
        newsletter_name=found.newsletter_name,
        label=found.label,
        blocks=texts.blocks(connection, found.id),
        stories=tuple(stories.of_issue(connection, found.id)),
        states=stories.states_of_issue(connection, found.id),
        corrections=splits.corrections(connection, key),
    )


def digests(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the digest of each file that came in, by its location; also of what was removed since."""
    both = "SELECT location, digest FROM aside_locations UNION ALL SELECT location, digest FROM locations"
    return dict(connection.execute(both))


def as_found(connection: sqlite3.Connection, key: str) -> IssuePage | None:
    """Return an issue with the stories that the splitter found, before any correction."""
    from reader.store import splits

    page, found = whole(connection, key), find(connection, key)
    return page._replace(stories=splits.found(connection, found.id)) if page and found else None


def titles(connection: sqlite3.Connection, key: str) -> tuple[str, ...]:
    """Return the titles of an issue's stories, those in hidden sections too."""
    sql = "SELECT stories.title FROM stories JOIN issues ON issues.id = issue WHERE issues.key = ?"
    return tuple(row[0] for row in connection.execute(f"{sql} ORDER BY position", (key,)))


def uncorrected(connection: sqlite3.Connection) -> list[str]:
    """Return the keys of the issues whose stories are not as the reader's corrections say."""
    return [row[0] for row in connection.execute(_UNCORRECTED)]


def unsettled(connection: sqlite3.Connection) -> list[str]:
    """Return the keys of the issues of which another copy is shown than the reader chose."""
    return [row[0] for row in connection.execute(_UNSETTLED)]


def keys(connection: sqlite3.Connection) -> set[str]:
    """Return the key of every issue."""
    return {row[0] for row in connection.execute("SELECT key FROM issues")}


def with_digests(connection: sqlite3.Connection, digests: Collection[str]) -> set[str]:
    """Return the keys of the issues of which a file that came in has one of the digests."""
    found = connection.execute(
        "SELECT DISTINCT key FROM locations JOIN issues ON issues.id = locations.issue"
        " WHERE locations.digest IN (SELECT value FROM json_each(?))",
        (json.dumps(list(digests)),),
    )
    return {row[0] for row in found}


def owners(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return the key and the name of the newsletter of each file that came in, by its location."""
    found = connection.execute(
        "SELECT locations.location, newsletters.key, newsletters.name FROM locations"
        " JOIN issues ON issues.id = locations.issue JOIN newsletters ON newsletters.id = issues.newsletter"
    )
    return {location: (key, name) for location, key, name in found}


def _around(text: str, spans: tuple[int | None, int | None], title: str) -> tuple[bool, bool]:
    """Return whether words stand before the first story, and whether after the last.

    The issue's own title is not counted: it is shown above the stories.
    """
    start, stop = spans
    if start is None or stop is None:
        return bool(text.strip()), False
    opening = _NOT_LETTERS.sub("", text[:start])
    return opening not in ("", _NOT_LETTERS.sub("", title)), bool(_NOT_LETTERS.sub("", text[stop:]))
