"""A table in a window of its own, as wide as it wants to be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPalette, QTextCursor
from PySide6.QtWidgets import QDialog, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from reader.model import Block
from reader.ui.story.document import StoryDocument
from reader.ui.story.sheet import Passage, Role, Sheet
from reader.ui.story.tables import widths_wanted
from reader.ui.story.typography import Typography

if TYPE_CHECKING:
    from reader.ui.story.look import Pictures

_NO_MEASURE = 100_000
"""Characters in a line that no table is too wide for."""
_ROWS = 5
"""Rows set as one table of Qt's, which lays each out in one go; together they look like one."""
_SLICE = 0.004
"""Seconds of setting type, and about as many of layout, between two turns of the window."""
_MARGIN = 0.8
_LEAST, _MOST = (420, 240), (1200, 800)


class TableWindow(QDialog):
    """Shows one table unsqueezed; it scrolls both ways and Esc closes it."""

    link_activated = Signal(str)
    picture_requested = Signal(str)

    def __init__(
        self,
        block: Block,
        typography: Typography,
        parent: QWidget | None = None,
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Table")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, on=True)
        self.view = QTextBrowser(self)
        self.view.setAccessibleName("Table")
        self.view.setOpenLinks(False)
        self.view.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.view.anchorClicked.connect(lambda url: self._follow(url.toString()))
        self._colour(typography)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._writing = QTimer(self, singleShot=True, interval=0)
        self._writing.timeout.connect(self._write_on)
        self._document = self._document_of(block, typography)
        if pictures is not None:
            self._document.gallery.show_from(pictures, "", self.view.viewport().update)
        self._write_on()
        self._show_document()

    def _document_of(self, block: Block, typography: Typography) -> StoryDocument:
        roomy = Typography(typography.theme, typography.size, _NO_MEASURE)
        widths = widths_wanted(block, roomy)
        starts = range(0, len(block.rows), _ROWS)
        slices = (replace(block, rows=block.rows[start : start + _ROWS]) for start in starts)
        sheet = Sheet(tuple(Passage(Role.TABLE, rows) for rows in slices))
        document = StoryDocument(sheet, roomy, self.view, columns=widths)
        document.setDocumentMargin(typography.em(_MARGIN))
        return document

    def look_again(self, addresses: Collection[str]) -> None:
        """Show pictures of which more is known now."""
        if self._document.gallery.look_again(addresses):
            self._document.gallery.resize(QTextCursor(self._document))
            self.view.viewport().update()

    def _follow(self, href: str) -> None:
        if address := self._document.gallery.clicked(href):
            self.picture_requested.emit(address)
        else:
            self.link_activated.emit(href)

    def _write_on(self) -> None:
        """Set some more rows; the window is not kept waiting for all of a long table."""
        if not self._document.write(_SLICE):
            self._writing.start()

    def _show_document(self) -> None:
        width = sum(self._document.columns) + 2 * self._document.documentMargin()
        # In this order what is written is laid out once.
        self.view.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.view.setLineWrapColumnOrWidth(round(width))
        self.view.setDocument(self._document)
        wanted = self._document.size().toSize()
        height = wanted.height() + 40 if self._document.written else _MOST[1]
        self.resize(min(max(wanted.width() + 40, _LEAST[0]), _MOST[0]), min(max(height, _LEAST[1]), _MOST[1]))

    def _colour(self, typography: Typography) -> None:
        palette = self.view.palette()
        for role, name in (
            (QPalette.ColorRole.Base, "page"),
            (QPalette.ColorRole.Text, "story_text"),
            (QPalette.ColorRole.Highlight, "selection"),
            (QPalette.ColorRole.HighlightedText, "selection_text"),
        ):
            palette.setColor(role, QColor(getattr(typography.theme, name)))
        self.view.setPalette(palette)
