"""Searching: from what was typed to the stories that have it, and where."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from reader.model import Hit, Query, StoryRow
from reader.store import newsletters, stories, words
from reader.store.index import ABOVE_ALL, Index
from reader.store.snippets import snippet

_RANKABLE = 800
"""Up to so many stories are put in order of how well they fit; of more, the newest come first."""
_CHUNK = 500
_FEW = 2000
"""Up to so many stories are told by their ids which a filter lets through."""
_POOL = 4
"""How many times the stories asked for are looked at to find the newest among them."""

Asked: TypeAlias = tuple[str, stories.Filter]
"""What FTS5 is asked, and what the stories must be besides."""


def search(connection: sqlite3.Connection, index: Index | None, query: Query, limit: int) -> list[Hit]:
    """Return the stories that have all the words and pass the filters, the best first.

    Filters alone list the newest first. Whatever was typed is never an error; a broken index is.
    """
    terms = [tokens for term in query.terms if (tokens := words.tokens(term))]
    if query.empty or (query.terms and not terms) or limit < 1:
        return []
    wanted = _filter(connection, query)
    if not terms:
        return _hits(connection, _rows(connection, stories.ids(connection, wanted, limit)), None)
    prefix = query.prefix and not words.is_cjk(terms[-1][-1])
    if index is None:
        ids = _passing(connection, _scanned(connection, terms, prefix=prefix), wanted, limit)
    else:
        ids = _best(connection, index, (_match(index, terms, prefix=prefix), wanted), limit)
    return _hits(connection, _rows(connection, ids), words.pattern(terms, prefix=prefix))


def _match(index: Index, terms: list[list[str]], *, prefix: bool) -> str:
    """Return the words as FTS5 reads them; each is quoted, so nothing in it is an operator."""
    *phrases, last = [_quoted(tokens) for tokens in terms]
    if prefix and (wide := index.words(terms[-1][-1])):
        last = " OR ".join(_quoted([*terms[-1][:-1], word]) for word in wide)
        return " AND ".join([*phrases, f"({last})"])
    return " AND ".join([*phrases, last + "*" if prefix else last])


def _quoted(tokens: list[str]) -> str:
    return '"' + " ".join(tokens) + '"'


def _filter(connection: sqlite3.Connection, query: Query) -> stories.Filter:
    owners = newsletters.like(connection, query.newsletter) if query.newsletter else None
    return stories.Filter(query.starred, query.read, owners, tag=query.tag)


def _best(connection: sqlite3.Connection, index: Index, asked: Asked, limit: int) -> list[int]:
    match, wanted = asked
    matched = index.newest(match, _RANKABLE + 1)
    if len(matched) > _RANKABLE:
        return _newest(connection, index, asked, limit)
    return _passing(connection, index.ranked(match, _RANKABLE), wanted, limit)


def _newest(connection: sqlite3.Connection, index: Index, asked: Asked, limit: int) -> list[int]:
    """Return the newest of very many: first those with the words in their titles."""
    match, wanted = asked
    chosen: dict[int, None] = {}
    for form in (f"title : ({match})", match):
        if len(chosen) < limit:
            ids = _passing(connection, _stream(index, form), wanted, limit * _POOL)
            chosen |= dict.fromkeys(_by_date(connection, ids))
    return list(chosen)[:limit]


def _stream(index: Index, match: str) -> Iterator[int]:
    below = ABOVE_ALL
    while ids := index.newest(match, _CHUNK, below):
        yield from ids
        below = ids[-1]


def _passing(
    connection: sqlite3.Connection, ids: Iterable[int], wanted: stories.Filter, limit: int
) -> list[int]:
    """Return the first of the ids whose stories are as wanted."""
    if wanted == stories.Filter() and not stories.are_hidden(connection):
        return list(islice(ids, limit))
    selective = wanted.narrow or wanted.newsletters is not None
    few = stories.ids(connection, wanted, _FEW + 1) if selective else []
    if selective and len(few) <= _FEW:
        allowed = set(few)
        return list(islice((number for number in ids if number in allowed), limit)) if allowed else []
    passed: list[int] = []
    source = iter(ids)
    while len(passed) < limit and (chunk := list(islice(source, _CHUNK))):
        passed += stories.passing(connection, wanted, chunk)
    return passed[:limit]


def _by_date(connection: sqlite3.Connection, ids: list[int]) -> list[int]:
    sql = (
        "SELECT stories.id FROM stories JOIN issues ON issues.id = stories.issue"
        " WHERE stories.id IN (SELECT value FROM json_each(?)) ORDER BY published DESC, stories.id DESC"
    )
    return [row[0] for row in connection.execute(sql, (json.dumps(ids),))]


def _rows(connection: sqlite3.Connection, ids: list[int]) -> list[tuple[int, StoryRow]]:
    where = "stories.id IN (SELECT value FROM json_each(?))"
    found = dict(stories.numbered_rows(connection, where, (json.dumps(ids),)))
    return [(number, found[number]) for number in ids if number in found]


def _hits(
    connection: sqlite3.Connection, found: list[tuple[int, StoryRow]], pattern: re.Pattern[str] | None
) -> list[Hit]:
    bodies = stories.bodies(connection, [number for number, _ in found])
    return [Hit(row, *snippet(bodies.get(number, ""), pattern)) for number, row in found]


def _scanned(connection: sqlite3.Connection, terms: list[list[str]], *, prefix: bool) -> Iterator[int]:
    """Read every text for the words: what is left where SQLite cannot search texts."""
    wanted = [words.pattern([term], prefix=prefix and term is terms[-1]) for term in terms]
    for number, title, dek, body in stories.every_text(connection):
        folded = words.fold(f"{title}\n{dek}\n{body}")
        if all(pattern and pattern.search(folded) for pattern in wanted):
            yield number
