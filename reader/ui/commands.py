"""What the reader did, and how to undo it.

A command only writes to the library; what is on the screen follows from the change that
the library tells of once it is saved. To undo is to put back exactly what was there before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtGui import QUndoCommand

from reader.model import State
from reader.services.library import Library


class StateCommand(QUndoCommand):
    """Changes the states of some stories; keeps what they were."""

    def __init__(self, text: str, library: Library, before: Mapping[str, State]) -> None:
        super().__init__(text)
        self.library = library
        self.before = dict(before)

    @property
    def keys(self) -> list[str]:
        """The stories that it changes."""
        return list(self.before)

    def undo(self) -> None:
        self.library.set_states(self.before)


class StarStories(StateCommand):
    """Star or unstar some stories."""

    def __init__(self, library: Library, before: Mapping[str, State], *, starred: bool) -> None:
        super().__init__(f"{'Star' if starred else 'Unstar'} {stories(len(before))}", library, before)
        self._starred = starred

    def redo(self) -> None:
        self.library.star(self.keys, starred=self._starred)


class MarkStories(StateCommand):
    """Mark some stories as read or unread."""

    def __init__(self, library: Library, before: Mapping[str, State], *, read: bool) -> None:
        super().__init__(f"Mark {stories(len(before))} {'Read' if read else 'Unread'}", library, before)
        self._read = read

    def redo(self) -> None:
        self.library.mark_read(self.keys, read=self._read)


class TagStories(StateCommand):
    """Put tags on some stories and take others off."""

    def __init__(
        self, library: Library, before: Mapping[str, State], *, put: Collection[str], taken: Collection[str]
    ) -> None:
        super().__init__(f"Tag {stories(len(before))}", library, before)
        self._put = tuple(put)
        self._taken = tuple(taken)

    def redo(self) -> None:
        for tag in self._put:
            self.library.tag(self.keys, tag, present=True)
        for tag in self._taken:
            self.library.tag(self.keys, tag, present=False)


class NoteStory(StateCommand):
    """Write a note on a story, or take it away."""

    def __init__(self, library: Library, key: str, before: State, note: str) -> None:
        super().__init__("Note" if note else "Remove Note", library, {key: before})
        self._note = note

    def redo(self) -> None:
        for key in self.keys:
            self.library.set_note(key, self._note)


class RenameNewsletter(QUndoCommand):
    """Change the name under which a newsletter is shown."""

    def __init__(self, library: Library, key: str, before: str, name: str) -> None:
        super().__init__(f"Rename “{before}”")
        self._library = library
        self._key = key
        self._before = before
        self._name = name

    def redo(self) -> None:
        self._library.rename_newsletter(self._key, self._name)

    def undo(self) -> None:
        self._library.rename_newsletter(self._key, self._before)


def stories(count: int) -> str:
    """Return "Story" or "5 Stories", for the texts of the Undo menu."""
    return "Story" if count == 1 else f"{count:,} Stories"
