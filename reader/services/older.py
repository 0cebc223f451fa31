"""Getting the older issues of a newsletter that is followed: all that its site still has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.importers.archive import Listed, Way, ways
from reader.importers.archive.pages import listed_in_feed
from reader.importers.archive.places import Site, site_of
from reader.model import ImporterError, RawIssue
from reader.model.addresses import canonical_address
from reader.model.fetched import Fetched, FetchError, Fetches
from reader.services.archive_intake import TOGETHER, ArchiveIntake, address_of
from reader.services.archive_queue import ArchiveQueue, Place
from reader.services.following import followed_as
from reader.services.importing import Report
from reader.services.library import Library
from reader.services.pacing import BUSY, CancelledError, Clock, Paced, WallClock
from reader.services.progress import Progress

if TYPE_CHECKING:
    from reader.model.following import Followed

_ENDS = (400, 404, 410)
"""What a server answers where a list has no further page."""
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
    followed = followed_as(library, address)[0]
    intake = ArchiveIntake(library, followed, progress, cancelled)
    search = _Search(
        followed,
        ArchiveQueue(library, followed.address),
        intake,
        Paced(fetches, clock or WallClock(), cancelled),
        limit,
    )
    try:
        search.run()
    except CancelledError:
        search.come_in()
        return intake.report + Report(cancelled=True)
    return intake.report


class _EnoughError(Exception):
    """The search ends here for now, and goes on when it is asked for again."""


@dataclass
class _Search:
    """One search under way."""

    followed: Followed
    queue: ArchiveQueue
    intake: ArchiveIntake
    paced: Paced
    limit: int
    site: Site = field(init=False)
    way: Way = field(init=False)
    complete: bool = field(init=False)
    """Whether the whole archive had been gone through before."""
    in_feed: frozenset[str] = frozenset()
    """The issues that the feed holds, for which no way is needed, by their canonical addresses."""
    seen: set[str] = field(default_factory=set)
    """Those that were listed in this search."""
    read: list[tuple[Place, RawIssue]] = field(default_factory=list)
    """The pages that were read and are not in the library yet."""
    asked: int = 0
    unheard: FetchError | None = None
    """Why the feed did not answer: to be told where nothing else did."""
    closed: int = 0
    """Issues that are listed and not for everybody."""
    failures: int = 0
    """How many there were one after another."""

    def run(self) -> None:
        """Go on with what is still to be asked, else begin; raise CancelledError when stopped."""
        self.site = site_of(self.followed.address, self.followed.site, self.intake.issues)
        try:
            for _ in self._beginnings():
                self._go_on()
                if self.seen - self.in_feed:
                    break
            self.come_in()
            self.queue.end()
        except _EnoughError:
            self.come_in()
        if self.closed:
            count = f"{self.closed} issues are" if self.closed > 1 else "One issue is"
            self.intake.warn(f"{count} not for everybody: the site shows the text only to those who pay.")

    # Where it begins

    def _beginnings(self) -> Iterator[None]:
        """Take up the search that was not ended, else begin in each way that may list more than the feed."""
        earlier = self.queue.resume()
        self.complete = bool(earlier.complete)
        known = {way.name: way for way in ways()}
        if self.queue and earlier.way in known:
            self.way = known[earlier.way]
            yield
            return
        feed = self._probe(self.followed.address)
        self.in_feed = _in_feed(feed)
        begun = False
        for way in known.values():
            if self._begin(way, feed):
                begun = True
                yield
        if self.unheard and not begun:
            self.intake.blame(self.followed.address, str(self.unheard))

    def _begin(self, way: Way, feed: Fetched | None) -> bool:
        """Begin in one way; say whether it lists anything here that the feed does not hold."""
        for start in way.starts(self.site, feed):
            listed = self._listed_at(way, start)
            addresses = _addresses(listed)
            if addresses - self.in_feed or (listed.more and not addresses):
                self.way = way
                self._take(self.queue.begin(way.name, start), listed)
                return True
        return False

    def _listed_at(self, way: Way, start: str) -> Listed:
        """Return what is listed where a way may begin; nothing where that is no list."""
        fetched = self._probe(start) if self.site.owns(start) else None
        try:
            return way.listed(self.site, fetched) if fetched else Listed()
        except ImporterError:
            return Listed()

    def _probe(self, address: str) -> Fetched | None:
        """Return what an address answers that may not exist; None where it does not or is another site's."""
        try:
            fetched = self._asked(address)
        except FetchError as error:
            if error.status in BUSY:
                self._leave(error, address)
            if address == self.followed.address:
                self.unheard = error
            return None
        return fetched if address == self.followed.address or self.site.owns(fetched.address) else None

    # How it goes on

    def _go_on(self) -> None:
        while place := self._next():
            if place.issue:
                self._read(place)
            else:
                self._list(place)

    def _next(self) -> Place | None:
        if self.limit and self.intake.came + len(self.read) >= self.limit and self.queue:
            raise _EnoughError
        return self.queue.next()

    def _list(self, place: Place) -> None:
        """Ask for a page of the list, and take what it lists."""
        self.come_in()
        if fetched := self._answer(place):
            try:
                listed = self.way.listed(self.site, fetched)
            except ImporterError as error:
                self._give_up(place, str(error))
            else:
                self._take(place, listed)

    def _take(self, place: Place, listed: Listed) -> None:
        """Take in the issues of a page of the list, and note what else is to be asked."""
        new = [raw for raw in listed.issues if not self.intake.holds(address_of(raw))]
        pages = [
            Place(page.place, page.issue)
            for page in listed.pages
            if self.site.owns(page.place) and not self.intake.holds(page.issue)
        ]
        found = [*pages, *self._more(listed, is_known=not (new or pages))]
        left = self.limit - self.intake.came if self.limit else len(new)
        if not self.intake.take(new[:left]):
            raise CancelledError
        self.queue.note(found, [place] if left >= len(new) else [])
        self._tell(place.place)
        if left < len(new):
            raise _EnoughError

    def _more(self, listed: Listed, *, is_known: bool) -> list[Place]:
        """Return where the list goes on; nowhere when it repeats itself, or all that follows is known."""
        addresses = _addresses(listed)
        repeats = bool(addresses) and addresses <= self.seen
        known = is_known and bool(addresses) and self.complete and self.way.newest_first
        self.seen |= addresses
        self.closed += listed.closed
        return [Place(one) for one in listed.more if self.site.owns(one) and not (repeats or known)]

    def _read(self, place: Place) -> None:
        """Ask for an issue."""
        if fetched := self._answer(place):
            try:
                raw = self.way.read(fetched)
            except ImporterError as error:
                self._give_up(place, str(error))
                return
            self.read.append((place, raw._replace(location=place.issue)))
            self._tell(raw.name)
            if len(self.read) >= TOGETHER:
                self.come_in()

    def come_in(self) -> None:
        """Take in the pages that were read."""
        read, self.read = self.read, []
        if read:
            self.intake.take([raw for _, raw in read])
            self.queue.note(done=[place for place, _ in read])

    def _tell(self, name: str) -> None:
        self.intake.tell(len(self.read), self.queue.pages, name)

    # What an address answers

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
            self.intake.warn("The site lists issues without end: so many are enough for now.")
            raise _EnoughError
        return self.paced.get(address)

    def _failed(self, place: Place, error: FetchError) -> None:
        if error.status in BUSY:
            self._leave(error, place.place)
        if not place.issue and error.status in _ENDS:
            self.queue.note(done=[place])
        elif place.issue and 400 <= error.status < 500:
            self._give_up(place, str(error))
        else:
            self.intake.blame(place.place, str(error))
            self.queue.failed(place)
            self.failures += 1
            if self.failures >= _IN_A_ROW:
                self.intake.warn("The site fails again and again. What is left comes another time.")
                raise _EnoughError

    def _leave(self, error: FetchError, place: str) -> None:
        """Leave a site alone that wants it."""
        after = f" for {_duration(error.retry_after)}" if error.retry_after else ""
        self.intake.blame(place, f"The site asks to be left alone{after}. What is left comes another time.")
        raise _EnoughError

    def _give_up(self, place: Place, reason: str) -> None:
        self.intake.blame(place.place, reason)
        self.queue.note(done=[place])


def _in_feed(feed: Fetched | None) -> frozenset[str]:
    try:
        return _addresses(listed_in_feed(feed, ())) if feed else frozenset()
    except ImporterError:
        return frozenset()


def _addresses(listed: Listed) -> frozenset[str]:
    """Return the canonical addresses of the issues of a page of the list."""
    issues = (canonical_address(address_of(raw)) for raw in listed.issues)
    return frozenset((*issues, *(canonical_address(page.issue) for page in listed.pages)))


def _duration(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"{round(minutes / 60)} hours"
