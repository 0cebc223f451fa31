"""A table in a window of its own, as wide as it wants to be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette, QTextLength
from PySide6.QtWidgets import QDialog, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from reader.model import Block
from reader.ui.story.document import StoryDocument
from reader.ui.story.sheet import Passage, Role, Sheet
from reader.ui.story.typography import Typography

_NO_MEASURE = 100_000
"""Characters in a line that no table is too wide for."""


class TableWindow(QDialog):
    """Shows one table unsqueezed; it scrolls both ways and Esc closes it."""

    link_activated = Signal(str)

    def __init__(self, block: Block, typography: Typography, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Table")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, on=True)
        self.view = QTextBrowser(self)
        self.view.setAccessibleName("Table")
        self.view.setOpenLinks(False)
        self.view.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.view.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.view.anchorClicked.connect(lambda url: self.link_activated.emit(url.toString()))
        self._colour(typography)
        roomy = Typography(typography.theme, typography.size, _NO_MEASURE)
        sheet = Sheet((Passage(Role.TABLE, block),))
        document = StoryDocument(sheet, roomy, self.view, whole_tables=True)
        document.write(5.0)
        document.setDocumentMargin(typography.em(0.8))
        self._unsqueeze(document)
        self.view.setDocument(document)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        wanted = document.size().toSize()
        self.resize(min(max(wanted.width() + 40, 420), 1200), min(max(wanted.height() + 40, 240), 800))

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

    def _unsqueeze(self, document: StoryDocument) -> None:
        for frame in document.rootFrame().childFrames():
            shape = frame.frameFormat()
            shape.setWidth(QTextLength())
            frame.setFrameFormat(shape)
