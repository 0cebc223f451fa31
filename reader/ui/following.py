"""Following newsletters: looking at an address, following it, and what is new, by itself and when asked."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QUndoCommand, QUndoStack

from reader.services.library import Library
from reader.services.progress import Progress
from reader.ui.background import Background, Newest, spaced
from reader.ui.words import counted

if TYPE_CHECKING:
    # What asks the network is loaded when it is asked, and the window opens sooner without it.
    from reader.model.following import Followed, Preview
    from reader.model.subscription import Subscription
    from reader.services.importing import Report
    from reader.services.refreshing import Refreshed

_MINUTE_MS = 60_000
_NEW = "Looking for new issues…"
_OLDER = "Looking for older issues…"
_PAGE = "Reading the page…"


class Task(NamedTuple):
    """Work for another thread, which an event stops, and what is to be done with what it returns."""

    work: Callable[[threading.Event], object]
    done: Callable[..., object]
    what: str = ""
    """What it is: while it is under way or waits, the same is not begun again; "" for what always is."""
    kept: bool = False
    """Whether it is done even where the reader cancels: a step back, which only the library hears of."""


class Following(QObject):
    """Asks the network in the background; the window never waits for it."""

    started = Signal(str)
    """What is looked for, in words: the reader asked for it."""
    progressed = Signal(Progress)
    """How many addresses have been asked for what is new."""
    older_progressed = Signal(Progress)
    """How many older issues came in, and how many are known of."""
    refreshed = Signal(object, bool)
    """What a refresh brought (a Refreshed), and whether the reader asked for it."""
    arrived = Signal(object)
    """What came in when an address was followed (a Report)."""
    older_arrived = Signal(object)
    """Which older issues came in (a Report)."""
    failed = Signal(Exception)

    def __init__(
        self, library: Library, background: Background, undo_stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.library = library
        self.minutes = 60
        """How often what is new is looked for; 0 for never by itself."""
        self._background = background
        self._stack = undo_stack
        self._looking = Newest(background)
        self._looked = threading.Event()
        """Stops the look that is under way."""
        self._waiting: deque[Task] = deque()
        self._running = ""
        """What is under way."""
        self._stop: threading.Event | None = None
        """Stops the work that is under way; None while there is none."""
        self._clock = QTimer(self, interval=_MINUTE_MS)
        self._clock.timeout.connect(self.refresh_due)

    @property
    def busy(self) -> bool:
        """Whether the network is asked for issues."""
        return self._stop is not None

    def begin(self, *, at_once: bool) -> None:
        """Look every so often, from now on, for what is new; `at_once` without waiting for the first time."""
        self._clock.start()
        if at_once:
            self.refresh_due()

    def close(self) -> None:
        """Stop, and ask nothing more."""
        self._clock.stop()
        self.cancel()

    def cancel(self) -> None:
        """Stop; what came in stays."""
        self.stop_looking()
        self._waiting = deque(task for task in self._waiting if task.kept)
        if self._stop:
            self._stop.set()

    def stop_looking(self) -> None:
        """Take back the look at an address."""
        self._looking.drop()
        self._looked.set()

    # Following

    def look_at(
        self,
        typed: str,
        done: Callable[[Preview], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """See what following an address would bring; the newest question alone is answered."""
        self._looked.set()
        self._looked = stop = threading.Event()

        def look() -> Preview | BaseException:
            from reader.model import ReaderError
            from reader.services.following import fetcher, look_at

            try:
                with fetcher([typed], stop.is_set) as fetches:
                    return look_at(typed, fetches, self.library)
            except ReaderError as error:
                return error

        self._looking.ask(
            look, lambda found: failed(found) if isinstance(found, BaseException) else done(found)
        )

    def follow(self, preview: Preview, name: str = "", *, older: bool = False) -> None:
        """Follow what was looked at, and take in the issues that it holds; `older` ones afterwards."""
        self._stack.push(FollowAddress(self, preview, name, older=older))

    def read_page(self, typed: str) -> None:
        """Take in the page at an address as an issue, and follow nothing."""

        def work(stop: threading.Event) -> Report:
            from reader.services.following import fetcher
            from reader.services.importing import import_issues
            from reader.services.pasting import address_in, page_at

            with fetcher([typed], stop.is_set) as fetches:
                return import_issues(self.library, [page_at(address_in(typed) or typed, fetches)])

        self.started.emit(_PAGE)
        self.run(work, self.arrived.emit)

    def follow_all(self, wanted: Sequence[Subscription]) -> None:
        """Follow every address of a list, and look at once for what is there."""
        self._stack.push(FollowList(self, wanted))

    def unfollow(self, followed: Followed) -> None:
        """Ask an address no longer; its issues stay."""
        self._stack.push(UnfollowAddress(self, followed))

    # What is new

    def refresh(self, addresses: Sequence[str] | None = None) -> None:
        """Look for what is new at these addresses, or at all; the reader asked for it."""
        what = "refresh" if addresses is None else f"refresh {' '.join(addresses)}"
        self._put(Task(lambda stop: self._refreshed_as_asked(addresses, stop), self._on_refreshed, what))

    def refresh_due(self) -> None:
        """Look for what is new at the addresses whose time has come."""
        if self.minutes and not self.busy:
            self.run(self._refreshed_by_itself, self._on_refreshed_by_itself)

    def older(self, address: str, limit: int = 0) -> None:
        """Take in the issues that came out before an address was followed."""

        def work(stop: threading.Event) -> Report:
            from reader.services.following import fetcher_for
            from reader.services.older import older

            self._background.tell(lambda: self.started.emit(_OLDER))
            with fetcher_for(self.library, stop.is_set) as fetches:
                return older(
                    self.library,
                    address,
                    fetches=fetches,
                    limit=limit,
                    progress=self._teller(self.older_progressed),
                    cancelled=stop.is_set,
                )

        self._put(Task(work, self.older_arrived.emit, _older(address)))

    def stop_older(self, address: str) -> None:
        """Get no more of the older issues of an address."""
        what = _older(address)
        self._waiting = deque(task for task in self._waiting if task.what != what)
        if self._stop and self._running == what:
            self._stop.set()

    def run(
        self, work: Callable[[threading.Event], object], done: Callable[..., object], *, kept: bool = False
    ) -> None:
        """Do work that takes a while, on another thread, after all that was asked for before."""
        self._put(Task(work, done, kept=kept))

    def _put(self, task: Task) -> None:
        busy = {self._running if self._stop else "", *(other.what for other in self._waiting)}
        if not task.what or task.what not in busy:
            self._waiting.append(task)
            self._next()

    def _next(self) -> None:
        if self._stop is not None or not self._waiting:
            return
        task = self._waiting.popleft()
        self._stop = stop = threading.Event()
        self._running = task.what

        def finished(result: object) -> None:
            self._stop = None
            task.done(result)
            self._next()

        def went_wrong(error: BaseException) -> None:
            self._stop = None
            self.failed.emit(error)
            self._next()

        self._background.run(lambda: task.work(stop), finished, went_wrong)

    def _refreshed(self, addresses: Sequence[str] | None, stop: threading.Event, *, told: bool) -> Refreshed:
        from reader.services.following import fetcher_for
        from reader.services.refreshing import refresh

        progress = self._teller(self.progressed) if told else lambda _news: None
        with fetcher_for(self.library, stop.is_set) as fetches:
            return refresh(self.library, addresses, fetches=fetches, progress=progress, cancelled=stop.is_set)

    def _refreshed_by_itself(self, stop: threading.Event) -> Refreshed | None:
        from reader.services.newsletters import due_by_themselves

        due = due_by_themselves(self.library, self.minutes, time.time())
        return self._refreshed(due, stop, told=False) if due else None

    def _teller(self, signal: SignalInstance) -> Callable[[Progress], None]:
        return spaced(self._background, signal.emit)

    def _refreshed_as_asked(self, addresses: Sequence[str] | None, stop: threading.Event) -> Refreshed | None:
        from reader.services.following import followed

        if not followed(self.library):
            return None
        self._background.tell(lambda: self.started.emit(_NEW))
        return self._refreshed(addresses, stop, told=True)

    def _on_refreshed(self, refreshed: Refreshed | None) -> None:
        if refreshed is not None:
            self.refreshed.emit(refreshed, True)  # noqa: FBT003 - the signal's own

    def _on_refreshed_by_itself(self, refreshed: Refreshed | None) -> None:
        if refreshed is not None:
            self.refreshed.emit(refreshed, False)  # noqa: FBT003

    def on_followed(self, report: Report, older: str) -> None:
        """Tell what came in, and go on to the older issues of an address ("" for none)."""
        self.arrived.emit(report)
        if older:
            self.older(older)


def _older(address: str) -> str:
    return f"older {address}"


class FollowAddress(QUndoCommand):
    """Follow an address; undone, it is followed no longer, and a newsletter that came with it goes."""

    def __init__(self, following: Following, preview: Preview, name: str, *, older: bool) -> None:
        super().__init__(f"Follow “{name or preview.name}”")
        self._following = following
        self._preview = preview
        self._name = name
        self._older = preview.address if older else ""
        self._new: frozenset[str] = frozenset()
        """The newsletter that was not there before."""
        self._done = False

    def redo(self) -> None:
        if self._done:
            self._following.run(self._again, lambda _: None, kept=True)
        else:
            self._done = True
            done = partial(self._following.on_followed, older=self._older)
            self._following.run(self._first, done)

    def undo(self) -> None:
        # What came in so far goes with it, and nobody wants the rest.
        self._following.stop_older(self._preview.address)
        self._following.run(self._back, lambda _: None, kept=True)

    def _first(self, stop: threading.Event) -> Report:
        from reader.services.following import follow, followed

        library, address = self._following.library, self._preview.address
        before = {row.key for row in library.newsletters()}
        report = follow(library, self._preview, self._name, cancelled=stop.is_set)
        keys = {one.newsletter for one in followed(library) if one.address == address}
        self._new = frozenset(keys - before)
        return report

    def _again(self, stop: threading.Event) -> object:  # noqa: ARG002 - it takes no time
        from reader.services.following import refollow
        from reader.services.newsletters import bring_back

        refollow(self._following.library, self._preview.address)
        for key in self._new:
            bring_back(self._following.library, key)
        return None

    def _back(self, stop: threading.Event) -> object:  # noqa: ARG002
        from reader.services.following import unfollow
        from reader.services.newsletters import remove

        unfollow(self._following.library, self._preview.address)
        for key in self._new:
            remove(self._following.library, key)
        return None


class FollowList(QUndoCommand):
    """Follow the addresses of a list; undone, those that are new are followed no longer."""

    def __init__(self, following: Following, wanted: Sequence[Subscription]) -> None:
        super().__init__(f"Follow {counted(len(wanted), 'Newsletter')}")
        self._following = following
        self._wanted = tuple(wanted)
        self._new: tuple[str, ...] = ()
        """The addresses that were not followed before."""

    def redo(self) -> None:
        self._following.run(self._follow, lambda _: self._following.refresh(self._new), kept=True)

    def undo(self) -> None:
        self._following.run(self._back, lambda _: None, kept=True)

    def _follow(self, stop: threading.Event) -> object:  # noqa: ARG002 - it takes no time
        from reader.services.opml import follow_all

        self._new = tuple(one.address for one in follow_all(self._following.library, self._wanted).followed)
        return None

    def _back(self, stop: threading.Event) -> object:  # noqa: ARG002
        from reader.services.following import unfollow

        for address in self._new:
            unfollow(self._following.library, address)
        return None


class UnfollowAddress(QUndoCommand):
    """Ask an address no longer."""

    def __init__(self, following: Following, followed: Followed) -> None:
        super().__init__(f"Stop Following “{followed.name}”")
        self._following = following
        self._address = followed.address

    def redo(self) -> None:
        from reader.services.following import unfollow

        unfollow(self._following.library, self._address)

    def undo(self) -> None:
        from reader.services.following import refollow

        refollow(self._following.library, self._address)
