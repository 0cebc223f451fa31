"""Which copy of an issue is shown: the one that the reader chose, else the fullest."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from reader.model import Change
from reader.store import copies, splits, texts
from reader.store.facts import record
from reader.store.journal import Journal
from reader.store.signs import letters_of
from reader.store.splits import Cutting
from reader.store.writing import Held, blocks_to_cut, held, write

_RELOCATE = """
WITH places AS (SELECT location, digest FROM locations WHERE issue = ?1 AND copy IS NULL ORDER BY location)
UPDATE issues SET (location, digest) = (SELECT location, digest FROM places LIMIT 1)
WHERE id = ?1 AND EXISTS (SELECT 1 FROM places) AND location NOT IN (SELECT location FROM places)
"""
"""An issue is said to come from a place that holds what is shown of it."""


class Settling(NamedTuple):
    """How the copy of an issue that is shown comes to be another."""

    cutting: Cutting
    key: str = ""
    """Another key that the issue gets."""
    by_hand: bool = False
    """Whether the reader asked for it: what he did not ask for is an edit."""


def settle(connection: sqlite3.Connection, journal: Journal, issue: Held, how: Settling) -> Change:
    """Show the copy of an issue that is to be shown; nothing where it is."""
    every = copies.of(connection, issue)
    wanted = _chosen(connection, issue) if len(every) > 1 else None
    copy = next((one for one in every if wanted and one.row == wanted[0]), None) or copies.best(every)
    change = Change()
    if copy.row is not None:
        change = swap_in(connection, journal, (issue, copy.row), how)
    connection.execute(_RELOCATE, (issue.id,))
    copies.tidy(connection, issue.id)
    return change


def show(
    connection: sqlite3.Connection, journal: Journal, key: str, location: str, cutting: Cutting
) -> Change:
    """Show the copy of an issue that a place holds, as long as that holds one; "" shows the fullest."""
    record(connection, journal, [copies.choice(key, location)])
    return settle_again(connection, journal, key, cutting)


def settle_again(connection: sqlite3.Connection, journal: Journal, key: str, cutting: Cutting) -> Change:
    """Show the copy of an issue that the facts ask for."""
    issue = held(connection, "key = ?", key)
    if issue is None:
        return Change()
    how = Settling(cutting, by_hand=True)
    return settle(connection, journal, issue, how) | Change(copies=frozenset({key}))


def _chosen(connection: sqlite3.Connection, issue: Held) -> tuple[int | None] | None:
    """Return the row of the copy that the reader chose; None where he chose none that is here."""
    location = copies.chosen(connection, issue.key)
    places = copies.places_of(connection, issue.id) if location else {}
    return (places[location],) if location in places else None


def swap_in(
    connection: sqlite3.Connection, journal: Journal, what: tuple[Held, int], how: Settling
) -> Change:
    """Let a copy change places with what is shown."""
    issue, row = what
    key = how.key or issue.key
    record(connection, journal, splits.carried(connection, issue.key, key))
    record(connection, journal, copies.carried(connection, issue.key, key))
    fresh = copies.prepared_of(connection, row, issue, key)
    is_edit = not how.by_hand and letters_of(texts.text(connection, issue.id)) != letters_of(fresh.text)
    read = is_edit and copies.was_read(connection, issue.id)
    before = copies.keep_shown(connection, issue)
    copies.swap(connection, issue.id, before, row)
    copies.remove(connection, row)
    change = write(connection, journal, (issue, fresh), blocks_to_cut(connection, fresh), how.cutting)
    if is_edit:  # what was brought to the new stories is older than that
        copies.replaced(connection, before, read=read)
    return change
