"""Adding an issue, or what came in as a copy of one that is here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from reader.model import NOTHING_DONE, Change, State, united
from reader.model.hashes import digest_of
from reader.store import aliases, aside, copies, issues, originals, outside, signed, splits, states, texts
from reader.store.facts import Fact, record
from reader.store.journal import Journal
from reader.store.leading import lead
from reader.store.matching import compared, match
from reader.store.prepared import Prepared, fingerprint
from reader.store.recognising import Known, are_copies
from reader.store.settling import Settling, settle
from reader.store.signs import beside
from reader.store.splits import Cutting
from reader.store.uniting import unite
from reader.store.writing import (
    Held,
    Place,
    as_found,
    held,
    locate,
    told_in,
    told_of,
    unpacked,
    write,
)

_COPIES = 0.9
"""The part of the larger text that is in the other where two files of one key are copies of one issue."""
_EDIT, _CUT = 0.5, 0.8
"""The same where a copy is one that was edited; or of the smaller text, where it was cut off."""


def put(connection: sqlite3.Connection, journal: Journal, prepared: Prepared, cutting: Cutting) -> Change:
    """Add the issue, or the copy of one; nothing happens when it is the same as before.

    What the reader corrected of how it is split is corrected again, by `cutting`.

    A text that is known again, by its key, its address, its title or its words, as a copy of an issue that is
    here becomes a copy of that: the key stays, and the fullest copy is shown (`settling`), whichever of them
    came in first. Texts that claim one key and do not say nearly the same are issues of their own, and the
    key of the later one has the file's name at its end; what was a copy before it was edited is that only
    where less than half of it is left. What a place said before is kept for a while.
    """
    own = prepared.parsed.issue.key
    found = _recognised(connection, prepared)
    there, prepared = _place(connection, prepared, found)
    issue = prepared.parsed.issue
    if there is None:
        corrected = splits.corrections(connection, issue.key)
        blocks = unpacked(prepared) if corrected else None
        change = write(connection, journal, (None, prepared), blocks, cutting)
        there = held(connection, "key = ?", issue.key)
    else:
        change = _add(connection, journal, (there, prepared, own), cutting)
        there = held(connection, "id = ?", there.id)
    if there is None:
        raise AssertionError("it was written")
    signed.put(connection, there.id, prepared.signs)
    _note_originals(connection, there, prepared)
    if prepared.state != NOTHING_DONE:  # in the same write: the same copy is not looked at a second time
        change |= _bring_state(connection, journal, there.id, prepared.state)
    return change | _unite_all(connection, journal, [there, *found], cutting)


def _unite_all(
    connection: sqlite3.Connection, journal: Journal, found: list[Held], cutting: Cutting
) -> Change:
    """Make one issue of all that a text is a copy of, but for those of which the reader said otherwise."""
    one, change = found[0], Change()
    others = {other.id: other for other in found if other.id != one.id}
    for other in others.values():
        if not _held_apart(connection, one, other):
            change |= unite(connection, journal, (one, other), cutting)
            one = min(one, other, key=lambda held: held.id)  # the other is gone
    return change


def _note_originals(connection: sqlite3.Connection, there: Held, prepared: Prepared) -> None:
    """Note what links were: of what is shown these alone, of a copy beside it these too."""
    shown = there.location == prepared.parsed.issue.location
    (originals.put if shown else originals.add)(connection, there.id, prepared.parsed.originals)


def _add(
    connection: sqlite3.Connection, journal: Journal, what: tuple[Held, Prepared, str], cutting: Cutting
) -> Change:
    """Add a copy to an issue, and show the fullest; nothing where the place held it already."""
    there, prepared, own = what
    issue = prepared.parsed.issue
    row = None
    if prepared.fingerprint != there.fingerprint:
        row = copies.with_fingerprint(connection, there.id, prepared.fingerprint)
        row = row or copies.add(connection, there.id, prepared)
        _let_go(connection, there, prepared)
    if own != issue.key and held(connection, "key = ?", own) is None:
        record(connection, journal, copies.becoming(connection, own, there.key))
    new = locate(connection, there.id, issue, Place(row, own if own != there.key else ""))
    if row is None and (there.location == issue.location or not copies.exists(there.location)):
        sql = "UPDATE issues SET location = ?1, digest = ?2 WHERE id = ?3 AND (location, digest) <> (?1, ?2)"
        connection.execute(sql, (issue.location, issue.digest, there.id))
    if not new and row is None:
        return Change()
    change = settle(connection, journal, there, Settling(cutting, issue.key))
    change |= _lead_waiting(connection, journal, there.id, prepared)
    return change if change or row is None else Change(copies=frozenset({there.key}))


def _lead_waiting(connection: sqlite3.Connection, journal: Journal, issue: int, prepared: Prepared) -> Change:
    """Let what was done with stories of a copy that is not shown be done with those that have their words.

    It waits for them where the library was made anew, or where it was done on another device.
    """
    now = told_of(connection, issue)
    taken = {story.key for story in now} | outside.places(connection, issue).keys()
    waiting = [
        story
        for story in told_in(prepared)
        if story.key not in taken
        and states.state(connection, story.key) != NOTHING_DONE
        and aliases.resolve(connection, story.key) == story.key
    ]
    led = match(waiting, now)
    keys = [story.key for story in now]
    return lead(connection, journal, led, ([*keys, *led], keys)) if led else Change()


def _bring_state(connection: sqlite3.Connection, journal: Journal, issue: int, brought: State) -> Change:
    """Let an issue's stories be read, starred and tagged as the issue was where it comes from."""
    keys = [row[0] for row in connection.execute("SELECT key FROM stories WHERE issue = ?", (issue,))]
    done = {key: states.state(connection, key) for key in keys}
    told = [
        Fact("story", aliases.resolve(connection, key), field, value)
        for key, state in done.items()
        for field, value in states.changes(state, united(state, brought))
    ]
    return record(connection, journal, told)


def _let_go(connection: sqlite3.Connection, there: Held, prepared: Prepared) -> None:
    """Take from an issue the places from which its file was moved, where it was edited on the way."""
    issue = prepared.parsed.issue
    places = copies.places_of(connection, there.id)
    gone = [place for place in places if not copies.exists(place)]
    if issue.location in places or issue.truncated or len(gone) < len(places):
        return
    for place in gone:
        if _is_moved(place, issue.location) and places[place] is None:
            connection.execute("DELETE FROM locations WHERE location = ?", (place,))


def _is_moved(old: str, new: str) -> bool:
    """Tell whether a file may have been moved: it kept its name or its folder."""
    before, now = Path(old), Path(new)
    return "://" not in new and (before.name == now.name or before.parent == now.parent)


def recut(connection: sqlite3.Connection, journal: Journal, keys: Iterable[str], cutting: Cutting) -> Change:
    """Let issues be split as the facts say, from what the splitter made of them; pass over the others."""
    change = Change()
    for key in keys:
        if there := held(connection, "key = ?", key):
            prepared = as_found(connection, there)
            change |= write(connection, journal, (there, prepared), unpacked(prepared), cutting)
    return change


def replace_split(
    connection: sqlite3.Connection, journal: Journal, prepared: Prepared, cutting: Cutting
) -> Change:
    """Split an issue that is here in another way, the corrections of the reader applied to that."""
    if there := held(connection, "key = ?", prepared.parsed.issue.key):
        return write(connection, journal, (there, prepared), unpacked(prepared), cutting)
    return Change()


def _place(
    connection: sqlite3.Connection, prepared: Prepared, found: list[Held]
) -> tuple[Held | None, Prepared]:
    """Return the issue that this one is, or is a copy of, and this one under the key that it gets."""
    issue = prepared.parsed.issue
    here = held(connection, "id = (SELECT issue FROM locations WHERE location = ?)", issue.location)
    same = held(connection, "key = ?", issue.key)
    if here and _stays(connection, here, prepared):
        return here, _under(prepared, here.key, here)
    if same is None and here and not _elsewhere(connection, here, issue.location):
        return here, prepared  # the issue of the place has another number now
    for key in _keys(connection, prepared):
        same = held(connection, "key = ?", key)
        if same and _is_copy_of_key(connection, same, prepared):
            return same, _under(prepared, key, same)
        if found:
            return found[0], _under(prepared, found[0].key, found[0])
        if same is None and not aside.holds(connection, key):
            return None, _under(prepared, key)
    raise AssertionError("no text is laid aside so often")


def _stays(connection: sqlite3.Connection, here: Held, prepared: Prepared) -> bool:
    """Tell whether a place holds the issue still that it held."""
    issue = prepared.parsed.issue
    keyed = here.key == issue.key or here.key.startswith(f"{issue.key}-")
    if not _elsewhere(connection, here, issue.location):
        return keyed
    return (keyed or here.number in ("", issue.number)) and _is_edit(connection, here, prepared)


def _is_copy_of_key(connection: sqlite3.Connection, same: Held, prepared: Prepared) -> bool:
    """Tell whether a text is a copy of the issue that has its key, or takes the place of one that is gone."""
    issue = prepared.parsed.issue
    if _held_apart(connection, same, {issue.location}):
        return False
    if not _elsewhere(connection, same, issue.location):
        return True
    known = _known(connection, same)
    alike = compared(known.text, prepared.text)
    return alike.of_larger >= _COPIES or are_copies(known, Known(issue, prepared.text), one_key=True)


def _is_edit(connection: sqlite3.Connection, here: Held, prepared: Prepared) -> bool:
    alike = compared(texts.text(connection, here.id), prepared.text)
    return alike.of_larger >= _EDIT or alike.of_smaller >= _CUT


def _recognised(connection: sqlite3.Connection, prepared: Prepared) -> list[Held]:
    """Return the issues of which a text is a copy, the one first that came first."""
    known = Known(prepared.parsed.issue, prepared.text)
    looked_for = prepared.signs | beside(known.issue)
    found = [held(connection, "id = ?", number) for number in signed.sharing(connection, looked_for)]
    return sorted(
        (
            one
            for one in found
            if one
            and not _held_apart(connection, one, {known.issue.location})
            and are_copies(_known(connection, one), known)
        ),
        key=lambda one: one.id,
    )


def _known(connection: sqlite3.Connection, one: Held) -> Known:
    found = issues.find(connection, one.key)
    if found is None:
        raise AssertionError("it is held")
    return Known(found.issue, texts.text(connection, one.id))


def _held_apart(connection: sqlite3.Connection, one: Held, other: Held | set[str]) -> bool:
    """Tell whether the reader said that two are not the same, given the other issue or its places."""
    theirs = set(copies.places_of(connection, other.id)) if isinstance(other, Held) else other
    return copies.are_apart(connection, set(copies.places_of(connection, one.id)), theirs)


def _keys(connection: sqlite3.Connection, prepared: Prepared) -> Iterator[str]:
    """Yield the keys that an issue may have, until one is not that of another text.

    One that was found to be a copy has the key of that issue, though the library may have been made anew
    and the other one have come from where it cannot come from again: states are under that key.
    """
    issue = prepared.parsed.issue
    place = Path(issue.location)
    if held(connection, "key = ?", issue.key) is None:
        yield copies.became(connection, issue.key)
    yield issue.key
    yield f"{issue.key}-{copies.slug_of(place.name)}"
    yield f"{issue.key}-{copies.slug_of(f'{place.parent.name} {place.name}')}"
    made = digest_of(prepared.text)[:12]
    yield f"{issue.key}-{made}"
    yield from (f"{issue.key}-{made}-{number}" for number in range(2, 1000))  # where those are laid aside


def _elsewhere(connection: sqlite3.Connection, there: Held, location: str) -> bool:
    """Whether another place that holds the issue still exists."""
    return any(place != location and copies.exists(place) for place in copies.places_of(connection, there.id))


def _under(prepared: Prepared, key: str, there: Held | None = None) -> Prepared:
    """Return the issue with another key, which the keys of its stories begin with; in its newsletter."""
    parsed, issue = prepared.parsed, prepared.parsed.issue
    old = f"{issue.key}#"
    if key == issue.key and (there is None or there.newsletter == issue.newsletter):
        return prepared
    renamed = tuple(
        story._replace(key=f"{key}#{story.key.removeprefix(old)}") if story.key.startswith(old) else story
        for story in parsed.stories
    )
    issue, marks = replace(issue, key=key), prepared.marks
    if there is not None and there.newsletter != issue.newsletter:
        # What its newsletter is known by there says nothing of this one.
        issue, marks = replace(issue, newsletter=there.newsletter), frozenset()
        parsed = replace(parsed, newsletter_name=there.name)
    moved = replace(parsed, issue=issue, stories=renamed)
    return replace(prepared, parsed=moved, fingerprint=fingerprint(moved, prepared.packed), marks=marks)
