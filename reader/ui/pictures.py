"""Pictures from the web: what the page shows of them, and fetching those that the reader allowed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from reader.model import Change
from reader.services.library import Library
from reader.services.progress import Progress
from reader.ui.background import Background, spaced
from reader.ui.preferences import Preferences
from reader.ui.words import counted

if TYPE_CHECKING:
    # What fetches is not needed before something is fetched, and the window opens sooner without it.
    from reader.model.picture import Policy
    from reader.services.picture_fetching import ClosingFetches, Fetching, Pictured
    from reader.services.picture_trackers import PictureTrackers
    from reader.ui.story.look import Look

ALWAYS, NEVER = "always", "never"
"""Two of the policies, as they are said before anything about pictures is loaded."""
_AT_ONCE = 8
"""What the reader asks for does not wait for what was asked before, nor for what comes by itself."""
_GATHER_MS = 60
"""How long pictures that arrive gather: the page is set anew for them together."""
_AGAIN_MS = 600_000
"""How often is looked whether pictures that failed are due again."""
_BEGIN_MS = 5_000
_MANY = 8
"""Fewer are not worth a bar of progress."""


class Pictures(QObject):
    """Shows what is here, says what is not, and fetches it: nothing without the reader's word.

    The word is a click, or that all pictures of a newsletter are to be loaded.
    """

    arrived = Signal(frozenset)
    """More is known of the pictures of these addresses; of all, where none is named."""
    progressed = Signal(Progress)
    """How far the fetching of many is."""
    finished = Signal(str)
    """Many were fetched; what came of it, or why they could not be had, in a sentence."""
    policy_changed = Signal()

    def __init__(
        self,
        library: Library,
        background: Background,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._preferences = preferences
        self.fetches: Callable[[], ClosingFetches] | None = None
        """Makes what asks the web; None for the program's own."""
        self.allowed = True
        """Whether anything may be fetched at all: not for a picture of the window."""
        self._asks: ClosingFetches | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._trackers: PictureTrackers | None = None
        self._policies: Mapping[str, Policy] | None = None
        self._loading: set[str] = set()
        self._news: set[str] = set()
        self._closing = threading.Event()
        self._stop: threading.Event | None = None
        """Stops the fetching of many; None where none is under way."""
        self._next: set[str] | None = None
        """Issues whose pictures are to be fetched after that; None where nothing is."""
        self._gathering = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gathering.timeout.connect(self._tell)
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self.fetch_due)

    def begin(self) -> None:
        """Go on with what the program was closed over, once it has started."""
        QTimer.singleShot(_BEGIN_MS, self, self.fetch_due)

    # What the page asks

    def look(self, address: str, newsletter: str) -> Look:
        """Return what is known of a picture of a newsletter."""
        from reader.model.picture import KEPT, Picture
        from reader.services.picture_cache import known_pictures, path_of
        from reader.ui.story.look import Look

        if address in self._loading:
            return Look(told="loading…")
        picture = known_pictures(self._library, [address]).get(address, Picture(address))
        if picture.digest:
            return Look(path_of(self._library, picture), (picture.width, picture.height))
        if picture.tracker or self._counts(address):
            return Look(unseen=True)
        if address.startswith(KEPT) or self.policy(newsletter) == NEVER:
            return Look()
        if picture.error:
            return Look(told="click to try again", reason=picture.error, loads=True)
        return Look(told="click to load", loads=True)

    def draw(self, work: Callable[[], QImage], done: Callable[[QImage], object]) -> object:
        """Run work on another thread, then done with what it made on this one."""
        return self._background.run(work, done)

    # Whether they may be fetched

    def policy(self, newsletter: str) -> Policy:
        """Return when the pictures of a newsletter are fetched."""
        from reader.model.picture import Policy

        if self._policies is None:
            from reader.services.picture_cache import policies

            self._policies = policies(self._library)
        return self._policies.get(newsletter, Policy.ASK)

    def _always(self) -> bool:
        """Whether there is a newsletter whose pictures are always fetched."""
        self.policy("")
        return ALWAYS in (self._policies or {}).values()

    def on_changed(self, change: Change) -> None:
        """Follow what a write has touched: the reader may think otherwise of a newsletter's pictures."""
        if not change.newsletters or self._policies is None:
            return  # nobody has asked yet, so nothing that was told is different now
        before, self._policies = self._policies, None
        changed = [key for key in change.newsletters if before.get(key, "ask") != self.policy(key)]
        if changed:
            self.policy_changed.emit()
        if self._stop is not None and any(self.policy(key) != ALWAYS for key in changed):
            # What may still be fetched is on the list, and is gone on with.
            self._stop.set()
            self._next = self._next or set()
        if always := [key for key in changed if self.policy(key) == ALWAYS]:
            rows = (row for key in always for row in self._library.issues(newsletter=key))
            self.fetch_issues([row.key for row in rows])

    # Fetching

    def load(self, addresses: Collection[str], newsletter: str) -> int:
        """Fetch pictures that the reader asked for; return how many that are."""
        wanted = [address for address in _of_web(addresses) if self.look(address, newsletter).loads]
        return self._load(wanted, newsletter)

    def show(self, addresses: Sequence[str], newsletter: str) -> None:
        """Take note of what is shown, and fetch what may always be fetched and is not here."""
        addresses = _of_web(addresses)
        if not addresses or not self.allowed:
            return
        from reader.services.picture_cache import known_pictures, mark_shown, missing_pictures

        mark_shown(self._library, known_pictures(self._library, addresses).values())
        if self.policy(newsletter) == ALWAYS:
            missing = missing_pictures(self._library, addresses)
            self._load([address for address in missing if not self._counts(address)], newsletter)

    def fetch_due(self) -> None:
        """Fetch what may always be fetched, failed before, and is due again."""
        self.fetch_issues(())

    def fetch_issues(self, issues: Collection[str]) -> None:
        """Fetch the pictures of issues, given their keys, as far as those of their newsletters always are."""
        if not self.allowed:
            return
        if self._stop is not None:
            self._next = {*(self._next or ()), *issues}
            return
        if not self._always():
            return
        keys = [key for key in issues if self.policy(key.partition("/")[0]) == ALWAYS]
        self._again.start()
        self._stop = stop = threading.Event()
        future = self._submit(partial(self._fetch_many, keys, stop))
        self._background.watch(future, self._on_many, self._on_many_failed)

    def cancel(self) -> None:
        """Stop the fetching of many; what is here stays."""
        self._next = None
        if self._stop is not None:
            self._stop.set()

    def remove_all(self, done: Callable[[], object]) -> None:
        """Take all pictures away that can be had again, then call `done` and say so."""
        from reader.services.picture_cache import remove_pictures

        def said(count: int) -> None:
            self.arrived.emit(frozenset())
            self.finished.emit(f"{counted(count, 'picture')} removed")
            done()

        self.cancel()
        self._background.run(lambda: remove_pictures(self._library), said)

    def close(self) -> None:
        """Stop everything, and begin nothing more."""
        self.allowed = False
        self._again.stop()
        self._gathering.stop()
        self._closing.set()
        self.cancel()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        if self._asks is not None:
            self._asks.close()

    # How

    def _load(self, wanted: Collection[str], newsletter: str) -> int:
        wanted = [address for address in wanted if address not in self._loading]
        if wanted and self.allowed:
            self._loading.update(wanted)
            self._hear(wanted)
            future = self._submit(partial(self._fetch, dict.fromkeys(wanted, newsletter)))
            self._background.watch(
                future, lambda _: self._done_with(wanted), lambda error: self._on_failed(wanted, error)
            )
        return len(wanted)

    def _submit(self, work: Callable[[], Pictured]) -> Future[Pictured]:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_AT_ONCE, "picture-runs")
        return self._pool.submit(work)

    def _fetch(self, wanted: Mapping[str, str]) -> Pictured:
        """Fetch what the reader asked for; this and the next run on other threads."""
        from reader.services.picture_fetching import fetch_pictures

        how = self._how(self._closing.is_set, self._told_of)
        return fetch_pictures(self._library, wanted, how)

    def _fetch_many(self, issues: Collection[str], stop: threading.Event) -> Pictured:
        from reader.services.picture_cache import due_pictures, sweep, want_pictures
        from reader.services.picture_fetching import fetch_pictures

        sweep(self._library)
        want_pictures(self._library, issues, stop.is_set)
        tell = spaced(self._background, self._on_progress)

        def told(progress: Progress) -> None:
            self._told_of(progress)
            tell(progress)

        how = self._how(lambda: stop.is_set() or self._closing.is_set(), told)
        due = due_pictures(self._library).items()
        wanted = {address: newsletter for address, newsletter in due if address not in self._loading}
        return fetch_pictures(self._library, wanted, how)

    def _how(self, cancelled: Callable[[], bool], progress: Callable[[Progress], None]) -> Fetching:
        from reader.services.picture_cache import MEGABYTE
        from reader.services.picture_fetching import Fetching, picture_fetcher
        from reader.ui.drawings import rasterise

        if self._asks is None:
            make = self.fetches or partial(picture_fetcher, self._closing.is_set)
            self._asks = make()
        limit = self._preferences.settings.picture_limit * MEGABYTE
        return Fetching(self._asks, rasterise, progress, cancelled, limit)

    def _counts(self, address: str) -> bool:
        if self._trackers is None:
            from reader.services.picture_trackers import PictureTrackers

            self._trackers = PictureTrackers()
        return self._trackers.know(address)

    def _told_of(self, progress: Progress) -> None:
        """Hear on another thread that a picture is done."""
        self._background.tell(lambda: self._done_with([progress.name]))

    def _done_with(self, addresses: Collection[str]) -> None:
        self._loading.difference_update(addresses)
        self._hear(addresses)

    def _hear(self, addresses: Collection[str]) -> None:
        self._news.update(addresses)
        if not self._gathering.isActive() and not self._closing.is_set():
            self._gathering.start()

    def _tell(self) -> None:
        news, self._news = frozenset(self._news), set()
        self.arrived.emit(news)

    def _on_failed(self, wanted: Collection[str], error: BaseException) -> None:
        self._done_with(wanted)
        if not self._closing.is_set():
            self._background.failed.emit(error)

    def _on_progress(self, progress: Progress) -> None:
        if self._stop is not None and progress.total >= _MANY:
            self.progressed.emit(progress)

    def _on_many(self, done: Pictured) -> None:
        self._stop = None
        self.finished.emit(_said(done))
        if self._next is not None:
            issues, self._next = self._next, None
            self.fetch_issues(issues)

    def _on_many_failed(self, error: BaseException) -> None:
        self._stop = self._next = None
        if not self._closing.is_set():
            self.finished.emit("")
            self._background.failed.emit(error)


def _of_web(addresses: Collection[str]) -> list[str]:
    from reader.model.addresses import is_web  # a start does without it

    return list(filter(is_web, addresses))


def _said(done: Pictured) -> str:
    """Return in a sentence what came of the fetching of many; nothing where there was nothing to do."""
    if done.failed and not done.fetched:
        return f"No picture could be loaded. {done.reason}"
    loaded = f"{counted(done.fetched, 'picture')} loaded" if done.fetched else ""
    return f"{loaded}, {done.failed:,} not. {done.reason}" if done.failed else loaded
