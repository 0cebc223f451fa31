"""Searching: results as one types, in the place of the outline; Esc goes back, step by step."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from reader.model import Hit, Query, parse_query
from reader.services.library import Library
from reader.ui.background import Background, Newest
from reader.ui.reading import Place, Reading
from reader.ui.search.field import SearchField

if TYPE_CHECKING:
    from reader.ui.search.results import Ask, SearchResults


class _Opened(NamedTuple):
    """A result that was opened, and the search that it was found by."""

    story: str
    issue: str
    text: str
    origin: Place | None


class Searching(QObject):
    """Joins the field, the results and the page: what is chosen is shown, Return opens it in its issue."""

    turned = Signal()
    """The results have come in the place of the outline, or have gone."""
    widened = Signal(str)
    """The list was of another newsletter than what was opened; the words for the reader."""

    def __init__(
        self, field: SearchField, stack: QStackedWidget, make_results: Callable[[], SearchResults]
    ) -> None:
        super().__init__(stack)
        self._field = field
        self._stack = stack
        self._make_results = make_results
        self._reading: Reading | None = None
        self._origin: Place | None = None
        self._opened: _Opened | None = None
        self._focus: QWidget | None = None
        field.asked.connect(self._on_asked)
        field.opened.connect(self._on_opened)
        field.results_wanted.connect(self._on_results_wanted)
        field.left.connect(self._give_focus_back)

    def follow(self, reading: Reading) -> None:
        """Show in this reading flow what is chosen among the results."""
        self._reading = reading

    @property
    def active(self) -> bool:
        """Whether results stand in the place of the outline."""
        return self._stack.currentIndex() > 0

    @property
    def found(self) -> list[str]:
        """The stories that are listed."""
        return [hit.story.key for hit in self._results.hits] if self.active else []

    def begin(self) -> None:
        """Give the keyboard to the search field."""
        focus = QApplication.focusWidget()
        if focus is not self._field:
            self._focus = focus
        self._field.setFocus()
        self._field.selectAll()

    def end(self) -> bool:
        """Close the search and go back where one was; return whether there was one."""
        was = self.active
        self._field.clear()
        if was:
            self._give_focus_back()
        return was

    def resume(self) -> bool:
        """Show the results again while the issue is shown that was opened from them; False else."""
        opened, self._opened = self._opened, None
        if opened is None or self._reading is None or self._reading.issue != opened.issue:
            return False
        self._field.show_text(opened.text)
        self._results.list.choose(opened.story)
        self._show()
        self._origin = opened.origin
        self._preview(opened.story)
        self._results.setFocus()
        return True

    def end_for_good(self) -> None:
        """Close the search; what is shown next is chosen elsewhere."""
        self._origin = None
        self._field.clear()

    @cached_property
    def _results(self) -> SearchResults:
        results = self._make_results()
        results.filter_wanted.connect(self._field.add_filter)
        results.story_chosen.connect(self._preview)
        results.story_opened.connect(self._open)
        return results

    def _on_opened(self) -> None:
        self._results.open_chosen()

    def _on_results_wanted(self) -> None:
        self._results.go_to_results()

    def _on_asked(self, text: str) -> None:
        if text.strip():
            self._show()
            self._results.search(text)
        elif self.active:
            self._hide()

    def _show(self) -> None:
        self._opened = None
        if not self.active:
            self._origin = self._reading.place if self._reading else None
            self._stack.setCurrentWidget(self._results)
            self.turned.emit()

    def _hide(self) -> None:
        self._results.search("")
        self._stack.setCurrentIndex(0)
        origin, self._origin = self._origin, None
        if self._reading is not None and origin is not None:
            self._reading.go_back(origin)
        self.turned.emit()

    def _preview(self, story: str) -> None:
        if self._reading is not None:
            self._reading.preview(story)
            self._mark()

    def _mark(self) -> None:
        if self._reading is not None:
            self._reading.mark(parse_query(self._results.text).terms)

    def _open(self, story: str) -> None:
        """Show a result in its issue; the results stay as they are, to be come back to."""
        row = next((hit.story for hit in self._results.hits if hit.story.key == story), None)
        if row is None or self._reading is None:
            return
        self._opened = _Opened(story, row.issue, self._field.text(), self._origin)
        self._stack.setCurrentIndex(0)
        self._field.clear()
        if self._reading.widen(row.issue):
            self.widened.emit(f"All newsletters are listed again: this story is from {row.newsletter}")
        self._reading.open_issue(row.issue, story)
        self._mark()
        self._focus = None
        self._give_focus_back()

    def _give_focus_back(self) -> None:
        focus, self._focus = self._focus, None
        for target in (focus, self._stack.currentWidget()):
            if target is not None and target.isVisible():
                target.setFocus()
                return


def asking(library: Library, background: Background) -> Ask:
    """Return how a search is run: in the background, the newest only."""
    from reader.ui.search.results import MOST

    newest = Newest(background)

    def ask(query: Query, answer: Callable[[list[Hit]], None]) -> None:
        newest.ask(lambda: library.search(query, limit=MOST), answer)

    return ask
