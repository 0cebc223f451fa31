"""How the borders of stories are painted in a whole issue: a number in the margin, a fine line above."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextBlock

from reader.ui.story.borders import Border
from reader.ui.story.document import StoryDocument
from reader.ui.story.lines import block_at
from reader.ui.story.typography import Face, Property
from reader.ui.style import WINDOW_FAMILY

_NUMBER = Face(WINDOW_FAMILY, 0.68, colour="faint", weight=QFont.Weight.Medium)
_NAME = Face(WINDOW_FAMILY, 0.68, colour="faint", weight=QFont.Weight.DemiBold)
_AWAY = 0.55
"""Ems between the number and the column."""
_LEAST_AWAY = 3.0
"""Pixels between them in the narrowest margin, and between the number and the page's edge."""
_LINE = 1.0
"""Ems from the line to the text below it, where no name stands between."""
_NAMED = 1.75
_BASE = 0.72
"""Ems from the foot of a name to the text below it."""
_HEAD = 2
"""Blocks above the text: the issue's title, and the line of facts."""
_REACH = 3.0
"""Ems that a border takes above its text."""


def paint_borders(painter: QPainter, document: StoryDocument, area: QRectF, width: float) -> None:
    """Paint the borders of an area, in the document's coordinates; the width is that of the page."""
    frame = document.rootFrame().frameFormat()
    column = QRectF(frame.leftMargin(), 0, width - frame.leftMargin() - frame.rightMargin(), 0)
    for border, block in _seen(document, area):
        _Mark(painter, document, column).paint(border, block)


def _seen(document: StoryDocument, area: QRectF) -> Iterator[tuple[Border, QTextBlock]]:
    """Yield the borders that reach into an area, each with the block that it stands above."""
    borders, layout = document.sheet.borders, document.documentLayout()
    reach = document.typography.em(_REACH)
    top = document.places.position(block_at(document, area.top() - reach).position())
    for border in borders[bisect_left(borders, top, key=lambda border: border.position) :]:
        at = document.places.at(border.position) if document.reaches(border.position) else None
        if at is None:
            return
        block = document.findBlock(at)
        if layout.blockBoundingRect(block).top() > area.bottom() + reach:
            return
        yield border, block


class _Mark:
    def __init__(self, painter: QPainter, document: StoryDocument, column: QRectF) -> None:
        self._painter = painter
        self._document = document
        self._type = document.typography
        self._column = column

    def paint(self, border: Border, block: QTextBlock) -> None:
        top = self._document.documentLayout().blockBoundingRect(block).top()
        if border.name:
            self._name(border.name, top)
        if self._is_parted(block):
            self._line(top - self._type.em(_NAMED if border.name else _LINE))
        if border.number:
            self._number(border, block)

    def _is_parted(self, block: QTextBlock) -> bool:
        """Whether a line belongs above: not in a list, not under the head, not where a rule is already."""
        before = block.previous()
        above = before.blockFormat()
        return (
            before.isValid()
            and not block.blockFormat().hasProperty(Property.MARKER)
            and not above.hasProperty(Property.RULE)
            and before.blockNumber() >= _HEAD
        )

    def _line(self, y: float) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._type.colour("rule"))
        self._painter.drawRect(QRectF(self._column.left(), round(y), self._column.width(), 1))

    def _name(self, name: str, top: float) -> None:
        self._painter.setFont(self._type.font_of(_NAME))
        self._painter.setPen(self._type.colour(_NAME.colour))
        self._painter.drawText(QPointF(self._column.left(), top - self._type.em(_BASE)), name)

    def _number(self, border: Border, block: QTextBlock) -> None:
        at = self._document.places.at(border.position) or 0
        line = block.layout().lineForTextPosition(at - block.position())
        if not line.isValid():
            return
        origin = self._document.documentLayout().blockBoundingRect(block).top()
        font = self._type.font_of(_NUMBER)
        text = str(border.number)
        taken = QFontMetricsF(font).horizontalAdvance(text)
        spare = (self._column.left() - taken) / 2
        away = max(min(self._type.em(_AWAY), spare), _LEAST_AWAY)
        self._painter.setFont(font)
        self._painter.setPen(self._type.colour(_NUMBER.colour))
        place = QPointF(self._column.left() - away - taken, origin + line.y() + line.ascent())
        self._painter.drawText(place, text)
