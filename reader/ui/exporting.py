"""Exporting: the dialog, the work in the background, the questions on the way, and what came of it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from reader.services.library import Library
from reader.services.progress import Progress
from reader.ui.background import Background, spaced
from reader.ui.preferences import Preferences

if TYPE_CHECKING:
    # Neither is needed before something is exported, and the window opens sooner without them.
    from reader.services.export import ExportResult
    from reader.ui.dialogs.export import Choice, Order


class Exporting(QObject):
    """Asks, writes, and tells."""

    progressed = Signal(Progress)
    finished = Signal(object, Path)
    """What an export did (an ExportResult), and where."""
    failed = Signal(Exception)

    def __init__(
        self, library: Library, background: Background, preferences: Preferences, window: QWidget
    ) -> None:
        super().__init__(window)
        self._library = library
        self._background = background
        self._preferences = preferences
        self._window = window
        self._stop = threading.Event()
        self.busy = False

    def ask(self, choices: Sequence[Choice]) -> None:
        """Ask what to export and how; one export runs at a time."""
        possible = [choice for choice in choices if choice.rows]
        if not possible or self.busy:
            return
        from reader.ui.dialogs.export import ExportDialog

        dialog = ExportDialog(possible, self._preferences.settings, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.ordered.connect(self.run)
        dialog.open()

    def run(self, order: Order) -> None:
        """Export what was ordered, and remember the folder and the layout."""
        self._preferences.change(export_folder=str(order.folder), export_layout=order.layout)
        self._stop = stop = threading.Event()
        self.busy = True
        self._background.run(
            lambda: self._work(order, stop), lambda result: self._done(result, order.folder), self._on_failed
        )

    def cancel(self) -> None:
        """Stop after the file that is being written."""
        self._stop.set()

    def copy(self, keys: Sequence[str]) -> int:
        """Put stories on the clipboard as Markdown; return how many."""
        from reader.services.export import copy_markdown

        text = copy_markdown(self._library, keys)
        if text:
            QGuiApplication.clipboard().setText(text)
        return len(keys) if text else 0

    def _work(self, order: Order, stop: threading.Event) -> ExportResult:
        """Do the work; this runs on another thread."""
        from reader.services.export import export
        from reader.ui.dialogs.overwrite import Answers

        answers = Answers(self._background, self._window)
        return export(
            self._library,
            order.keys,
            order.folder,
            order.layout,
            overwrite=answers.ask,
            progress=spaced(self._background, self.progressed.emit),
            cancelled=stop.is_set,
        )

    def _done(self, result: ExportResult, folder: Path) -> None:
        self.busy = False
        self.finished.emit(result, folder)

    def _on_failed(self, error: BaseException) -> None:
        self.busy = False
        self.failed.emit(error)


def summary_of(result: ExportResult, folder: Path) -> str:
    """Return in one sentence what an export did, and why it could not do all."""
    told = result.told(folder.name or str(folder))
    return f"{told}: {result.problems[0].reason}" if result.problems else told
