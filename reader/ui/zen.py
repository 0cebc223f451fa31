"""Only the page: full screen, with nothing beside the story."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMainWindow, QWidget


class Zen:
    """Hides what is around the page, and brings back what was shown."""

    def __init__(self, window: QMainWindow, around: Sequence[QWidget]) -> None:
        self._window = window
        self._around = list(around)
        self._hidden: list[QWidget] = []
        self.on = False

    def add(self, widget: QWidget) -> None:
        """Hide this widget too."""
        self._around.append(widget)

    def toggle(self) -> None:
        """Go into it, or out of it."""
        if self.on:
            self.leave()
        else:
            self._enter()

    def leave(self) -> bool:
        """Bring back what was shown; return whether it was on."""
        if not self.on:
            return False
        self.on = False
        for widget in self._hidden:
            widget.show()
        self._hidden = []
        self._window.setWindowState(self._before)
        return True

    def _enter(self) -> None:
        self.on = True
        self._before = self._window.windowState()
        self._hidden = [widget for widget in self._around if not widget.isHidden()]
        for widget in self._hidden:
            widget.hide()
        self._window.showFullScreen()
