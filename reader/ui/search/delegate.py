"""How a story that was found is painted."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QPointF, QRect, QRectF
from PySide6.QtGui import QFont, QPainter

from reader.services.themes import Theme
from reader.ui.icons import Icons
from reader.ui.row_paint import RowDelegate, RowLook, paint_dot
from reader.ui.search.model import Found, ResultsModel
from reader.ui.search.snippet import SnippetStyle, paint_snippet
from reader.ui.style import font
from reader.ui.text_lines import draw_line

# All measures are device-independent pixels.
_MARGIN = 8
_GAP = 2
_TOP = 10
_TITLE = 19
_ORIGIN = 17
_SNIPPET = 17
_AFTER = 3
_BOTTOM = 11
_LEFT = 14
_MARKS = 28
_STAR = 14


class HitDelegate(RowDelegate):
    """Paints a title, where it is from, and the snippet with the words that were searched for."""

    def __init__(self, theme: Theme, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(theme, icons, parent)
        self._title_font = font(14, QFont.Weight.DemiBold)
        self._small_font = font(11)
        self._snippet_font = font(12)

    def heights(self, rows: ResultsModel, width: int) -> Iterable[int]:
        """Return the height of every row in a list of this width."""
        return [self._height(row, width) for row in rows.rows]

    def paint_row(self, painter: QPainter, place: QRect, row: Found, look: RowLook) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(place).adjusted(_MARGIN, _GAP, -_MARGIN, -_GAP)
        self._paint_ground(painter, box, look, self.theme.chosen)
        self._paint_found(painter, box, row, selected=look.chosen)
        painter.restore()

    def _cut(self, row: Found, width: int) -> str:
        """Return the title where it does not stand in its row whole."""
        room = _title_room(width - 2 * _MARGIN)
        return row.title if self._lines.cut(row.title, self._title_font, room) else ""

    def _height(self, row: Found, width: int) -> int:
        box = width - 2 * _MARGIN
        titles = self._lines.count(row.title, self._title_font, _title_room(box))
        snippets = self._lines.count(row.snippet[0], self._snippet_font, _snippet_room(box))
        between = _AFTER if snippets else 0
        return 2 * _GAP + _TOP + _TITLE * titles + _ORIGIN + between + _SNIPPET * snippets + _BOTTOM

    def _paint_found(self, painter: QPainter, box: QRectF, row: Found, *, selected: bool) -> None:
        theme, story = self.theme, row.hit.story
        left, room, y = box.left() + _LEFT, _title_room(box.width()), box.top() + _TOP
        for line in self._lines.lines(row.title, self._title_font, room):
            draw_line(painter, QRectF(left, y, room, _TITLE), line, self._title_font, theme.text)
            y += _TITLE
        origin = "".join(self._lines.lines(row.origin, self._small_font, room, 1))
        # The quietest colour is too quiet for the ground of a chosen row.
        color = theme.muted if selected else theme.faint
        draw_line(painter, QRectF(left, y, room, _ORIGIN), origin, self._small_font, color)
        if story.state.starred:
            scale = painter.device().devicePixelRatio()
            star = self._icons.pixmap("star", theme.star, _STAR, scale, filled=True)
            painter.drawPixmap(int(box.right() - 20), int(y + 1), star)
        if not story.state.read:
            paint_dot(painter, box.right() - 13, box.top() + 20, theme.accent)
        y += _ORIGIN + _AFTER
        style = SnippetStyle(self._snippet_font, _SNIPPET, 2, theme.muted, theme.text, theme.mark)
        place = QPointF(left, y), _snippet_room(box.width())
        paint_snippet(painter, place, *row.snippet, style)


def _title_room(box_width: float) -> float:
    return max(box_width - _LEFT - _MARKS, 1)


def _snippet_room(box_width: float) -> float:
    return max(box_width - 2 * _LEFT, 1)
