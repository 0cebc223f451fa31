"""What the reader did, and how to undo it.

A command only writes to the library; what is on the screen follows from the change that
the library tells of once it is saved. To undo is to put back exactly what was there before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtGui import QUndoCommand

from reader.model import State
from reader.services.library import Library

T = TypeVar("T")

_PATIENCE_S = 2.0


class Writes:
    """The library, and the writes that the reader asked of it."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._last: Future[Any] | None = None

    def begun(self, written: Future[Any]) -> None:
        """Take note of a write; they are done in the order they were asked for."""
        self._last = written

    def settle(self) -> None:
        """Wait for what was asked for: two quick presses on S must not both find a story unstarred."""
        if self._last is not None:
            try:
                self._last.exception(_PATIENCE_S)
            except TimeoutError:
                return
            self._last = None


class StateCommand(QUndoCommand):
    """Changes something in the states of some stories; keeps what they were."""

    fields: tuple[str, ...] = ()
    """What it changes of a state, and so what its undo puts back."""

    def __init__(self, text: str, writes: Writes, before: Mapping[str, State]) -> None:
        super().__init__(text)
        self.writes = writes
        self.library = writes.library
        self.before = dict(before)

    @property
    def keys(self) -> list[str]:
        """The stories that it changes."""
        return list(self.before)

    def undo(self) -> None:
        self.writes.settle()
        states = {row.key: row.state for row in self.library.story_rows(self.keys)}
        wanted = {
            key: states.get(key, before)._replace(**{name: getattr(before, name) for name in self.fields})
            for key, before in self.before.items()
        }
        self.writes.begun(self.library.set_states(wanted))


class StarStories(StateCommand):
    """Star or unstar some stories."""

    fields = ("starred", "starred_at")

    def __init__(self, writes: Writes, before: Mapping[str, State], *, starred: bool) -> None:
        super().__init__(f"{'Star' if starred else 'Unstar'} {stories(len(before))}", writes, before)
        self._starred = starred

    def redo(self) -> None:
        self.writes.begun(self.library.star(self.keys, starred=self._starred))


class MarkStories(StateCommand):
    """Mark some stories as read or unread."""

    fields = ("read", "read_at")

    def __init__(self, writes: Writes, before: Mapping[str, State], *, read: bool) -> None:
        super().__init__(f"Mark {stories(len(before))} {'Read' if read else 'Unread'}", writes, before)
        self._read = read

    def redo(self) -> None:
        self.writes.begun(self.library.mark_read(self.keys, read=self._read))


class TagStories(StateCommand):
    """Put tags on some stories and take others off."""

    fields = ("tags",)

    def __init__(
        self, writes: Writes, before: Mapping[str, State], *, put: Collection[str], taken: Collection[str]
    ) -> None:
        super().__init__(f"Tag {stories(len(before))}", writes, before)
        self._put = tuple(put)
        self._taken = tuple(taken)

    def redo(self) -> None:
        for tag in self._put:
            self.writes.begun(self.library.tag(self.keys, tag, present=True))
        for tag in self._taken:
            self.writes.begun(self.library.tag(self.keys, tag, present=False))


class NoteStory(StateCommand):
    """Write a note on a story, or take it away."""

    fields = ("note",)

    def __init__(self, writes: Writes, key: str, before: State, note: str) -> None:
        super().__init__("Note" if note else "Remove Note", writes, {key: before})
        self._note = note

    def redo(self) -> None:
        for key in self.keys:
            self.writes.begun(self.library.set_note(key, self._note))


class ChangeCommand(QUndoCommand, Generic[T]):
    """Says something anew that was said before: a name, a colour, an order."""

    def __init__(
        self, text: str, writes: Writes, write: Callable[[T], Future[Any]], values: tuple[T, T]
    ) -> None:
        """Begin with how it is written, what is said now, and what is to be said."""
        super().__init__(text)
        self._writes = writes
        self._write = write
        self._before, self._after = values

    def redo(self) -> None:
        self._writes.begun(self._write(self._after))

    def undo(self) -> None:
        self._writes.begun(self._write(self._before))


class RenameNewsletter(ChangeCommand[str]):
    """Change the name under which a newsletter is shown."""

    def __init__(self, writes: Writes, key: str, before: str, name: str) -> None:
        write = partial(writes.library.rename_newsletter, key)
        super().__init__(f"Rename “{before}”", writes, write, (before, name))


def stories(count: int) -> str:
    """Return "Story" or "5 Stories", for the texts of the Undo menu."""
    return "Story" if count == 1 else f"{count:,} Stories"
