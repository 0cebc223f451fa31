"""What changed in issues since they were read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from reader.model import Span
from reader.model.encoding import decode_text
from reader.model.hashes import name_from
from reader.store import aliases, copies, texts
from reader.store.facts import Fact, value_of
from reader.store.signs import letters_of

_READ = "SELECT id, until, places FROM copies WHERE issue = ? AND read AND until <> '' ORDER BY until, id"


class Edited(NamedTuple):
    """What of an issue is not as it was when it was read."""

    stories: frozenset[str] = frozenset()
    """The keys of the stories that are others now."""
    version: int = 0
    """The row of the oldest copy that one of them was read in; 0 where nothing changed."""


class _Version(NamedTuple):
    row: int
    until: str
    said: Mapping[str, str]
    """The letters of its stories, by the keys that they have now."""


def edited(connection: sqlite3.Connection, issue: int, key: str) -> Edited:
    """Return which stories of an issue were edited since they were read or starred, until that is seen."""
    found = connection.execute(_READ, (issue,)).fetchall()
    if not found:
        return Edited()
    text = texts.text(connection, issue)
    if value_of(connection, "issue", key, "seen") == mark_of(text):
        return Edited()
    versions = [_version(connection, *row) for row in found]
    now = _stories(connection, issue, text)
    changed: dict[str, int] = {}
    for story in {*now} | {story for version in versions for story in version.said}:
        then = _read_in(connection, story, versions)
        if then and then.said.get(story, "") != now.get(story, ""):
            changed[story] = versions.index(then)
    if not changed:
        return Edited()
    return Edited(frozenset(changed.keys() & now.keys()), versions[min(changed.values())].row)


def seen(key: str, mark: str) -> Fact:
    """Return what is written where the reader has seen what changed; "" where he has not."""
    return Fact("issue", key, "seen", mark)


def seen_mark(connection: sqlite3.Connection, key: str) -> str:
    """Return the mark of the text whose changes were seen."""
    value = value_of(connection, "issue", key, "seen")
    return value if isinstance(value, str) else ""


def mark_of(text: str) -> str:
    """Return a mark by which a text is known again, however it is set."""
    return name_from(letters_of(text))


def _read_in(connection: sqlite3.Connection, story: str, versions: list[_Version]) -> _Version | None:
    """Return the version in which a story was read or starred last; None for what is shown, or for none."""
    touched = copies.touched(connection, story)
    return next((one for one in versions if touched and one.until >= touched), None)


def _version(connection: sqlite3.Connection, row: int, until: str, places: str) -> _Version:
    text = decode_text(copies.packed(connection, row)[0])
    return _Version(row, until, _said(connection, text, json.loads(places)))


def _stories(connection: sqlite3.Connection, issue: int, text: str) -> dict[str, str]:
    found = connection.execute("SELECT key, start, stop FROM stories WHERE issue = ?", (issue,))
    return _said(connection, text, {key: (start, stop) for key, start, stop in found})


def _said(connection: sqlite3.Connection, text: str, places: Mapping[str, Span]) -> dict[str, str]:
    said: dict[str, str] = {}
    for key, (start, stop) in places.items():
        now = aliases.resolve(connection, key)
        said[now] = said.get(now, "") + letters_of(text[start:stop])
    return said
