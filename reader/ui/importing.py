"""Taking folders and files in: one after another, with progress, Cancel and a report."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from reader.services.library import Library
from reader.services.progress import Progress
from reader.ui.background import Background, spaced

if TYPE_CHECKING:
    # What imports is not needed before something is imported, and the window opens sooner without it.
    from reader.model.subscription import Subscription
    from reader.services.importing import Report

_FEW = 30


class Task(NamedTuple):
    """What is to be taken in, and whether the reader asked for it."""

    paths: tuple[Path, ...]
    asked: bool


class Came(NamedTuple):
    """What came of a task."""

    report: Report
    wanted: tuple[Subscription, ...] = ()
    """The newsletters of the lists that were among the files."""
    only_lists: bool = False


class Importing(QObject):
    """Runs one import at a time in the background."""

    started = Signal()
    """Files that the reader asked for are being looked for."""
    progressed = Signal(Progress)
    """How far it is; not told of few files that nobody asked for."""
    finished = Signal(object, bool)
    """What came of an import (a Report), and whether the reader asked for it."""
    listed = Signal(tuple)
    """There were lists of newsletters among what the reader asked for (a Subscription for each)."""
    failed = Signal(Exception)

    def __init__(self, library: Library, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._waiting: deque[Task] = deque()
        self._running: Task | None = None
        self._stop = threading.Event()

    @property
    def busy(self) -> bool:
        """Whether an import runs or waits."""
        return self._running is not None or bool(self._waiting)

    def take_in(self, paths: Sequence[Path], *, asked: bool = True) -> None:
        """Take in folders and files. A folder that the reader asked for is watched from then on."""
        task = Task(tuple(paths), asked)
        if task.paths and task != self._running and task not in self._waiting:
            self._waiting.append(task)
            self._next()

    def cancel(self) -> None:
        """Stop; what was taken in stays."""
        self._waiting.clear()
        self._stop.set()

    def close(self) -> None:
        """Stop, and start nothing more."""
        self.cancel()

    def _next(self) -> None:
        if self._running is not None or not self._waiting:
            return
        self._running = task = self._waiting.popleft()
        self._stop = stop = threading.Event()
        if task.asked:
            self.started.emit()
        self._background.run(lambda: self._work(task, stop), self._done, self._on_failed)

    def _work(self, task: Task, stop: threading.Event) -> Came:
        """Do the work; this runs on another thread."""
        from reader.services.importing import Report, import_paths

        wanted: tuple[Subscription, ...] = ()
        paths = task.paths
        if task.asked:
            from reader.services.opml import lists_among

            wanted, paths = lists_among(paths)
        if not paths:
            return Came(Report(), wanted, only_lists=True)

        def tell(news: Progress) -> None:
            self._tell(news, task)

        progress = spaced(self._background, tell)
        return Came(import_paths(self._library, paths, progress=progress, cancelled=stop.is_set), wanted)

    def _tell(self, news: Progress, task: Task) -> None:
        if task is self._running and (task.asked or news.total > _FEW):
            self.progressed.emit(news)

    def _done(self, came: Came) -> None:
        task, self._running = self._running, None
        self.finished.emit(came.report, task is not None and task.asked and not came.only_lists)
        if came.wanted:
            self.listed.emit(came.wanted)
        self._next()

    def _on_failed(self, error: BaseException) -> None:
        self._running = None
        self.failed.emit(error)
        self._next()
