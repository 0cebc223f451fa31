"""Newsletters as the reader keeps them: how they look, in which order they stand, and that they are gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from reader.model import Change, NewsletterRow, NotFoundError
from reader.services.following import followed
from reader.services.library import Library
from reader.services.progress import Progress
from reader.store import aside, newsletters
from reader.store.database import Urgency
from reader.store.facts import Fact, values_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reader.store.database import Connection

COLOURS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "grey")
"""What a newsletter may be marked with."""
_TOGETHER = 16
"""Issues that are laid aside in one write: a star never waits long behind them."""


RefreshPolicy = Literal["often", "daily", "never"]
"""How often what is new of a newsletter is looked for by itself; "often" is as the settings say."""
_DAY = 86_400.0


class Looks(NamedTuple):
    """How a newsletter is shown; "" for what the reader did not choose."""

    icon: str = ""
    """A character, maybe of several code points, as flags and families are."""
    colour: str = ""
    """One of COLOURS."""


class Removed(NamedTuple):
    """A newsletter that the reader removed."""

    newsletter: str
    """Its key."""
    name: str
    issues: int
    """How many come back with it."""


class Place(NamedTuple):
    """Where a newsletter stands among the others."""

    newsletter: str
    """Its key."""
    group: str = ""


def newsletter_row(library: Library, key: str) -> NewsletterRow:
    """Return one newsletter; raise NotFoundError where it has no issue."""
    for row in library.newsletters():
        if row.key == key:
            return row
    raise NotFoundError(f"There is no newsletter “{key}”.")


def size_of(library: Library, key: str) -> int:
    """Return how many bytes the texts of a newsletter take in the library."""
    return library.ask(partial(newsletters.size, key=key))


def stories_of(library: Library, key: str) -> tuple[int, int]:
    """Return how many stories there are of a newsletter, and how many of them are unread."""
    return library.ask(partial(newsletters.stories, key=key))


def set_looks(library: Library, key: str, looks: Looks) -> Future[Change]:
    """Show a newsletter with this icon and this colour."""
    return _say(library, key, {"icon": looks.icon.strip(), "colour": looks.colour})


def places(library: Library) -> list[Place]:
    """Return all newsletters in the order in which they stand."""
    return [Place(row.key, row.group) for row in library.newsletters()]


def arrange(library: Library, wanted: Sequence[Place]) -> Future[Change]:
    """Let the newsletters stand in this order and in these groups; those not named come after them."""

    def told(_connection: Connection) -> list[Fact]:
        facts = []
        for number, place in enumerate(wanted, 1):
            facts.append(Fact("newsletter", place.newsletter, "place", number))
            facts.append(Fact("newsletter", place.newsletter, "group", " ".join(place.group.split())))
        return facts

    return library.record(told)


def remove(
    library: Library,
    key: str,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
) -> int:
    """Take a newsletter and its issues out of the library; return how many issues. Not for the GUI thread.

    What was done with their stories is kept, and so are the issues themselves, aside: `bring_back` has all
    of it as it was. Issues that are aside do not come in again by themselves.
    """
    library.record(
        lambda connection: [aside.name_fact(connection, key), aside.fact(key, removed=True)]
    ).result()
    return _lay_aside(library, key, progress)


def bring_back(
    library: Library,
    key: str,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
) -> int:
    """Put a removed newsletter back, issue by issue; return how many. Not for the GUI thread."""
    library.record(lambda _connection: [aside.fact(key, removed=False)]).result()
    return _take_back(library, key, progress)


def refresh_policy(library: Library, key: str) -> RefreshPolicy:
    """Return how often a newsletter is looked for by itself."""
    return _policies(library).get(key, "often")


def set_refresh_policy(library: Library, key: str, policy: RefreshPolicy) -> Future[Change]:
    """Look for what is new of a newsletter that often, and at any time when the reader asks."""
    return _say(library, key, {"refresh": None if policy == "often" else policy})


def due_by_themselves(library: Library, minutes: int, now: float) -> list[str]:
    """Return the addresses to be asked now, in seconds since 1970, where all are asked every so many minutes.

    One whose server wants to be asked later, or which is gone, is not among them.
    """
    policies = _policies(library)
    due = []
    for one in followed(library):
        policy = policies.get(one.newsletter, "often")
        pause = _DAY if policy == "daily" else minutes * 60
        asked = datetime.fromisoformat(one.checked).timestamp() if one.checked else 0.0
        if policy != "never" and not one.stopped and one.due <= now and asked + pause <= now:
            due.append(one.address)
    return due


def _policies(library: Library) -> dict[str, RefreshPolicy]:
    said = library.ask(partial(values_of, kind="newsletter", field="refresh"))
    return {key: value for key, value in said.items() if value in ("daily", "never")}


def removed(library: Library) -> list[Removed]:
    """Return the newsletters that the reader removed, by their names."""
    return [Removed(*told) for told in library.ask(aside.newsletters_aside)]


def settle_removed(library: Library) -> None:
    """Bring the library to what the facts say: another device, or a crash, may have left it half way."""
    gone = library.ask(aside.removed)
    for one in removed(library):
        if one.newsletter not in gone:
            _take_back(library, one.newsletter, lambda _: None)
    for row in library.newsletters():
        if row.key in gone:
            _lay_aside(library, row.key, lambda _: None)


def _say(library: Library, key: str, values: dict[str, Any]) -> Future[Change]:
    return library.record(
        lambda _connection: [Fact("newsletter", key, field, value) for field, value in values.items()]
    )


def _lay_aside(library: Library, key: str, progress: Callable[[Progress], None]) -> int:
    total = sum(row.issues for row in library.newsletters() if row.key == key)
    done = 0
    lay = partial(aside.lay, newsletter=key, most=_TOGETHER)
    while gone := library.write(lay, Urgency.IMPORT).result():
        done += len(gone.issues)
        progress(Progress(done, total, ""))
    return done


def _take_back(library: Library, key: str, progress: Callable[[Progress], None]) -> int:
    keys = library.ask(partial(aside.keys, newsletter=key))
    for done, issue in enumerate(keys, 1):
        library.write(partial(aside.put_back, key=issue), Urgency.IMPORT).result()
        progress(Progress(done, len(keys), ""))
    return len(keys)
