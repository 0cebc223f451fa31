"""Adding an issue, or replacing it, so that whatever was done with a story stays with it."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reader.model import (
    Blocks,
    Change,
    Issue,
    ParsedIssue,
    Span,
    Story,
    file_of,
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
    originals,
    outside,
    splits,
    states,
    stories,
    texts,
)
from reader.store.facts import record
from reader.store.journal import Journal
from reader.store.leading import follow, lead
from reader.store.matching import Told, likeness, match
from reader.store.prepared import Prepared, fingerprint
from reader.store.splits import Cutting

_ISSUE = (
    "key, newsletter, title, number, heading, summary, published, author, url, image,"
    " location, digest, truncated, meta, fingerprint, stories"
)
_FIRST = 6
"""Stories that a summary may name."""
_COPIES = 0.9
"""The part of the larger text that is in the other where two files are copies of one issue."""
_EDIT = 0.5
"""The same where a file was a copy, and is one that was edited."""
_BEGINNING = 400
"""Characters of a text that a summary is made of."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What the library holds of an issue already."""

    id: int
    key: str
    location: str
    fingerprint: bytes
    newsletter: str


@dataclass(frozen=True, slots=True)
class _Before:
    """The stories that an issue had before it is written again."""

    text: str
    ids: Mapping[str, int]
    told: Sequence[Told]
    places: Mapping[str, Span]
    """Where its stories stood."""
    found: Mapping[str, Span]
    """Where those stood that the splitter had made of it, where these were corrected."""


def put(connection: sqlite3.Connection, journal: Journal, prepared: Prepared, cutting: Cutting) -> Change:
    """Add the issue or replace it; nothing happens when it is the same as before.

    What the reader corrected of how it is split is corrected again, by `cutting`.

    Two files that claim one key are copies of one issue when they say nearly the same. The issue
    is then as the file has it that was written last, whichever of them comes in first, so an edit
    of either copy is seen and neither comes in twice. When they do not say nearly the same, and both
    are still there, the later one is an issue of its own, and its key has the file's name at its end;
    what was a copy before it was edited is that only where less than half of it is left.
    """
    held, prepared = _place(connection, prepared)
    issue = prepared.parsed.issue
    if held and (held.fingerprint == prepared.fingerprint or _is_older(issue.location, held.location)):
        _locate(connection, held, issue)
        return Change()
    if held:
        record(connection, journal, splits.carried(connection, held.key, issue.key))
    blocks = _unpacked(prepared) if splits.corrections(connection, issue.key) else None
    change = _write(connection, journal, (held, prepared), blocks, cutting)
    originals.put(connection, prepared.parsed.issue.key, prepared.parsed.originals)
    return change


def recut(connection: sqlite3.Connection, journal: Journal, keys: Iterable[str], cutting: Cutting) -> Change:
    """Let issues be split as the facts say, from what the splitter made of them; pass over the others."""
    change = Change()
    for key in keys:
        if held := _held(connection, "key = ?", key):
            prepared = _as_found(connection, held)
            change |= _write(connection, journal, (held, prepared), _unpacked(prepared), cutting)
    return change


def replace_split(
    connection: sqlite3.Connection, journal: Journal, prepared: Prepared, cutting: Cutting
) -> Change:
    """Split an issue that is here in another way, the corrections of the reader applied to that."""
    if held := _held(connection, "key = ?", prepared.parsed.issue.key):
        return _write(connection, journal, (held, prepared), _unpacked(prepared), cutting)
    return Change()


def _write(
    connection: sqlite3.Connection,
    journal: Journal,
    sides: tuple[_Held | None, Prepared],
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


def _unpacked(prepared: Prepared) -> Blocks:
    return decode_blocks(prepared.text, prepared.packed[1])


def _as_found(connection: sqlite3.Connection, held: _Held) -> Prepared:
    """Return an issue of the library as it came in: with the stories that the splitter made of it."""
    found = issues.find(connection, held.key)
    if found is None:
        raise AssertionError("it is held")
    parsed = ParsedIssue(found.issue, found.newsletter_name, (), splits.found(connection, held.id))
    marks = newsletters.marks(connection, held.newsletter)
    return Prepared(
        parsed, texts.text(connection, held.id), texts.packed(connection, held.id), held.fingerprint, marks
    )


def _place(connection: sqlite3.Connection, prepared: Prepared) -> tuple[_Held | None, Prepared]:
    """Return the issue that this one replaces, and this one under the key that it gets."""
    issue = prepared.parsed.issue
    here = _held(connection, "id = (SELECT issue FROM locations WHERE location = ?)", issue.location)
    same = _held(connection, "key = ?", issue.key)
    if here and (here.key == issue.key or here.key.startswith(f"{issue.key}-")):
        if not _elsewhere(connection, here, issue.location) or _is_like(connection, here, prepared, _EDIT):
            return here, _under(prepared, here.key)
    elif same is None:
        # The file's issue has another number now; where a second file holds the issue, it stays.
        return (here if here and not _elsewhere(connection, here, issue.location) else None), prepared
    for key in _keys(prepared):
        same = _held(connection, "key = ?", key)
        taken = same and _elsewhere(connection, same, issue.location)
        if same is None or not taken or _is_like(connection, same, prepared, _COPIES):
            return same, _under(prepared, key)
    raise AssertionError("the last key is made of the text itself")


def _keys(prepared: Prepared) -> Iterator[str]:
    """Yield the keys that an issue may have, until one is not that of another text."""
    issue = prepared.parsed.issue
    place = Path(issue.location)
    yield issue.key
    yield f"{issue.key}-{_slug(place.name)}"
    yield f"{issue.key}-{_slug(f'{place.parent.name} {place.name}')}"
    yield f"{issue.key}-{hashlib.sha256(prepared.text.encode(errors='surrogatepass')).hexdigest()[:12]}"


def _held(connection: sqlite3.Connection, where: str, parameter: str) -> _Held | None:
    row = connection.execute(
        "SELECT issues.id, issues.key, location, fingerprint, newsletters.key"  # noqa: S608
        f" FROM issues JOIN newsletters ON newsletters.id = issues.newsletter WHERE issues.{where}",
        (parameter,),
    ).fetchone()
    return _Held(*row) if row else None


def _elsewhere(connection: sqlite3.Connection, held: _Held, location: str) -> bool:
    """Whether another file that holds the issue still exists."""
    found = connection.execute("SELECT location FROM locations WHERE issue = ?", (held.id,))
    return any(row[0] != location and _exists(row[0]) for row in found)


def _exists(location: str) -> bool:
    try:
        return "://" in location or Path(file_of(location)[0]).exists() or Path(location).exists()
    except (OSError, ValueError):
        return False


def _is_like(connection: sqlite3.Connection, held: _Held, prepared: Prepared, part: float) -> bool:
    text = texts.text(connection, held.id)
    return text == prepared.text or likeness(text, prepared.text) >= part


def _is_older(location: str, held: str) -> bool:
    """Whether a copy was written before the one that the issue is from; the same file never is."""
    try:
        written = Path(file_of(held)[0]).stat().st_mtime_ns
        return location != held and (Path(file_of(location)[0]).stat().st_mtime_ns, location) < (
            written,
            held,
        )
    except (OSError, ValueError):
        return False


def _slug(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return "-".join(re.findall(r"\w+", stem.casefold()))[:60] or "other"


def _under(prepared: Prepared, key: str) -> Prepared:
    """Return the issue with another key, which the keys of its stories begin with."""
    parsed = prepared.parsed
    old = f"{parsed.issue.key}#"
    if key == parsed.issue.key:
        return prepared
    renamed = tuple(
        story._replace(key=f"{key}#{story.key.removeprefix(old)}") if story.key.startswith(old) else story
        for story in parsed.stories
    )
    moved = replace(parsed, issue=replace(parsed.issue, key=key), stories=renamed)
    return replace(prepared, parsed=moved, fingerprint=fingerprint(moved, prepared.packed))


def _locate(connection: sqlite3.Connection, held: _Held, issue: Issue) -> None:
    """Remember the file; the issue is said to come from the first of its files that still exists."""
    connection.execute(
        "INSERT INTO locations VALUES (?, ?, ?) ON CONFLICT (location)"
        " DO UPDATE SET digest = excluded.digest, issue = excluded.issue"
        " WHERE digest <> excluded.digest OR issue <> excluded.issue",
        (issue.location, issue.digest, held.id),
    )
    if held.location == issue.location or not _exists(held.location):
        connection.execute(
            "UPDATE issues SET location = ?1, digest = ?2 WHERE id = ?3 AND (location <> ?1 OR digest <> ?2)",
            (issue.location, issue.digest, held.id),
        )


def _write_issue(connection: sqlite3.Connection, held: _Held | None, prepared: Prepared) -> tuple[int, str]:
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
    _locate(
        connection, _Held(number, issue.key, issue.location, prepared.fingerprint, issue.newsletter), issue
    )
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
    return _Before(
        text, {row[1]: row[0] for row in found}, told, places, _places(splits.kept(connection, issue))
    )


def _places(found: Iterable[Story]) -> dict[str, Span]:
    return {story.key: (story.start, story.end) for story in found}


def _told_now(prepared: Prepared) -> list[Told]:
    """Return the words of each story as the issue has them now."""
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
    new = _told_now(prepared)
    same = set(before.told).intersection(new)
    stories.put(connection, issue, prepared.parsed.stories, {told.key: before.ids[told.key] for told in same})
    if before.text == prepared.text:
        return follow(connection, journal, issue, (before.places, before.found, now))
    outside.put(connection, issue, {})
    return lead(connection, journal, match(before.told, new), (before.places, now))
