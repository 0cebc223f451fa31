"""The middle pane: the stories of an issue, or any list of stories."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QProgressBar, QVBoxLayout, QWidget

from reader.model import Change, Outline, StoryRow
from reader.services.themes import Theme
from reader.ui.focus import Pane
from reader.ui.icons import Icons
from reader.ui.labels import ElidedLabel
from reader.ui.outline.delegate import StoryDelegate
from reader.ui.outline.model import (
    CLOSING,
    OPENING,
    Item,
    OutlineModel,
    Row,
    rows_of,
    rows_of_list,
)
from reader.ui.rows_view import RowsView
from reader.ui.words import counted, grouped, long_date

if TYPE_CHECKING:
    from reader.ui.outline.marks import HeadMarks

_PARTS = (OPENING, CLOSING)
_BELOW_FACTS = 2
"""Where in the head the marks stand."""


class StorySource(Protocol):
    """What the pane reads; the library answers it."""

    def outline(self, issue_key: str) -> Outline | None: ...
    def story_rows(self, keys: Collection[str]) -> list[StoryRow]: ...


class OutlinePane(Pane):
    """Lists stories under a head that says what they are and how many are read.

    A story that is listed stays until something else is shown, whatever becomes of its star.
    """

    story_chosen = Signal(str)
    story_opened = Signal(str)
    """Return or a double click: the reader wants to go on into the story."""
    opening_chosen = Signal()
    closing_chosen = Signal()
    selection_changed = Signal()
    """Other stories are selected; `selected_keys` says which."""
    copies_asked = Signal()
    """The reader wants to see the copies of the issue."""
    changes_asked = Signal()
    """The reader wants to see what changed in it."""
    menu_requested = Signal(str, QPoint)
    """A story's key and a place on the screen."""

    def __init__(
        self, library: StorySource, icons: Icons, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._issue = ""
        self._origin: list[str] = []
        self._current = ""
        self.copies = 0
        """In how many places the issue was found; 0 for any other list."""
        self.is_edited = False
        """Whether the issue is another than when it was read."""
        self._model = OutlineModel(self)
        self._delegate = StoryDelegate(theme, icons, self)
        self._lay_out()
        self._connect()
        self.show_nothing()

    # What is shown

    @property
    def issue(self) -> str:
        """The key of the issue whose outline is shown; "" for any other list."""
        return self._issue

    @property
    def label(self) -> str:
        """What the head says is shown: the issue's name, "Starred"."""
        return self._title.text()

    @property
    def stories(self) -> list[StoryRow]:
        """The stories listed, in order."""
        return [row.story for row in self._model.rows if isinstance(row, Item)]

    @property
    def current_story(self) -> str:
        """The key of the story that is chosen, or ""."""
        return "" if self._current in (OPENING, CLOSING) else self._current

    def show_issue(self, key: str) -> bool:
        """Show the outline of an issue, with no story chosen; False where there is no such issue."""
        outline = self._library.outline(key)
        if outline is None:
            self.show_nothing()
            return False
        self._show(key, rows_of(outline))
        self._tell_issue(outline)
        return True

    def show_stories(self, title: str, stories: Sequence[StoryRow], empty: str = "No stories") -> None:
        """Show a list of stories: "Starred", "Search: chip"."""
        self._show("", rows_of_list(stories))
        self._title.setText(title)
        self.list.set_empty_text(empty)
        self._tell_list()

    def show_nothing(self, message: str = "Choose an issue") -> None:
        """Show no stories, and say why."""
        self._show("", [])
        self._title.setText("")
        self._facts.setText("")
        self._progress.hide()
        self.list.set_empty_text(message)

    def reload(self) -> None:
        """Read the outline again; what is chosen and what is in sight stay so."""
        outline = self._library.outline(self._issue) if self._issue else None
        if outline is None:
            self._refresh_stories({row.key for row in self.stories})
            return
        with self.list.quietly():
            self._model.update(rows_of(outline))
        if self._model.number_of(self._current) < 0:
            self._current = ""
        self.list.choose(self._current, scroll=False)
        self._tell_issue(outline)

    # What is chosen

    def select_story(self, key: str) -> bool:
        """Choose a story (or OPENING, CLOSING) without telling of it; False where it is not listed."""
        if self._model.number_of(key) < 0:
            return False
        self._current = key
        self.list.choose(key)
        return True

    def choose_none(self) -> None:
        """Let no story be chosen: something else is on the page."""
        self._current = ""
        self.list.choose("", scroll=False)

    def step(self, step: int) -> bool:
        """Choose the next story (1) or the previous (-1) and tell of it; False at the end."""
        return self.list.step(step, self._current)

    def next_unread(self) -> str:
        """Return the key of the next story after the chosen one that is not read, or ""."""
        following = self._model.rows[self._model.number_of(self._current) + 1 :]
        unread = (row.key for row in following if isinstance(row, Item) and not row.story.state.read)
        return next(unread, "")

    @property
    def heading(self) -> str:
        """What the list is called: the issue's label, or "Starred stories"."""
        return self._title.text()

    def selected_keys(self) -> list[str]:
        """Return the keys of the stories that are selected, in the order of the list."""
        return [key for key in self.list.selected_keys() if key not in _PARTS]

    # What the window tells it

    def set_theme(self, theme: Theme) -> None:
        """Take on a theme's colours."""
        self._delegate.theme = theme
        self.list.viewport().update()

    @Slot(Change)
    def on_changed(self, change: Change) -> None:
        """Read again what a write has touched."""
        here = self._issue and self._issue in change.issues | change.copies
        if here or (self._issue and change.newsletters):
            self.reload()
        elif touched := [key for key in change.stories if self._model.number_of(key) >= 0]:
            self._refresh_stories(touched)
        elif not self._issue and (change.issues or change.newsletters):
            self.reload()

    # Within

    def _lay_out(self) -> None:
        self.setObjectName("outline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel("head", self)
        self._facts = ElidedLabel("sub", self)
        self._progress = QProgressBar(self)
        self._progress.setProperty("part", "read")
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Stories read")
        self.list = RowsView(self._model, lambda width: self._delegate.heights(self._model, width), self)
        self.list.setItemDelegate(self._delegate)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setObjectName("story-list")
        self.list.setAccessibleName("Stories")
        self._head = head = QVBoxLayout()
        head.setContentsMargins(18, 14, 16, 10)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._facts)
        head.addSpacing(8)
        head.addWidget(self._progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list)
        self.first = self.list

    def _connect(self) -> None:
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.list.row_chosen.connect(self._on_row_chosen)
        self.list.row_opened.connect(self._on_row_opened)
        self.list.menu_requested.connect(self._on_menu_requested)

    def _show(self, issue: str, rows: Sequence[Row]) -> None:
        self._issue = issue
        self._current = ""
        self._model.show(rows)
        self._tell_marks(0, edited=False)

    def _refresh_stories(self, keys: Collection[str]) -> None:
        if self.is_edited:
            self.reload()  # what is read again is as it was read
            return
        for story in self._library.story_rows(keys):
            row = self._model.rows[self._model.number_of(story.key)]
            self._model.replace(Item(story, row.total, row.edited))
        if self._issue:
            self._tell_progress()
        else:
            self._tell_list()

    def _tell_issue(self, outline: Outline) -> None:
        self._title.setText(outline.label)
        self._origin = [long_date(outline.issue.published), outline.issue.author]
        self.list.set_empty_text("This issue has no stories")
        self._tell_marks(outline.copies, edited=outline.is_edited)
        self._tell_progress()

    def _tell_marks(self, copies: int, *, edited: bool) -> None:
        """Say what is to be said of the issue beside its stories; most issues need no such line."""
        self.copies, self.is_edited = copies, edited
        if copies > 1 or edited:
            self._marks.tell(copies, edited=edited)
        if "_marks" in self.__dict__:
            self._marks.setVisible(copies > 1 or edited)

    @cached_property
    def _marks(self) -> HeadMarks:
        from reader.ui.outline.marks import HeadMarks  # few issues need it

        marks = HeadMarks(self)
        marks.copies_asked.connect(self.copies_asked)
        marks.changes_asked.connect(self.changes_asked)
        self._head.insertWidget(_BELOW_FACTS, marks)
        return marks

    def _tell_progress(self) -> None:
        stories = self.stories
        read = sum(story.state.read for story in stories)
        facts = [*self._origin, f"{grouped(read)} of {grouped(len(stories))} read" if stories else ""]
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        self._progress.setRange(0, max(len(stories), 1))
        self._progress.setValue(read)
        self._progress.setVisible(bool(stories))

    def _tell_list(self) -> None:
        stories = self.stories
        unread = sum(not story.state.read for story in stories)
        facts = [counted(len(stories), "story", "stories"), counted(unread, "unread", "unread")]
        self._facts.setText(" · ".join(facts))
        self._progress.hide()

    @Slot(str)
    def _on_row_chosen(self, key: str) -> None:
        self._current = key
        if key == OPENING:
            self.opening_chosen.emit()
        elif key == CLOSING:
            self.closing_chosen.emit()
        else:
            self.story_chosen.emit(key)

    @Slot(str)
    def _on_row_opened(self, key: str) -> None:
        if key not in _PARTS:
            self.story_opened.emit(key)

    @Slot(str, QPoint)
    def _on_menu_requested(self, key: str, place: QPoint) -> None:
        if key not in _PARTS:
            self.menu_requested.emit(key, place)
