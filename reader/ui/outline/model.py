"""The rows of the outline: sections, stories, and what stands before and after them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt

from reader.model import Outline, StoryRow, shown_dek, shown_title
from reader.ui.rows import Answers, RowsModel
from reader.ui.words import counted

_Role = Qt.ItemDataRole

OPENING, CLOSING = "opening", "closing"
_PART_NAMES = {OPENING: "Opening", CLOSING: "Closing"}


class Role(IntEnum):
    """What may be asked of a row beyond its text; rows.ROW answers with the row itself."""

    KEY = Qt.ItemDataRole.UserRole + 1
    READ = Qt.ItemDataRole.UserRole + 2
    STARRED = Qt.ItemDataRole.UserRole + 3


class Section(NamedTuple):
    """The heading above the stories of a section."""

    key: str
    text: str


class Part(NamedTuple):
    """What stands before the first story of an issue, or after the last: OPENING or CLOSING."""

    key: str

    @property
    def text(self) -> str:
        """What it is called."""
        return _PART_NAMES[self.key]


class Item(NamedTuple):
    """A story as the list shows it."""

    story: StoryRow
    total: int = 0
    """How many stories its issue has; 0 in a list of stories from many issues."""
    edited: bool = False
    """Whether it was edited since the reader read it."""

    @property
    def key(self) -> str:
        """The story's key."""
        return self.story.key

    @property
    def title(self) -> str:
        """Its title on one line, without the colon that only led on to the text."""
        return shown_title(self.story.title)

    @property
    def dek(self) -> str:
        """Its dek on one line, without the dots around it."""
        return shown_dek(self.story.dek)

    @property
    def facts(self) -> str:
        """The quiet line: "1 min · 2 links", in a list of many issues with the issue's name before."""
        story = self.story
        facts = [] if self.total else [story.issue_label]
        facts += ["Edited since you read it"] if self.edited else []
        facts += [f"{story.minutes} min"] if story.words else []
        facts += [counted(story.links, "link")] if story.links else []
        facts += [f"#{tag}" for tag in story.state.tags]
        return " · ".join(fact for fact in facts if fact)

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        story, state = self.story, self.story.state
        parts = [self.title, "read" if state.read else "unread"]
        parts += ["starred"] if state.starred else []
        parts += ["edited since you read it"] if self.edited else []
        parts += [counted(story.minutes, "minute")] if story.words else []
        place = f"story {story.position} of {self.total}" if self.total else story.issue_label
        return ", ".join(part for part in [*parts, place] if part)


Row = Section | Part | Item

_ITEM: Mapping[int, Callable[[Item], Any]] = {
    _Role.DisplayRole: lambda row: row.title,
    _Role.AccessibleTextRole: lambda row: row.spoken,
    _Role.AccessibleDescriptionRole: lambda row: row.dek,
    Role.KEY: lambda row: row.key,
    Role.READ: lambda row: row.story.state.read,
    Role.STARRED: lambda row: row.story.state.starred,
}
_PLAIN: Mapping[int, Callable[[Section | Part], Any]] = {
    _Role.DisplayRole: lambda row: row.text,
    _Role.AccessibleTextRole: lambda row: row.text,
    Role.KEY: lambda row: row.key,
}


class OutlineModel(RowsModel):
    """The outline of an issue, or a list of stories."""

    def __init__(self, parent: QObject | None = None) -> None:
        answers: Answers = {Item: _ITEM, Section: _PLAIN, Part: _PLAIN}
        super().__init__(answers, heads=(Section,), parent=parent)


def rows_of(outline: Outline) -> list[Row]:
    """Return the rows of an issue, with a heading where a section begins."""
    rows: list[Row] = [Part(OPENING)] if outline.has_opening else []
    section = ""
    for number, story in enumerate(outline.stories):
        if story.section != section:
            section = story.section
            # The same section may come again: its place is what makes the key its own.
            rows += [Section(f"section {number} {section}", section.rpartition(" / ")[2])] if section else []
        rows.append(Item(story, len(outline.stories), story.key in outline.edited))
    return [*rows, Part(CLOSING)] if outline.has_closing else rows


def rows_of_list(stories: Iterable[StoryRow]) -> list[Row]:
    """Return the rows of stories that come from anywhere."""
    return [Item(story) for story in stories]


def on_one_line(text: str) -> str:
    """Return a text with all its white space made single spaces."""
    return " ".join(text.split())
