"""Joint keys: under each stands what several stories amount to that became one, as long as they are one.

It holds what does not come about by the fold alone: of two notes the fold knows the later. When one of
the stories leaves, the joint key is let go, and those that stay get one of their own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reader.model import NOTHING_DONE, State
from reader.store import aliases, states
from reader.store.facts import Fact, value_of

_SINCE = """
SELECT field FROM facts WHERE kind = 'story' AND key = ?
AND time > (SELECT time FROM facts WHERE kind = 'alias' AND key = ? AND field = 'parts')
"""


class Joints(NamedTuple):
    """What becomes of the joint keys when stories come apart."""

    stale: list[str]
    """Those of stories that are no more one."""
    again: list[Fact]
    """What must be written for the stories of theirs that stay one."""


def parted(connection: sqlite3.Connection, goes: Mapping[str, str]) -> Joints:
    """Return what becomes of the joint keys, given which story of now each key goes to, "" for none.

    It is to be asked before any alias is changed.
    """

    def end(key: str) -> str:
        way = aliases.way(connection, key)
        for place, step in enumerate(way):
            led_to = next((further for further in way[place + 1 :] if further in goes), "")
            if step in goes and (goes[step] or goes.get(led_to)):
                return goes[step] or step  # it leaves what it led to
        return way[-1]

    led = aliases.members(connection, *goes)
    ends = {key: end(key) for key in led}
    parts = {joint: _parts(connection, joint) for joint in filter(aliases.is_numbered, led)}
    stale = [joint for joint, keys in parts.items() if len({end(key) for key in keys}) > 1]
    kept = {joint: [key for key in keys if end(key) == end(keys[0])] for joint, keys in parts.items()}
    whole = [{*kept[joint]} for joint in parts if joint not in stale]
    again: list[Fact] = []
    for joint in sorted(stale, key=lambda one: -len(kept[one])):
        staying = kept[joint]
        if len(staying) > 1 and not any(one.issuperset(staying) for one in whole):
            there = [key for key in led if ends[key] == end(staying[0]) and key not in stale]
            again += _reunited(connection, joint, staying, there)
            whole.append({*staying})
    return Joints(stale, again)


def united(
    connection: sqlite3.Connection, parts: Sequence[str], last: str, missing: Iterable[tuple[str, object]]
) -> list[Fact]:
    """Return what must be written of stories that are one, named after the last: the fields given.

    The first of the parts is the one that they became.
    """
    fields = list(missing)
    if not fields:
        return []
    joint = aliases.new_joint(connection, last)
    return [
        Fact("alias", joint, "to", parts[0]),
        Fact("alias", joint, "parts", list(dict.fromkeys(parts))),
        *(Fact("story", joint, field, value) for field, value in fields),
    ]


def missing(told: State, wanted: State) -> list[tuple[str, object]]:
    """Return the fields of what was done with several stories that do not come about by themselves."""
    there = dict(states.changes(NOTHING_DONE, told))
    return [
        (field, value) for field, value in states.changes(NOTHING_DONE, wanted) if there.get(field) != value
    ]


def _parts(connection: sqlite3.Connection, joint: str) -> list[str]:
    """Return the keys of the stories that a joint key stands for; the first is the one that they became."""
    target = aliases.way(connection, joint)[1:2]
    told = value_of(connection, "alias", joint, "parts")
    parts = told if isinstance(told, list) else [aliases.part_of(joint)]
    return list(dict.fromkeys([*target, *(part for part in parts if isinstance(part, str))]))


def _reunited(
    connection: sqlite3.Connection, joint: str, staying: Sequence[str], keys: Sequence[str]
) -> list[Fact]:
    """Return what must be written for the stories of a joint key that stay one when others leave.

    Given are all keys that lead to the same story. What was done with it since it became one, stands.
    """
    own: dict[str, list[str]] = {part: [] for part in staying}
    for key in keys:
        owner = next((step for step in aliases.way(connection, key) if step in own), staying[0])
        own[owner].append(key)
    done = [states.told(connection, own[part]) for part in staying]
    wanted = states.union([state for state in done if state != NOTHING_DONE])
    since = {row[0] for row in connection.execute(_SINCE, (staying[0], joint))}
    lost = missing(states.told(connection, keys), wanted)
    return united(connection, staying, staying[-1], [one for one in lost if one[0] not in since])
