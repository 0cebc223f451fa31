"""The tags of one story or of several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

_Check = Qt.CheckState


class TagsDialog(QDialog):
    """Every tag with a box: on all of the stories, on some, on none."""

    chosen = Signal(list, list)
    """The tags to put on and the tags to take off."""

    def __init__(
        self, about: str, known: Sequence[str], each: Sequence[Sequence[str]], parent: QWidget | None = None
    ) -> None:
        """Show what is tagged (`about`), all known tags, and the tags of each story."""
        super().__init__(parent)
        self.setWindowTitle("Tags")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit()
        self.field.setAccessibleName("New tag")
        self.field.setPlaceholderText("A tag, or several with commas")
        completer = QCompleter(list(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        self.list = QListWidget()
        self.list.setAccessibleName("Tags")
        self._before: dict[str, _Check] = {}
        for tag in sorted({*known, *(tag for tags in each for tag in tags)}, key=str.casefold):
            self._add(tag, _share(tag, each))
        self._lay(about)
        self.accepted.connect(self._tell)
        self.resize(360, 380)
        self.field.setFocus()

    def _lay(self, about: str) -> None:
        label = QLabel(about)
        label.setWordWrap(True)
        label.setProperty("part", "group")
        add = QPushButton("Add")
        add.setAutoDefault(False)
        add.clicked.connect(self._take)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(add)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(label)
        layout.addLayout(row)
        layout.addWidget(self.list)
        layout.addWidget(buttons)

    def accept(self) -> None:
        self._take()
        super().accept()

    def _add(self, tag: str, check: _Check) -> None:
        item = QListWidgetItem(tag)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(check)
        self.list.addItem(item)
        self._before[tag] = check

    def _take(self) -> None:
        """Put a check on what was typed; what is new joins the list."""
        for typed in self.field.text().split(","):
            tag = " ".join(typed.split())
            if not tag:
                continue
            found = self.list.findItems(tag, Qt.MatchFlag.MatchFixedString)
            if not found:
                self._add(tag, _Check.Unchecked)
                found = [self.list.item(self.list.count() - 1)]
            found[0].setCheckState(_Check.Checked)
        self.field.clear()

    def _tell(self) -> None:
        put: list[str] = []
        taken: list[str] = []
        for item in (self.list.item(row) for row in range(self.list.count())):
            now, before = item.checkState(), self._before[item.text()]
            if now != before:
                (put if now is _Check.Checked else taken).append(item.text())
        self.chosen.emit(put, taken)


def _share(tag: str, each: Sequence[Sequence[str]]) -> _Check:
    having = sum(tag in tags for tags in each)
    if not having:
        return _Check.Unchecked
    return _Check.Checked if having == len(each) else _Check.PartiallyChecked
