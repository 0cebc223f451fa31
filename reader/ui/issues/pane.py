"""The left pane: which newsletter, which issues, and the list of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, Protocol

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reader.model import Change, IssueRow, NewsletterRow, Overview, StoryRow
from reader.services.themes import Theme
from reader.ui.focus import Pane
from reader.ui.icons import Icons
from reader.ui.issues.delegate import IssueDelegate
from reader.ui.issues.filter_menu import ALL_NEWSLETTERS, FilterMenu
from reader.ui.issues.model import AllStarred, IssuesModel, ListRow, by_month, with_blanks
from reader.ui.issues.segments import Segments
from reader.ui.labels import ElidedLabel, HeadButton
from reader.ui.rows_view import RowsView
from reader.ui.words import counted

View = Literal["all", "unread", "starred"]

_VIEWS: Mapping[str, Callable[[IssueRow], bool]] = {
    "all": lambda row: True,  # noqa: ARG005
    "unread": lambda row: row.unread,
    "starred": lambda row: row.starred > 0,
}
_EMPTY = {
    "all": "No issues yet",
    "unread": "Everything is read",
    "starred": "No starred stories yet",
}
_PATIENCE_MS = 150
"""How long new issues may wait, so that those of one import come in together."""
_FEW = 20
"""Issues whose rows are read one by one after a change of their stories; of more, all are."""
_STARRED = AllStarred(0).key

Shelf = tuple[dict[str, IssueRow], list[ListRow]]
"""The issues by their keys, and the rows that show them."""


class IssueSource(Protocol):
    """What the pane reads; the library answers it."""

    def newsletters(self) -> list[NewsletterRow]: ...
    def issues(self, *, newsletter: str = "") -> list[IssueRow]: ...
    def stories(self, *, issue: str = "") -> list[StoryRow]: ...


class IssuesPane(Pane):
    """Lists issues by month. The issue that is chosen stays, whatever the filter says."""

    issue_chosen = Signal(str)
    issue_opened = Signal(str)
    """Return or a double click: the reader wants to go on into the issue."""
    starred_chosen = Signal()
    """The row of all starred stories."""
    view_chosen = Signal(str)
    """What the reader pressed: "all", "unread" or "starred"."""
    newsletter_chosen = Signal(str)
    rename_requested = Signal(str)
    menu_requested = Signal(str, QPoint)
    """An issue's key and a place on the screen."""

    def __init__(
        self, library: IssueSource, icons: Icons, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._icons = icons
        self._view = "all"
        self._newsletter = ""
        self._current = ""
        self._issues: dict[str, IssueRow] = {}
        self._names: list[NewsletterRow] = []
        self.partial = False
        """Whether blanks stand for most issues: a start shows the newest and reads the rest afterwards."""
        self._model = IssuesModel(self)
        self._delegate = IssueDelegate(theme, icons, self)
        self._waiting = QTimer(self, singleShot=True)
        self._waiting.timeout.connect(self.reload)
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    # What the window asks of it

    @property
    def current_issue(self) -> str:
        """The key of the issue that is chosen, or ""."""
        return "" if self._current == _STARRED else self._current

    @property
    def view(self) -> str:
        """What is listed: "all", "unread" or "starred"."""
        return self._view

    @property
    def newsletter(self) -> str:
        """The key of the newsletter whose issues are listed; "" for all."""
        return self._newsletter

    @property
    def newsletter_name(self) -> str:
        """The name of that newsletter; "" for all."""
        return next((row.name for row in self._names if row.key == self._newsletter), "")

    def begin(self, overview: Overview) -> None:
        """Show the newest issues of all, and blanks for those that are still to be read."""
        self.partial = overview.counts.issues > len(overview.first)
        self._take_names(overview.newsletters)
        self._issues = {row.key: row for row in overview.first}
        self._model.show(with_blanks(overview.months, overview.first))
        self.list.set_empty_text(self._words_for_nothing())
        self._tell_counts()

    def read_rest(self) -> Shelf:
        """Return what take_rest wants; for another thread."""
        issues = self._library.issues()
        return {row.key: row for row in issues}, by_month(issues)

    def take_rest(self, shelf: Shelf) -> None:
        """Put the issues in the places of the blanks."""
        if not self.partial:
            return
        issues, rows = shelf
        if len(rows) != self._model.rowCount():
            self.reload()  # a write came between
            return
        self.partial = False
        self._issues = issues
        self._model.fill(rows)
        self.list.viewport().update()  # the reader may have scrolled to the blanks

    def reload(self) -> None:
        """Read everything again; what is chosen and what is in sight stay so."""
        self._waiting.stop()
        self.partial = False
        began = time.perf_counter()
        self._take_names(self._library.newsletters())
        self._issues = {row.key: row for row in self._library.issues(newsletter=self._newsletter)}
        self._refresh()
        # While an import runs, no more than a sixth of the time goes into this.
        self._waiting.setInterval(max(_PATIENCE_MS, int(6000 * (time.perf_counter() - began))))

    def set_view(self, view: str) -> None:
        """Show all issues, the unread ones, or those with starred stories."""
        self._view = view
        self._segments.choose(view)
        self._refresh(anew=True)
        self.list.scrollTo(self._model.index_of(self._current))

    def set_newsletter(self, key: str) -> None:
        """Show the issues of one newsletter, or of all ("")."""
        self._newsletter = key
        self._model.show([])
        self.reload()
        self.list.scrollTo(self._model.index_of(self._current))

    def let_in(self, key: str) -> bool:
        """List all newsletters where the one that is listed has no such issue; return whether that was so."""
        if not self._newsletter or key in self._issues:
            return False
        self.set_newsletter("")
        return True

    def select_issue(self, key: str) -> bool:
        """Choose an issue without telling of it; False where the newsletter shown has none such."""
        if self.partial and key not in self._issues:
            self.reload()
        self._current = key if key in self._issues else ""
        if self._current and self._model.number_of(key) < 0:
            self._refresh()
        self.list.choose(self._current)
        return bool(self._current)

    def select_starred(self) -> None:
        """Choose the row of all starred stories without telling of it."""
        self._current = _STARRED
        self.list.choose(_STARRED)

    def step(self, step: int) -> bool:
        """Choose the next issue of the list (1) or the previous (-1); False at the end."""
        return self.list.step(step, self._current)

    def set_theme(self, theme: Theme) -> None:
        """Take on a theme's colours."""
        self._delegate.theme = theme
        self._name.setIcon(self._icons.icon("chevron-down", theme.faint, size=14))
        self.list.viewport().update()

    @Slot(Change)
    def on_changed(self, change: Change) -> None:
        """Read again what a write has touched."""
        if change.issues or change.newsletters or self.partial:
            if not self._waiting.isActive():
                self._waiting.start()
        elif change.stories:
            # A story's key begins with its issue's.
            touched = {key.rpartition("#")[0] for key in change.stories}
            known = [key for key in touched if key in self._issues]
            if len(known) > _FEW:
                self.reload()
            else:
                self._take(self._counted_again(key) for key in known)

    # Within

    def _lay_out(self) -> None:
        self.setObjectName("issues")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name = HeadButton(self)
        self._name.setText(ALL_NEWSLETTERS)
        self._menu = FilterMenu(self._name)
        self._name.setMenu(self._menu)
        self._counts = ElidedLabel("sub", self)
        self._segments = Segments({"all": "All", "unread": "Unread", "starred": "Starred"}, self)
        self._segments.setAccessibleName("Issues to list")
        self.list = RowsView(self._model, lambda _: self._delegate.heights(self._model), self, wrap=False)
        self.list.setItemDelegate(self._delegate)
        self.list.setObjectName("issue-list")
        self.list.setAccessibleName("Issues")
        name_row = QHBoxLayout()
        name_row.addWidget(self._name)
        name_row.addStretch()
        head = QVBoxLayout()
        # The button's ring stands out by six pixels, so that its text is in line with what is below.
        head.setContentsMargins(12, 11, 16, 10)
        head.setSpacing(0)
        head.addLayout(name_row)
        for widget, space in ((self._counts, 10), (self._segments, 0)):
            row = QHBoxLayout()
            row.setContentsMargins(6, 0, 0, space)
            row.addWidget(widget)
            head.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list)
        self.first = self.list

    def _connect(self) -> None:
        self._segments.chosen.connect(self._on_view_chosen)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu.newsletter_chosen.connect(self._on_newsletter_chosen)
        self._menu.rename_requested.connect(self.rename_requested)
        self.list.row_chosen.connect(self._on_row_chosen)
        self.list.row_opened.connect(self._on_row_opened)
        self.list.menu_requested.connect(self._on_menu_requested)

    def _fill_menu(self) -> None:
        self._names = self._library.newsletters()
        self._menu.fill(self._names, self._newsletter)

    def _take_names(self, rows: list[NewsletterRow]) -> None:
        self._names = rows
        self._delegate.marks = {row.key: (row.icon, row.colour) for row in rows if row.icon or row.colour}

    def _refresh(self, *, anew: bool = False) -> None:
        """Show what the filter lets through, and the issue that is chosen besides.

        What is in sight stays so, unless the list is shown `anew`.
        """
        if self.partial:
            self.reload()
            return
        passes = _VIEWS[self._view]
        rows = by_month(row for row in self._issues.values() if passes(row) or row.key == self._current)
        if self._view == "starred" and (stars := sum(row.starred for row in self._issues.values())):
            rows.insert(0, AllStarred(stars))
        with self.list.quietly():
            if anew or not self._model.rowCount():
                self._model.show(rows)
            else:
                self._model.update(rows)
        self.list.set_empty_text(self._words_for_nothing())
        self.list.choose(self._current, scroll=False)
        self._tell_counts()

    def _words_for_nothing(self) -> str:
        words = _EMPTY[self._view] if self._issues else _EMPTY["all"]
        return f"{words} in {self.newsletter_name}" if self._newsletter else words

    def _take(self, rows: Iterable[IssueRow]) -> None:
        """Put in rows that have changed; the list is gone through only where one comes or goes."""
        fits = self._view != "starred"
        passes = _VIEWS[self._view]
        for row in rows:
            self._issues[row.key] = row
            shown = self._model.replace(row)
            fits = fits and shown == (passes(row) or row.key == self._current)
        if fits:
            self._tell_counts()
        else:
            self._refresh()

    def _counted_again(self, key: str) -> IssueRow:
        """Return an issue's row with what is read and starred of it now."""
        states = [story.state for story in self._library.stories(issue=key)]
        read, starred = sum(state.read for state in states), sum(state.starred for state in states)
        return self._issues[key]._replace(stories=len(states), read=read, starred=starred)

    def _tell_counts(self) -> None:
        chosen = self.newsletter_name
        self._name.setText((chosen or ALL_NEWSLETTERS).replace("&", "&&"))
        if self.partial:
            unread = sum(row.unread for row in self._names)
        else:
            unread = sum(row.read < row.stories for row in self._issues.values())
        if chosen:
            text = f"{counted(len(self._issues), 'issue')} · {counted(unread, 'unread', 'unread')}"
        else:
            text = f"{counted(len(self._names), 'newsletter')} · {counted(unread, 'unread issue')}"
        self._counts.setText(text)
        self._name.setAccessibleName(f"Newsletter: {chosen or ALL_NEWSLETTERS}")

    @Slot(str)
    def _on_row_chosen(self, key: str) -> None:
        left, self._current = self._current, key
        if key == _STARRED:
            self.starred_chosen.emit()
        else:
            self.issue_chosen.emit(key)
        # An issue that stayed only because it was chosen may go; not from within the selection's own call.
        if left != key and left in self._issues and not _VIEWS[self._view](self._issues[left]):
            QTimer.singleShot(0, self, self._refresh)

    @Slot(str)
    def _on_row_opened(self, key: str) -> None:
        if key in self._issues:
            self.issue_opened.emit(key)

    @Slot(str, QPoint)
    def _on_menu_requested(self, key: str, place: QPoint) -> None:
        if key in self._issues:
            self.menu_requested.emit(key, place)

    @Slot(str)
    def _on_view_chosen(self, view: str) -> None:
        self.set_view(view)
        self.view_chosen.emit(view)

    @Slot(str)
    def _on_newsletter_chosen(self, key: str) -> None:
        self.set_newsletter(key)
        self.newsletter_chosen.emit(key)
