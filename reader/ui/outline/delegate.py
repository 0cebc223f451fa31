"""How a row of the outline is painted."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from reader.services.themes import Theme
from reader.ui.icons import Icons
from reader.ui.outline.model import Item, OutlineModel, Part, Row, Section
from reader.ui.row_paint import RowDelegate, RowLook, paint_dot
from reader.ui.style import font
from reader.ui.text_lines import draw_line

# All measures are device-independent pixels.
SECTION_HEIGHT = 34
PART_HEIGHT = 36
_MARGIN = 8
_GAP = 2
_TOP = 11
_TITLE = 19
_AFTER_TITLE = 3
_DEK = 17
_BEFORE_FACTS = 4
_FACTS = 16
_BOTTOM = 10
_NUMBER = 34
"""From the edge of a row's ground to its title; the number stands there."""
_NO_NUMBER = 14
_MARKS = 28
"""What the unread dot and the star take at the right."""
_STAR = 14


class StoryDelegate(RowDelegate):
    """Paints stories, the headings of sections, an opening and a closing."""

    def __init__(self, theme: Theme, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(theme, icons, parent)
        self._title_font = font(14, QFont.Weight.DemiBold)
        self._dek_font = font(12)
        self._number_font = font(12, QFont.Weight.Medium)
        self._facts_font = font(11)
        self._section_font = font(11, QFont.Weight.DemiBold)
        self._part_font = font(13)

    def heights(self, rows: OutlineModel, width: int) -> Iterable[int]:
        """Return the height of every row in a list of this width."""
        return [self._height(row, width) for row in rows.rows]

    def paint_row(self, painter: QPainter, place: QRect, row: Row, look: RowLook) -> None:
        area = QRectF(place)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Section):
            self._paint_section(painter, area, row)
        else:
            box = area.adjusted(_MARGIN, _GAP, -_MARGIN, -_GAP)
            self._paint_ground(painter, box, look, self.theme.chosen)
            if isinstance(row, Part):
                color = self.theme.text if look.chosen else self.theme.muted
                draw_line(painter, box.adjusted(_NUMBER, 0, -_NO_NUMBER, 0), row.text, self._part_font, color)
            else:
                self._paint_item(painter, box, row, selected=look.chosen)
        painter.restore()

    def _cut(self, row: Row, width: int) -> str:
        """Return the text of a row that does not stand in it whole."""
        if not isinstance(row, Item):
            return ""
        room = self._room(row, width - 2 * _MARGIN)
        cut = [row.title] if self._lines.cut(row.title, self._title_font, room) else []
        cut += [row.dek] if self._lines.cut(row.dek, self._dek_font, room) else []
        return "\n".join(cut)

    def _height(self, row: Row, width: int) -> int:
        if isinstance(row, Section):
            return SECTION_HEIGHT
        if isinstance(row, Part):
            return PART_HEIGHT
        room = self._room(row, width - 2 * _MARGIN)
        titles = self._lines.count(row.title, self._title_font, room)
        deks = self._lines.count(row.dek, self._dek_font, room)
        text = _TITLE * titles + _AFTER_TITLE + _DEK * deks + _BEFORE_FACTS + _FACTS
        return 2 * _GAP + _TOP + text + _BOTTOM

    def _room(self, row: Item, box_width: float) -> float:
        """Return the width that title and dek have."""
        return max(box_width - _left(row) - _MARKS, 1)

    def _paint_section(self, painter: QPainter, area: QRectF, row: Section) -> None:
        place = area.adjusted(_MARGIN + 10, 10, -_MARGIN - 8, 0)
        text = self._lines.lines(row.text, self._section_font, place.width(), 1)
        draw_line(painter, place, "".join(text), self._section_font, self.theme.faint)

    def _paint_item(self, painter: QPainter, box: QRectF, row: Item, *, selected: bool) -> None:
        theme, state = self.theme, row.story.state
        fresh = selected or not state.read
        left, room, y = box.left() + _left(row), self._room(row, box.width()), box.top() + _TOP
        if row.total:
            self._paint_number(painter, QRectF(box.left() + 2, y, 22, _TITLE), row, selected=selected)
        color = theme.text if fresh else theme.muted
        for line in self._lines.lines(row.title, self._title_font, room):
            draw_line(painter, QRectF(left, y, room, _TITLE), line, self._title_font, color)
            y += _TITLE
        y += _AFTER_TITLE
        color = theme.muted if fresh else theme.faint
        for line in self._lines.lines(row.dek, self._dek_font, room):
            draw_line(painter, QRectF(left, y, room, _DEK), line, self._dek_font, color)
            y += _DEK
        y += _BEFORE_FACTS
        facts = self._lines.lines(row.facts, self._facts_font, room, 1)
        # The quietest colour is too quiet for the ground of a chosen row.
        color = theme.muted if selected else theme.faint
        draw_line(painter, QRectF(left, y, room, _FACTS), "".join(facts), self._facts_font, color)
        if not state.read:
            paint_dot(painter, box.right() - 13, box.top() + 21, theme.accent)
        if state.starred:
            scale = painter.device().devicePixelRatio()
            star = self._icons.pixmap("star", theme.star, _STAR, scale, filled=True)
            painter.drawPixmap(int(box.right() - 20), int(y + 1), star)

    def _paint_number(self, painter: QPainter, place: QRectF, row: Item, *, selected: bool) -> None:
        painter.setFont(self._number_font)
        painter.setPen(QColor(self.theme.accent if selected else self.theme.faint))
        painter.drawText(
            place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(row.story.position)
        )


def _left(row: Item) -> int:
    """Return how far its text stands from the left edge of its ground."""
    return _NUMBER if row.total else _NO_NUMBER
