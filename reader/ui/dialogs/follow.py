"""Following an address: it is typed or pasted, looked at, and followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.model import shown_title
from reader.ui.following import Following
from reader.ui.words import counted, long_date

if TYPE_CHECKING:
    from reader.model.following import Preview

_HINT = "Paste the address of a newsletter: of its page, its archive or its feed."
_WIDTH = 620
_HEIGHT = 520
"""With something found; until then the dialog is as low as it can be."""
_FRAME = 48
"""Pixels that the desktop's frame around the dialog may take."""
_LONGEST = 2_000
"""Characters of the clipboard that are looked at for an address."""


class FollowDialog(QDialog):
    """Shows the newest issue story by story before anything is followed."""

    def __init__(self, following: Following, address: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Follow a Newsletter")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._following = following
        self._preview: Preview | None = None
        self.address = QLineEdit(address or _copied_address())
        self.address.setPlaceholderText("example.org")
        self.address.setAccessibleName("Address")
        self.address.textEdited.connect(self._forget)
        self.look_button = QPushButton("&Look")
        self.look_button.clicked.connect(self.look)
        self.said = QLabel(_HINT)
        self.said.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Looking at the address")
        self._make_found()
        self._lay()
        self._forget()
        self.finished.connect(following.stop_looking)
        self.resize(_WIDTH, self.minimumSizeHint().height())
        self.address.setFocus()
        self.address.selectAll()
        if address:
            self.look()

    def look(self) -> None:
        """Ask the address what there is."""
        if typed := self.address.text().strip():
            self._forget()
            self._say(f"Looking at {typed}…")
            self.progress.show()
            self.look_button.setEnabled(False)
            self._following.look_at(typed, self._show, self._tell)

    def accept(self) -> None:
        # Return looks first, and follows when there is something to follow.
        if self._preview is None:
            self.look()
            return
        self._following.follow(self._preview, self.name.text().strip(), older=self.older.isChecked())
        super().accept()

    def _make_found(self) -> None:
        self.name = QLineEdit()
        self.offers = QComboBox()
        self.offers.activated.connect(self._on_offer)
        self.issue = QLabel()
        self.issue.setProperty("part", "group")
        self.issue.setWordWrap(True)
        self.stories = QListWidget()
        self.stories.setAccessibleName("Stories of the newest issue")
        self.stories.setWordWrap(True)
        self.stories.setSpacing(2)
        self.older = QCheckBox("&Get older issues too, as many as there are")
        self.page_button = QPushButton("Read This &Page Only")
        self.page_button.setAutoDefault(False)
        self.page_button.clicked.connect(self._read_page)

    def _lay(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.address, 1)
        row.addWidget(self.look_button)
        self.found = QFrame()
        form = QFormLayout()
        form.addRow("&Name:", self.name)
        form.addRow("&Address:", self.offers)
        self._form = form
        column = QVBoxLayout(self.found)
        column.setContentsMargins(0, 6, 0, 0)
        column.addLayout(form)
        column.addSpacing(6)
        column.addWidget(self.issue)
        column.addWidget(self.stories, 1)
        column.addWidget(self.older)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self.follow_button = buttons.button(standard.Ok)
        self.follow_button.setText("&Follow")
        buttons.addButton(self.page_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self.said)
        layout.addWidget(self.progress)
        layout.addWidget(self.found, 1)
        layout.addStretch()
        layout.addWidget(buttons)

    def _forget(self) -> None:
        """Take away what was found at another address."""
        self._preview = None
        self.progress.hide()
        self.found.hide()
        self.look_button.setEnabled(True)
        self.look_button.setDefault(True)
        self.follow_button.setEnabled(False)
        self.page_button.hide()
        self._say(_HINT)

    def _show(self, preview: Preview) -> None:
        self._forget()
        self._preview = preview
        self._say(_told(preview))
        self.name.setText(preview.name)
        self._form.setRowVisible(self.offers, bool(preview.offers))
        self.offers.clear()
        self.offers.addItem(f"{preview.name} ({preview.address})", preview.address)
        for offer in preview.offers:
            self.offers.addItem(f"{offer.title or preview.name} ({offer.address})", offer.address)
        self._show_newest(preview)
        self.found.show()
        self.page_button.show()
        self._grow()
        self.follow_button.setEnabled(not preview.known)
        if not preview.known:
            self.follow_button.setDefault(True)
            self.follow_button.setFocus()

    def _grow(self) -> None:
        """Make room for what was found, without going off the screen."""
        self.resize(self.width(), max(self.height(), _HEIGHT))
        room = self.screen().availableGeometry()
        over = self.y() + self.height() + _FRAME - room.bottom()
        if over > 0:
            self.move(self.x(), max(room.top(), self.y() - over))

    def _show_newest(self, preview: Preview) -> None:
        self.stories.clear()
        newest = preview.newest
        self.stories.setVisible(newest is not None)
        if newest is None:
            self.issue.setText("It holds no issue yet.")
            return
        date = long_date(newest.issue.published)
        told = [newest.issue.title, date, counted(len(newest.stories), "story", "stories")]
        self.issue.setText("Its newest issue: " + " · ".join(filter(None, told)))
        self.stories.addItems([shown_title(story.title) for story in newest.stories])

    def _tell(self, error: BaseException) -> None:
        self._forget()
        self._say(str(error), error=True)
        self.page_button.show()
        self.address.setFocus()
        self.address.selectAll()

    def _say(self, text: str, *, error: bool = False) -> None:
        self.said.setText(text)
        self.said.setProperty("part", "error" if error else "empty")
        self.said.style().polish(self.said)

    def _read_page(self) -> None:
        self._following.read_page(self.address.text().strip())
        self.reject()

    def _on_offer(self, _index: int) -> None:
        address = self.offers.currentData()
        if self._preview and address != self._preview.address:
            self.address.setText(address)
            self.look()


def _told(preview: Preview) -> str:
    if preview.known:
        return f"You follow {preview.name} already."
    holds = counted(preview.issues, "issue")
    return f"{preview.name} holds {holds} now; new ones come in as they are published."


def _copied_address() -> str:
    """Return the address that was copied last, if it is one: mostly it is the one to follow."""
    copied = QGuiApplication.clipboard().text()[:_LONGEST].strip()
    one_word = bool(copied) and len(copied.split()) == 1
    return copied if one_word and copied.lower().startswith(("http://", "https://", "feed:")) else ""
