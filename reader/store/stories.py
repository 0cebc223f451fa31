"""Stories: their rows, and their pages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from reader.model import Link, State, Story, StoryPage, StoryRow
from reader.store import aliases, issues, labels, states, texts

_FROM = """
FROM stories
JOIN issues ON issues.id = stories.issue
JOIN newsletters ON newsletters.id = issues.newsletter
LEFT JOIN states ON states.key = stories.key
"""
_ROWS = f"""
SELECT stories.key, issues.key, number, heading, newsletters.name, stories.title, dek, section,
    stories.position, words, links, published, stories.url, stories.id, {states.COLUMNS}
{_FROM}"""
_DONE = "stories.key IN (SELECT key FROM states WHERE {column} <> '')"
_NOT_DONE = "NOT EXISTS (SELECT 1 FROM states WHERE states.key = stories.key AND {column} <> '')"
_IN_ORDER = (
    " ORDER BY published DESC, CAST(number AS INTEGER) DESC, length(issues.key) DESC, issues.key DESC,"
    " stories.position"
)
_STORY = "id, key, title, start, stop, heads, dek, section, derived, sponsored, words, url"


class Filter(NamedTuple):
    """What stories must be; None and "" let all of them through."""

    starred: bool | None = None
    read: bool | None = None
    newsletters: tuple[str, ...] | None = None
    """Keys."""
    issue: str = ""
    tag: str = ""

    @property
    def condition(self) -> tuple[str, list[object]]:
        """The condition of a query over stories, issues and newsletters, and its parameters."""
        parts: list[str] = [] if self.starred else ["NOT hidden"]
        parameters: list[object] = []
        for wanted, column in ((self.starred, "starred_at"), (self.read, "read_at")):
            if wanted is not None:
                parts.append(_DONE.format(column=column) if wanted else _NOT_DONE.format(column=column))
        if self.newsletters is not None:
            parts.append(
                "issues.newsletter IN (SELECT newsletters.id FROM newsletters"
                " JOIN json_each(?) ON value = newsletters.key)"
            )
            parameters.append(json.dumps(self.newsletters))
        if self.issue:
            parts.append("issues.key = ?")
            parameters.append(self.issue)
        if self.tag:
            parts.append("stories.key IN (SELECT key FROM tagged WHERE tag = ? COLLATE NOCASE)")
            parameters.append(self.tag)
        return " AND ".join(parts) or "true", parameters

    @property
    def narrow(self) -> bool:
        """Whether few stories pass, so that it is best to begin with those."""
        return bool(self.starred or self.read or self.issue or self.tag)


def filtered(connection: sqlite3.Connection, wanted: Filter) -> list[StoryRow]:
    """Return the stories that are as wanted: the newest issue first, each in its order."""
    return rows(connection, *wanted.condition)


def ids(connection: sqlite3.Connection, wanted: Filter, limit: int) -> list[int]:
    """Return the ids of the first stories that are as wanted, the newest issue first."""
    where, parameters = wanted.condition
    # Where many pass, going through the issues in their order finds the first ones at once.
    tables = "stories JOIN issues" if wanted.narrow else "issues INDEXED BY issues_listed CROSS JOIN stories"
    found = connection.execute(
        f"SELECT stories.id FROM {tables} ON issues.id = stories.issue WHERE {where}{_IN_ORDER} LIMIT ?",  # noqa: S608
        (*parameters, limit),
    )
    return [row[0] for row in found]


def passing(connection: sqlite3.Connection, wanted: Filter, among: Sequence[int]) -> list[int]:
    """Return those of the ids whose stories are as wanted, in the order given."""
    where, parameters = wanted.condition
    found = connection.execute(
        "SELECT stories.id FROM stories JOIN issues ON issues.id = stories.issue"  # noqa: S608
        f" WHERE stories.id IN (SELECT value FROM json_each(?)) AND {where}",
        (json.dumps(list(among)), *parameters),
    )
    right = {row[0] for row in found}
    return [number for number in among if number in right]


def rows(connection: sqlite3.Connection, where: str, parameters: Sequence[object] = ()) -> list[StoryRow]:
    """Return the stories for which the condition is true: the newest issue first, each in its order."""
    return [row for _, row in numbered_rows(connection, where, parameters)]


def numbered_rows(
    connection: sqlite3.Connection, where: str, parameters: Sequence[object] = ()
) -> list[tuple[int, StoryRow]]:
    """Return the same, each with its id."""
    sql = f"{_ROWS} WHERE {where}{_IN_ORDER}"
    return [(row[13], _row(row)) for row in connection.execute(sql, parameters)]


def by_key(connection: sqlite3.Connection, keys: Iterable[str]) -> list[StoryRow]:
    """Return the rows of the keys in their order; a key that no story has is left out."""
    wanted = [aliases.resolve(connection, key) for key in keys]
    listed = json.dumps(wanted, ensure_ascii=False)
    found = {
        row.key: row for row in rows(connection, "stories.key IN (SELECT value FROM json_each(?))", (listed,))
    }
    return [found[key] for key in wanted if key in found]


def page(connection: sqlite3.Connection, key: str) -> StoryPage | None:
    """Return a story with its body; None when no story has the key."""
    key = aliases.resolve(connection, key)
    found_rows = rows(connection, "stories.key = ?", (key,))
    if not found_rows:
        return None
    row = found_rows[0]
    found = issues.find(connection, row.issue)
    (story,) = _stories(connection, "key = ?", (key,))
    if found is None:
        return None
    return StoryPage(
        row=row,
        story=story,
        issue=found.issue,
        newsletter_name=found.newsletter_name,
        issue_label=found.label,
        body=story.body(texts.blocks(connection, found.id)),
        total=found.stories,
    )


def of_issue(connection: sqlite3.Connection, issue: int) -> list[Story]:
    """Return the stories of an issue in their order."""
    return _stories(connection, "issue = ?", (issue,))


def states_of_issue(connection: sqlite3.Connection, issue: int) -> dict[str, State]:
    """Return the state of each story of an issue with which something was done."""
    found = connection.execute(
        f"SELECT stories.key, {states.COLUMNS} FROM stories JOIN states USING (key) WHERE issue = ?",  # noqa: S608
        (issue,),
    )
    return {key: states.of(*columns) for key, *columns in found}


def put(connection: sqlite3.Connection, issue: int, stories: Sequence[Story], ids: dict[str, int]) -> None:
    """Store the stories of an issue over those it had; those whose text is as before keep their ids."""
    connection.execute("DELETE FROM stories WHERE issue = ?", (issue,))
    fresh = _unused(connection)
    numbered = [(ids.get(story.key) or next(fresh), story) for story in stories]
    connection.executemany(
        "INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        [(n, story.key, issue, place, *_columns(story)) for place, (n, story) in enumerate(numbered, 1)],
    )
    connection.executemany(
        "INSERT INTO links VALUES (?, ?, ?, ?, ?)",
        [
            (number, place, link.url, link.text, link.source)
            for number, story in numbered
            for place, link in enumerate(story.links, 1)
        ],
    )


def _unused(connection: sqlite3.Connection) -> Iterator[int]:
    """Count through the ids that no story ever had, as AUTOINCREMENT would."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'stories'").fetchone()
    return count(row[0] + 1 if row else 1)


def bodies(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """Return the text of the stories' bodies, by their ids."""
    listed = json.dumps(list(ids))
    return {
        number: body
        for number, _, _, body in _texts(connection, "id IN (SELECT value FROM json_each(?))", listed)
    }


def are_hidden(connection: sqlite3.Connection) -> bool:
    """Tell whether the reader hid a section of any newsletter."""
    return (
        connection.execute(
            "SELECT 1 FROM facts WHERE kind = 'newsletter' AND field = 'hidden' AND value <> '[]' LIMIT 1"
        ).fetchone()
        is not None
    )


def every_text(connection: sqlite3.Connection) -> Iterator[tuple[int, str, str, str]]:
    """Yield the id, the title, the dek and the body of every story, the newest first."""
    return _texts(connection, "? = ''", "")


def _texts(connection: sqlite3.Connection, where: str, parameter: str) -> Iterator[tuple[int, str, str, str]]:
    found = connection.execute(
        f"SELECT issue, id, title, dek, start, stop, heads FROM stories WHERE {where}"  # noqa: S608
        " ORDER BY issue DESC, id",
        (parameter,),
    )
    for issue, group in groupby(found, key=itemgetter(0)):
        text = texts.text(connection, issue)
        for _, number, title, dek, start, stop, heads in group:
            yield number, title, dek, texts.body(text, start, stop, json.loads(heads))


def _columns(story: Story) -> tuple[object, ...]:
    return (
        story.title,
        story.dek,
        story.section,
        story.start,
        story.end,
        json.dumps(story.heads),
        story.words,
        len(story.links),
        story.url,
        story.title_derived,
        story.sponsored,
    )


def _row(row: Sequence[Any]) -> StoryRow:
    key, issue, number, heading, name, title, dek, section, position, words, links, published, url = row[:13]
    label = labels.label(name, number, heading)
    state = states.of(*row[14:])
    return StoryRow(
        key, issue, label, name, title, dek, section, position, words, links, published, url, state
    )


def _stories(connection: sqlite3.Connection, where: str, parameters: Sequence[object]) -> list[Story]:
    found = connection.execute(f"SELECT {_STORY} FROM stories WHERE {where} ORDER BY position", parameters)  # noqa: S608
    return [_story(row, _links(connection, row[0])) for row in found]


def _story(row: Sequence[Any], links: tuple[Link, ...]) -> Story:
    _, key, title, start, stop, heads, dek, section, derived, sponsored, words, url = row
    return Story(
        key=key,
        title=title,
        start=start,
        end=stop,
        heads=tuple((left, right) for left, right in json.loads(heads)),
        dek=dek,
        section=section,
        title_derived=bool(derived),
        sponsored=bool(sponsored),
        words=words,
        url=url,
        links=links,
    )


def _links(connection: sqlite3.Connection, story: int) -> tuple[Link, ...]:
    found = connection.execute(
        "SELECT url, text, source FROM links WHERE story = ? ORDER BY position", (story,)
    )
    return tuple(Link(url, text, bool(source)) for url, text, source in found)
