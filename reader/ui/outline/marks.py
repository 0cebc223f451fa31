"""What is quietly said of an issue at the head of its outline: that there are copies, that it was edited."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from reader.ui.words import counted

EDITED = "Edited since you read it"


class HeadMarks(QWidget):
    """Two small buttons, each there only when there is something to say."""

    copies_asked = Signal()
    changes_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edited = self._button("Show what changed since you read it")
        self.edited.setText(EDITED)
        self.edited.clicked.connect(self.changes_asked)
        self.copies = self._button("Show the copies of this issue")
        self.copies.clicked.connect(self.copies_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.edited)
        row.addWidget(self.copies)
        row.addStretch()

    def tell(self, copies: int, *, edited: bool) -> None:
        """Say how many copies of the issue there are, and whether it was edited since it was read."""
        self.copies.setText(counted(copies, "copy", "copies"))
        self.copies.setVisible(copies > 1)
        self.edited.setVisible(edited)

    def _button(self, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("part", "chip")
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
