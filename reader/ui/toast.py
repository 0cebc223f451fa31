"""A toast: what has just been done, for some seconds, with one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from reader.ui.announcing import announce

_SHOWN_MS = 8000
_ABOVE = 54
"""How far above the window's lower edge it stands, in pixels."""


class Toast(QFrame):
    """Stands over the lower part of the window and goes by itself; the pointer on it keeps it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Message")
        self.text = QLabel()
        self.action = QPushButton()
        self.dismiss = QToolButton()
        self.dismiss.setText("✕")
        self.dismiss.setAccessibleName("Close the message")
        self.dismiss.clicked.connect(self.go)
        self.action.clicked.connect(self._act)
        for button in (self.action, self.dismiss):
            # A click on it leaves the keyboard where it is.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        for part in (self.text, self.action, self.dismiss):
            row.addWidget(part)
        self._do: Callable[[], object] | None = None
        self._focus: QWidget | None = None
        """What had the keyboard when the toast came."""
        self._lasting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.go)
        self.hide()

    def say(
        self,
        text: str,
        action: str = "",
        do: Callable[[], object] | None = None,
        *,
        lasting: bool = False,
    ) -> None:
        """Show a sentence, and a button for what can be done about it; lasting, until it is answered."""
        self.text.setText(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._do = do
        if not self._has_keyboard():
            self._focus = self._window.focusWidget()
        self._window.installEventFilter(self)
        self.show()
        self._place()
        self.raise_()
        self._lasting = lasting
        self._wait()
        announce(self, text)

    def withdraw(self, action: str) -> None:
        """Go, where the button with this text would no longer do what was said."""
        if self.isVisible() and self.action.text() == action:
            self.go()

    def go(self) -> None:
        """Go, and give the keyboard back where it was before it came here."""
        if self._focus is not None and self._has_keyboard():
            self._focus.setFocus()
        self._window.removeEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._wait()
        super().leaveEvent(event)

    def _wait(self) -> None:
        """Go after some seconds, but not where an answer is waited for."""
        if self._lasting:
            self._timer.stop()
        else:
            self._timer.start()

    def _has_keyboard(self) -> bool:
        return self._window.focusWidget() in (self.action, self.dismiss)

    def _act(self) -> None:
        do, self._do = self._do, None
        self.go()
        if do is not None:
            do()

    def _place(self) -> None:
        window = self._window
        self.text.setWordWrap(False)
        self.adjustSize()
        widest = window.width() - 32
        if self.width() > widest:
            self.text.setWordWrap(True)
            self.resize(widest, self.heightForWidth(widest))
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - _ABOVE)
