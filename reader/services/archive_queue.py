"""What is still to be asked of a newsletter's archive: kept in the library, to go on with it later."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from reader.model import Change
from reader.services.library import Library
from reader.services.schedule import in_utc, now
from reader.store import older as store
from reader.store.older import Place, Search

__all__ = ["ArchiveQueue", "Place", "Search"]

_TRIES = 3
"""How often an address may fail before it is asked no more, each time in another search."""


@dataclass
class ArchiveQueue:
    """The addresses that are to be asked in one search: issues first, then further pages of the list."""

    library: Library
    address: str
    """That is followed."""
    _pages: deque[Place] = field(default_factory=deque)
    _lists: deque[Place] = field(default_factory=deque)

    def __bool__(self) -> bool:
        return bool(self._pages or self._lists)

    @property
    def pages(self) -> int:
        """How many issues are to be asked for."""
        return len(self._pages)

    def resume(self) -> Search:
        """Take up what an earlier search left; return how far that had come."""
        self._add(self.library.ask(partial(store.waiting, address=self.address)))
        return self.library.ask(partial(store.search, address=self.address))

    def next(self) -> Place | None:
        """Return what is to be asked now; None where nothing is."""
        return next((places.popleft() for places in (self._pages, self._lists) if places), None)

    def begin(self, way: str, start: str) -> Place:
        """Note in which way the archive is listed, and where that begins: there it has been asked."""
        place = Place(start)
        self._pages.clear()
        self._lists.clear()
        self._write(partial(store.begin, address=self.address, way=way))
        self._write(partial(store.note, address=self.address, found=[place], done=[]))
        return place

    def note(self, found: Iterable[Place] = (), done: Iterable[Place] = ()) -> None:
        """Note what is to be asked, once each, and what needs to be asked no more."""
        before = self.library.ask(partial(store.places, address=self.address))
        new = {one.place: one for one in found if one.place not in before}
        self._write(partial(store.note, address=self.address, found=list(new.values()), done=list(done)))
        self._add(new.values())

    def failed(self, place: Place) -> None:
        """Note that an address failed: a later search asks it again, but not for ever."""
        self._write(partial(store.failed, address=self.address, place=place.place, most=_TRIES))

    def end(self) -> None:
        """Note that the whole archive was gone through, where nothing is left that failed."""
        if not self.library.ask(partial(store.waiting, address=self.address)):
            self._write(partial(store.end, address=self.address, now=in_utc(now())))

    def _add(self, places: Iterable[Place]) -> None:
        for place in places:
            (self._pages if place.issue else self._lists).append(place)

    def _write(self, job: Callable[..., Change]) -> None:
        self.library.write(job).result()
