"""The line at the bottom: the work under way, and how much the library holds."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from reader.model import Counts

_SHOWN_MS = 4000


class StatusBar(QStatusBar):
    """Shows work with its progress and a Cancel button; a word in passing; the counts at the right."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.work = QLabel()
        self.work.setObjectName("status-work")
        # A QStatusBar hides its ordinary widgets behind a message; ours has a place of its own.
        self.work.setMinimumWidth(1)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress")
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(150)
        self.cancel = QToolButton()
        self.cancel.setText("Cancel")
        self.cancel.clicked.connect(self.cancelled)
        self.counts = QLabel()
        self.counts.setObjectName("status-counts")
        self._lay()
        self._address = ""
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_SHOWN_MS)
        self._fade.timeout.connect(self._forget)
        self.end_work()

    def show_work(self, text: str, done: int = 0, total: int = 0, *, cancel: bool = True) -> None:
        """Show what is being done; without a total it is not known how far it is."""
        self._fade.stop()
        self.work.setText(f"{text}  {done:,} of {total:,}" if total else text)
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.setVisible(True)
        self.cancel.setVisible(cancel)
        self.cancel.setEnabled(True)

    def end_work(self, text: str = "") -> None:
        """Take the progress away; what came of it stays for some seconds."""
        showed = not self.progress.isHidden()
        self.progress.hide()
        self.cancel.hide()
        if text or showed:
            self.say(text)

    def say(self, text: str) -> None:
        """Show a word in passing; work under way is not covered by it."""
        if not self.progress.isHidden():
            return
        self.work.setText(text)
        self._fade.start()

    def take_back(self, text: str) -> None:
        """Show a word no longer that is not true any more, if it is the one shown."""
        if text and self.work.text() == text and self.progress.isHidden():
            self.work.clear()

    def show_address(self, address: str) -> None:
        """Show where the link under the pointer leads; "" when the pointer has left it."""
        if address:
            self.say(address)
        elif self.work.text() == self._address:
            self.work.clear()
        self._address = address

    def show_counts(self, counts: Counts) -> None:
        """Show how much the library holds."""
        parts = (
            _count(counts.issues, "issue", "issues"),
            _count(counts.stories, "story", "stories"),
            f"{counts.unread:,} unread",
        )
        self.counts.setText(" · ".join(parts) if counts.issues else "")

    def _forget(self) -> None:
        if self.progress.isHidden():
            self.work.clear()

    def _lay(self) -> None:
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(12, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.work)
        row.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        self.addWidget(left, 1)
        self.counts.setContentsMargins(0, 0, 12, 0)
        self.addPermanentWidget(self.counts)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
