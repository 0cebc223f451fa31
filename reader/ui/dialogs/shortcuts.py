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

from reader.ui.actions import ACTIONS, EDIT, FILE, GO, HELP, STORY, VIEW, ActionSpec, shown

_COLUMNS = ((GO, HELP), (STORY, EDIT), (VIEW, FILE))


class Shortcuts(QDialog):
    """Shows every key that does something."""

    def __init__(self, keys: Mapping[str, Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet = QWidget()
        columns = QHBoxLayout(sheet)
        columns.setSpacing(36)
        for menus in _COLUMNS:
            column = QVBoxLayout()
            for menu in menus:
                column.addWidget(_group(menu, keys))
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
        hint = sheet.sizeHint()
        self.resize(min(hint.width() + 60, 1060), min(hint.height() + 90, 720))


def _group(menu: str, keys: Mapping[str, Sequence[str]]) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 14)
    grid.setVerticalSpacing(5)
    grid.setHorizontalSpacing(18)
    title = QLabel(menu.replace("&", ""))
    title.setProperty("part", "group")
    grid.addWidget(title, 0, 0, 1, 2)
    specs = [spec for spec in ACTIONS if spec.menu == menu and keys.get(spec.id)]
    for row, spec in enumerate(specs, 1):
        _add_line(grid, row, spec, keys[spec.id])
    return group


def _add_line(grid: QGridLayout, row: int, spec: ActionSpec, keys: Sequence[str]) -> None:
    pressed = QLabel("   ".join(shown(QKeySequence(key)) for key in keys))
    pressed.setProperty("part", "keys")
    words = QLabel((spec.help or spec.label).replace("`", ""))
    words.setWordWrap(True)
    words.setMinimumWidth(190)
    grid.addWidget(pressed, row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(words, row, 1)
    grid.setColumnStretch(1, 1)
