"""What the reader said of an issue's copies and of its changes, and how to undo it."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QUndoCommand

from reader.services import copies
from reader.ui.commands import ChangeCommand, Writes


class ShowCopy(ChangeCommand[str]):
    """Show a certain copy of an issue, or the fullest again."""

    def __init__(self, writes: Writes, key: str, location: str) -> None:
        before = copies.chosen_copy(writes.library, key)
        write = partial(copies.show_copy, writes.library, key)
        super().__init__("Show Copy", writes, write, (before, location))


class SplitOff(QUndoCommand):
    """Make an issue of its own of a copy; to undo is to make it a copy again."""

    def __init__(self, writes: Writes, key: str, location: str) -> None:
        super().__init__("Not the Same Issue")
        self._writes = writes
        self._key = key
        self._location = location
        self._apart = copies.said_apart(writes.library, key)
        self._chosen = copies.chosen_copy(writes.library, key)

    def redo(self) -> None:
        self._writes.begun(copies.split_off(self._writes.library, self._key, self._location))

    def undo(self) -> None:
        library = self._writes.library
        self._writes.begun(copies.join_again(library, self._key, self._apart))
        if self._chosen:
            self._writes.begun(copies.show_copy(library, self._key, self._chosen))


class MarkSeen(QUndoCommand):
    """Note that what changed in an issue was seen."""

    def __init__(self, writes: Writes, key: str) -> None:
        super().__init__("Mark Changes as Seen")
        self._writes = writes
        self._key = key
        self._before = copies.seen_mark(writes.library, key)

    def redo(self) -> None:
        self._writes.begun(copies.mark_seen(self._writes.library, self._key))

    def undo(self) -> None:
        self._writes.begun(copies.set_seen(self._writes.library, self._key, self._before))
