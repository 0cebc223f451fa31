"""The copies of the issue that is shown, and what changed in it since it was read."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow

from reader.services import copies
from reader.ui.copy_commands import MarkSeen, ShowCopy, SplitOff
from reader.ui.deeds import UNDO
from reader.ui.frame import Frame
from reader.ui.presenters import Presenters

SEEN = "Mark as Seen"
"""The button of the toast that takes the mark of an edited issue away."""
_CHANGED = "This is what changed since you read it"
_NOTHING = "Nothing changed since you read this issue"
_ALONE = "This issue was found in one place only"
_APART = "It is an issue of its own now"


class Copies:
    """Turns what the reader says of copies and changes into commands."""

    def __init__(self, window: QMainWindow, frame: Frame, presenters: Presenters) -> None:
        self._window = window
        self._frame = frame
        self._p = presenters
        self._library = presenters.library
        self._left: str | None = None
        """The story that was left for the page of changes; None while that is not shown."""
        presenters.reading.moved.connect(self._on_moved)

    def ask(self) -> None:
        """Show the copies of the issue, to choose the one that is shown or to split one off."""
        from reader.ui.dialogs.copies import CopiesDialog

        issue = self._p.reading.issue
        self._p.marks.writes.settle()
        rows = copies.copies_of(self._library, issue)
        if len(rows) < 2:
            self._frame.status.say(_ALONE)
            return
        dialog = CopiesDialog(self._frame.outline.label, rows, self._window)
        dialog.show_chosen.connect(lambda location: self._show(issue, location))
        dialog.apart_chosen.connect(lambda location: self._split_off(issue, location))
        dialog.open()

    def show_changes(self) -> None:
        """Show on the page what changed since the issue was read; there, go back to the story."""
        issue = self._p.reading.issue
        if self._left is not None:
            self._p.reading.open_issue(issue, self._left)
            return
        self._p.marks.writes.settle()
        edit = copies.edit_of(self._library, issue)
        if edit is None:
            self._frame.status.say(_NOTHING)
            return
        left = self._p.reading.story
        self._p.reading.show_changes(edit)
        self._left = left
        self._frame.toast.say(_CHANGED, SEEN, lambda: self._mark_seen(issue), lasting=True)

    def mark_seen(self) -> None:
        """Take the mark of the edited issue away."""
        self._mark_seen(self._p.reading.issue)

    def _on_moved(self) -> None:
        """Take back what was said of the page of changes, once another one is shown."""
        if self._left is not None:
            self._left = None
            self._frame.toast.withdraw(SEEN)

    def _show(self, issue: str, location: str) -> None:
        writes = self._p.marks.writes
        fullest = copies.fullest_copy(self._library, issue)
        self._p.reading.keep_place()
        self._p.undo_stack.push(ShowCopy(writes, issue, "" if location == fullest else location))

    def _split_off(self, issue: str, location: str) -> None:
        self._p.reading.keep_place()
        self._p.undo_stack.push(SplitOff(self._p.marks.writes, issue, location))
        self._frame.toast.say(_APART, UNDO, self._p.undo_stack.undo)

    def _mark_seen(self, issue: str) -> None:
        self._p.undo_stack.push(MarkSeen(self._p.marks.writes, issue))
        self._frame.toast.withdraw(SEEN)
