"""Watching the opened folders: a look now and then, sooner when the system says that something moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
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


class Seen(NamedTuple):
    """What a look at the folders found."""

    folders: tuple[str, ...]
    changed: Sequence[str]
    restless: bool


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
        self._watch: Watch | None = None
        self._opened: tuple[str, ...] = ()
        self._looking = False
        self._regular = QTimer(self, interval=_EVERY_MS)
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._regular.timeout.connect(self.look)
        self._soon.timeout.connect(self.look)

    @cached_property
    def _hints(self) -> QFileSystemWatcher:
        """What the system says of the folders; made when there is a folder to watch."""
        hints = QFileSystemWatcher(self)
        hints.directoryChanged.connect(self._soon.start)
        return hints

    def begin(self) -> None:
        """Look at the folders from now on; the first time, whatever the library has not is told of."""
        self._opened = tuple(self._library.folders())
        self._regular.start()
        self._soon.start(_FIRST_MS)

    def close(self) -> None:
        """Look no more."""
        self._regular.stop()
        self._soon.stop()
        self._looking = True

    def look(self) -> None:
        """Look whether something is new; only one look at a time."""
        if not self._looking:
            self._looking = True
            self._background.run(self._work, self._done)

    def _work(self) -> Seen:
        """Look; this runs on another thread."""
        from reader.services.watching import Watch

        folders = tuple(self._library.folders())
        watch = self._watch or Watch(self._opened)
        changed = watch.look()
        if watch.folders != folders:
            # What is in a folder that was opened just now comes in by that import, as far as it is let.
            watch = Watch(folders)
            watch.settle()
        self._watch = watch
        return Seen(folders, changed, watch.restless)

    def _done(self, seen: Seen) -> None:
        self._looking = False
        self._take_hints_for(seen.folders)
        if seen.changed:
            self._found([Path(path) for path in seen.changed])
        if seen.restless:
            self._soon.start(_SOON_MS)

    def _take_hints_for(self, folders: Sequence[str]) -> None:
        # Only hints, and only of the folders themselves: what lies deeper is seen at the next look.
        watched = self._hints.directories()
        if gone := [folder for folder in watched if folder not in folders]:
            self._hints.removePaths(gone)
        if new := [folder for folder in folders if folder not in watched and Path(folder).is_dir()]:
            self._hints.addPaths(new)
