"""The search field: what is typed is asked a moment after the last key."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from reader.services.themes import Theme
from reader.ui.icons import Icons
from reader.ui.words import counted

_PAUSE_MS = 80
"""How long the field waits for the next key: most people type the letters of a word faster."""
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)


class SearchField(QLineEdit):
    """A line to type a search in. Escape clears it and leaves it; Down goes to the results."""

    asked = Signal(str)
    """The text to search for; "" where the search is over."""
    results_wanted = Signal()
    """Down: the keyboard is to go to the results."""
    opened = Signal()
    """Return: open the first result, or the one that is chosen."""
    left = Signal()
    """Escape: the keyboard is to go back where it was."""

    def __init__(self, icons: Icons, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._mark = QAction("Search", self)
        self.addAction(self._mark, QLineEdit.ActionPosition.LeadingPosition)
        self.setAccessibleName("Search stories")
        self.set_count(0)
        self.set_theme(theme)
        self._asked_last = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.ask_now)
        self.textChanged.connect(self._on_text_changed)
        self.returnPressed.connect(self._on_return)

    def set_count(self, stories: int) -> None:
        """Say in the empty field how many stories there are to search."""
        self.setPlaceholderText(f"Search {counted(stories, 'story', 'stories')}" if stories else "Search")

    def set_theme(self, theme: Theme) -> None:
        """Take on a theme's colours."""
        self._mark.setIcon(self._icons.icon("search", theme.muted, size=16))

    def show_text(self, text: str) -> None:
        """Show a text that was asked for before, without asking again."""
        self._asked_last = text
        self.setText(text)

    def add_filter(self, word: str) -> None:
        """Put a filter ("is:starred") behind what is typed, ready to go on typing."""
        text = self.text().rstrip()
        open_ended = word.endswith(":")
        self.setText(f"{text} {word}".lstrip() + ("" if open_ended else " "))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_now(self) -> None:
        """Ask for what is typed without waiting any longer; nothing where that was asked already."""
        self._pause.stop()
        if self.text() != self._asked_last:
            self._asked_last = self.text()
            self.asked.emit(self._asked_last)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Leave files to the window, which takes them in; here their paths would be searched for."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._give_up()
        elif key in _DOWN and self.text():
            self.ask_now()
            self.results_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _offer_to_clear(self) -> None:
        """Put in the button that clears the field. It shows when there is text, and takes 3 ms to make."""
        self.setClearButtonEnabled(True)
        for clear in self.findChildren(QAction, "_q_qlineeditclearaction"):
            clear.setText("Clear")  # Qt's own has no name for the ear

    def _give_up(self) -> None:
        self.clear()
        self.left.emit()

    def _on_text_changed(self, text: str) -> None:
        if text and not self.isClearButtonEnabled():
            self._offer_to_clear()
        if text.strip():
            self._pause.start()
        else:
            self.ask_now()

    def _on_return(self) -> None:
        if self.text().strip():
            self.ask_now()
            self.opened.emit()
