"""What is shown while the library is empty: how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reader.ui.style import STORY_FAMILY, font


class EmptyPage(QWidget):
    """Offers to open a folder, or to look around with the sample."""

    def __init__(self, open_folder: QAction, sample: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("empty-page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = _line("Read newsletters story by story")
        title.setFont(font(30, QFont.Weight.Bold, STORY_FAMILY))
        title.setProperty("part", "welcome")
        words = _line("Open a folder of issues: Markdown, HTML or plain text. They stay where they are.")
        words.setProperty("part", "empty")
        hint = _line("Or drop a folder or files here.")
        hint.setProperty("part", "empty")
        self.open_button = _button("Open a Folder…", open_folder)
        self.open_button.setDefault(True)
        self.sample_button = _button("Look Around with the Sample", sample)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch()
        row.addWidget(self.open_button)
        row.addWidget(self.sample_button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 32)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addSpacing(14)
        layout.addLayout(row)
        layout.addSpacing(8)
        layout.addWidget(hint)
        layout.addStretch(3)


def _line(text: str) -> QLabel:
    label = QLabel(text)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label


def _button(text: str, action: QAction) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(action.trigger)
    return button
