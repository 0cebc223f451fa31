"""The mailboxes from which newsletters come in: which there are, one more, one less."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.model.mailbox import INBOX, SECURE_PORT, MailAccount

_TOLD = (
    "Newsletters come in from these mailboxes whenever new issues are looked for. Their mails stay as they"
    " are, and unread. The password, best one for this app alone, is kept in the system's keyring."
)
_ACCOUNT = Qt.ItemDataRole.UserRole


class MailboxesDialog(QDialog):
    """Lists mailboxes, and asks for one more. Nothing is added before its server lets us in."""

    wanted = Signal(MailAccount, str)
    """A mailbox to be added, and its password."""
    unwanted = Signal(MailAccount)
    """A mailbox from which nothing more shall come in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Mailboxes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = QLabel(_TOLD)
        told.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Mailboxes")
        self.remove = QPushButton("&Remove")
        self.remove.setEnabled(False)
        self.list.currentRowChanged.connect(lambda row: self.remove.setEnabled(row >= 0))
        self.remove.clicked.connect(self._on_remove)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.add = QPushButton("A&dd Mailbox")
        self.add.clicked.connect(self._on_add)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        for button in (self.remove, self.add, buttons.button(QDialogButtonBox.StandardButton.Close)):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.addWidget(told)
        layout.addWidget(self.list, 1)
        layout.addLayout(_row(self.remove))
        layout.addSpacing(6)
        layout.addLayout(self._form())
        layout.addWidget(self.said)
        layout.addLayout(_row(self.add))
        layout.addWidget(buttons)
        self.resize(520, 560)
        self.host.setFocus()

    def show_accounts(self, accounts: Sequence[MailAccount]) -> None:
        """List the mailboxes that there are."""
        self.list.clear()
        for account in accounts:
            item = QListWidgetItem(_words(account), self.list)
            item.setData(_ACCOUNT, account)

    def say(self, text: str, *, error: bool = False) -> None:
        """Tell how it went; what was typed stays where it went wrong."""
        self.said.setText(text)
        self.said.setProperty("part", "error" if error else "empty")
        self.said.style().polish(self.said)
        self.add.setEnabled(True)
        if not error:
            self.password.clear()

    def _form(self) -> QFormLayout:
        self.host, self.user, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.folder, self.sender_field = QLineEdit(INBOX), QLineEdit()
        self.host.setPlaceholderText("imap.example.org")
        self.user.setPlaceholderText("ada@example.org")
        self.sender_field.setPlaceholderText("All newsletters")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        form = QFormLayout()
        form.addRow("&Server:", self.host)
        form.addRow("&User:", self.user)
        form.addRow("&Password:", self.password)
        form.addRow("&Folder:", self.folder)
        form.addRow("Only &from:", self.sender_field)
        self.password.returnPressed.connect(self._on_add)
        return form

    def _on_add(self) -> None:
        host, _, port = self.host.text().strip().partition(":")
        user, password = self.user.text().strip(), self.password.text()
        if not (host and user and password) or (port and not port.isdecimal()):
            self.say("A mailbox needs a server, a user and a password.", error=True)
            return
        number = int(port) if port else SECURE_PORT
        folder = self.folder.text().strip() or INBOX
        self.say(f"Asking {host}…")
        self.add.setEnabled(False)
        self.wanted.emit(MailAccount(host, user, number, folder, self.sender_field.text().strip()), password)

    def _on_remove(self) -> None:
        for item in self.list.selectedItems():
            self.unwanted.emit(item.data(_ACCOUNT))


def _row(button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch()
    return row


def _words(account: MailAccount) -> str:
    whose = f", only from {account.sender}" if account.sender else ""
    return f"{account.folder} of {account.user} at {account.host}{whose}"
