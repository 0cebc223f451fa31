"""The copies of an issue: where each is from, how much it says, and which is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.model.copies import CopyRow
from reader.ui.words import counted, middle_date

_SPACING = 3
_TOLD = "The fullest copy is shown, unless you choose another. Nothing of the others is lost."


class CopiesDialog(QDialog):
    """Lists the copies of an issue; one of them can be shown instead, or said to be another issue."""

    show_chosen = Signal(str)
    """The location of the copy that shall be shown."""
    apart_chosen = Signal(str)
    """The location of a copy that is not the same issue."""

    def __init__(self, label: str, rows: Sequence[CopyRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setWindowTitle("Copies of This Issue")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = QLabel(f"{label}: {counted(len(rows), 'copy', 'copies')}")
        self.heading.setProperty("part", "group")
        self.note = QLabel(_TOLD)
        self.note.setProperty("part", "sub")
        self.note.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Copies")
        self.list.setSpacing(_SPACING)
        self.list.setWordWrap(True)
        for row in rows:
            item = QListWidgetItem(_told(row), self.list)
            item.setToolTip(row.location)
        self._lay()
        self.list.currentRowChanged.connect(self._show_state)
        self.resize(520, 360)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _lay(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.show_button = buttons.addButton("&Show This Copy", role)
        self.apart_button = buttons.addButton("&Not the Same Issue", role)
        for button, signal in (
            (self.show_button, self.show_chosen),
            (self.apart_button, self.apart_chosen),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, signal=signal: self._tell(signal))
        self.apart_button.setToolTip("Make it an issue of its own, for good")
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (self.heading, self.note, self.list, buttons):
            layout.addWidget(part)
        layout.setStretchFactor(self.list, 1)

    def _show_state(self, row: int) -> None:
        self.show_button.setEnabled(row >= 0 and not self._rows[row].shown)

    def _tell(self, signal: Signal) -> None:
        location = self._rows[self.list.currentRow()].location
        self.accept()
        signal.emit(location)  # type: ignore[attr-defined]


def _told(row: CopyRow) -> str:
    source = f"{row.source[:1].upper()}{row.source[1:]}" if " " in row.source else row.source
    facts = [middle_date(row.published), counted(row.words, "word")]
    facts += ["cut off before its end"] if row.truncated else []
    facts += ["shown"] if row.shown else []
    return f"{source}\n{' · '.join(fact for fact in facts if fact)}"
