"""What the reader does with newsletters: how they look, where they stand, that they go; each undoable."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from PySide6.QtGui import QUndoCommand, QUndoStack

from reader.model import Change, NewsletterRow
from reader.services.following import followed, refollow, unfollow
from reader.services.library import Library
from reader.services.newsletters import (
    Looks,
    Place,
    RefreshPolicy,
    Removed,
    arrange,
    bring_back,
    places,
    refresh_policy,
    remove,
    set_looks,
    set_refresh_policy,
)
from reader.ui.background import Background
from reader.ui.commands import ChangeCommand
from reader.ui.marks import Marks
from reader.ui.words import counted, size_in_words

T = TypeVar("T")


class Newsletters:
    """Turns what is asked for into commands on the undo stack."""

    def __init__(
        self, library: Library, background: Background, undo_stack: QUndoStack, marks: Marks
    ) -> None:
        self.library = library
        self._background = background
        self._stack = undo_stack
        self.marks = marks
        self._waiting: deque[Callable[[], object]] = deque()
        self._running = False

    def rows(self) -> list[NewsletterRow]:
        """Return the newsletters as they stand, and those that are followed and have no issue yet."""
        rows = self.library.newsletters()
        there = {row.key for row in rows}
        others = {one.newsletter: one.name for one in followed(self.library) if one.newsletter not in there}
        return [*rows, *(NewsletterRow(key, name, 0, 0) for key, name in others.items())]

    def failed(self) -> dict[str, str]:
        """Return why newsletters could not be refreshed the last time, by their keys."""
        return {one.newsletter: one.error for one in followed(self.library) if one.error}

    def rename(self, key: str, name: str) -> None:
        """Show a newsletter under another name."""
        for row in self._now(key):
            self.marks.rename(key, row.name, name)

    def dress(self, key: str, looks: Looks) -> None:
        """Show a newsletter with another icon and colour."""
        for row in self._now(key):
            if looks != Looks(row.icon, row.colour):
                dress = partial(set_looks, self.library, key)
                self._change(f"Change of “{row.name}”", dress, (Looks(row.icon, row.colour), looks))

    def arrange(self, wanted: Sequence[Place]) -> None:
        """Let the newsletters stand in this order and in these groups."""
        before = places(self.library)
        if list(wanted) != before:
            self._change("Order of Newsletters", partial(arrange, self.library), (before, list(wanted)))

    def mark_all_read(self, row: NewsletterRow) -> int:
        """Mark all stories of a newsletter as read; return how many were unread."""
        self.marks.writes.settle()
        return self.marks.mark_rows_read(self.library.stories(newsletter=row.key, read=False))

    def set_refresh_policy(self, row: NewsletterRow, policy: RefreshPolicy) -> None:
        """Look for new issues of a newsletter that often."""
        before = refresh_policy(self.library, row.key)
        if policy != before:
            write = partial(set_refresh_policy, self.library, row.key)
            self._change(f"Change of “{row.name}”", write, (before, policy))

    def remove(self, row: NewsletterRow) -> None:
        """Take a newsletter out of the library."""
        self._stack.push(RemoveNewsletter(self, row))

    def _change(self, text: str, write: Callable[[T], Future[Change]], values: tuple[T, T]) -> None:
        self._stack.push(ChangeCommand(text, self.marks.writes, write, values))

    def _now(self, key: str) -> list[NewsletterRow]:
        """Return the newsletter as it is, which may not be what a window shows of it yet."""
        self.marks.writes.settle()
        return [row for row in self.library.newsletters() if row.key == key]

    def bring_back(self, removed: Removed) -> None:
        """Put back a newsletter that was removed."""
        self._stack.push(BringBackNewsletter(self, removed))

    def run(self, work: Callable[[], object]) -> None:
        """Do what takes a while, after whatever else that was asked for here; nobody waits for it."""
        self._waiting.append(work)
        self._next()

    def undo(self) -> None:
        """Take back what was done last, here or elsewhere."""
        self._stack.undo()

    def _next(self) -> None:
        if self._waiting and not self._running:
            self._running = True
            self._background.run(self._waiting.popleft(), self._on_done, self._on_failed)

    def _on_done(self, _result: object) -> None:
        self._running = False
        self._next()

    def _on_failed(self, error: BaseException) -> None:
        self._background.failed.emit(error)
        self._on_done(None)


class RemoveNewsletter(QUndoCommand):
    """Take a newsletter out of the library; what was done with its stories is kept."""

    def __init__(self, newsletters: Newsletters, row: NewsletterRow) -> None:
        super().__init__(f"Remove “{row.name}”")
        self._newsletters = newsletters
        self._key = row.key
        self._addresses: tuple[str, ...] = ()
        """What was followed for it."""

    def redo(self) -> None:
        self._newsletters.run(self._remove)

    def undo(self) -> None:
        self._newsletters.run(self._bring_back)

    def _remove(self) -> None:
        library = self._newsletters.library
        self._addresses = tuple(one.address for one in followed(library) if one.newsletter == self._key)
        for address in self._addresses:
            unfollow(library, address)
        remove(library, self._key)

    def _bring_back(self) -> None:
        bring_back(self._newsletters.library, self._key)
        for address in self._addresses:
            refollow(self._newsletters.library, address)


class BringBackNewsletter(QUndoCommand):
    """Put back a newsletter that was removed, maybe long ago."""

    def __init__(self, newsletters: Newsletters, removed: Removed) -> None:
        super().__init__(f"Bring Back “{removed.name}”")
        self._newsletters = newsletters
        self._key = removed.newsletter

    def redo(self) -> None:
        self._newsletters.run(lambda: bring_back(self._newsletters.library, self._key))

    def undo(self) -> None:
        self._newsletters.run(lambda: remove(self._newsletters.library, self._key))


def holds(row: NewsletterRow, stories: int, size: int) -> str:
    """Return how much there is of a newsletter, in words."""
    kept = size_in_words(max(size, 1_000))
    return f"{counted(row.issues, 'issue')} · {counted(stories, 'story', 'stories')} · {kept} of text"
