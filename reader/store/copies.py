"""The copies of an issue that are not shown: what other places hold, and what it said before an edit."""

from __future__ import annotations

import json
import math
import re
import sqlite3
from pathlib import Path
from typing import Any, NamedTuple

from reader.model import Issue, Kind, Link, ParsedIssue, Story, file_of
from reader.model.encoding import decode_blocks, decode_text
from reader.store import aliases, forms, splits, states, texts
from reader.store.facts import Fact, value_of
from reader.store.matching import word_count
from reader.store.prepared import Packed, Prepared
from reader.store.signs import letters_of
from reader.store.writing import Held, as_found

_COLUMNS = (
    "issue, location, title, published, words, truncated, structure, digest, known, stories, places,"
    " until, read, fingerprint, text, shape"
)
_STEP = 1.05
"""How many times as many words make a copy a fuller one; within that its headings and links count more."""
_KEPT = 8
"""Texts of an issue that no place holds any more which are kept; those that were read go last."""
_TOLD = ("url", "author", "image", "number")


class Copy(NamedTuple):
    """A copy of an issue, as it is compared with others."""

    row: int | None
    """None for the one that is shown."""
    location: str
    title: str
    published: str
    words: int
    truncated: bool
    structure: int
    present: bool = True
    """Whether a place holds it; else it is what one said before."""


def add(connection: sqlite3.Connection, issue: int, prepared: Prepared) -> int:
    """Keep an issue that came in as a copy of one that is here; return its row."""
    parsed = prepared.parsed
    return _insert(connection, issue, prepared, ([parsed.form, parsed.company], {}))


def keep_shown(connection: sqlite3.Connection, held: Held) -> int:
    """Keep what is shown of an issue as a copy, since another is about to be; return its row."""
    prepared, form = as_found(connection, held), forms.of(connection, held.id)
    return _insert(connection, held.id, prepared, (form, _places(connection, held.id)))


def prepared_of(connection: sqlite3.Connection, row: int, held: Held, key: str) -> Prepared:
    """Return a copy as it came in, under a key: of the issue held, or one that it shall get."""
    found = connection.execute(
        "SELECT location, title, published, truncated, digest, known, stories, fingerprint, text, shape"
        " FROM copies WHERE id = ?",
        (row,),
    ).fetchone()
    location, title, published, truncated, digest, known, told, fingerprint, text, shape = found
    fields = json.loads(known)
    form, company = fields.pop("form")
    newsletter, name = fields.pop("newsletter")
    if key == held.key:
        newsletter, name = held.newsletter, held.name
    issue = Issue(
        key=key,
        newsletter=newsletter,
        title=title,
        published=published,
        location=location,
        digest=digest,
        truncated=bool(truncated),
        **fields,
    )
    stories = tuple(_story(key, one) for one in json.loads(told))
    parsed = ParsedIssue(issue, name, (), stories, form=form, company=company)
    return Prepared(parsed, decode_text(text), (text, shape), fingerprint)


def own_key(connection: sqlite3.Connection, location: str) -> str:
    """Return the key that a place would give its issue; "" where it is the one that the issue has."""
    row = connection.execute("SELECT own FROM locations WHERE location = ?", (location,)).fetchone()
    return str(row[0]) if row else ""


def with_fingerprint(connection: sqlite3.Connection, issue: int, fingerprint: bytes) -> int | None:
    """Return the row of the copy that says exactly this."""
    row = connection.execute(
        "SELECT id FROM copies WHERE issue = ? AND fingerprint = ?", (issue, fingerprint)
    ).fetchone()
    return row[0] if row else None


def of(connection: sqlite3.Connection, held: Held) -> list[Copy]:
    """Return all copies of an issue, the one that is shown first."""
    there = set(places_of(connection, held.id).values())
    found = connection.execute(
        "SELECT id, location, title, published, words, truncated, structure FROM copies WHERE issue = ?",
        (held.id,),
    )
    return [
        _shown(connection, held, present=None in there),
        *(
            Copy(n, location, title, published, words, bool(cut), structure, n in there)
            for n, location, title, published, words, cut, structure in found
        ),
    ]


def places_of(connection: sqlite3.Connection, issue: int) -> dict[str, int | None]:
    """Return which copy each place of an issue holds; None for the one that is shown."""
    return dict(connection.execute("SELECT location, copy FROM locations WHERE issue = ?", (issue,)))


def rows(connection: sqlite3.Connection, issue: int) -> list[int]:
    """Return the rows of the copies that are not shown."""
    return [row[0] for row in connection.execute("SELECT id FROM copies WHERE issue = ?", (issue,))]


def count(connection: sqlite3.Connection, issue: int) -> int:
    """Return in how many places an issue was found."""
    found = connection.execute("SELECT count(*) FROM locations WHERE issue = ?", (issue,))
    return int(found.fetchone()[0])


def best(copies: list[Copy]) -> Copy:
    """Return the fullest copy, whichever came first.

    A text that is not cut off beats one that is, one that a place holds what it said before; then more
    words, then headings and links, then the one that was written last.
    """
    most = max(copy.words for copy in copies)
    return max(copies, key=lambda copy: _rank(copy, most))


def chosen(connection: sqlite3.Connection, key: str) -> str:
    """Return the place of the copy that the reader chose to see; "" for the fullest."""
    value = value_of(connection, "issue", key, "copy")
    return value if isinstance(value, str) else ""


def choice(key: str, location: str) -> Fact:
    """Return what is written where the reader chooses a copy; "" for the fullest, whichever that is."""
    return Fact("issue", key, "copy", location)


def carried(connection: sqlite3.Connection, old: str, new: str) -> list[Fact]:
    """Return what is written so that what was said of an issue's copies goes with it to another key."""
    told = {field: value_of(connection, "issue", old, field) for field in ("copy", "seen")}
    gone = [(field, value) for field, value in told.items() if value and old != new]
    return [
        Fact("issue", key, field, said) for field, value in gone for key, said in ((old, ""), (new, value))
    ]


def became(connection: sqlite3.Connection, key: str) -> str:
    """Return the key of the issue that one of a key was found to be a copy of; itself where it is none."""
    way = [key]
    while isinstance(further := value_of(connection, "issue", way[-1], "became"), str) and further:
        if further in way:  # two devices each took the other's for the copy: any answer, but always one
            return min(way[way.index(further) :])
        way.append(further)
    return way[-1]


def becoming(connection: sqlite3.Connection, own: str, key: str) -> list[Fact]:
    """Return what is written where an issue that would have its own key has another: it is a copy of that.

    A library that is made anew may get the copy alone: it is then to have the key that the states are under.
    """
    wanted = {own: key, key: ""}
    return [
        Fact("issue", one, "became", other)
        for one, other in wanted.items()
        if (value_of(connection, "issue", one, "became") or "") != other
    ]


def own_again(connection: sqlite3.Connection, key: str) -> list[Fact]:
    """Return what is written where an issue is a copy of no other any more."""
    return [Fact("issue", key, "became", "")] if value_of(connection, "issue", key, "became") else []


def apart(connection: sqlite3.Connection, location: str) -> list[str]:
    """Return the places of which the reader said that they hold another issue than this one."""
    value = value_of(connection, "copy", location, "apart")
    return [place for place in value if isinstance(place, str)] if isinstance(value, list) else []


def kept_apart(location: str, others: list[str]) -> Fact:
    """Return what is written where a place holds another issue than some others."""
    return Fact("copy", location, "apart", sorted(others))


def are_apart(connection: sqlite3.Connection, ours: set[str], theirs: set[str]) -> bool:
    """Tell whether the reader said that two issues, by the places they are in, are not the same."""
    if not connection.execute("SELECT 1 FROM facts WHERE kind = 'copy' LIMIT 1").fetchone():
        return False
    mine = {place for location in ours for place in apart(connection, location)}
    others = {place for location in theirs for place in apart(connection, location)}
    return bool(mine & theirs or others & ours)


def was_read(connection: sqlite3.Connection, issue: int) -> bool:
    """Tell whether something was done with a story of an issue since its last text ceased to be shown."""
    (last,) = connection.execute(
        "SELECT coalesce(max(until), '') FROM copies WHERE issue = ?", (issue,)
    ).fetchone()
    found = connection.execute("SELECT key FROM stories JOIN states USING (key) WHERE issue = ?", (issue,))
    return any(touched(connection, row[0]) > last for row in found.fetchall())


def touched(connection: sqlite3.Connection, story: str) -> str:
    """Return when a story that is read or starred was made so, by the journal's clock; "" for neither.

    The journal's, since two things may happen in one second.
    """
    state = states.state(connection, story)
    if not (state.read or state.starred):
        return ""
    members = json.dumps(aliases.members(connection, aliases.resolve(connection, story)), ensure_ascii=False)
    (time,) = connection.execute(
        "SELECT coalesce(max(time), '') FROM facts WHERE kind = 'story' AND field IN ('read', 'starred')"
        " AND value <> '\"\"' AND key IN (SELECT value FROM json_each(?))",
        (members,),
    ).fetchone()
    return str(time)


def replaced(connection: sqlite3.Connection, row: int, *, read: bool) -> None:
    """Note that another text just took the place of a copy, and whether that was read."""
    connection.execute(
        "UPDATE copies SET until = (SELECT value FROM notes WHERE name = 'clock'), read = ? WHERE id = ?",
        (read, row),
    )


def letters(connection: sqlite3.Connection, row: int) -> str:
    """Return the letters of a copy's text."""
    return letters_of(decode_text(packed(connection, row)[0]))


def packed(connection: sqlite3.Connection, row: int) -> Packed:
    """Return a copy's text and the shape of its blocks as they are stored."""
    text, shape = connection.execute("SELECT text, shape FROM copies WHERE id = ?", (row,)).fetchone()
    return text, shape


def until(connection: sqlite3.Connection, row: int) -> str:
    """Return when a copy ceased to be shown; "" where that was never by itself."""
    return str(connection.execute("SELECT until FROM copies WHERE id = ?", (row,)).fetchone()[0])


def remove(connection: sqlite3.Connection, row: int) -> None:
    """Forget a copy."""
    connection.execute("DELETE FROM copies WHERE id = ?", (row,))


def tidy(connection: sqlite3.Connection, issue: int) -> None:
    """Forget what no place holds any more: what says nothing of its own, and of the rest the oldest."""
    loose = [
        row[0]
        for row in connection.execute(
            "SELECT id FROM copies WHERE issue = ?1 AND id NOT IN"
            " (SELECT copy FROM locations WHERE issue = ?1 AND copy IS NOT NULL)"
            " ORDER BY read DESC, until DESC, id DESC",
            (issue,),
        )
    ]
    seen = {letters_of(texts.text(connection, issue))} if loose else set()
    kept = 0
    for row in loose:
        said = letters(connection, row)
        if said in seen or kept == _KEPT:
            remove(connection, row)
        else:
            kept += 1
        seen.add(said)


def slug_of(name: str) -> str:
    """Return a file's name as it stands at the end of a key, where several issues claim that."""
    stem = name.rpartition(".")[0] or name
    return "-".join(re.findall(r"\w+", stem.casefold()))[:60] or "other"


def exists(location: str) -> bool:
    """Tell whether a place still holds what came from it; what is elsewhere than on this disk does."""
    try:
        return "://" in location or Path(file_of(location)[0]).exists() or Path(location).exists()
    except (OSError, ValueError):
        return False


def _rank(copy: Copy, most: int) -> tuple[Any, ...]:
    # What ends with "…" is no cut copy where no other has more words.
    whole = not copy.truncated or copy.words >= most
    size = round(math.log(max(copy.words, 1), _STEP))
    return (whole, copy.present, size, copy.structure, copy.words, _written(copy.location), copy.location)


def _written(location: str) -> int:
    """Return when a file was written last; 0 for what is none."""
    try:
        return Path(file_of(location)[0]).stat().st_mtime_ns
    except (OSError, ValueError):
        return 0


def _shown(connection: sqlite3.Connection, held: Held, *, present: bool) -> Copy:
    location, title, published, truncated = connection.execute(
        "SELECT location, title, published, truncated FROM issues WHERE id = ?", (held.id,)
    ).fetchone()
    text, shape = texts.packed(connection, held.id)
    said = decode_text(text)
    structure = _structure(said, shape)
    return Copy(None, location, title, published, word_count(said), bool(truncated), structure, present)


def _structure(text: str, shape: bytes) -> int:
    blocks = decode_blocks(text, shape)
    headed = any(block.kind is Kind.HEADING for block in blocks)
    return headed + any(run.href for block in blocks for run in block.all_runs)


def _places(connection: sqlite3.Connection, issue: int) -> dict[str, list[int]]:
    found = connection.execute("SELECT key, start, stop FROM stories WHERE issue = ?", (issue,))
    return {key: [start, stop] for key, start, stop in found}


def _insert(
    connection: sqlite3.Connection,
    number: int,
    prepared: Prepared,
    beside: tuple[list[str], dict[str, list[int]]],
) -> int:
    """Keep a copy, given how it was split and where the stories stand that are shown of it."""
    (form, places), issue = beside, prepared.parsed.issue
    fields = {name: getattr(issue, name) for name in _TOLD} | {"meta": dict(issue.meta), "form": form}
    fields["newsletter"] = [issue.newsletter, prepared.parsed.newsletter_name]
    told = list(map(_told, prepared.parsed.stories))
    values = (
        number,
        issue.location,
        issue.title,
        issue.published,
        word_count(prepared.text),
        issue.truncated,
        _structure(prepared.text, prepared.packed[1]),
        issue.digest,
        _json(fields),
        _json(told),
        _json(places),
        "",
        0,
        prepared.fingerprint,
        *prepared.packed,
    )
    marks = ", ".join("?" * len(values))
    sql = f"INSERT INTO copies ({_COLUMNS}) VALUES ({marks}) RETURNING id"  # noqa: S608
    return int(connection.execute(sql, values).fetchone()[0])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def move(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Give the copies of an issue, and the places that hold it, to another issue."""
    connection.execute("UPDATE copies SET issue = ? WHERE issue = ?", (new, old))
    connection.execute("UPDATE locations SET issue = ? WHERE issue = ?", (new, old))


def place(connection: sqlite3.Connection, location: str, row: int | None) -> None:
    """Note which copy a place holds."""
    connection.execute("UPDATE locations SET copy = ? WHERE location = ?", (row, location))


def swap(connection: sqlite3.Connection, issue: int, shown: int, fresh: int) -> None:
    """Let the places that held what was shown hold that copy, and those of a fresh one what is shown now."""
    connection.execute(
        "UPDATE locations SET copy = CASE WHEN copy IS NULL THEN ?1 WHEN copy = ?2 THEN NULL ELSE copy END"
        " WHERE issue = ?3",
        (shown, fresh, issue),
    )


def _told(story: Story) -> list[Any]:
    links = [[link.url, link.text, link.source] for link in story.links]
    return [splits.told(story), story.words, story.url, links]


def _story(issue: str, told: list[Any]) -> Story:
    piece, words, url, links = told
    made = tuple(Link(address, text, source) for address, text, source in links)
    return splits.story(issue, piece)._replace(words=words, url=url, links=made)
