"""Mailboxes in the window: adding, removing, and looking for what is new in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from reader.services.library import Library
from reader.ui.following import Following

if TYPE_CHECKING:
    import threading

    from reader.model.mailbox import MailAccount
    from reader.services.importing import Report
    from reader.ui.dialogs.mailboxes import MailboxesDialog


class Mailboxes(QObject):
    """Does what is asked of mailboxes, one thing after the other, after all else that asks the network."""

    def __init__(
        self, library: Library, following: Following, undo_stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.library = library
        self.following = following
        self._stack = undo_stack
        self._dialog: MailboxesDialog | None = None

    def ask(self, window: QWidget) -> None:
        """Show the mailboxes that there are."""
        from reader.ui.dialogs.mailboxes import MailboxesDialog

        self._dialog = dialog = MailboxesDialog(window)
        dialog.wanted.connect(self._add)
        dialog.unwanted.connect(lambda account: self._stack.push(RemoveMailbox(self, account)))
        dialog.finished.connect(self._on_closed)
        self.show_accounts()
        dialog.open()

    def refresh(self, done: Callable[[Report], object]) -> None:
        """Take in what is new in all mailboxes; `done` hears of it where there are any."""
        self.following.run(self._refreshed, lambda report: None if report is None else done(report))

    def show_accounts(self) -> None:
        """List the mailboxes anew, where the window with them is open."""
        if self._dialog is not None:
            from reader.services.mailboxes import mailboxes

            self._dialog.show_accounts(mailboxes(self.library))

    def _on_closed(self) -> None:
        self._dialog = None

    def _refreshed(self, stop: threading.Event) -> Report | None:
        from reader.services.mailboxes import mailboxes, refresh_mailboxes

        if not mailboxes(self.library):
            return None
        return refresh_mailboxes(self.library, cancelled=stop.is_set)

    def _add(self, account: MailAccount, password: str) -> None:
        def work(_stop: threading.Event) -> str:
            from reader.model import ReaderError
            from reader.services.mailboxes import add_mailbox

            try:
                add_mailbox(self.library, account, password)
            except ReaderError as error:
                return str(error)
            return ""

        self.following.run(work, self._on_added)

    def _on_added(self, error: str) -> None:
        self.show_accounts()
        if self._dialog is not None:
            told = error or "Added. Its newsletters come in when new issues are looked for (F5)."
            self._dialog.say(told, error=bool(error))


class RemoveMailbox(QUndoCommand):
    """Let nothing more come in from a mailbox. Its password is held for as long as that can be undone."""

    def __init__(self, boxes: Mailboxes, account: MailAccount) -> None:
        super().__init__(f"Remove Mailbox {account.user}")
        self._boxes = boxes
        self._account = account
        self._password = ""

    def redo(self) -> None:
        self._boxes.following.run(self._remove, lambda _: self._boxes.show_accounts())

    def undo(self) -> None:
        self._boxes.following.run(self._put_back, lambda _: self._boxes.show_accounts())

    def _remove(self, _stop: threading.Event) -> None:
        from reader.services.mailboxes import remove_mailbox

        self._password = remove_mailbox(self._boxes.library, self._account)

    def _put_back(self, _stop: threading.Event) -> None:
        from reader.services.mailboxes import put_back_mailbox

        put_back_mailbox(self._boxes.library, self._account, self._password)
