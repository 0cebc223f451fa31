"""Writing an issue over what the library holds of it; whatever was done with a story stays with it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reader.model import (
    NOTHING_DONE,
    Blocks,
    Change,
    Issue,
    ParsedIssue,
    Span,
    Story,
    shown_dek,
    shown_title,
)
from reader.model.encoding import decode_blocks
from reader.store import (
    forms,
    hidden,
    issues,
    labels,
    newsletters,
    outside,
    splits,
    states,
    stories,
    texts,
)
from reader.store.facts import Fact, record
from reader.store.journal import Journal
from reader.store.leading import follow, lead
from reader.store.matching import Told, inside, match
from reader.store.prepared import Prepared
from reader.store.splits import Cutting

_ISSUE = (
    "key, newsletter, title, number, heading, summary, published, author, url, image,"
    " location, digest, truncated, meta, fingerprint, stories"
)
_FIRST = 6
"""Stories that a summary may name."""
_BEGINNING = 400
"""Characters of a text that a summary is made of."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the library holds of an issue already."""

    id: int
    key: str
    location: str
    fingerprint: bytes
    newsletter: str
    """Its newsletter's key."""
    name: str
    """The name of its newsletter, as its issues say."""
    number: str


class Place(NamedTuple):
    """What a place holds of an issue."""

    copy: int | None = None
    """The row of copies; None for what is shown."""
    own: str = ""
    """The key that it would give the issue, where that has another."""


SHOWN = Place()


@dataclass(frozen=True, slots=True)
class _Before:
    """The stories that an issue had before it is written again."""

    text: str
    truncated: bool
    ids: Mapping[str, int]
    told: Sequence[Told]
    places: Mapping[str, Span]
    """Where its stories stood."""
    found: Mapping[str, Span]
    """Where those stood that the splitter had made of it, where these were corrected."""


def held(connection: sqlite3.Connection, where: str, parameter: object) -> Held | None:
    """Return the issue for which a condition of one parameter is true."""
    row = connection.execute(
        "SELECT issues.id, issues.key, location, fingerprint, newsletters.key, found, number"  # noqa: S608
        f" FROM issues JOIN newsletters ON newsletters.id = issues.newsletter WHERE issues.{where}",
        (parameter,),
    ).fetchone()
    return Held(*row) if row else None


def write(
    connection: sqlite3.Connection,
    journal: Journal,
    sides: tuple[Held | None, Prepared],
    blocks: Blocks | None,
    cutting: Cutting,
) -> Change:
    """Write an issue over the one held; its stories are cut out of the blocks, where they are given."""
    held, prepared = sides
    issue, found = prepared.parsed.issue, prepared.parsed.stories
    if blocks is not None:
        cut = cutting(issue.key, blocks, found, splits.corrections(connection, issue.key))
        prepared = replace(prepared, parsed=replace(prepared.parsed, stories=cut))
    before = _before(connection, held.id) if held else None
    number, newsletter = _write_issue(connection, held, prepared)
    change = _write_stories(connection, journal, number, (before, prepared))
    splits.put(connection, number, issue.key, found)
    forms.put(connection, number, prepared.parsed)
    hidden.mark(connection, newsletter, [number])
    states.count(connection, [number])
    change |= Change(issues=frozenset({issue.key}), newsletters=frozenset({newsletter}))
    if held:
        change |= Change(issues=frozenset({held.key}), newsletters=frozenset({held.newsletter}))
    return change


def unpacked(prepared: Prepared) -> Blocks:
    """Return the blocks of an issue that was made ready."""
    return decode_blocks(prepared.text, prepared.packed[1])


def blocks_to_cut(connection: sqlite3.Connection, prepared: Prepared) -> Blocks | None:
    """Return the blocks of a copy where its stories are to be cut out of them: it is corrected, or was."""
    key, found = prepared.parsed.issue.key, prepared.parsed.stories
    to_cut = splits.corrections(connection, key) or not all(story.words for story in found)
    return unpacked(prepared) if to_cut else None


def as_found(connection: sqlite3.Connection, held: Held) -> Prepared:
    """Return an issue of the library as it came in: with the stories that the splitter made of it."""
    found = issues.find(connection, held.key)
    if found is None:
        raise AssertionError("it is held")
    parsed = ParsedIssue(found.issue, found.newsletter_name, (), splits.found(connection, held.id))
    marks = newsletters.marks(connection, held.newsletter)
    return Prepared(
        parsed, texts.text(connection, held.id), texts.packed(connection, held.id), held.fingerprint, marks
    )


def _write_issue(connection: sqlite3.Connection, held: Held | None, prepared: Prepared) -> tuple[int, str]:
    """Write the issue, its text and its newsletter; return its id and the newsletter's key."""
    issue = prepared.parsed.issue
    owner, name = newsletters.ensure(
        connection, issue.newsletter, prepared.parsed.newsletter_name, prepared.marks
    )
    values = (*_values(prepared, owner, name), prepared.fingerprint, len(prepared.parsed.stories))
    columns = _ISSUE.split(", ")
    marks = ", ".join("?" * len(columns))
    if held:
        number = held.id
        sql = f"UPDATE issues SET ({_ISSUE}) = ({marks}) WHERE id = ?"  # noqa: S608
        connection.execute(sql, (*values, number))
    else:
        sql = f"INSERT INTO issues ({_ISSUE}) VALUES ({marks}) RETURNING id"  # noqa: S608
        number = connection.execute(sql, values).fetchone()[0]
    texts.put(connection, number, prepared.packed)
    if held is None:
        locate(connection, number, issue)
    return number, issue.newsletter


def _values(prepared: Prepared, owner: int, name: str) -> tuple[object, ...]:
    issue = prepared.parsed.issue
    names = [name, prepared.parsed.newsletter_name, *(v for kind, v in prepared.marks if kind == "prefix")]
    return (
        issue.key,
        owner,
        issue.title,
        issue.number,
        "" if issue.number else issue.title,
        labels.summary(issue.title, issue.number, names, _said(prepared)),
        issue.published,
        issue.author,
        issue.url,
        issue.image,
        issue.location,
        issue.digest,
        issue.truncated,
        json.dumps(dict(issue.meta), ensure_ascii=False),
    )


def _said(prepared: Prepared) -> list[str]:
    """Return the titles of the first stories; where they only repeat the issue's, how the first begins."""
    parsed = prepared.parsed
    titles = [shown_title(story.title) for story in parsed.stories[:_FIRST] if story.title.strip(":： \n")]
    if others := [title for title in titles if title != shown_title(parsed.issue.title)]:
        return others
    return [
        shown_dek(story.dek) or texts.body(prepared.text, story.start, story.end, story.heads)[:_BEGINNING]
        for story in parsed.stories[:1]
    ]


def told_of(connection: sqlite3.Connection, issue: int) -> list[Told]:
    """Return the words of each story that an issue has."""
    return list(_before(connection, issue).told)


def _before(connection: sqlite3.Connection, issue: int) -> _Before:
    """Return the words and the places of the stories that the issue has."""
    text = texts.text(connection, issue)
    found = connection.execute(
        "SELECT id, key, title, dek, start, stop, heads FROM stories WHERE issue = ? ORDER BY position",
        (issue,),
    ).fetchall()
    told = [
        Told(key, title, f"{dek}\n{texts.body(text, start, stop, json.loads(heads))}")
        for _, key, title, dek, start, stop, heads in found
    ]
    places = {row[1]: (row[4], row[5]) for row in found}
    (cut,) = connection.execute("SELECT truncated FROM issues WHERE id = ?", (issue,)).fetchone()
    ids = {row[1]: row[0] for row in found}
    return _Before(text, bool(cut), ids, told, places, _places(splits.kept(connection, issue)))


def _places(found: Iterable[Story]) -> dict[str, Span]:
    return {story.key: (story.start, story.end) for story in found}


def told_in(prepared: Prepared) -> list[Told]:
    """Return the words of each story of an issue as it came in."""
    return [
        Told(
            story.key,
            story.title,
            f"{story.dek}\n{texts.body(prepared.text, story.start, story.end, story.heads)}",
        )
        for story in prepared.parsed.stories
    ]


def _write_stories(
    connection: sqlite3.Connection, journal: Journal, issue: int, sides: tuple[_Before | None, Prepared]
) -> Change:
    """Write the stories over those that were told before, and lead the old keys to the new."""
    before, prepared = sides
    now = _places(prepared.parsed.stories)
    if before is None:
        stories.put(connection, issue, prepared.parsed.stories, {})
        return lead(connection, journal, {}, ((), now))
    new = told_in(prepared)
    same = set(before.told).intersection(new)
    stories.put(connection, issue, prepared.parsed.stories, {told.key: before.ids[told.key] for told in same})
    if before.text == prepared.text:
        return follow(connection, journal, issue, (before.places, before.found, now))
    outside.put(connection, issue, {})
    led, done = match(before.told, new), _done(connection, before)
    fresh = [told for told in new if told.key not in before.ids and told.key not in led.values()]
    change = lead(connection, journal, led, (before.places, now))
    return change | record(connection, journal, reads(connection, before.told, fresh, done))


def reads(
    connection: sqlite3.Connection, before: Iterable[Told], now: Iterable[Told], done: str = ""
) -> list[Fact]:
    """Return what must be written so that nothing that was read is unread because of another text.

    Who has read a story has read its parts. Where all of the issue is `done`, since that time, whatever is
    put into it later is read.
    """
    states_of = {told: states.state(connection, told.key) for told in before}
    read = {told: state.read_at for told, state in states_of.items() if state.read}
    at = done or max(read.values(), default="")
    return [
        Fact("story", told.key, "read", at)
        for told in (now if at else ())
        if states.state(connection, told.key) == NOTHING_DONE and (done or inside(told, read))
    ]


def _done(connection: sqlite3.Connection, before: _Before) -> str:
    """Return when the last story of an issue was read, where all are and no end of it is missing."""
    times = [states.state(connection, told.key).read_at for told in before.told]
    return max(times, default="") if all(times) and not before.truncated else ""


def locate(connection: sqlite3.Connection, issue: int, copy: Issue, place: Place = SHOWN) -> bool:
    """Remember which copy of an issue a place holds; tell whether that is new."""
    known = connection.execute(
        "INSERT INTO locations (location, digest, issue, copy, own) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (location) DO UPDATE SET"
        " digest = excluded.digest, issue = excluded.issue, copy = excluded.copy, own = excluded.own"
        " WHERE (digest, issue) <> (excluded.digest, excluded.issue) OR copy IS NOT excluded.copy",
        (copy.location, copy.digest, issue, *place),
    )
    return known.rowcount > 0
