"""The page of the settings on pictures: what they take, whose are loaded, and how to be rid of them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.model.picture import Kept, Policy
from reader.services.library import Library
from reader.services.picture_cache import policies, usage
from reader.ui.preferences import Preferences
from reader.ui.words import counted, size_in_words

POLICIES = {Policy.ALWAYS: "Always", Policy.ASK: "When I ask", Policy.NEVER: "Never"}
"""When pictures are loaded, in words."""
_LIMITS = (50, 100_000)
"""Megabytes."""
_ROW = 28
"""How high a line is, in pixels."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_KEY = Qt.ItemDataRole.UserRole


class PicturesPage(QWidget):
    """What the pictures of each newsletter take, and when they are loaded."""

    policy_chosen = Signal(str, Policy)
    """The pictures of a newsletter, by its key, shall be loaded then."""
    removal_confirmed = Signal()

    def __init__(self, preferences: Preferences, library: Library) -> None:
        super().__init__()
        self._library = library
        self.total = QLabel()
        self.limit = QSpinBox()
        self.limit.setRange(*_LIMITS)
        self.limit.setSingleStep(100)
        self.limit.setSuffix(" MB")
        self.limit.setGroupSeparatorShown(True)
        self.limit.lineEdit().setTextMargins(7, 0, 0, 0)
        self.limit.setToolTip("Those shown longest ago go first, those of starred stories never")
        self.limit.setValue(preferences.settings.picture_limit)
        self.limit.valueChanged.connect(lambda size: preferences.change(picture_limit=size))
        self.list = _list()
        self.choice = QComboBox()
        for policy, words in POLICIES.items():
            self.choice.addItem(words, policy)
        self.remove = QPushButton("Remove All Pict&ures…")
        self.remove.setAutoDefault(False)
        self.list.itemSelectionChanged.connect(self._show_choice)
        self.choice.activated.connect(self._choose)
        self.remove.clicked.connect(self._ask_removal)
        self._lay()
        self.fill()

    def fill(self) -> None:
        """Read anew what the pictures take, and what was chosen."""
        told, chosen = usage(self._library), policies(self._library)
        self.total.setText(f"{counted(told.pictures, 'picture')}, {size_in_words(told.size)}")
        kept = {each.newsletter: each for each in told.newsletters}
        self.list.clear()
        for row in self._library.newsletters():
            one = kept.pop(row.key, Kept(row.key, row.name, 0, 0))
            self._add(one._replace(name=row.name), chosen.get(row.key, Policy.ASK))
        for one in kept.values():
            self._add(one, chosen.get(one.newsletter, Policy.ASK))
        self.remove.setEnabled(told.pictures > 0)
        self._show_choice()

    def _add(self, kept: Kept, policy: Policy) -> None:
        size = size_in_words(kept.size) if kept.pictures else "–"
        item = QTreeWidgetItem([kept.name, POLICIES[policy], f"{kept.pictures:,}", size])
        item.setSizeHint(0, QSize(0, _ROW))
        for column in (2, 3):
            item.setTextAlignment(column, _RIGHT)
        item.setData(0, _KEY, kept.newsletter)
        item.setData(1, _KEY, policy)
        self.list.addTopLevelItem(item)

    def _lay(self) -> None:
        form = QFormLayout()
        form.addRow("Kept for reading offline:", self.total)
        form.addRow("&At most:", self.limit)
        row = QHBoxLayout()
        label = QLabel("&Load pictures of the chosen newsletters:")
        label.setBuddy(self.choice)
        row.addWidget(label)
        row.addWidget(self.choice, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        layout.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_choice(self) -> None:
        items = self.list.selectedItems()
        self.choice.setEnabled(bool(items))
        said = {item.data(1, _KEY) for item in items}
        self.choice.setCurrentIndex(self.choice.findData(said.pop()) if len(said) == 1 else -1)

    def _choose(self) -> None:
        policy = Policy(self.choice.currentData())
        for item in self.list.selectedItems():
            if item.data(1, _KEY) != policy:
                item.setData(1, _KEY, policy)
                item.setText(1, POLICIES[policy])
                self.policy_chosen.emit(item.data(0, _KEY), policy)

    def _ask_removal(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Remove All Pictures")
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(f"Remove {self.total.text()}?")
        box.setInformativeText(
            "Nothing is lost for good: each is loaded from its site again when it is shown and you allow it. "
            "Pictures that came inside an issue stay."
        )
        remove = box.addButton("&Remove", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        remove.clicked.connect(self.removal_confirmed)
        box.open()


def _list() -> QTreeWidget:
    made = QTreeWidget()
    made.setAccessibleName("Newsletters and their pictures")
    made.setHeaderLabels(["Newsletter", "Loaded", "Pictures", "Size"])
    for column in (2, 3):
        made.headerItem().setTextAlignment(column, _RIGHT)
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    header = made.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in (1, 2, 3):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return made
