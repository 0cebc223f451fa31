"""The newsletters of a list from another reader, of which some or all are to be followed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.model.following import without_password
from reader.model.subscription import Subscription
from reader.ui.words import counted

_Check = Qt.CheckState
_ONE = Qt.ItemDataRole.UserRole


class SubscriptionsDialog(QDialog):
    """Lists newsletters, each with a tick that may be taken away."""

    chosen = Signal(list)
    """A Subscription for each that is to be followed."""

    def __init__(self, wanted: Sequence[Subscription], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Follow Newsletters")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = QLabel(
            f"The list holds {counted(len(wanted), 'newsletter')}. Untick those that you do not want."
        )
        told.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Newsletters of the list")
        for one in wanted:
            self._add(one)
        self.list.itemChanged.connect(self._count)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.follow_button: QPushButton = buttons.button(standard.Ok)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (told, self.list, buttons):
            layout.addWidget(part)
        self.accepted.connect(lambda: self.chosen.emit(self._ticked()))
        self._count()
        self.resize(480, 400)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _add(self, one: Subscription) -> None:
        address = without_password(one.address)
        group = f"  ·  {' › '.join(one.groups)}" if one.groups else ""
        item = QListWidgetItem(f"{one.name or address}{group}", self.list)
        item.setToolTip(address)
        item.setData(_ONE, one)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_Check.Checked)

    def _ticked(self) -> list[Subscription]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(_ONE) for item in items if item.checkState() is _Check.Checked]

    def _count(self) -> None:
        """Say on the button how many will be followed."""
        count = len(self._ticked())
        self.follow_button.setText(f"&Follow {counted(count, 'Newsletter')}" if count else "&Follow")
        self.follow_button.setEnabled(count > 0)
