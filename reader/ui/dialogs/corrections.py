"""What the reader corrected of how an issue is split."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.model import IssuePage, shown_title, text_of
from reader.model.correction import Correction
from reader.services.borders import places_of

_TOLD = {
    "merge": "“{0}” is part of the story before",
    "split": "A story begins with “{0}”",
    "rename": "“{0}” is called “{1}”",
    "outside": "“{0}” is no story",
}
_LOST = "{}\nThese words are not in the issue any more, and it changes nothing."
_NONE = "Nothing is corrected: the issue is split as it was found."
_WORDS = 60
_SPACING = 3


class CorrectionsDialog(QDialog):
    """Lists the corrections of an issue in the order they were made; each can be removed."""

    kept = Signal(list)
    """The corrections that are left."""

    def __init__(self, page: IssuePage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Corrections of This Issue")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = QLabel(page.label)
        self.heading.setProperty("part", "group")
        self.list = QListWidget()
        self.list.setAccessibleName("Corrections")
        self.list.setWordWrap(True)
        self.list.setSpacing(_SPACING)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        for correction, told in zip(page.corrections, _told(page), strict=True):
            item = QListWidgetItem(told, self.list)
            item.setData(Qt.ItemDataRole.UserRole, correction)
        self.none = QLabel(_NONE)
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay()
        self.accepted.connect(self._tell)
        self._show_state()
        self.resize(480, 320)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _lay(self) -> None:
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.remove = buttons.addButton("&Remove", QDialogButtonBox.ButtonRole.ActionRole)
        self.remove_all = buttons.addButton("Remove &All", QDialogButtonBox.ButtonRole.ActionRole)
        for button, act in ((self.remove, self._remove), (self.remove_all, self.list.clear)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
            button.clicked.connect(self._show_state)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.list.itemSelectionChanged.connect(self._show_state)
        layout = QVBoxLayout(self)
        for part in (self.heading, self.list, self.none, buttons):
            layout.addWidget(part)
        layout.setStretchFactor(self.list, 1)
        layout.setStretchFactor(self.none, 1)

    def _remove(self) -> None:
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))

    def _show_state(self) -> None:
        empty = self.list.count() == 0
        self.list.setVisible(not empty)
        self.none.setVisible(empty)
        self.remove.setEnabled(bool(self.list.selectedItems()))
        self.remove_all.setEnabled(not empty)

    def _tell(self) -> None:
        items = (self.list.item(row) for row in range(self.list.count()))
        self.kept.emit([item.data(Qt.ItemDataRole.UserRole) for item in items])


def _told(page: IssuePage) -> Sequence[str]:
    """Return in a sentence what each correction did."""
    text = text_of(page.blocks)
    return [
        _sentence(correction, text, place)
        for correction, place in zip(page.corrections, places_of(page, page.corrections), strict=True)
    ]


def _sentence(correction: Correction, text: str, place: int | None) -> str:
    words = correction.at if place is None else text[place : place + 4 * _WORDS].partition("\n")[0]
    cut = words if len(words) <= _WORDS else f"{words[:_WORDS].rstrip()}…"
    told = _TOLD[correction.kind].format(shown_title(cut), correction.title)
    return _LOST.format(told) if place is None else told
