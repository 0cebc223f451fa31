"""The bar that finds words in the story."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from reader.services.themes import Theme
from reader.ui.story.view import StoryView


class FindBar(QWidget):
    """Finds as you type: Return goes on, Shift+Return back, Esc closes."""

    closed = Signal()

    def __init__(self, view: StoryView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view = view
        self.field = QLineEdit(self, placeholderText="Find in story", clearButtonEnabled=True)
        self.field.setAccessibleName("Find in story")
        self.count = QLabel(self)
        self.count.setAccessibleName("Finds")
        self.field.textChanged.connect(self._on_typed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 6, 12, 6)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.count)
        for text, name, slot in (
            ("↑", "Previous find", self.go_back),
            ("↓", "Next find", self.go_on),
            ("✕", "Close the find bar", self.close_bar),
        ):
            button = QToolButton(self)
            button.setText(text)
            button.setToolTip(name)
            button.setAutoRaise(True)
            button.setAccessibleName(name)
            button.clicked.connect(slot)
            layout.addWidget(button)
        self.hide()

    def open(self) -> None:
        """Show the bar, with what is selected on the page as the words to find."""
        selected = self._view.selected_text().strip()
        self.show()
        if selected and "\n" not in selected and len(selected) < 100:
            self.field.setText(selected)
        self.field.setFocus()
        self.field.selectAll()
        self._on_typed(self.field.text())

    def go_on(self) -> None:
        """Go to the next find."""
        self._say(self._view.find(self.field.text()))

    def go_back(self) -> None:
        """Go to the find before."""
        self._say(self._view.find(self.field.text(), backwards=True))

    def close_bar(self) -> None:
        """Hide the bar and give the keys back to the page."""
        self.hide()
        self.closed.emit()

    def on_page_turned(self) -> None:
        """Close: what was found is no longer shown. The words stay for the next time."""
        if self.isVisible():
            self.close_bar()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setStyleSheet(
            f"#find_bar {{ background: {theme.bar}; border-bottom: 1px solid {theme.line}; }}"
            f"QLabel {{ color: {theme.muted}; padding: 0 6px; }}"
            f"QToolButton {{ color: {theme.text}; }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer Return and Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.go_back if back else self.go_on)()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the marks off the page."""
        super().hideEvent(event)
        self._view.clear_find()

    def _on_typed(self, text: str) -> None:
        if text.strip():
            self._say(self._view.find(text))
        else:
            self._view.clear_find()
            self.count.clear()

    def _say(self, found: tuple[int, int]) -> None:
        self.count.setText(f"{found[0]} of {found[1]}" if found[1] else "Not found")
