"""Exporting: the dialog, the work in the background, the questions on the way, and what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from reader.services.library import Library
from reader.services.progress import Progress
from reader.ui.background import Background, spaced
from reader.ui.preferences import Preferences
from reader.ui.words import counted

if TYPE_CHECKING:
    # Neither is needed before something is exported, and the window opens sooner without them.
    from reader.services.export import ExportResult
    from reader.ui.dialogs.export import Choice, Order

_Button = QMessageBox.StandardButton


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

        answers = _Answers(self._background, self._window)

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


class _Answers:
    """Asks before a file is overwritten; "to all" answers for those that follow."""

    def __init__(self, background: Background, window: QWidget) -> None:
        self._background = background
        self._window = window
        self._for_all: bool | None = None

    def ask(self, path: Path) -> bool:
        """Wait for the reader's answer; this runs on another thread."""
        if self._for_all is not None:
            return self._for_all

        def question(reply: Callable[[_Button], None]) -> None:
            _question(path, self._window, reply)

        answer = self._background.ask(question)
        if answer in (_Button.YesToAll, _Button.NoToAll):
            self._for_all = answer == _Button.YesToAll
        return answer in (_Button.Yes, _Button.YesToAll)


def _question(path: Path, window: QWidget, reply: Callable[[_Button], None]) -> None:
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Export")
    box.setText(f"“{path.name}” holds text that no export wrote. Overwrite it?")
    box.setInformativeText(str(path.parent))
    box.setStandardButtons(_Button.Yes | _Button.YesToAll | _Button.No | _Button.NoToAll)
    box.setDefaultButton(_Button.No)
    box.setEscapeButton(_Button.No)
    box.finished.connect(lambda button: reply(_Button(button)))
    box.open()


def summary_of(result: ExportResult, folder: Path) -> str:
    """Return in one sentence what an export did."""
    done = len(result.written) + len(result.updated)
    parts = [f"Exported {counted(done, 'file')} to {folder.name or folder}"]
    for paths, word in ((result.unchanged, "as before"), (result.skipped, "left alone")):
        if paths:
            parts.append(f"{len(paths):,} {word}")
    if result.problems:
        parts.append(f"{len(result.problems):,} could not be written: {result.problems[0].reason}")
    return ("Stopped. " if result.cancelled else "") + "; ".join(parts)
