"""What is painted under the text: boxes, bars, rules, markers, and the grounds of code and marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextBlock,
    QTextBlockFormat,
    QTextFragment,
    QTextLine,
)

from reader.ui.story.document import StoryDocument
from reader.ui.story.lines import block_at
from reader.ui.story.sheet import Role
from reader.ui.story.typography import FACES, QUOTE_INDENT, Face, Property, Typography
from reader.ui.style import WINDOW_FAMILY

_RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
_TICK = ((0.24, 0.52), (0.43, 0.7), (0.77, 0.32))
_BULLETS = frozenset({"-", "*", "+", "•"})
_BOXES = {"[ ]": False, "[x]": True, "[X]": True}


def paint_under(painter: QPainter, document: StoryDocument, area: QRectF, width: float) -> None:
    """Paint what belongs under the text of an area, in the document's coordinates.

    Only the blocks that the area shows are looked at, however long the document is.
    """
    _Under(painter, document, area, width).paint()
    if document.sheet.borders:
        from reader.ui.story.border_paint import paint_borders

        paint_borders(painter, document, area, width)


class _Bar(NamedTuple):
    """A quote's bar as far as it is known: which level, where it is, how far down it goes."""

    left: float
    top: float
    bottom: float


class _Under:
    def __init__(self, painter: QPainter, document: StoryDocument, area: QRectF, width: float) -> None:
        self._painter = painter
        self._type: Typography = document.typography
        self._document = document
        self._layout: QAbstractTextDocumentLayout = document.documentLayout()
        self._area = area
        frame = document.rootFrame().frameFormat()
        self._left = frame.leftMargin()
        self._right = width - frame.rightMargin()
        self._bars: dict[int, _Bar] = {}

    def paint(self) -> None:
        """Paint the area, block by block from its top."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block in self._visible():
            layout = block.blockFormat()
            area = self._layout.blockBoundingRect(block)
            self._quote(block, layout, area)
            if layout.hasProperty(Property.BOX):
                self._box(layout, area)
            elif layout.hasProperty(Property.RULE):
                self._rule(area)
            if layout.hasProperty(Property.MARKER):
                self._marker(block, layout, area)
            if layout.hasProperty(Property.CHIPS):
                self._grounds(block, area)
        for level in list(self._bars):
            self._close(level)

    def _visible(self) -> Iterator[QTextBlock]:
        # The one before may reach down into the area, with the foot of its box.
        first = block_at(self._document, self._area.top())
        block = first.previous() if first.previous().isValid() else first
        bottom = self._area.bottom() + self._type.em(1)
        while block.isValid():
            if self._layout.blockBoundingRect(block).top() > bottom:
                return
            yield block
            block = block.next()

    def _fill(self, colour: QColor) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)

    def _box(self, layout: QTextBlockFormat, area: QRectF) -> None:
        em = self._type.em
        inset = float(layout.property(Property.BOX))
        left, right = self._left + inset, self._right - (em(0.4) if layout.hasProperty(Property.QUOTE) else 0)
        self._fill(self._type.colour("code_ground"))
        box = QRectF(left, area.top() - em(0.72), right - left, area.height() + em(1.36))
        self._painter.drawRoundedRect(box, 7, 7)

    def _rule(self, area: QRectF) -> None:
        width = self._right - self._left
        self._fill(self._type.colour("rule"))
        self._painter.drawRect(QRectF(self._left + width * 0.38, round(area.center().y()), width * 0.24, 1))

    def _quote(self, block: QTextBlock, layout: QTextBlockFormat, area: QRectF) -> None:
        depth = int(layout.property(Property.QUOTE) or 0)
        for level in [level for level in self._bars if level > depth]:
            self._close(level)
        for level in range(1, depth + 1):
            if bar := self._bars.get(level):
                self._bars[level] = bar._replace(bottom=max(bar.bottom, area.bottom()))
                continue
            before = block.previous().blockFormat() if block.previous().isValid() else QTextBlockFormat()
            goes_on = int(before.property(Property.QUOTE) or 0) >= level
            top = min(self._area.top(), area.top()) - 20 if goes_on else area.top()
            self._bars[level] = _Bar(self._bar_left(layout, level), top, area.bottom())

    def _bar_left(self, layout: QTextBlockFormat, level: int) -> float:
        inset = float(layout.property(Property.QUOTE_INSET) or 0) + self._type.em((level - 1) * QUOTE_INDENT)
        if layout.layoutDirection() == _RIGHT_TO_LEFT:
            return self._right - inset - 3
        return self._left + inset

    def _close(self, level: int) -> None:
        bar = self._bars.pop(level)
        self._fill(self._type.colour("quote_bar"))
        bar_area = QRectF(round(bar.left), bar.top + 1, 3, bar.bottom - bar.top - 1)
        self._painter.drawRoundedRect(bar_area, 1.5, 1.5)

    def _marker(self, block: QTextBlock, layout: QTextBlockFormat, area: QRectF) -> None:
        line = block.layout().lineAt(0)
        if not line.isValid():
            return
        marker = str(layout.property(Property.MARKER))
        rtl = layout.layoutDirection() == _RIGHT_TO_LEFT
        baseline = area.top() + line.y() + line.ascent()
        edge = self._right - layout.rightMargin() if rtl else self._left + layout.leftMargin()
        away = 1.0 if rtl else -1.0
        end = QPointF(edge + away * self._type.em(0.45), baseline)
        if marker in _BOXES:
            self._check_box(end, away, checked=_BOXES[marker])
        elif marker in _BULLETS:
            self._bullet(end, away, int(layout.property(Property.DEPTH)))
        else:
            self._number(end, marker, rtl=rtl, raised=bool(layout.property(Property.DEPTH)))

    def _bullet(self, end: QPointF, away: float, depth: int) -> None:
        em = self._type.em
        centre = QPointF(end.x() + away * em(0.2), end.y() - em(0.27))
        self._fill(self._type.colour("muted"))
        if depth == 2:
            self._painter.setPen(QPen(self._type.colour("muted"), 1.1))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawEllipse(centre, em(0.12), em(0.12))
        elif depth > 2:
            side = em(0.26)
            self._painter.drawRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side))
        else:
            self._painter.drawEllipse(centre, em(0.125), em(0.125))

    def _check_box(self, end: QPointF, away: float, *, checked: bool) -> None:
        em = self._type.em
        side = em(0.68)
        left = end.x() - side if away < 0 else end.x()
        box = QRectF(left, end.y() - side + em(0.04), side, side)
        accent = self._type.colour("accent" if checked else "muted")
        self._painter.setPen(QPen(accent, 1.2))
        self._painter.setBrush(accent if checked else Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(box, 3, 3)
        if checked:
            pen = QPen(self._type.colour("page"), em(0.09))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._painter.setPen(pen)
            self._painter.drawPolyline([box.topLeft() + QPointF(x, y) * side for x, y in _TICK])

    def _number(self, end: QPointF, marker: str, *, rtl: bool, raised: bool) -> None:
        face = Face(WINDOW_FAMILY, 0.84) if raised else FACES[Role.FOOTNOTE]
        self._painter.setFont(self._type.font_of(face))
        self._painter.setPen(self._type.colour("muted"))
        self._painter.setLayoutDirection(_RIGHT_TO_LEFT if rtl else Qt.LayoutDirection.LeftToRight)
        text = marker if marker[-1:] in (".", ")") else f"{marker}."
        width = QFontMetricsF(self._painter.font()).horizontalAdvance(text)
        self._painter.drawText(QPointF(end.x() if rtl else end.x() - width, end.y()), text)

    def _grounds(self, block: QTextBlock, area: QRectF) -> None:
        layout = block.layout()
        offset = area.topLeft()
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            ground = fragment.charFormat().property(Property.GROUND)
            if ground:
                for index in range(layout.lineCount()):
                    self._ground(
                        fragment, fragment.position() - block.position(), layout.lineAt(index), offset
                    )
            fragments += 1

    def _ground(self, fragment: QTextFragment, start: int, line: QTextLine, offset: QPointF) -> None:
        first = max(start, line.textStart())
        last = min(start + fragment.length(), line.textStart() + line.textLength())
        if first >= last:
            return
        layout = fragment.charFormat()
        metrics = QFontMetricsF(layout.font())
        a, b = _x(line, first), _x(line, last)
        top = line.y() + line.ascent() - metrics.ascent() - 0.5
        box = QRectF(min(a, b) - 2.5, top, abs(b - a) + 5, metrics.ascent() + metrics.descent() + 1)
        self._fill(QColor(str(layout.property(Property.GROUND))))
        self._painter.drawRoundedRect(box.translated(offset), 4, 4)


def _x(line: QTextLine, at: int) -> float:
    # PySide answers with the position too, since it is an in-and-out argument in C++.
    found: Any = line.cursorToX(at)
    return float(found[0] if isinstance(found, tuple) else found)
