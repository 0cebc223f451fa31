"""What is shown while the library is empty: how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reader.ui.style import STORY_FAMILY, font


class EmptyPage(QWidget):
    """Offers to open a folder, to follow a newsletter, or to look around with the sample."""

    def __init__(
        self, open_folder: QAction, follow: QAction, sample: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("empty-page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = _line("Read newsletters story by story")
        title.setFont(font(30, QFont.Weight.Bold, STORY_FAMILY))
        title.setProperty("part", "welcome")
        words = _line(
            "Open a folder of issues: Markdown, HTML, mail or an export. They stay where they are.\n"
            "Or follow a newsletter by its address."
        )
        words.setProperty("part", "empty")
        hint = _line("Or drop a folder or files here, or paste an address or a text.")
        hint.setProperty("part", "empty")
        self.open_button = _button("Open a Folder…", open_folder)
        self.open_button.setDefault(True)
        self.follow_button = _button("Follow a Newsletter…", follow)
        self.sample_button = _button("Look Around with the Sample", sample)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 32)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addSpacing(14)
        layout.addLayout(_in_a_row(self.open_button, self.follow_button, self.sample_button))
        layout.addSpacing(8)
        layout.addWidget(hint)
        layout.addStretch(3)


def _in_a_row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addStretch()
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return row


def _line(text: str) -> QLabel:
    label = QLabel(text)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label


def _button(text: str, action: QAction) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(action.trigger)
    return button
