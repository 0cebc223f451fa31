"""Stars, read marks, tags, notes and names: what the reader does to stories, each undoable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from reader.model import State, StoryRow
from reader.services.library import Library
from reader.ui.commands import (
    MarkStories,
    NoteStory,
    RenameNewsletter,
    StarStories,
    TagStories,
    Writes,
    stories,
)


class Marks:
    """Turns what the reader asks for into commands on the undo stack."""

    def __init__(self, library: Library, undo_stack: QUndoStack, window: QWidget) -> None:
        self._library = library
        self._writes = Writes(library)
        self._stack = undo_stack
        self._window = window

    @property
    def writes(self) -> Writes:
        """What the reader asked to be written, in its order."""
        return self._writes

    def toggle_star(self, keys: Sequence[str]) -> bool | None:
        """Star the stories, or unstar them where all are starred; return what they are now."""
        rows = self._rows(keys)
        if not rows:
            return None
        starred = not all(row.state.starred for row in rows)
        before = _states(rows, lambda state: state.starred != starred)
        self._stack.push(StarStories(self._writes, before, starred=starred))
        return starred

    def toggle_read(self, keys: Sequence[str]) -> bool | None:
        """Mark the stories as read, or as unread where all are read; return what they are now."""
        rows = self._rows(keys)
        if not rows:
            return None
        read = not all(row.state.read for row in rows)
        self._mark(rows, read=read)
        return read

    def mark_read(self, keys: Sequence[str]) -> int:
        """Mark the stories as read; return how many were unread."""
        return self._mark(self._rows(keys), read=True)

    def mark_rows_read(self, rows: Sequence[StoryRow]) -> int:
        """Mark stories as read that were read from the library just now; return how many were unread."""
        return self._mark(rows, read=True)

    def _mark(self, rows: Sequence[StoryRow], *, read: bool) -> int:
        before = _states(rows, lambda state: state.read != read)
        if before:
            self._stack.push(MarkStories(self._writes, before, read=read))
        return len(before)

    def ask_tags(self, keys: Sequence[str]) -> None:
        """Ask which tags the stories shall have."""
        from reader.ui.dialogs.tags import TagsDialog

        rows = self._rows(keys)
        if not rows:
            return
        about = rows[0].title if len(rows) == 1 else stories(len(rows))
        each = [row.state.tags for row in rows]
        dialog = TagsDialog(about, self._library.tags(), each, self._window)
        dialog.chosen.connect(lambda put, taken: self.tag(keys, put, taken))
        dialog.open()

    def tag(self, keys: Sequence[str], put: Sequence[str], taken: Sequence[str]) -> None:
        """Put some tags on the stories and take others off."""
        if put or taken:
            before = _states(self._rows(keys))
            self._stack.push(TagStories(self._writes, before, put=put, taken=taken))

    def ask_note(self, key: str) -> None:
        """Ask for the note of a story."""
        from reader.ui.dialogs.note import NoteDialog

        for row in self._rows([key]):
            dialog = NoteDialog(row.title, row.state.note, self._window)
            dialog.written.connect(lambda text: self.note(key, text))
            dialog.open()

    def note(self, key: str, text: str) -> None:
        """Write the note of a story."""
        self._writes.settle()
        before = self._library.state(key)
        if before.note != text:
            self._stack.push(NoteStory(self._writes, key, before, text))

    def ask_name(self, newsletter: str) -> None:
        """Ask for the name under which a newsletter is shown."""
        from PySide6.QtWidgets import QInputDialog

        names = {row.key: row.name for row in self._library.newsletters()}
        if newsletter not in names:
            return
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Rename Newsletter")
        dialog.setLabelText("Name:")
        dialog.setTextValue(names[newsletter])
        dialog.textValueSelected.connect(lambda name: self.rename(newsletter, names[newsletter], name))
        dialog.open()

    def rename(self, newsletter: str, before: str, name: str) -> None:
        """Give a newsletter another name; an empty one is none."""
        wanted = " ".join(name.split())
        if wanted and wanted != before:
            self._stack.push(RenameNewsletter(self._writes, newsletter, before, wanted))

    def _rows(self, keys: Sequence[str]) -> list[StoryRow]:
        self._writes.settle()
        return self._library.story_rows(keys)


def _states(
    rows: Sequence[StoryRow], concerned: Callable[[State], bool] = lambda _state: True
) -> Mapping[str, State]:
    return {row.key: row.state for row in rows if concerned(row.state)}
