"""What the reader corrected of how issues are split, and what the splitter itself had made of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from reader.model import Blocks, Story
from reader.model.correction import Correction, read_corrections, written_corrections
from reader.store import stories
from reader.store.facts import Fact, value_of

Cutting = Callable[[str, Blocks, Sequence[Story], Sequence[Correction]], tuple[Story, ...]]
"""Makes the stories of an issue, given its key, its blocks, what the splitter found, and the corrections."""

_NONE = "[]"


def corrections(connection: sqlite3.Connection, issue: str) -> tuple[Correction, ...]:
    """Return the corrections of an issue, whether it is here or not."""
    return read_corrections(value_of(connection, "issue", issue, "split"))


def fact(issue: str, corrections: Sequence[Correction]) -> Fact:
    """Return what is written of an issue's corrections: all of them at once."""
    return Fact("issue", issue, "split", written_corrections(corrections))


def carried(connection: sqlite3.Connection, old: str, new: str) -> list[Fact]:
    """Return what is written so that the corrections of an issue go with it to another key."""
    found = corrections(connection, old)
    return [fact(old, ()), fact(new, found)] if found and old != new else []


def found(connection: sqlite3.Connection, issue: int) -> tuple[Story, ...]:
    """Return the stories that the splitter made of an issue, before any correction."""
    return kept(connection, issue) or tuple(stories.of_issue(connection, issue))


def kept(connection: sqlite3.Connection, issue: int) -> tuple[Story, ...]:
    """Return the same where it is kept beside, as it is for an issue that was corrected; else none."""
    row = connection.execute(
        "SELECT key, splits.stories FROM splits JOIN issues ON id = issue WHERE issue = ?", (issue,)
    ).fetchone()
    return tuple(story(row[0], one) for one in json.loads(row[1])) if row else ()


def put(connection: sqlite3.Connection, issue: int, key: str, found: Sequence[Story]) -> None:
    """Remember what the splitter made of an issue, where its stories are now as the facts say."""
    row = connection.execute(
        "SELECT value FROM facts WHERE kind = 'issue' AND key = ? AND field = 'split'", (key,)
    ).fetchone()
    if row is None or row[0] == _NONE:
        connection.execute("DELETE FROM splits WHERE issue = ?", (issue,))
        return
    kept = [told(one) for one in found]
    connection.execute(
        "INSERT OR REPLACE INTO splits VALUES (?, ?, ?)",
        (issue, row[0], json.dumps(kept, ensure_ascii=False)),
    )


def told(story: Story) -> list[Any]:
    """Return a story of the splitter's as it is kept."""
    name = story.key.rpartition("#")[2]
    place = [story.start, story.end, story.title, story.heads, story.dek, story.section]
    return [*place, story.title_derived, story.sponsored, name]


def story(issue: str, told: list[Any]) -> Story:
    """Return a story that was kept, given its issue's key."""
    start, end, title, heads, dek, section, derived, sponsored, name = told
    spans = tuple((left, right) for left, right in heads)
    return Story(f"{issue}#{name}", title, start, end, spans, dek, section, derived, sponsored)
