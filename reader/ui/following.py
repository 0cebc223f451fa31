"""Following newsletters: looking at an address, following it, and what is new, by itself and when asked."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from reader.services.library import Library
from reader.services.progress import Progress
from reader.ui.background import Background, Newest, spaced

if TYPE_CHECKING:
    # What asks the network is loaded when it is asked, and the window opens sooner without it.
    from reader.model.following import Followed, Preview
    from reader.services.importing import Report
    from reader.services.opml import Listed
    from reader.services.refreshing import Refreshed

_MINUTE_MS = 60_000
Task: TypeAlias = tuple[Callable[[threading.Event], object], Callable[..., object]]
"""Work for another thread, which an event stops, and what is to be done with what it returns."""


class Following(QObject):
    """Asks the network in the background; the window never waits for it."""

    started = Signal()
    """The reader asked for what is new."""
    progressed = Signal(Progress)
    refreshed = Signal(object, bool)
    """What a refresh brought (a Refreshed), and whether the reader asked for it."""
    arrived = Signal(object)
    """What came in when an address was followed, or its older issues (a Report)."""
    listed = Signal(object)
    """What became of a list of newsletters (a Listed)."""
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
        self._waiting.clear()
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

    def follow_list(self, path: Path) -> None:
        """Follow all addresses of a list, and look at once for what is new at them."""
        self._stack.push(FollowList(self, path))

    def unfollow(self, followed: Followed) -> None:
        """Ask an address no longer; its issues stay."""
        self._stack.push(UnfollowAddress(self, followed))

    # What is new

    def refresh(self, addresses: Sequence[str] | None = None) -> None:
        """Look for what is new at these addresses, or at all; the reader asked for it."""
        self.run(lambda stop: self._refreshed_as_asked(addresses, stop), self._on_refreshed)

    def refresh_due(self) -> None:
        """Look for what is new at the addresses whose time has come."""
        if self.minutes and not self.busy:
            self.run(self._refreshed_by_itself, self._on_refreshed_by_itself)

    def older(self, address: str, limit: int = 0) -> None:
        """Take in the issues that came out before an address was followed."""

        def work(stop: threading.Event) -> Report:
            from reader.services.following import fetcher_for
            from reader.services.older import older

            with fetcher_for(self.library, stop.is_set) as fetches:
                return older(
                    self.library,
                    address,
                    fetches=fetches,
                    limit=limit,
                    progress=self._teller(),
                    cancelled=stop.is_set,
                )

        self.started.emit()
        self.run(work, self._on_arrived)

    def run(self, work: Callable[[threading.Event], object], done: Callable[..., object]) -> None:
        """Do work that takes a while, on another thread, after all that was asked for before."""
        self._waiting.append((work, done))
        self._next()

    def _next(self) -> None:
        if self._stop is not None or not self._waiting:
            return
        work, done = self._waiting.popleft()
        self._stop = stop = threading.Event()

        def finished(result: object) -> None:
            self._stop = None
            done(result)
            self._next()

        def went_wrong(error: BaseException) -> None:
            self._stop = None
            self.failed.emit(error)
            self._next()

        self._background.run(lambda: work(stop), finished, went_wrong)

    def _refreshed(self, addresses: Sequence[str] | None, stop: threading.Event, *, told: bool) -> Refreshed:
        from reader.services.following import fetcher_for
        from reader.services.refreshing import refresh

        progress = self._teller() if told else lambda _news: None
        with fetcher_for(self.library, stop.is_set) as fetches:
            return refresh(self.library, addresses, fetches=fetches, progress=progress, cancelled=stop.is_set)

    def _refreshed_by_itself(self, stop: threading.Event) -> Refreshed | None:
        from reader.services.newsletters import due_by_themselves

        due = due_by_themselves(self.library, self.minutes, time.time())
        return self._refreshed(due, stop, told=False) if due else None

    def _teller(self) -> Callable[[Progress], None]:
        return spaced(self._background, self.progressed.emit)

    def _refreshed_as_asked(self, addresses: Sequence[str] | None, stop: threading.Event) -> Refreshed | None:
        from reader.services.following import followed

        if not followed(self.library):
            return None
        self._background.tell(self.started.emit)
        return self._refreshed(addresses, stop, told=True)

    def _on_refreshed(self, refreshed: Refreshed | None) -> None:
        if refreshed is not None:
            self.refreshed.emit(refreshed, True)  # noqa: FBT003 - the signal's own

    def _on_refreshed_by_itself(self, refreshed: Refreshed | None) -> None:
        if refreshed is not None:
            self.refreshed.emit(refreshed, False)  # noqa: FBT003

    def on_list(self, listed: Listed) -> None:
        """Tell what is followed from now on, and look at it."""
        self.listed.emit(listed)
        if listed.followed:
            self.refresh([one.address for one in listed.followed])

    def on_followed(self, report: Report, older: str) -> None:
        """Tell what came in, and go on to the older issues of an address ("" for none)."""
        self._on_arrived(report)
        if older:
            self.older(older)

    def _on_arrived(self, report: Report) -> None:
        self.arrived.emit(report)


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
            self._following.run(self._again, lambda _: None)
        else:
            self._done = True
            done = partial(self._following.on_followed, older=self._older)
            self._following.run(self._first, done)

    def undo(self) -> None:
        self._following.run(self._back, lambda _: None)

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


class FollowList(QUndoCommand):
    """Follow all addresses of a list; undone, those that were new are followed no longer."""

    def __init__(self, following: Following, path: Path) -> None:
        super().__init__("Follow a List")
        self._following = following
        self._path = path
        self._new: tuple[str, ...] = ()
        self._done = False

    def redo(self) -> None:
        if self._done:
            self._following.run(self._again, lambda _: None)
        else:
            self._done = True
            self._following.run(self._first, self._following.on_list)

    def undo(self) -> None:
        self._following.run(self._back, lambda _: None)

    def _first(self, _stop: threading.Event) -> Listed:
        from reader.services.opml import follow_all, read_opml

        listed = follow_all(self._following.library, read_opml(str(self._path)).subscriptions)
        self._new = tuple(one.address for one in listed.followed)
        return listed

    def _again(self, _stop: threading.Event) -> None:
        from reader.services.following import refollow

        for address in self._new:
            refollow(self._following.library, address)

    def _back(self, _stop: threading.Event) -> None:
        from reader.services.following import unfollow

        for address in self._new:
            unfollow(self._following.library, address)
