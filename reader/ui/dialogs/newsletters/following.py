"""The part of a newsletter's page that tells how its issues come in by themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QListWidget, QPushButton, QWidget

from reader.model import NewsletterRow
from reader.model.following import Followed, without_password
from reader.services.following import failures, followed
from reader.services.newsletters import RefreshPolicy, refresh_policy
from reader.ui.dialogs.newsletters.page import Part
from reader.ui.following import Following
from reader.ui.newsletters import Newsletters
from reader.ui.words import long_date

_POLICIES: dict[RefreshPolicy, str] = {
    "often": "As often as the settings say",
    "daily": "Once a day",
    "never": "Only when I ask",
}
_LOG = 84
"""Pixels: some problems; the others are scrolled to."""
_NOT_FOLLOWED = "Nothing is followed. Its issues came from files, or from mail."


class FollowingPart(Part):
    """The addresses that are followed, their last result, and what went wrong before."""

    def __init__(self, following: Following, newsletters: Newsletters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._following = following
        self._newsletters = newsletters
        self._row: NewsletterRow | None = None
        self._addresses: list[Followed] = []
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.policy = QComboBox()
        for policy, words in _POLICIES.items():
            self.policy.addItem(words, policy)
        self.policy.activated.connect(lambda _index: self._on_policy())
        self.refresh = QPushButton("Re&fresh Now")
        self.refresh.clicked.connect(lambda: following.refresh([one.address for one in self._addresses]))
        self.older = QPushButton("Get &Older Issues")
        self.older.clicked.connect(self._on_older)
        self.stop = QPushButton("&Stop Following")
        self.stop.clicked.connect(self._on_stop)
        self.log = QListWidget()
        self.log.setAccessibleName("What went wrong")
        self.log.setMaximumHeight(_LOG)
        self.log.setWordWrap(True)
        self._lay()

    def show_newsletter(self, row: NewsletterRow) -> None:
        self._row = row
        library = self._following.library
        self._addresses = [one for one in followed(library) if one.newsletter == row.key]
        self.told.setText("\n".join(map(_told, self._addresses)) or _NOT_FOLLOWED)
        self.policy.setCurrentIndex(self.policy.findData(refresh_policy(library, row.key)))
        there = bool(self._addresses)
        self.form.setRowVisible(self.policy, there)
        for button in (self.refresh, self.older, self.stop):
            button.setVisible(there)
        errors = [each for one in self._addresses for each in failures(library, one.address)]
        self.log.clear()
        self.log.addItems([f"{long_date(each.time)}: {each.error}" for each in errors])
        self.form.setRowVisible(self.log, bool(errors))

    def _lay(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.refresh, self.older, self.stop):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch()
        self.form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.told)
        form.addRow("&Look for new issues:", self.policy)
        form.addRow(buttons)
        form.addRow("&Problems:", self.log)

    def _on_policy(self) -> None:
        if self._row:
            self._newsletters.set_refresh_policy(self._row, self.policy.currentData())

    def _on_older(self) -> None:
        for one in self._addresses:
            self._following.older(one.address)

    def _on_stop(self) -> None:
        for one in self._addresses:
            self._following.unfollow(one)


def _told(one: Followed) -> str:
    """Return what is known of an address: where it is, and how it went the last time."""
    asked = f"{long_date(one.checked)}: {one.error or one.result}" if one.checked else "Not asked yet."
    gone = " It is asked no longer." if one.stopped else ""
    return f"{without_password(one.address)}\n{asked}{gone}"
