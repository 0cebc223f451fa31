"""The rows of the search results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt

from reader.model import Hit, shown_address, shown_title
from reader.ui.rows import Answers, RowsModel
from reader.ui.words import middle_date

_Role = Qt.ItemDataRole

Marks = tuple[tuple[int, int], ...]
"""Where marked words begin in a text, and where they have ended."""


class Role(IntEnum):
    """What may be asked of a row beyond its text; rows.ROW answers with the row itself."""

    KEY = Qt.ItemDataRole.UserRole + 1


class Found(NamedTuple):
    """A story that was found, as the list shows it."""

    hit: Hit

    @property
    def key(self) -> str:
        """The story's key."""
        return self.hit.story.key

    @property
    def title(self) -> str:
        """Its title on one line."""
        return shown_title(self.hit.story.title)

    @property
    def origin(self) -> str:
        """The quiet line: "Import AI 219 · 19 Oct 2020"."""
        story = self.hit.story
        return " · ".join(part for part in (story.issue_label, middle_date(story.published)) if part)

    @property
    def snippet(self) -> tuple[str, Marks]:
        """What of it was found, with the places to mark; where it has no words, where it leads."""
        hit = self.hit
        if any(character.isalnum() for character in hit.snippet):
            return hit.snippet, hit.marks
        return shown_address(hit.story.url), ()

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        state = self.hit.story.state
        parts = [self.title, "read" if state.read else "unread", "starred" if state.starred else ""]
        return ", ".join(part for part in [*parts, self.origin] if part)


_FOUND: Mapping[int, Callable[[Found], Any]] = {
    _Role.DisplayRole: lambda row: row.title,
    _Role.AccessibleTextRole: lambda row: row.spoken,
    _Role.AccessibleDescriptionRole: lambda row: row.snippet[0],
    Role.KEY: lambda row: row.key,
}


class ResultsModel(RowsModel):
    """What a search found, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        answers: Answers = {Found: _FOUND}
        super().__init__(answers, parent=parent)
