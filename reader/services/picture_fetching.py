"""Fetching pictures that the reader allowed: each is told from its bytes, and kept or refused in words."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from reader.model import StoreError
from reader.model.fetched import FetchError, Fetches
from reader.model.picture import ONLY_ASKED, Drawn, Picture
from reader.parsing.picture import is_dot, picture_head, what_it_is
from reader.parsing.svg import harmless_svg
from reader.services.library import Library
from reader.services.picture_cache import (
    MEGABYTE,
    MOST_BYTES,
    MOST_PIXELS,
    keep_within,
    known_pictures,
    note_picture,
    store_picture,
)
from reader.services.picture_trackers import PictureTrackers
from reader.services.progress import Progress

_ACCEPT = "image/webp,image/png,image/jpeg,image/gif,image/svg+xml;q=0.8,image/*;q=0.5"
"""No AVIF, which Qt cannot show: many servers have the picture in another form too."""
_AT_ONCE = 6
_TURNED_AWAY = frozenset({400, 401, 403, 404, 405, 406, 410, 451})
"""Answers that will be the same tomorrow."""
_WAITS = (300, 3_600, 6 * 3_600, 86_400, 3 * 86_400, 7 * 86_400)
"""Seconds until a picture is asked for again by itself, the oftener it failed the longer."""
_SILENT = 3
"""A host that gave no answer so often, one after another, is left alone for the rest of a run."""


class Fetching(NamedTuple):
    """How pictures are fetched."""

    fetches: Fetches
    rasterise: Callable[[bytes], Drawn | None] = lambda _drawing: None
    """Draws a harmless drawing (SVG), at most 2,000 pixels wide or high; None where it cannot."""
    progress: Callable[[Progress], object] = lambda _progress: None
    """Is told of each picture that is done, by its address; on any thread."""
    cancelled: Callable[[], bool] = lambda: False
    limit: int = 1_000 * MEGABYTE
    """Bytes that all pictures may take."""


class Pictured(NamedTuple):
    """What became of pictures that were to be fetched."""

    fetched: int = 0
    failed: int = 0
    reason: str = ""
    """Why most of those that failed did, as a sentence."""
    cancelled: bool = False


class ClosingFetches(Fetches, Protocol):
    """Asks addresses, and keeps connections until it is closed."""

    def close(self) -> None:
        """Close the connections that are kept."""


def picture_fetcher(cancelled: Callable[[], bool]) -> ClosingFetches:
    """Return what asks the web for pictures; whatever is under way ends once `cancelled` says True."""
    from reader.importers.fetching import Fetcher  # what no picture is fetched with need not be loaded

    return Fetcher(cancelled=cancelled)


def fetch_pictures(library: Library, wanted: Mapping[str, str], how: Fetching) -> Pictured:
    """Fetch pictures, given the newsletter of each by its address; wait until all are here, or refused.

    What is here already, and what only counts, is not asked for. Raises StoreError where the disk is full.
    """
    run = _Run(library, how, known_pictures(library, wanted))
    left = [address for address in wanted if run.is_wanted(address, wanted[address])]
    done: list[Picture] = []
    with ThreadPoolExecutor(_AT_ONCE, "pictures") as pool:
        waiting = {pool.submit(run.fetch, address, wanted[address]) for address in left}
        while waiting:
            over, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in over:
                if (picture := future.result()) is not None:
                    done.append(picture)
                    how.progress(Progress(len(done), len(left), picture.address))
    if any(picture.digest for picture in done):
        keep_within(library, how.limit)
    errors = Counter(picture.error for picture in done if picture.error)
    reason = errors.most_common(1)[0][0] if errors else ""
    fetched = sum(bool(picture.digest) for picture in done)
    return Pictured(fetched, errors.total(), reason, cancelled=len(done) < len(left))


class _RefusedError(Exception):
    """What came is no picture that is kept; the message says why."""


class _Run:
    """One run over some pictures; its methods are called from several threads."""

    def __init__(self, library: Library, how: Fetching, known: Mapping[str, Picture]) -> None:
        self._library = library
        self._how = how
        self._known = known
        self._trackers = PictureTrackers()
        self._silent: Counter[str] = Counter()
        """How often each host did not answer at all."""

    def is_wanted(self, address: str, newsletter: str) -> bool:
        """Whether a picture is to be asked for; one that only counts is written down as such."""
        known = self._known.get(address, Picture(address))
        if self._trackers.know(address) and not known.tracker:
            note_picture(self._library, Picture(address, tracker=True), newsletter)
            return False
        return not (known.digest or known.tracker)

    def fetch(self, address: str, newsletter: str) -> Picture | None:
        """Fetch one picture; return what is known of it then, None where it was not asked for any more."""
        if self._how.cancelled():
            return None
        now = known_pictures(self._library, [address]).get(address)
        if now is not None and (now.digest or now.tracker):
            return now  # another run was faster
        try:
            picture = self._taken(address, newsletter)
        except FetchError as error:
            if self._how.cancelled():
                return None
            picture = self._failed(address, error.reason, self._due(address, error))
        except _RefusedError as refused:
            picture = self._failed(address, str(refused), ONLY_ASKED)
        except OSError as error:
            raise StoreError(f"Pictures could not be kept: {error.strerror}.") from error
        if not picture.digest:
            note_picture(self._library, picture, newsletter)
        return picture

    def _taken(self, address: str, newsletter: str) -> Picture:
        host = urlsplit(address).hostname or ""
        if self._silent[host] >= _SILENT:
            raise FetchError(f"The server {host} does not answer.", address)
        try:
            answer = self._how.fetches.get(address, accept=_ACCEPT, most_bytes=MOST_BYTES)
        except FetchError as error:
            self._silent[host] = 0 if error.status else self._silent[host] + 1
            raise
        self._silent[host] = 0
        if self._trackers.know(answer.address):
            return Picture(address, tracker=True)
        return self._kept(address, self._still(answer.body, host), newsletter)

    def _still(self, data: bytes, host: str) -> Drawn:
        """Return a picture that does nothing: a drawing as it looks, all else as it came."""
        head = picture_head(data)
        if head is None:
            raise _RefusedError(f"{host} sent {what_it_is(data)} in its place.")
        if head.kind != "svg":
            return Drawn(data, head.width, head.height)
        drawing = harmless_svg(data)
        drawn = self._how.rasterise(drawing) if drawing else None
        if drawn is None:
            raise _RefusedError("It is a drawing that cannot be shown.")
        return drawn

    def _kept(self, address: str, drawn: Drawn, newsletter: str) -> Picture:
        data, width, height = drawn
        if len(data) > MOST_BYTES:
            raise _RefusedError(f"It is larger than {MOST_BYTES // MEGABYTE} MB.")
        if width * height > MOST_PIXELS:
            raise _RefusedError(f"It is too large: {width:,} by {height:,} pixels.")
        if is_dot(width, height):
            return Picture(address, tracker=True)
        picture = store_picture(self._library, address, data, newsletter, (width, height))
        if picture is None:
            raise _RefusedError("It is damaged.")
        return picture

    def _failed(self, address: str, reason: str, due: int) -> Picture:
        tries = self._known.get(address, Picture(address)).tries + 1
        return Picture(address, error=reason, tries=tries, due=due)

    def _due(self, address: str, error: FetchError) -> int:
        """Return when a picture that could not be had may be asked for again by itself."""
        if error.status in _TURNED_AWAY:
            return ONLY_ASKED
        tries = self._known.get(address, Picture(address)).tries
        return int(time.time() + max(_WAITS[min(tries, len(_WAITS) - 1)], error.retry_after))
