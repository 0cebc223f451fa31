"""What the window is made of: the panes, the bars, and what stands in for them when there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from reader.services.library import Library
from reader.services.themes import Theme
from reader.ui.background import Background
from reader.ui.icons import Icons
from reader.ui.issues.pane import IssuesPane
from reader.ui.outline.pane import OutlinePane
from reader.ui.reading import Panes
from reader.ui.search.field import SearchField
from reader.ui.searching import asking
from reader.ui.statusbar import StatusBar
from reader.ui.story.pane import StoryPane

if TYPE_CHECKING:
    from reader.ui.errorbar import ErrorBar
    from reader.ui.search.results import SearchResults
    from reader.ui.toast import Toast

_SHARES = (0.225, 0.27)
"""What the first two panes take of the window's width, between the widths below and these:"""
_WIDEST = (290, 340)
_FIELD = (150, 270)
"""How narrow and how wide the search field is."""
_NARROWEST = (180, 210, 380)


class Frame:
    """The widgets of the window; what they do is said elsewhere."""

    def __init__(
        self, window: QMainWindow, library: Library, background: Background, icons: Icons, theme: Theme
    ) -> None:
        self.icons = icons
        self._library = library
        self._background = background
        self._theme = theme
        self.issues = IssuesPane(library, icons, theme)
        self.outline = OutlinePane(library, icons, theme)
        self.story = StoryPane(theme)
        self.search_field = SearchField(icons, theme)
        self.panes = Panes(self.issues, self.outline, self.story)
        self.search_field.setMinimumWidth(_FIELD[0])
        self.search_field.setMaximumWidth(_FIELD[1])
        self.middle = QStackedWidget()
        self.middle.addWidget(self.outline)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.widths_chosen = False
        """Whether the reader gave the panes their widths; else these follow the window's."""
        self._fill_splitter()
        self.body = QStackedWidget()
        self.body.addWidget(self.splitter)
        self.status = StatusBar()
        centre = QWidget()
        self._window = window
        self._column = column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.body, 1)
        window.setCentralWidget(centre)
        window.setStatusBar(self.status)

    @cached_property
    def results(self) -> SearchResults:
        """What a search finds, in the place of the outline; made when something is searched for."""
        from reader.ui.search.results import SearchResults

        ask = asking(self._library, self._background)
        results = SearchResults(self._library, ask, self.icons, self._theme)
        self.middle.addWidget(results)
        return results

    @cached_property
    def error_bar(self) -> ErrorBar:
        """The bar for what went wrong; made when something does."""
        from reader.ui.errorbar import ErrorBar

        bar = ErrorBar()
        self._column.insertWidget(0, bar)
        return bar

    @cached_property
    def toast(self) -> Toast:
        """What says what was done; made when there is something to say."""
        from reader.ui.toast import Toast

        return Toast(self._window)

    def tell(self, error: BaseException) -> None:
        """Show what went wrong."""
        self.error_bar.tell(error)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme, all parts at once."""
        self._theme = theme
        for part in (self.issues, *self.story_lists, self.search_field, self.story):
            part.set_theme(theme)

    def set_widths(self, widths: Sequence[int]) -> bool:
        """Give the panes the widths that the reader chose; False where these are none."""
        self.widths_chosen = len(widths) == self.splitter.count() and sum(widths) > 0
        if self.widths_chosen:
            self.splitter.setSizes(widths)
        return self.widths_chosen

    def share_width(self, width: int) -> None:
        """Give each pane what it needs in a window of that width; the page has the most."""
        side = [
            min(max(round(width * share), least), most)
            for share, least, most in zip(_SHARES, _NARROWEST, _WIDEST, strict=False)
        ]
        self.splitter.setSizes([*side, width - sum(side)])

    @property
    def story_lists(self) -> Sequence[OutlinePane | SearchResults]:
        """What there is to stand in the middle: the outline, and the results where a search was made."""
        return (self.outline, self.results) if self.middle.count() > 1 else (self.outline,)

    def stories_pane(self) -> OutlinePane | SearchResults:
        """Return what stands in the middle: the outline, or the results of a search."""
        return self.story_lists[self.middle.currentIndex()]

    def _fill_splitter(self) -> None:
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.splitterMoved.connect(self._on_handle_moved)
        for number, pane in enumerate((self.issues, self.middle, self.story)):
            pane.setMinimumWidth(_NARROWEST[number])
            self.splitter.addWidget(pane)
            self.splitter.setStretchFactor(number, int(pane is self.story))

    def _on_handle_moved(self) -> None:
        self.widths_chosen = True
