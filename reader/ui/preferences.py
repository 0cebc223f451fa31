"""The settings in force, and word of every change of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.services.settings import Settings, load_settings, save_settings

_SAVE_AFTER_MS = 800


class Preferences(QObject):
    """Holds the settings; what changes is told at once and saved a moment later."""

    changed = Signal(Settings)
    failed = Signal(Exception)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = load_settings()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)

    def change(self, **values: Any) -> None:
        """Set some settings; nothing happens where they are so already."""
        changed = replace(self.settings, **values)
        if changed != self.settings:
            self.settings = changed
            self._timer.start()
            self.changed.emit(changed)

    def remember(self, window: dict[str, Any]) -> None:
        """Keep where the window was left; that is no change of the settings."""
        if window != self.settings.window:
            self.settings = replace(self.settings, window=window)
            self._timer.start()

    def save(self) -> None:
        """Write what is not written yet."""
        self._timer.stop()
        try:
            save_settings(self.settings)
        except OSError as error:
            self.failed.emit(error)

    @property
    def unsaved(self) -> bool:
        """Whether something is not written yet."""
        return self._timer.isActive()
