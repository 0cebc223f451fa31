"""What a correction would make of the newsletter's other issues, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.model import shown_title
from reader.ui.words import counted, middle_date

if TYPE_CHECKING:
    from reader.services.correcting import Preview

_Check = Qt.CheckState
_NUMBER = Qt.ItemDataRole.UserRole
_SPACING = 3
_ISSUES = 270
"""How wide the list of issues is, in pixels."""


class PreviewDialog(QDialog):
    """Lists the issues, each with a tick, and shows the titles of the one that is chosen before and after."""

    chosen = Signal(dict)
    """The corrections of the issues that are ticked, by the issues' keys."""

    def __init__(self, previews: Sequence[Preview], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._previews = previews
        self.setWindowTitle("Other Issues")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.issues = QListWidget()
        self.issues.setAccessibleName("Issues")
        self.issues.setFixedWidth(_ISSUES)
        self.before, self.after = QListWidget(), QListWidget()
        self._fill()
        self._lay()
        self.issues.currentRowChanged.connect(self._show_titles)
        self.issues.itemChanged.connect(self._count)
        self.accepted.connect(self._tell)
        self.resize(940, 520)
        self.issues.setCurrentRow(0)
        self.issues.setFocus()
        self._count()

    def _fill(self) -> None:
        for number, preview in enumerate(self._previews):
            row = preview.issue
            facts = f"{len(preview.before)} → {counted(len(preview.after), 'story', 'stories')}"
            told = " · ".join(fact for fact in (middle_date(row.published), facts) if fact)
            item = QListWidgetItem(f"{row.label}\n{told}", self.issues)
            item.setData(_NUMBER, number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_Check.Checked)

    def _lay(self) -> None:
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.ok = buttons.button(standard.Ok)
        self.every = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.every.setAutoDefault(False)
        self.every.clicked.connect(self._tick_every)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        columns = QHBoxLayout()
        for name, part in (("Issues", self.issues), ("Now", self.before), ("Then", self.after)):
            head = QLabel(name)
            head.setProperty("part", "group")
            column = QVBoxLayout()
            column.addWidget(head)
            column.addWidget(part)
            columns.addLayout(column, int(part is not self.issues))
        for name, part in (("Stories now", self.before), ("Stories then", self.after)):
            part.setAccessibleName(name)
            part.setUniformItemSizes(True)
        for part in (self.issues, self.before, self.after):
            part.setSpacing(_SPACING)
        layout = QVBoxLayout(self)
        layout.addLayout(columns)
        layout.addWidget(buttons)

    def _show_titles(self, row: int) -> None:
        preview = self._previews[row]
        _list(self.before, preview.before, apart_from=preview.after)
        _list(self.after, preview.after, apart_from=preview.before)
        both = zip(preview.before, preview.after, strict=False)
        same = len(list(takewhile(lambda pair: pair[0] == pair[1], both)))
        for titles in (self.before, self.after):
            item = titles.item(min(same, titles.count() - 1))
            titles.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_titles(self.issues.currentRow())  # only now is known where the first change is

    def _ticked(self) -> list[Preview]:
        items = (self.issues.item(row) for row in range(self.issues.count()))
        return [self._previews[item.data(_NUMBER)] for item in items if item.checkState() is _Check.Checked]

    def _count(self) -> None:
        number = len(self._ticked())
        self.ok.setText(f"Correct {counted(number, 'Issue')}")
        self.ok.setEnabled(number > 0)
        self.every.setText("Untick &All" if number == len(self._previews) else "Tick &All")

    def _tick_every(self) -> None:
        wanted = _Check.Unchecked if len(self._ticked()) == len(self._previews) else _Check.Checked
        for row in range(self.issues.count()):
            self.issues.item(row).setCheckState(wanted)

    def _tell(self) -> None:
        self.chosen.emit({preview.issue.key: preview.corrections for preview in self._ticked()})


def _list(where: QListWidget, titles: Sequence[str], *, apart_from: Sequence[str]) -> None:
    """List titles by their numbers; those that the other list has not are set bold."""
    where.clear()
    others = set(apart_from)
    for number, title in enumerate(titles, 1):
        item = QListWidgetItem(f"{number}  {shown_title(title)}", where)
        item.setToolTip(shown_title(title))
        if title not in others:
            bold = QFont(where.font())
            bold.setWeight(QFont.Weight.DemiBold)
            item.setFont(bold)
