"""The sections of a newsletter that the reader hid."""

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

_Check = Qt.CheckState
_TOLD = "Hidden in all issues of this newsletter. Untick a section to see it again."


class SectionsDialog(QDialog):
    """Lists hidden sections, each with a tick that may be taken away."""

    chosen = Signal(list)
    """The sections that stay hidden."""

    def __init__(self, hidden: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Hidden Sections")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = QLabel(_TOLD)
        told.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Hidden sections")
        for section in hidden:
            item = QListWidgetItem(section.replace(" / ", " › "), self.list)
            item.setData(Qt.ItemDataRole.UserRole, section)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_Check.Checked)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (told, self.list, buttons):
            layout.addWidget(part)
        self.accepted.connect(self._tell)
        self.resize(380, 300)
        self.list.setFocus()
        self.list.setCurrentRow(0)

    def _tell(self) -> None:
        items = (self.list.item(row) for row in range(self.list.count()))
        kept = [item for item in items if item.checkState() is _Check.Checked]
        self.chosen.emit([item.data(Qt.ItemDataRole.UserRole) for item in kept])
