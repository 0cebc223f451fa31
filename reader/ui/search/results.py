"""The results of a search, in the place of the outline."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QToolButton, QVBoxLayout, QWidget

from reader.model import Change, Hit, Query, StoryPage, StoryRow, parse_query
from reader.services.themes import Theme
from reader.ui.flow import FlowLayout
from reader.ui.focus import Pane
from reader.ui.icons import Icons
from reader.ui.labels import ElidedLabel
from reader.ui.rows_view import RowsView
from reader.ui.search.delegate import HitDelegate
from reader.ui.search.model import Found, ResultsModel
from reader.ui.words import counted

Ask = Callable[[Query, Callable[[list[Hit]], None]], object]
"""Runs a search away from the window and calls back, in the window's own thread, with what it found."""

FILTERS = ("is:starred", "is:unread", "newsletter:")
_BETWEEN_FILTERS = 6
MOST = 50
"""How many results are asked for; as many as that means that there may be more."""


class StorySource(Protocol):
    """What the results read again when a story changes; the library answers it."""

    def story_rows(self, keys: Collection[str]) -> list[StoryRow]: ...
    def page(self, story_key: str) -> StoryPage | None: ...


class SearchResults(Pane):
    """Lists what was found for what is typed. An answer that comes late is dropped."""

    story_chosen = Signal(str)
    story_opened = Signal(str)
    """Return or a double click: the story is to be shown in its issue."""
    filter_wanted = Signal(str)
    """A filter that the reader pressed: "is:starred"."""
    selection_changed = Signal()
    menu_requested = Signal(str, QPoint)

    def __init__(
        self, library: StorySource, ask: Ask, icons: Icons, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._ask = ask
        self._text = ""
        self._found: list[Hit] = []
        """What the search found, as it found it."""
        self._shown: dict[str, str] = {}
        """The story that each of these is now, by the keys."""
        self._number = 0
        self._answered = 0
        self._when_answered: Callable[[], object] | None = None
        self._buttons: list[QToolButton] = []
        self._model = ResultsModel(self)
        self._delegate = HitDelegate(theme, icons, self)
        self._lay_out()
        self._connect()
        self._say("", "")

    @property
    def text(self) -> str:
        """What was searched for."""
        return self._text

    @property
    def hits(self) -> list[Hit]:
        """What is listed, best first."""
        return [row.hit for row in self._model.rows]

    def search(self, text: str) -> None:
        """Search for what was typed; the results of before stay until the answer is there."""
        self._text = text.strip()
        self._number += 1
        self._when_answered = None
        number = self._number
        query = parse_query(text)
        if query.empty:
            self._take(number, [])
        else:
            self._ask(query, lambda hits: self._take(number, hits))

    def open_chosen(self) -> None:
        """Open the result that is chosen, or the first; where the answer is still to come, then."""
        if self._answered < self._number:
            self._when_answered = self.open_chosen
        elif self._model.rowCount():
            self.story_opened.emit(self._current or self._model.rows[0].key)

    def go_to_results(self) -> None:
        """Give the keyboard to the list, and choose its first row where none is."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._answered < self._number:
            self._when_answered = self.go_to_results
        elif not self._current:
            self.step(1)

    def step(self, step: int) -> bool:
        """Choose the next result (1) or the previous (-1) and tell of it; False at the end."""
        return self.list.step(step, self._current)

    @property
    def _current(self) -> str:
        index = self.list.currentIndex()
        return self._model.key_at(index) if index.isValid() else ""

    def selected_keys(self) -> list[str]:
        """Return the keys of the stories that are selected, in the order of the list."""
        return self.list.selected_keys()

    def set_theme(self, theme: Theme) -> None:
        """Take on a theme's colours."""
        self._delegate.theme = theme
        self.list.viewport().update()

    @Slot(Change)
    def on_changed(self, change: Change) -> None:
        """Read the state of the stories listed again; of an issue that is split anew, the stories."""
        if any(hit.story.issue in change.issues for hit in self.hits):
            self._follow(change.issues)
        touched = [key for key in change.stories if self._model.number_of(key) >= 0]
        for story in self._library.story_rows(touched) if touched else []:
            hit = self._model.rows[self._model.number_of(story.key)].hit
            self._model.replace(Found(Hit(story, hit.snippet, hit.marks)))

    def _lay_out(self) -> None:
        self.setObjectName("search-results")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel("head", self)
        self._count = ElidedLabel("sub", self)
        self.list = RowsView(self._model, lambda width: self._delegate.heights(self._model, width), self)
        self.list.setItemDelegate(self._delegate)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setObjectName("result-list")
        self.list.setAccessibleName("Search results")
        head = QVBoxLayout()
        head.setContentsMargins(18, 14, 16, 10)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addSpacing(6)
        head.addLayout(self._filters())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list)
        self.first = self.list

    def _filters(self) -> FlowLayout:
        row = FlowLayout(_BETWEEN_FILTERS)
        for word in FILTERS:
            button = QToolButton(self)
            button.setProperty("part", "chip")
            button.setText(word)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(f"Add the filter {word}")
            button.clicked.connect(lambda _=False, word=word: self.filter_wanted.emit(word))
            row.addWidget(button)
            self._buttons.append(button)
        return row

    def _connect(self) -> None:
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.list.row_chosen.connect(self.story_chosen)
        self.list.row_opened.connect(self.story_opened)
        self.list.menu_requested.connect(self.menu_requested)

    def _follow(self, issues: Collection[str]) -> None:
        """Put in the place of each story of some issues what it is now; one that is none now stays."""
        listed = {hit.story.key: hit.story for hit in self.hits}
        chosen = next((key for key, shown in self._shown.items() if shown == self._current), "")
        rows: dict[str, Found] = {}
        for hit in self._found:
            key = hit.story.key
            page = self._library.page(key) if hit.story.issue in issues or key not in listed else None
            row = Found(Hit(page.row if page else listed.get(key, hit.story), hit.snippet, hit.marks))
            rows.setdefault(row.key, row)
            self._shown[key] = row.key
        with self.list.quietly():
            self._model.update(list(rows.values()))
            if chosen:
                self.list.choose(self._shown[chosen])

    def _take(self, number: int, hits: list[Hit]) -> None:
        if number != self._number:
            return
        self._answered = number
        self._model.show(Found(hit) for hit in hits)
        self._found, self._shown = hits, {hit.story.key: hit.story.key for hit in hits}
        more = " or more" if len(hits) >= MOST else ""
        count = f"{counted(len(hits), 'story', 'stories')}{more}" if self._text else ""
        self._say(count, f"Nothing found for “{self._text}”" if self._text else "")
        waiting, self._when_answered = self._when_answered, None
        if waiting is not None:
            waiting()

    def _say(self, count: str, empty: str) -> None:
        self._title.setText(f"Search: {self._text}" if self._text else "Search")
        self._count.setText(count or "Type words, or a filter:")
        self.list.set_empty_text(empty)
