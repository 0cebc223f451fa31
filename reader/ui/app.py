"""The program with a window: what lives as long as it does."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from reader.model import Change, StoreError
from reader.paths import resource
from reader.services.library import Library, open_library
from reader.services.themes import Theme
from reader.ui.appearance import Appearance
from reader.ui.preferences import Preferences
from reader.ui.single import Single
from reader.ui.style import apply_palette, apply_style_sheet, apply_theme, load_fonts
from reader.ui.window import MainWindow

if TYPE_CHECKING:
    from reader.ui.watching import FolderWatch

Trace = TracebackType | None
Hook = Callable[[type[BaseException], BaseException, Trace], object]

_AFTER_MS = 150
"""When a window that is shown is painted too, mostly: what it needs for that comes first."""
_NEWS_MS = 1200
"""When what is new elsewhere is looked for: whoever starts to read at once is not disturbed."""
_POLL_MS = 1500
"""How often other programs' writes are looked for: a command in a terminal, say."""


class Bridge(QObject):
    """Carries the library's news from the writing thread to the GUI thread."""

    change_arrived = Signal(Change)
    error_arrived = Signal(Exception)

    def changed(self, change: Change) -> None:
        self.change_arrived.emit(change)

    def failed(self, error: BaseException) -> None:
        self.error_arrived.emit(error)


class App(QObject):
    """Owns what lives as long as the program: the library, the settings, the window, the watch."""

    def __init__(self, library_dir: Path) -> None:
        super().__init__()
        self.bridge = Bridge(self)
        self.library: Library = open_library(library_dir, self.bridge)
        self.preferences = Preferences(self)
        self.appearance = Appearance(self.preferences, self)
        theme = self.appearance.theme
        _dress(theme, apply_palette)
        self.window = MainWindow(self.library, self.preferences, self.appearance)
        # Under a style sheet, whatever gets a parent takes on its looks anew, and all in it too: 6 ms.
        _dress(theme, apply_style_sheet)
        self._watch: FolderWatch | None = None
        """Looks at the folders, once the window is painted."""
        self._polling = QTimer(self, interval=_POLL_MS)
        self._polling.timeout.connect(self._poll)
        self._connect()

    def begin(self) -> None:
        """Show the window as it was left, and look at the folders."""
        self.window.begin()
        for notice in self.library.notices:
            self.window.frame.tell(StoreError(notice))
        self._polling.start()
        QTimer.singleShot(_AFTER_MS, self, self._begin_watching)
        self.window.presenters.pictures.begin()

    def close(self) -> None:
        """Stop the work, finish the writes."""
        self._polling.stop()
        if self._watch is not None:
            self._watch.close()
        self.window.close()
        self.window.background.close()
        self.library.close()

    def _begin_watching(self) -> None:
        from reader.ui.watching import FolderWatch

        window = self.window
        self._watch = FolderWatch(self.library, window.background, window.take_in_changed, self)
        self._watch.begin()

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self.bridge.change_arrived.connect(self.window.on_changed, queued)
        self.bridge.error_arrived.connect(self.window.frame.tell, queued)
        # The palette first: what the panes draw anew is drawn on it.
        self.appearance.theme_changed.connect(dress)
        qt = QApplication.instance()
        if isinstance(qt, QApplication):
            qt.screenAdded.connect(self.window.on_screen_added)

    def _poll(self) -> None:
        self.window.background.run(self.library.poll, self._on_polled)

    def _on_polled(self, change: Change) -> None:
        if change:
            self.window.on_changed(change)


def run(library_dir: Path, paths: Sequence[str | Path] = ()) -> int:
    """Show the window of a library and take in the paths; return 0 when it is closed, 1 after an error."""
    qt = make_application()
    given = [Path(path).absolute() for path in paths]
    try:
        single = Single(library_dir)
        if not single.first():
            single.call(given)
            return 0
        app = App(library_dir)
    except StoreError as error:
        from PySide6.QtWidgets import QMessageBox

        QMessageBox.critical(None, "Tearsheet", str(error))
        return 1
    single.called.connect(app.window.take_in)
    single.called.connect(lambda _paths: app.window.raise_up())
    app.window.closed.connect(qt.quit)
    sys.excepthook = partial(_told, app.window.frame.tell, sys.excepthook)
    app.begin()
    gc.freeze()
    gc.enable()
    app.window.take_in(given)
    QTimer.singleShot(_AFTER_MS, qt, lambda: _after_paint(qt, single))
    QTimer.singleShot(_NEWS_MS, qt, app.window.begin_news)
    result = qt.exec()
    sys.excepthook = sys.__excepthook__
    app.close()
    single.close()
    return result


def _after_paint(qt: QApplication, single: Single) -> None:
    """Begin what the first picture of the window need not wait for."""
    from reader.ui.signals import QuitsOnSignal

    QuitsOnSignal(qt)
    single.listen()


def _told(
    tell: Callable[[BaseException], object],
    before: Hook,
    kind: type[BaseException],
    error: BaseException,
    trace: Trace,
) -> None:
    """Show an error that nobody expected; without this it would only stand in a terminal, if there is one."""
    before(kind, error, trace)
    tell(error)


def make_application() -> QApplication:
    """Return the one QApplication, with its names and its fonts."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # QApplication.setStyle would give the style to Python, and to load its class takes 6 ms.
    qt = QApplication([*sys.argv[:1], "-style", "Fusion"])
    qt.setApplicationName("tearsheet")
    qt.setApplicationDisplayName("Tearsheet")
    qt.setDesktopFileName("tearsheet")
    qt.setWindowIcon(QIcon(str(resource("icons") / "tearsheet.png")))
    load_fonts()
    return qt


def dress(theme: Theme) -> None:
    """Dress the whole program in a theme."""
    _dress(theme, apply_theme)


def _dress(theme: Theme, apply: Callable[[QApplication, Theme], None]) -> None:
    qt = QApplication.instance()
    if isinstance(qt, QApplication):
        apply(qt, theme)
