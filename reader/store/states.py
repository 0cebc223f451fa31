"""What the reader did with each story: the facts of the journal, as they are asked for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from reader.model import NOTHING_DONE, Change, State
from reader.store import aliases

_TAG = "tag:"

COLUMNS = "coalesce(starred_at, ''), coalesce(read_at, ''), note, states.position, tags"
"""Of a query that joins states; of() makes a State of them."""

_PUT = """
INSERT INTO states (key, starred_at, read_at, note, position, tags) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET starred_at = excluded.starred_at, read_at = excluded.read_at,
    note = excluded.note, position = excluded.position, tags = excluded.tags
"""
_COUNT = """
UPDATE issues SET read = counted.read, starred = counted.starred FROM (
    SELECT coalesce(sum(read_at <> '' AND NOT hidden), 0) AS read,
        coalesce(sum(starred_at <> ''), 0) AS starred
    FROM stories JOIN states ON states.key = stories.key WHERE stories.issue = ?1
) AS counted
WHERE id = ?1 AND (issues.read, issues.starred) <> (counted.read, counted.starred)
"""


def of(starred_at: str, read_at: str, note: str | None, position: int | None, tags: str | None) -> State:
    """Make a State of the columns of a query."""
    if note is None:
        return NOTHING_DONE
    return State(
        read=read_at != "",
        starred=starred_at != "",
        tags=tuple(json.loads(tags)) if tags and tags != "[]" else (),
        note=note,
        position=position or 0,
        starred_at=starred_at,
        read_at=read_at,
    )


def state(connection: sqlite3.Connection, key: str) -> State:
    """Return what was done with a story, given any key it ever had."""
    row = connection.execute(
        f"SELECT {COLUMNS} FROM states WHERE key = ?",  # noqa: S608
        (aliases.resolve(connection, key),),
    ).fetchone()
    return of(*row) if row else NOTHING_DONE


def tags(connection: sqlite3.Connection) -> list[str]:
    """Return every tag that a story of the library has."""
    return [
        row[0] for row in connection.execute("SELECT DISTINCT tag FROM tagged ORDER BY tag COLLATE NOCASE")
    ]


def changes(before: State, after: State) -> Iterator[tuple[str, Any]]:
    """Yield the fields and values that lead from one state to the other."""
    if before.starred != after.starred or (after.starred and before.starred_at != after.starred_at):
        yield "starred", (after.starred_at or now()) if after.starred else ""
    if before.read != after.read or (after.read and before.read_at != after.read_at):
        yield "read", (after.read_at or now()) if after.read else ""
    if before.note != after.note:
        yield "note", after.note
    if before.position != after.position:
        yield "position", after.position
    for tag in sorted({*before.tags} ^ {*after.tags}):
        yield _TAG + tag, tag in after.tags


def now() -> str:
    """Return the time as a state keeps it: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def refresh(connection: sqlite3.Connection, keys: Iterable[str]) -> Change:
    """Make the states of the stories what the facts say, and the counts of their issues with them."""
    stories, issues = set(), set()
    for key in sorted({aliases.resolve(connection, key) for key in keys} | {*keys}):
        _refresh_one(connection, key)
        stories.add(key)
        row = connection.execute("SELECT issue FROM stories WHERE key = ?", (key,)).fetchone()
        if row:
            issues.add(row[0])
    count(connection, issues)
    return Change(stories=frozenset(stories))


def count(connection: sqlite3.Connection, issues: Iterable[int]) -> None:
    """Count again how many stories of the issues are read and starred."""
    connection.executemany(_COUNT, [(issue,) for issue in sorted(issues)])


def _refresh_one(connection: sqlite3.Connection, key: str) -> None:
    made = _folded(connection, key)
    known = connection.execute("SELECT tags FROM states WHERE key = ?", (key,)).fetchone()
    if known is None and made == NOTHING_DONE:
        return
    tags = json.dumps(made.tags, ensure_ascii=False)
    connection.execute(_PUT, (key, made.starred_at, made.read_at, made.note, made.position, tags))
    if (known[0] if known else "[]") != tags:
        connection.execute("DELETE FROM tagged WHERE key = ?", (key,))
        connection.executemany("INSERT INTO tagged VALUES (?, ?)", [(tag, key) for tag in made.tags])


def _folded(connection: sqlite3.Connection, key: str) -> State:
    """Return the latest of each field, over all keys that lead to this one; nothing when it leads on."""
    if aliases.resolve(connection, key) != key or aliases.is_joint(key):
        return NOTHING_DONE
    return told(connection, aliases.members(connection, key))


def told(connection: sqlite3.Connection, keys: Iterable[str]) -> State:
    """Return what the facts of some keys amount to: the latest of each field."""
    latest: dict[str, tuple[str, str]] = {}
    for member in keys:
        for field, time, value in connection.execute(
            "SELECT field, time, value FROM facts WHERE kind = 'story' AND key = ?", (member,)
        ):
            latest[field] = max(latest.get(field, ("", "")), (time, value))
    return made_of({field: json.loads(value) for field, (_, value) in latest.items()})


def made_of(fields: Mapping[str, Any]) -> State:
    """Return the state that a story's fields amount to; a value of the wrong type counts as none."""
    starred_at, read_at, note = (_text(fields.get(name)) for name in ("starred", "read", "note"))
    position = fields.get("position")
    return State(
        read=read_at != "",
        starred=starred_at != "",
        tags=tuple(
            sorted(name[len(_TAG) :] for name in fields if name.startswith(_TAG) and fields[name] is True)
        ),
        note=note,
        position=position if type(position) is int and 0 <= position < 2**53 else 0,
        starred_at=starred_at,
        read_at=read_at,
    )


def union(states: Sequence[State]) -> State:
    """Return the state of a story that several became: read if one was, starred if one was, and so on."""
    notes = list(dict.fromkeys(state.note for state in states if state.note))
    notes = [note for note in notes if not any(_is_within(note, other) for other in notes)]
    return State(
        read=any(state.read for state in states),
        starred=any(state.starred for state in states),
        tags=tuple(sorted({tag for state in states for tag in state.tags})),
        note="\n".join(notes),
        position=max(state.position for state in states),
        starred_at=min((state.starred_at for state in states if state.starred), default=""),
        read_at=max(state.read_at for state in states),
    )


def _is_within(note: str, other: str) -> bool:
    """Tell whether another note holds all lines of this one, as that of stories once united does."""
    return note != other and f"\n{note}\n" in f"\n{other}\n"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
