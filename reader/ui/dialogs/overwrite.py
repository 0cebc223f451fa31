"""The question whether an export may overwrite what it did not write."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from reader.services.export import Clash
from reader.ui.background import Background

_Button = QMessageBox.StandardButton
_ANSWERS = {
    _Button.Yes: "&Replace",
    _Button.YesToAll: "Replace &All",
    _Button.No: "&Leave",
    _Button.NoToAll: "Leave A&ll",
}
_CHANGED = (
    "Replace puts the story's text in place of yours; what you wrote before and after it stays. "
    "Leave keeps your text.\n\nIn {}"
)
_FOREIGN = (
    "Replace overwrites all that the file holds with the story. "
    "Leave keeps the file, and the story is not exported.\n\nIn {}"
)


class Answers:
    """Asks before a file is overwritten; "to all" answers for those that follow."""

    def __init__(self, background: Background, window: QWidget) -> None:
        self._background = background
        self._window = window
        self._for_all: bool | None = None

    def ask(self, clash: Clash) -> bool:
        """Wait for the reader's answer; this runs on another thread."""
        if self._for_all is not None:
            return self._for_all

        def question(reply: Callable[[_Button], None]) -> None:
            _question(clash, self._window, reply)

        answer = self._background.ask(question)
        if answer in (_Button.YesToAll, _Button.NoToAll):
            self._for_all = answer == _Button.YesToAll
        return answer in (_Button.Yes, _Button.YesToAll)


def _question(clash: Clash, window: QWidget, reply: Callable[[_Button], None]) -> None:
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Export")
    name, folder = clash.path.name, clash.path.parent
    if clash.ours:
        box.setText(f"You have changed the text of “{name}” since it was exported.")
        box.setInformativeText(_CHANGED.format(folder))
    else:
        box.setText(f"“{name}” is there already, and no export wrote it.")
        box.setInformativeText(_FOREIGN.format(folder))
    box.setStandardButtons(_Button.Yes | _Button.YesToAll | _Button.No | _Button.NoToAll)
    for button, words in _ANSWERS.items():
        box.button(button).setText(words)
    box.setDefaultButton(_Button.No)
    box.setEscapeButton(_Button.No)
    box.finished.connect(lambda button: reply(_Button(button)))
    box.open()
