"""The window set up for a picture: nothing of the reader's is changed by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtGui import QPixmap

from reader.model import Change, ReaderError
from reader.services.library import open_library
from reader.services.settings import Settings
from reader.ui.app import dress
from reader.ui.appearance import Appearance
from reader.ui.preferences import Preferences
from reader.ui.window import MainWindow

_LOOK_MS = 20
_QUIET_LOOKS = 5


class _Deaf:
    """Hears nothing: whoever draws a picture changes nothing."""

    def changed(self, change: Change) -> None:
        """Let it pass."""

    def failed(self, error: BaseException) -> None:
        """Let it pass."""


class _Fixed(Preferences):
    """Settings that are never written."""

    def save(self) -> None:
        """Write nothing."""


class Stage:
    """A library and its window, with default settings but for the theme."""

    def __init__(self, library_dir: Path, theme: str) -> None:
        self._library = open_library(library_dir, _Deaf())
        preferences = _Fixed()
        preferences.settings = replace(Settings(), theme=theme or "light", read_after_seconds=0)
        appearance = Appearance(preferences)
        if theme and theme not in appearance.themes:
            self._library.close()
            raise ReaderError(f"There is no theme “{theme}”: {', '.join(appearance.themes)}.")
        dress(appearance.theme)
        self._window = MainWindow(self._library, preferences, appearance)
        self._window.presenters.pictures.allowed = False
        self._looks = 0

    def show(self, size: tuple[int, int], issue: str, story: str) -> None:
        """Show the window with what was named; raise NotFoundError where it is not there."""
        window = self._window
        story_key = self._library.find_story(story) if story else ""
        issue_key = self._library.find_issue(issue) if issue else ""
        if story_key and not issue_key:
            issue_key = self._library.story_rows([story_key])[0].issue
        window.begin(QSize(*size))
        if issue_key:
            window.reading.open_issue(issue_key, story_key)
        window.reading_time.stop()
        # The page is what a reader looks at, and no ring is drawn around it.
        window.frame.story.setFocus()

    def draw(self, path: Path, patience_ms: int) -> bool:
        """Wait until the window is settled, and write what it shows; return whether that was possible."""
        loop = QEventLoop()
        looking = QTimer(interval=_LOOK_MS)
        looking.timeout.connect(lambda: self._look(loop))
        looking.start()
        QTimer.singleShot(patience_ms, loop.quit)
        loop.exec()
        looking.stop()
        picture: QPixmap = self._window.grab()
        return picture.save(str(path))

    def close(self) -> None:
        """Take it all down."""
        self._window.close()
        self._window.background.close()
        self._library.close()

    def _look(self, loop: QEventLoop) -> None:
        self._looks = self._looks + 1 if self._window.settled else 0
        if self._looks >= _QUIET_LOOKS:
            loop.quit()
