"""Making one issue of two that are copies of each other, and two of one whose copies are not."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import NamedTuple

from reader.model import Change, State, united
from reader.store import aside, copies, originals, outside, signed, splits, states
from reader.store.facts import Fact, record
from reader.store.journal import Journal
from reader.store.leading import lead
from reader.store.matching import Told, match
from reader.store.prepared import Prepared, fingerprint
from reader.store.settling import Settling, settle, swap_in
from reader.store.signs import signs_of
from reader.store.splits import Cutting
from reader.store.writing import Held, as_found, blocks_to_cut, held, reads, told_of, write


class Apart(NamedTuple):
    """A place, and those that hold another issue than it, as the reader says."""

    location: str
    others: tuple[str, ...]


def unite(
    connection: sqlite3.Connection, journal: Journal, two: tuple[Held, Held], cutting: Cutting
) -> Change:
    """Make one issue of two: the one that came first keeps its key, and has what was done with the other.

    The texts of the other one are copies from now on. A star whose story is not in the copy that is shown
    is kept, and comes back with its story.
    """
    ours, theirs = sorted(two, key=lambda one: one.id)
    told = told_of(connection, theirs.id)
    waiting = list(outside.places(connection, theirs.id))
    record(connection, journal, _carried(connection, ours.key, theirs.key))
    originals.give(connection, theirs.id, ours.id)
    _move(connection, ours, theirs)
    change = settle(connection, journal, ours, Settling(cutting))
    now = told_of(connection, ours.id)
    led = _led(told, now, (theirs.key, ours.key))
    led |= {key: _under(key, theirs.key, ours.key) for key in waiting}
    keys = [story.key for story in now]
    change |= lead(connection, journal, led, ([*keys, *led], keys), _united)
    change |= record(connection, journal, reads(connection, told, now))
    states.count(connection, [ours.id])
    both = frozenset({ours.newsletter, theirs.newsletter})
    return change | Change(issues=frozenset({ours.key, theirs.key}), newsletters=both)


def split_off(
    connection: sqlite3.Connection, journal: Journal, key: str, location: str, cutting: Cutting
) -> Change:
    """Make an issue of its own of the copy that a place holds, for good; nothing where it is the only one."""
    whole = held(connection, "key = ?", key)
    places = copies.places_of(connection, whole.id) if whole else {}
    if whole is None or location not in places or len(places) == 1:
        return Change()
    going = {place for place, row in places.items() if row == places[location]}
    if len(going) == len(places):
        going = {location}
    staying = sorted(places.keys() - going)
    told = [copies.kept_apart(place, [*copies.apart(connection, place), *staying]) for place in sorted(going)]
    if copies.chosen(connection, key) in going:
        told.append(copies.choice(key, ""))
    change = record(connection, journal, told)
    return change | _part(connection, journal, (whole, location, going), cutting)


def join_again(
    connection: sqlite3.Connection, journal: Journal, key: str, apart: Sequence[Apart], cutting: Cutting
) -> Change:
    """Take back that places hold another issue than that of the key, given what was said of them before."""
    told = [copies.kept_apart(one.location, list(one.others)) for one in apart]
    change = record(connection, journal, told)
    for one in apart:
        whole = held(connection, "key = ?", key)
        part = held(connection, "id = (SELECT issue FROM locations WHERE location = ?)", one.location)
        if whole and part and whole.id != part.id:
            change |= unite(connection, journal, (whole, part), cutting)
    return change


def _carried(connection: sqlite3.Connection, ours: str, theirs: str) -> list[Fact]:
    """Return what is written so that an issue has the corrections and the choice of the other."""
    mine, others = splits.corrections(connection, ours), splits.corrections(connection, theirs)
    facts = []
    if others:
        facts = [splits.fact(ours, (*mine, *(one for one in others if one not in mine)))]
        facts.append(splits.fact(theirs, ()))
    facts += copies.becoming(connection, theirs, ours)
    chosen = copies.chosen(connection, theirs)
    if chosen and not copies.chosen(connection, ours):
        facts.append(copies.choice(ours, chosen))
    return facts


def _move(connection: sqlite3.Connection, ours: Held, theirs: Held) -> None:
    """Give all copies and places of an issue to another, and take the issue away."""
    row = copies.keep_shown(connection, theirs)
    connection.execute(
        "UPDATE locations SET copy = coalesce(copy, ?), own = iif(own = '', ?, own) WHERE issue = ?",
        (row, theirs.key, theirs.id),
    )
    copies.move(connection, theirs.id, ours.id)
    signed.move(connection, theirs.id, ours.id)
    connection.execute("DELETE FROM issues WHERE id = ?", (theirs.id,))


def _led(told: Sequence[Told], now: Sequence[Told], keys: tuple[str, str]) -> dict[str, str]:
    """Return the key that each story has in the other issue, or would have where it is none of it."""
    led = {story.key: _under(story.key, *keys) for story in told}
    here = {story.key for story in now}
    lost = [story for story in told if led[story.key] not in here]
    return led | match(lost, now)


def _under(story: str, old: str, new: str) -> str:
    return f"{new}#{story.removeprefix(f'{old}#')}"


def _united(done: Sequence[State]) -> State:
    return reduce(united, done)


def _part(
    connection: sqlite3.Connection, journal: Journal, what: tuple[Held, str, set[str]], cutting: Cutting
) -> Change:
    """Give the copy that some places hold to an issue of its own."""
    whole, location, going = what
    told = told_of(connection, whole.id)
    change = Change()
    if copies.places_of(connection, whole.id)[location] is None:
        change |= _show_other(connection, journal, (whole, going), cutting)
    row = copies.places_of(connection, whole.id)[location]
    prepared = _as_own(connection, whole, location, row)
    key = prepared.parsed.issue.key
    record(connection, journal, copies.own_again(connection, key))
    change |= write(connection, journal, (None, prepared), blocks_to_cut(connection, prepared), cutting)
    part = held(connection, "key = ?", key)
    if part is None:
        raise AssertionError("it was written")
    for place in going:
        connection.execute(
            "UPDATE locations SET issue = ?, copy = NULL, own = '' WHERE location = ?", (part.id, place)
        )
    if row is not None:
        copies.remove(connection, row)
    copies.tidy(connection, whole.id)
    change |= lead(connection, journal, *_gone_along(connection, whole, part, told))
    for one in (whole, part):
        _sign_again(connection, one)
        states.count(connection, [one.id])
    return change | Change(copies=frozenset({whole.key}))


def _show_other(
    connection: sqlite3.Connection, journal: Journal, what: tuple[Held, set[str]], cutting: Cutting
) -> Change:
    """Show the fullest of the copies that stay."""
    whole, going = what
    places = copies.places_of(connection, whole.id)
    rows = {row for place, row in places.items() if place not in going}
    staying = [copy for copy in copies.of(connection, whole) if copy.row in rows and copy.row is not None]
    if not staying:  # what stays is the same text at another place: the copy that goes is written anew
        shown = copies.keep_shown(connection, whole)
        for place in going:
            copies.place(connection, place, shown)
        return Change()
    return swap_in(
        connection, journal, (whole, copies.best(staying).row or 0), Settling(cutting, by_hand=True)
    )


def _as_own(connection: sqlite3.Connection, whole: Held, location: str, row: int | None) -> Prepared:
    """Return a copy under the key that it would have by itself, else under one made of the place's name."""
    key = _free_key(connection, whole.key, location)
    prepared = copies.prepared_of(connection, row, whole, key) if row else as_found(connection, whole)
    (digest,) = connection.execute("SELECT digest FROM locations WHERE location = ?", (location,)).fetchone()
    issue = replace(prepared.parsed.issue, location=location, digest=digest)
    name = prepared.parsed.newsletter_name
    if (newsletter := key.partition("/")[0]) != issue.newsletter:
        found = connection.execute("SELECT found FROM newsletters WHERE key = ?", (newsletter,)).fetchone()
        issue, name = replace(issue, newsletter=newsletter), found[0] if found else newsletter
    parsed = replace(prepared.parsed, issue=issue, newsletter_name=name)
    return replace(prepared, parsed=parsed, fingerprint=fingerprint(parsed, prepared.packed))


def _free_key(connection: sqlite3.Connection, key: str, location: str) -> str:
    own = copies.own_key(connection, location)
    made = f"{key}-{copies.slug_of(Path(location).name)}"
    for wanted in (own, made, *(f"{made}-{number}" for number in range(2, 1000))):
        if wanted and held(connection, "key = ?", wanted) is None and not aside.holds(connection, wanted):
            return wanted
    raise AssertionError("no issue has so many copies")


def _gone_along(
    connection: sqlite3.Connection, whole: Held, part: Held, before: Sequence[Told]
) -> tuple[Mapping[str, str], tuple[list[str], list[str]]]:
    """Return where keys lead whose stories went with a copy, with the keys of before and of now.

    Given are the stories that were shown before: what was corrected of them stays, what was done goes along.
    """
    here = {story.key for story in told_of(connection, whole.id)}
    told = told_of(connection, part.id)
    there = [story.key for story in told]
    led = {_under(key, part.key, whole.key): key for key in there}
    led |= match([story for story in before if story.key not in {*here, *led}], told)
    done = {
        old: new for old, new in led.items() if old not in here and states.state(connection, old) != State()
    }
    return done, ([*done, *there], there)


def _sign_again(connection: sqlite3.Connection, one: Held) -> None:
    """Take the signs of an issue anew, from all texts that it has."""
    signed.forget(connection, one.id)
    shown = as_found(connection, one)
    every = [
        shown,
        *(copies.prepared_of(connection, row, one, one.key) for row in copies.rows(connection, one.id)),
    ]
    for prepared in every:
        signed.put(connection, one.id, signs_of(prepared.parsed.issue, prepared.text))
