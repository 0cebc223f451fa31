"""The page of the settings on which the keys are chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.ui.actions import ACTIONS, ActionSpec, conflicts, keys_in_force, shown

_ID = Qt.ItemDataRole.UserRole


class KeysEdit(QKeySequenceEdit):
    """Records the keys that are pressed, but Esc, which forgets them."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("New keys")
        self.setMaximumSequenceLength(2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.keySequence().isEmpty():
            event.ignore()
        else:
            self.clear()


class KeysPage(QWidget):
    """Every action with its keys; a key that is taken is refused and its owner named."""

    keys_changed = Signal(dict)
    """The keys that differ from the actions' own."""

    def __init__(self, chosen: Mapping[str, Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = {key: list(keys) for key, keys in chosen.items()}
        self._specs = {spec.id: spec for spec in ACTIONS}
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Find an action or a key")
        self.filter.setAccessibleName("Find an action or a key")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._show_matching)
        self.list = QTreeWidget()
        self.list.setAccessibleName("Actions and their keys")
        self.list.setHeaderLabels(["Action", "Keys"])
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.currentItemChanged.connect(self._on_current)
        self.edit = KeysEdit()
        self.set_button = QPushButton("Set")
        self.add_button = QPushButton("Add")
        self.remove_button = QPushButton("Remove")
        self.remove_button.setToolTip("Take its keys away (Delete)")
        self.reset_button = QPushButton("Reset")
        self.reset_all = QPushButton("Reset All")
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setProperty("part", "error")
        self._connect()
        self._lay()
        self._fill()

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return (self.set_button, self.add_button, self.remove_button, self.reset_button, self.reset_all)

    def _connect(self) -> None:
        self.edit.keySequenceChanged.connect(lambda _keys: self.message.clear())
        self.remove_button.clicked.connect(self._remove)
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            QShortcut(key, self.list, self._remove, context=Qt.ShortcutContext.WidgetShortcut)
        self.set_button.clicked.connect(lambda: self._take(keep=False))
        self.add_button.clicked.connect(lambda: self._take(keep=True))
        self.reset_button.clicked.connect(self._reset)
        self.reset_all.clicked.connect(self._reset_all)
        for button in self._buttons:
            button.setAutoDefault(False)

    def _lay(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.edit, 1)
        for button in self._buttons:
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.filter)
        layout.addWidget(self.list)
        layout.addLayout(row)
        layout.addWidget(self.message)

    def _fill(self) -> None:
        for spec in ACTIONS:
            item = QTreeWidgetItem([spec.label, ""])
            item.setData(0, _ID, spec.id)
            self.list.addTopLevelItem(item)
        self._show_keys()
        self.list.setCurrentItem(self._items()[0])

    def _show_keys(self) -> None:
        force = keys_in_force(self._chosen)
        for item in self._items():
            key = item.data(0, _ID)
            item.setText(1, "   ".join(shown(QKeySequence(text)) for text in force[key]))
            font = item.font(1)
            font.setBold(key in self._chosen)
            item.setFont(1, font)

    def _show_matching(self, text: str) -> None:
        wanted = text.casefold()
        for item in self._items():
            item.setHidden(wanted not in f"{item.text(0)} {item.text(1)}".casefold())

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _on_current(self) -> None:
        self.edit.clear()
        self.message.clear()
        key = self._current().id
        self.reset_button.setEnabled(key in self._chosen)
        self.remove_button.setEnabled(bool(keys_in_force(self._chosen)[key]))

    def _current(self) -> ActionSpec:
        item = self.list.currentItem()
        return self._specs[item.data(0, _ID)] if item is not None else ACTIONS[0]

    def _take(self, *, keep: bool) -> None:
        key = self._current().id
        typed = self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if not typed:
            return
        had = list(keys_in_force(self._chosen)[key]) if keep else []
        wanted = self._chosen | {key: list(dict.fromkeys([*had, typed]))}
        if taken := self._taken_by(key, wanted):
            self.message.setText(taken)
            return
        self._change(wanted)

    def _taken_by(self, key: str, wanted: Mapping[str, Sequence[str]]) -> str:
        for one, other, keys in conflicts(keys_in_force(wanted)):
            if key in (one, other):
                owner = self._specs[other if one == key else one]
                return f"{shown(QKeySequence(keys))} belongs to “{owner.label}”."
        return ""

    def _remove(self) -> None:
        self._change(self._chosen | {self._current().id: []})

    def _reset(self) -> None:
        key = self._current().id
        wanted = {other: keys for other, keys in self._chosen.items() if other != key}
        if taken := self._taken_by(key, wanted):
            self.message.setText(taken)
            return
        self._change(wanted)

    def _reset_all(self) -> None:
        self._change({})

    def _change(self, wanted: Mapping[str, Sequence[str]]) -> None:
        own = {spec.id: list(spec.keys) for spec in ACTIONS}
        self._chosen = {key: list(keys) for key, keys in wanted.items() if list(keys) != own[key]}
        self._show_keys()
        self._on_current()
        self.keys_changed.emit(self._chosen)
