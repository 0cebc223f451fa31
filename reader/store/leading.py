"""Where what was done with stories goes when an issue has other stories than before.

An old key leads to a new one by an alias, and what was done under either is done with the story. Where
several stories become one, what does not come about by that alone (one was starred, the star of the other
taken away) stands under a joint key. When the stories come apart their aliases and joint keys are let go,
and each has again what was done with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from reader.model import NOTHING_DONE, Change, Span, State
from reader.store import aliases, outside, states
from reader.store.facts import Fact, record, value_of
from reader.store.joints import missing, parted, united
from reader.store.journal import Journal
from reader.store.matching import match_places

Places = Mapping[str, Span]
"""Where stories stand in the text of their issue, by their keys."""


def lead(
    connection: sqlite3.Connection,
    journal: Journal,
    led: Mapping[str, str],
    sides: tuple[Iterable[str], Iterable[str]],
    together: Callable[[Sequence[State]], State] = states.union,
) -> Change:
    """Let old keys lead to new ones, given all keys of before and all of now.

    Where several lead to one, its state is what theirs amount to `together`.
    """
    old, new = (list(side) for side in sides)
    back = _back(connection, new)
    joints = parted(connection, {key: key for key in new} | dict(led))
    change = record(connection, journal, [*_released(connection, list(back), joints.stale), *joints.again])
    return change | record(connection, journal, _led(connection, led, [*old, *back], back, together))


def follow(
    connection: sqlite3.Connection, journal: Journal, issue: int, sides: tuple[Places, Places, Places]
) -> Change:
    """Let what was done stay at its place in a text that is split in another way.

    Given are the places of the stories of before, of those that the splitter had found, and of those of
    now. What was done with a story whose place is in none now waits for the next one there. Who read a
    story has read its parts.
    """
    before, found, now = sides
    old = outside.places(connection, issue) | dict(before) | dict(found)
    led = match_places(old, now)
    back = _back(connection, now)
    goes = dict.fromkeys(old, "") | led | {key: key for key in now}
    moved = [key for key in old if key not in now and _is_moved(connection, key, goes)]
    into = [key for key, target in led.items() if key in before and before[key][0] != now[target][0]]
    joints = parted(connection, goes)
    stale = [*joints.stale, *aliases.known(connection, list(map(aliases.inherited, into)))]
    change = record(connection, journal, [*_released(connection, [*back, *moved], stale), *joints.again])
    left = {key: place for key, place in old.items() if key not in led and key not in now}
    done = {key: place for key, place in left.items() if states.state(connection, key) != NOTHING_DONE}
    outside.put(connection, issue, done)
    fresh = {key: place for key, place in now.items() if key not in {*old, *back, *led.values()}}
    places = old | {key: now[key] for key in back}
    told = [
        *_led(connection, led, sorted(places, key=places.__getitem__), back),
        *_read(connection, before, fresh),
        *_read_again(connection, back),
    ]
    return change | record(connection, journal, told)


def _is_moved(connection: sqlite3.Connection, key: str, goes: Mapping[str, str]) -> bool:
    """Tell whether a key leads to one that goes to another story than its own place does."""
    _, *further = aliases.way(connection, key)
    known = next((step for step in further if step in goes), "")
    return bool(further) and goes.get(known, "") != goes[key]


def _back(connection: sqlite3.Connection, new: Iterable[str]) -> dict[str, str]:
    """Return where those of the keys led that are stories of their own again."""
    led = {key: aliases.resolve(connection, key) for key in aliases.known(connection, list(new))}
    return {key: target for key, target in led.items() if key != target}


def _released(connection: sqlite3.Connection, back: Sequence[str], joints: Sequence[str]) -> list[Fact]:
    """Return what must be written so that some keys lead nowhere, and neither do joint keys."""
    inherited = aliases.known(connection, list(map(aliases.inherited, back)))
    return [Fact("alias", key, "to", "") for key in dict.fromkeys((*back, *inherited, *joints))]


def _led(
    connection: sqlite3.Connection,
    led: Mapping[str, str],
    old: Sequence[str],
    back: Mapping[str, str],
    together: Callable[[Sequence[State]], State] = states.union,
) -> list[Fact]:
    """Return what must be written so that each state goes where its story went.

    A story that is back has what is done since under the key it led to; with any other it is united.
    """
    fresh = [key for key in led if aliases.resolve(connection, key) == key]
    facts = [Fact("alias", key, "to", led[key]) for key in fresh]
    for target in dict.fromkeys(led.values()):
        parts = [key for key in old if target in (key, led.get(key))]
        if target in back and not {*parts} - {target, back[target]}:
            parts.remove(target)
        done = [(key, state) for key in parts if (state := states.state(connection, key)) != NOTHING_DONE]
        if len(done) > 1:
            members = {m for key in (target, *parts) for m in aliases.members(connection, key)}
            last = next(key for key, _ in reversed(done) if key != target)
            left = missing(states.told(connection, members), together([state for _, state in done]))
            facts += united(connection, [target, *parts], last, left)
    return facts


def _read(connection: sqlite3.Connection, before: Places, fresh: Places) -> Iterator[Fact]:
    """Yield what must be written for stories that are a part of one from before, where that was read."""
    for key, whole in match_places(fresh, before).items():
        state = states.state(connection, whole)
        if state.read and states.state(connection, key) == NOTHING_DONE:
            joint = aliases.inherited(key)
            yield from (Fact("alias", joint, "to", key), Fact("story", joint, "read", state.read_at))


def _read_again(connection: sqlite3.Connection, back: Iterable[str]) -> Iterator[Fact]:
    """Yield what must be written for stories that come back, and were parts of one that was read."""
    for key in back:
        if value_of(connection, "alias", aliases.inherited(key), "to") is not None:
            yield Fact("alias", aliases.inherited(key), "to", key)
