"""Watching the opened folders: a look now and then, sooner when the system says that something moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Thread
from time import monotonic, thread_time
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from reader.services.library import Library
from reader.ui.background import Background

if TYPE_CHECKING:
    from reader.services.watching import Watch

_EVERY_MS = 20_000
_FIRST_MS = 1500
"""The window comes first: what was written while it was closed may come in a moment later."""
_SOON_MS = 700
"""A file is often written in several steps: wait until it rests."""
_REST = 1000
"""How many times longer than a look's work the pause after it is: many files are looked at less often."""
_SHORT_REST = 20
"""The same where something is being written."""
_MOST_HINTS = 100
"""Folders of which the system is asked to tell; each costs it something."""
_PATIENCE_S = 1.0
"""How long the end of the program waits for a look; a drive that does not answer is left to itself."""


class Seen(NamedTuple):
    """What a look at a folder found."""

    changed: Sequence[Path]
    restless: bool
    lively: Sequence[str]
    """The folders in it of which hints are worth most."""
    work: float
    """Seconds of it that this computer worked, or a hundredth of those that it waited for a drive."""


@dataclass
class _Looker:
    """One opened folder: each has a thread to itself, so that a drive that hangs keeps no other waiting."""

    folder: str
    watch: Watch | None = None
    """None before the first look."""
    thread: Thread | None = None
    """The one that looks now."""
    seen: Seen | None = None


class FolderWatch(QObject):
    """Tells of the files in the opened folders that are new or changed; it looks in the background."""

    def __init__(
        self,
        library: Library,
        background: Background,
        found: Callable[[Sequence[Path]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._found = found
        self._lookers: dict[str, _Looker] = {}
        self._opened: frozenset[str] = frozenset()
        self._closed = False
        self._hurried = 0
        """How many looks in a row found something that does not rest."""
        self._regular = QTimer(self, interval=_EVERY_MS)
        self._soon = QTimer(self, singleShot=True)
        self._soon_ms = _SOON_MS
        self._regular.timeout.connect(self.look)
        self._soon.timeout.connect(self.look)

    @cached_property
    def _hints(self) -> QFileSystemWatcher:
        """What the system says of the folders; made when there is a folder to watch."""
        hints = QFileSystemWatcher(self)
        hints.directoryChanged.connect(self._on_hint)
        return hints

    def begin(self) -> None:
        """Look at the folders from now on; the first time, whatever the library has not is told of."""
        self._opened = frozenset(self._library.folders())
        self._regular.start()
        self._soon.start(_FIRST_MS)

    def close(self) -> None:
        """Look no more."""
        self._regular.stop()
        self._soon.stop()
        self._closed = True
        until = monotonic() + _PATIENCE_S
        for looker in self._lookers.values():
            if looker.thread:
                looker.thread.join(max(0.0, until - monotonic()))

    @property
    def _looking(self) -> bool:
        return any(looker.thread for looker in self._lookers.values())

    def look(self) -> None:
        """Look whether something is new; only one look at a time at each folder."""
        if self._closed:
            return
        folders = self._library.folders()
        self._lookers = {folder: self._lookers.get(folder) or _Looker(folder) for folder in folders}
        for looker in self._lookers.values():
            if looker.thread is None:
                looker.thread = Thread(target=self._look_at, args=(looker,), daemon=True)
                looker.thread.start()

    def _on_hint(self) -> None:
        self._hurried = 0
        self._soon.start(self._soon_ms)

    def _look_at(self, looker: _Looker) -> None:
        """Look; this runs on another thread."""
        from reader.services.watching import Watch

        began, worked = monotonic(), thread_time()
        watch = looker.watch or Watch((looker.folder,))
        if looker.watch is None and looker.folder not in self._opened:
            # What is in a folder that was opened just now comes in by that import, as far as it is let.
            watch.settle()
        changed = watch.look()
        looker.watch = watch
        work = max(thread_time() - worked, (monotonic() - began) / 100)
        lively = watch.liveliest(_MOST_HINTS)
        looker.seen = Seen([Path(path) for path in changed], watch.restless, lively, work)
        if not self._closed:
            self._background.tell(lambda: self._done(looker))

    def _done(self, looker: _Looker) -> None:
        looker.thread = None
        seen = looker.seen
        if self._closed or seen is None or looker.folder not in self._lookers:
            return
        self._take_hints()
        self._set_pace()
        if seen.changed:
            self._found(seen.changed)

    def _set_pace(self) -> None:
        """Look soon again where something does not rest, but ever less so; rarely where a look is work."""
        seen = [looker.seen for looker in self._lookers.values() if looker.seen]
        work_ms = sum(one.work for one in seen) * 1000
        self._regular.setInterval(max(_EVERY_MS, round(_REST * work_ms)))
        self._soon_ms = max(_SOON_MS, round(_SHORT_REST * work_ms))
        self._hurried = self._hurried + 1 if any(one.restless for one in seen) else 0
        if self._hurried:
            self._soon.start(min(self._soon_ms << min(self._hurried - 1, 5), _EVERY_MS))

    def _take_hints(self) -> None:
        # Only hints, and of some folders: whatever they do not tell of is seen at the next look.
        lively = [looker.seen.lively for looker in self._lookers.values() if looker.seen]
        wanted = {folder for folders in lively for folder in folders[: _MOST_HINTS // max(1, len(lively))]}
        watched = set(self._hints.directories())
        if gone := watched - wanted:
            self._hints.removePaths(sorted(gone))
        if new := wanted - watched:
            self._hints.addPaths(sorted(new))
