"""The theme in force: the one chosen, or light or dark as the desktop tells."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from reader.services.settings import Settings
from reader.services.themes import Theme, theme_named, themes
from reader.ui.preferences import Preferences

SYSTEM = "system"
TEXT_SIZES = (14, 16, 17, 18, 19, 20, 22, 24, 28, 32)
NORMAL_TEXT_SIZE = Settings().text_size


class Appearance(QObject):
    """Tells when the theme changes: because another was chosen, or because the desktop turned dark."""

    theme_changed = Signal(Theme)

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.theme = self._theme_in_force()
        preferences.changed.connect(self._on_changed)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_changed)

    @cached_property
    def themes(self) -> dict[str, Theme]:
        """Every theme by its name; read when somebody wants to choose."""
        return themes()

    def choose(self, name: str) -> None:
        """Choose a theme by its name, or SYSTEM."""
        self._preferences.change(theme=name)

    def step_text_size(self, step: int) -> None:
        """Make the text of stories one size larger or smaller."""
        size = self._preferences.settings.text_size
        wanted = [other for other in TEXT_SIZES if (other > size if step > 0 else other < size)]
        if wanted:
            self.set_text_size(wanted[0] if step > 0 else wanted[-1])

    def set_text_size(self, pixels: int) -> None:
        """Set the text size of stories."""
        self._preferences.change(text_size=pixels)

    def _theme_in_force(self) -> Theme:
        chosen = self._preferences.settings.theme
        if found := theme_named(chosen):
            return found
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return theme_named("dark" if dark else "light") or next(iter(self.themes.values()))

    def _on_changed(self) -> None:
        theme = self._theme_in_force()
        if theme != self.theme:
            self.theme = theme
            self.theme_changed.emit(theme)
