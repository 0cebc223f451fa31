"""All | Unread | Starred: one of several, as buttons side by side."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

_CHOSEN, _OTHER = Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.NoFocus
"""Tab comes to the button that is down, and the arrows go on from there."""


class Segments(QWidget):
    """Buttons of which exactly one is down."""

    chosen = Signal(str)
    """The id of the button that the reader pressed."""

    def __init__(self, labels: Mapping[str, str], parent: QWidget | None = None) -> None:
        """`labels` are the buttons' texts by their ids; the first is down."""
        super().__init__(parent)
        self.setProperty("part", "segments")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for name, label in labels.items():
            button = QToolButton(self)
            button.setText(label)
            button.setCheckable(True)
            button.setFocusPolicy(_OTHER)
            button.toggled.connect(lambda on, button=button: button.setFocusPolicy(_CHOSEN if on else _OTHER))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            group.addButton(button)
            row.addWidget(button)
            self._buttons[name] = button
        next(iter(self._buttons.values())).setChecked(True)

    def button(self, name: str) -> QToolButton:
        """Return the button of an id."""
        return self._buttons[name]

    def choose(self, name: str) -> None:
        """Press a button without telling of it."""
        self._buttons[name].setChecked(True)

    @property
    def choice(self) -> str:
        """The id of the button that is down."""
        return next(name for name, button in self._buttons.items() if button.isChecked())
