"""The sheet of all keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.ui.actions import ACTIONS, EDIT, FILE, GO, HELP, MORE_KEYS, STORY, VIEW, shown

_COLUMNS = ((GO,), (STORY, EDIT), (VIEW, FILE, HELP))
_KEYS_WIDTH = 124
"""Pixels: the words of all groups of a column begin in one line."""


class Shortcuts(QDialog):
    """Shows every key that does something."""

    def __init__(self, keys: Mapping[str, Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet = QWidget()
        columns = QHBoxLayout(sheet)
        columns.setSpacing(28)
        for menus in _COLUMNS:
            column = QVBoxLayout()
            for menu in menus:
                column.addWidget(_group(menu, _lines(menu, keys)))
            column.addStretch()
            columns.addLayout(column)
        area = QScrollArea()
        area.setAccessibleName("Keys")
        area.setWidget(sheet)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addWidget(buttons)
        hint, room = sheet.sizeHint(), self.screen().availableGeometry()
        self.resize(min(hint.width() + 60, room.width() - 16), min(hint.height() + 90, room.height() - 64))


def _lines(menu: str, keys: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return the keys of a menu's actions, and what each does."""
    specs = [spec for spec in ACTIONS if spec.menu == menu and keys.get(spec.id)]
    ours = [("   ".join(shown(QKeySequence(key)) for key in keys[spec.id]), spec.told) for spec in specs]
    return [*ours, *MORE_KEYS] if menu == GO else ours


def _group(menu: str, lines: Sequence[tuple[str, str]]) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 6)
    grid.setVerticalSpacing(5)
    grid.setHorizontalSpacing(18)
    title = QLabel(menu.replace("&", ""))
    title.setProperty("part", "group")
    grid.addWidget(title, 0, 0, 1, 2)
    grid.setColumnMinimumWidth(0, _KEYS_WIDTH)
    for row, (keys, words) in enumerate(lines, 1):
        _add_line(grid, row, keys.replace("`", ""), words.replace("`", ""))
    return group


def _add_line(grid: QGridLayout, row: int, keys: str, told: str) -> None:
    pressed = QLabel(keys)
    pressed.setProperty("part", "keys")
    pressed.setWordWrap(True)
    pressed.setFixedWidth(_KEYS_WIDTH)
    words = QLabel(told)
    words.setWordWrap(True)
    words.setMinimumWidth(170)
    grid.addWidget(pressed, row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(words, row, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(1, 1)
