"""Getting the older issues of a newsletter that is followed: all that its site still has."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.model import Change, ImporterError, RawIssue
from reader.model.fetched import Fetched, FetchError, Fetches
from reader.services.importing import Report, import_issues
from reader.services.library import Library
from reader.services.pacing import BUSY, CancelledError, Clock, Paced, WallClock
from reader.services.progress import Problem, Progress
from reader.store import older as store
from reader.store.older import Place

if TYPE_CHECKING:
    from reader.importers.archive import Listed, Way
    from reader.importers.archive.places import Site
    from reader.model.following import Followed

_TOGETHER = 8
"""Issues that are taken in at a time: so few need no processes, which take longer to start than a pause."""
_MANY = 40
"""Issues of one answer that are worth these processes."""
_ENDS = (400, 404, 410)
"""What a server answers where a list has no further page."""
_TRIES = 3
"""How often an address may fail before it is asked no more, each time in another search."""
_IN_A_ROW = 5
"""Failures one after another that show that it is not the addresses that are wrong."""
_MOST = 20_000
"""Addresses that are asked in one go: no newsletter has so many issues, but a site may list without end."""


def older(  # noqa: PLR0913 - what, with what, how much; and what is told and asked on the way
    library: Library,
    address: str,
    *,
    fetches: Fetches,
    limit: int = 0,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    clock: Clock | None = None,
) -> Report:
    """Take in the older issues of the newsletter that is followed at an address. Not for the GUI thread.

    At most `limit` of them, 0 for all. A host is asked one thing a second. What came in stays when it is
    cancelled or fails, and the next call goes on from there; what cannot be had is a problem in the report.
    Once all was gone through, a later call looks only at what is listed before what the library has.
    Raise NotFoundError where nothing is followed at the address.
    """
    from reader.services.following import followed_as

    search = _Search(
        library,
        followed_as(library, address)[0],
        Paced(fetches, clock or WallClock(), cancelled),
        _Told(progress, cancelled),
        limit,
    )
    try:
        search.run()
    except CancelledError:
        search.come_in(whole=False)
        return replace(search.report, cancelled=True)
    return search.report


@dataclass(frozen=True, slots=True)
class _Told:
    """What looks on."""

    progress: Callable[[Progress], None]
    cancelled: Callable[[], bool]


class _EnoughError(Exception):
    """The search ends here for now, and goes on when it is asked for again."""


@dataclass
class _Search:
    """One search under way."""

    library: Library
    followed: Followed
    paced: Paced
    told: _Told
    limit: int
    report: Report = field(default_factory=Report)
    site: Site = field(init=False)
    way: Way = field(init=False)
    complete: bool = False
    """Whether all older issues had been gone through before."""
    held: set[str] = field(default_factory=set)
    """The addresses of the issues that the library has, in their plain form."""
    seen: set[str] = field(default_factory=set)
    """Those that were listed in this search."""
    in_feed: frozenset[str] = frozenset()
    """Those that the feed holds, which is why no way is needed to find them."""
    pages: deque[Place] = field(default_factory=deque)
    lists: deque[Place] = field(default_factory=deque)
    read: list[tuple[Place, RawIssue]] = field(default_factory=list)
    """The pages that were read and are not in the library yet."""
    asked: int = 0
    came: int = 0
    closed: int = 0
    failures: int = 0
    """How many there were one after another."""

    def run(self) -> None:
        """Go on with what is still to be asked, else begin; raise CancelledError when stopped."""
        self._look_around()
        try:
            if self._resumes():
                self._go_on()
            else:
                for _ in self._beginnings():
                    self._go_on()
                    if self.seen - self.in_feed:
                        break
            self.come_in()
            self._end()
        except _EnoughError:
            self.come_in()
        if self.closed:
            count = f"{self.closed} issues are" if self.closed > 1 else "One issue is"
            self._warn(f"{count} not for everybody: the site lists what it shows only to those who pay.")

    def _look_around(self) -> None:
        from reader.importers.archive.places import plain, site_of

        key = self.followed.newsletter
        issues = self.library.ask(partial(store.addresses, newsletter=key))
        copies = self.library.ask(partial(store.copies, newsletter=key))
        self.site = site_of(self.followed.address, self.followed.site, tuple(filter(None, issues)))
        self.held = {plain(address) for address in (*issues, *copies) if address}

    def _resumes(self) -> bool:
        """Take up the search that was not ended; say whether there is one."""
        from reader.importers.archive import ways

        found = self.library.ask(partial(store.search, address=self.followed.address))
        waiting = self.library.ask(partial(store.waiting, address=self.followed.address))
        way = next((way for way in ways() if way.name == found.way), None)
        self.complete = bool(found.complete)
        if not waiting or way is None:
            return False
        self.way = way
        self._queue(waiting)
        return True

    def _beginnings(self) -> Iterator[None]:
        """Begin in each way in which the site may list more than the feed holds, one after another."""
        from reader.importers.archive import ways

        feed = self._probe(self.followed.address)
        self.in_feed = self._addresses_in(feed) if feed else frozenset()
        for way in ways():
            for start in way.starts(self.site, feed):
                if listed := self._listed_at(way, start):
                    self._begin(way, Place(start), listed)
                    yield
                    break

    def _listed_at(self, way: Way, start: str) -> Listed | None:
        """Return what is listed where a way may begin; None where that is not more than the feed holds."""
        fetched = self._probe(start) if self.site.owns(start) else None
        if fetched is None:
            return None
        try:
            listed = way.listed(self.site, fetched)
        except ImporterError:
            return None
        addresses = _addresses(listed)
        return listed if addresses - self.in_feed or (listed.more and not addresses) else None

    def _begin(self, way: Way, start: Place, listed: Listed) -> None:
        self.way = way
        address = self.followed.address
        self._write(partial(store.begin, address=address, way=way.name))
        self._write(partial(store.note, address=address, found=[start], done=[]))
        self._take(start, listed)

    def _probe(self, address: str) -> Fetched | None:
        """Return what an address answers that may not exist; None where it does not or is another site's."""
        try:
            fetched = self._asked(address)
        except FetchError as error:
            if error.status in BUSY:
                self._leave(error, address)
            return None
        return fetched if address == self.followed.address or self.site.owns(fetched.address) else None

    def _addresses_in(self, feed: Fetched) -> frozenset[str]:
        from reader.importers.archive.pages import listed_in_feed

        try:
            return _addresses(listed_in_feed(feed, ()))
        except ImporterError:
            return frozenset()

    def _go_on(self) -> None:
        while self.pages or self.lists:
            if self.limit and self.came + len(self.read) >= self.limit:
                raise _EnoughError
            if self.pages:
                self._read(self.pages.popleft())
            else:
                self._list(self.lists.popleft())

    def _list(self, place: Place) -> None:
        self.come_in()
        fetched = self._answer(place)
        if fetched is None:
            return
        try:
            listed = self.way.listed(self.site, fetched)
        except ImporterError as error:
            self._give_up(place, str(error))
        else:
            self._take(place, listed)

    def _read(self, place: Place) -> None:
        fetched = self._answer(place)
        if fetched is None:
            return
        try:
            raw = self.way.read(fetched)
        except ImporterError as error:
            self._give_up(place, str(error))
            return
        self.read.append((place, raw._replace(location=place.issue)))
        self._tell(raw.name)
        if len(self.read) >= _TOGETHER:
            self.come_in()

    def come_in(self, *, whole: bool = True) -> None:
        """Take in the pages that were read; those of an import that was stopped are asked for again."""
        read, self.read = self.read, []
        if read and self._import([raw for _, raw in read], stops=whole):
            self._note(done=[place for place, _ in read])

    def _take(self, place: Place, listed: Listed) -> None:
        """Take in the issues of a page of the list, and note what else is to be asked."""
        from reader.importers.archive.places import plain

        addresses = _addresses(listed)
        new = [raw for raw in listed.issues if plain(_address(raw)) not in self.held]
        pages = [Place(page.place, page.issue) for page in listed.pages if plain(page.issue) not in self.held]
        repeats = bool(addresses) and addresses <= self.seen
        known = self.complete and self.way.newest_first and not new and not pages and bool(addresses)
        more = [] if repeats or known else [Place(address) for address in listed.more]
        self.seen |= addresses
        self.closed += listed.closed
        left = self.limit - self.came if self.limit else len(new)
        if not self._import(new[:left], stops=True):
            raise CancelledError
        self._note([*pages, *more], [place] if left >= len(new) else [])
        if left < len(new):
            raise _EnoughError

    def _import(self, raws: Sequence[RawIssue], *, stops: bool) -> bool:
        """Take issues in; say whether all of them were looked at."""
        at_once = _TOGETHER if len(raws) <= _MANY else len(raws)
        return all(
            self._import_some(raws[start : start + at_once], stops=stops)
            for start in range(0, len(raws), at_once)
        )

    def _import_some(self, raws: Sequence[RawIssue], *, stops: bool) -> bool:
        from reader.importers.archive.places import plain

        one = self.followed
        report = import_issues(
            self.library,
            [raw._replace(newsletter=one.name, newsletter_key=one.newsletter) for raw in raws],
            cancelled=self.told.cancelled if stops else lambda: False,
        )
        self.report = _sum(self.report, report)
        if not report.cancelled:
            self.came += len(raws)
            self.held |= {plain(_address(raw)) for raw in raws}
        self._tell(raws[-1].name)
        return not report.cancelled

    def _note(self, found: Iterable[Place] = (), done: Iterable[Place] = ()) -> None:
        """Write down what is to be asked and what was, and queue what is new and the site's own."""
        address = self.followed.address
        before = self.library.ask(partial(store.places, address=address))
        new = {one.place: one for one in found if one.place not in before and self.site.owns(one.place)}
        self._write(partial(store.note, address=address, found=list(new.values()), done=list(done)))
        self._queue(new.values())

    def _queue(self, places: Iterable[Place]) -> None:
        for place in places:
            (self.pages if place.issue else self.lists).append(place)

    def _answer(self, place: Place) -> Fetched | None:
        """Return what a place answers; None where it cannot be had, which is then noted."""
        try:
            fetched = self._asked(place.place)
        except FetchError as error:
            self._failed(place, error)
            return None
        self.failures = 0
        if self.site.owns(fetched.address):
            return fetched
        self._give_up(place, f"It leads to another site: {urlsplit(fetched.address).hostname}.")
        return None

    def _asked(self, address: str) -> Fetched:
        self.asked += 1
        if self.asked > _MOST:
            self._warn("The site lists issues without end: so many are enough for now.")
            raise _EnoughError
        return self.paced.get(address)

    def _failed(self, place: Place, error: FetchError) -> None:
        if error.status in BUSY:
            self._leave(error, place.place)
        if not place.issue and error.status in _ENDS:
            self._note(done=[place])
        elif place.issue and 400 <= error.status < 500:
            self._give_up(place, str(error))
        else:
            self._blame(place.place, str(error))
            self._write(partial(store.failed, address=self.followed.address, place=place.place, most=_TRIES))
            self.failures += 1
            if self.failures >= _IN_A_ROW:
                self._blame(place.place, "The site fails again and again. What is left comes another time.")
                raise _EnoughError

    def _leave(self, error: FetchError, place: str) -> None:
        """Leave a site alone that wants it."""
        after = f" for {_duration(error.retry_after)}" if error.retry_after else ""
        self._blame(place, f"The site asks to be left alone{after}. What is left comes another time.")
        raise _EnoughError

    def _give_up(self, place: Place, reason: str) -> None:
        self._blame(place.place, reason)
        self._note(done=[place])

    def _end(self) -> None:
        """Note that all was gone through, where nothing is left that failed."""
        address = self.followed.address
        if not self.library.ask(partial(store.waiting, address=address)):
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self._write(partial(store.end, address=address, now=now))

    def _tell(self, name: str) -> None:
        done = self.came + len(self.read)
        self.told.progress(Progress(done, done + len(self.pages), name))

    def _blame(self, place: str, reason: str) -> None:
        self.report = replace(self.report, problems=(*self.report.problems, Problem(place, reason)))

    def _warn(self, reason: str) -> None:
        warning = Problem(self.followed.address, reason)
        self.report = replace(self.report, warnings=(*self.report.warnings, warning))

    def _write(self, job: Callable[..., Change]) -> None:
        self.library.write(job).result()


def _address(raw: RawIssue) -> str:
    """Return the web address of an issue, by which it is known."""
    return dict(raw.meta).get("link", "") or raw.location


def _addresses(listed: Listed) -> frozenset[str]:
    from reader.importers.archive.places import plain

    issues = (plain(_address(raw)) for raw in listed.issues)
    return frozenset((*issues, *(plain(page.issue) for page in listed.pages)))


def _sum(one: Report, other: Report) -> Report:
    return Report(
        one.added + other.added,
        one.updated + other.updated,
        one.unchanged + other.unchanged,
        one.problems + other.problems,
        one.warnings + other.warnings,
        one.cancelled or other.cancelled,
        one.issues + other.issues,
    )


def _duration(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return "a minute" if minutes == 1 else f"{minutes} minutes"
    hours = round(minutes / 60)
    return f"{hours} hours"
