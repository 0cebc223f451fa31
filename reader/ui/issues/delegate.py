"""How a row of the issue list is painted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QFont, QPainter

from reader.model import IssueRow
from reader.services.themes import Theme
from reader.ui.icons import Icons
from reader.ui.issues.model import AllStarred, Blank, IssuesModel, ListRow, Month
from reader.ui.row_paint import RowDelegate, RowLook, paint_dot, paint_mark
from reader.ui.style import MARK_COLOURS, font
from reader.ui.text_lines import draw_line
from reader.ui.words import grouped, short_date

# All measures are device-independent pixels.
ISSUE_HEIGHT = 62
MONTH_HEIGHT = 26
STARRED_HEIGHT = 42
_MARGIN = 8
_INDENT = 22
"""From the edge of a row's ground to its text; the unread dot stands there."""
_PADDING = 12
_STAR = 12
_HEIGHTS = {IssueRow: ISSUE_HEIGHT, Blank: ISSUE_HEIGHT, Month: MONTH_HEIGHT, AllStarred: STARRED_HEIGHT}
_DATES = 500
"""How many dates are remembered as they are written; a country's way takes time to find out."""


Mark = tuple[str, str]
NO_MARK: Mark = ("", "")


class IssueDelegate(RowDelegate):
    """Paints months, issues and the row of all starred stories."""

    def __init__(self, theme: Theme, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(theme, icons, parent)
        self._date = lru_cache(_DATES)(short_date)
        self.marks: dict[str, Mark] = {}
        """The icon and the colour of each newsletter that has one, by its key."""
        self._month_font = font(11, QFont.Weight.DemiBold)
        self._label_font = font(13)
        self._unread_font = font(13, QFont.Weight.DemiBold)
        self._small_font = font(11)
        self._summary_font = font(12)

    def heights(self, rows: IssuesModel) -> Iterable[int]:
        """Return the height of every row."""
        return map(_HEIGHTS.__getitem__, map(type, rows.rows))

    def paint_row(self, painter: QPainter, place: QRect, row: ListRow, look: RowLook) -> None:
        if isinstance(row, Blank):
            return
        area = QRectF(place)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Month):
            box = area.adjusted(_MARGIN + 10, 6, -_MARGIN, 0)
            draw_line(painter, box, row.text, self._month_font, self.theme.faint)
        else:
            box = area.adjusted(_MARGIN, 1, -_MARGIN, -1)
            self._paint_ground(painter, box, look, self.theme.selected)
            # The quietest colour is too quiet for the ground of a chosen row.
            quiet = self.theme.muted if look.chosen else self.theme.faint
            if isinstance(row, AllStarred):
                self._paint_starred(painter, box, row, quiet)
            else:
                self._paint_issue(painter, box, row, quiet)
        painter.restore()

    def _cut(self, row: ListRow, width: int) -> str:
        """Return the text of a row that does not stand in it whole."""
        if not isinstance(row, IssueRow):
            return ""
        room = width - 2 * _MARGIN - _INDENT - _PADDING - (_STAR + 8 if row.starred else 0)
        label_room = room - self._lines.width(self._date(row.published), self._small_font) - 10
        icon = self.marks.get(row.newsletter, NO_MARK)[0]
        label = f"{icon} {row.label}" if icon else row.label
        cut = [row.label] if self._lines.width(label, self._unread_font) > label_room else []
        cut += [row.summary] if self._lines.cut(row.summary, self._summary_font, room, 1) else []
        return "\n".join(cut)

    def _paint_issue(self, painter: QPainter, box: QRectF, row: IssueRow, quiet: str) -> None:
        theme = self.theme
        if row.unread:
            paint_dot(painter, box.left() + 11, box.top() + 19, theme.accent)
        left, width = box.left() + _INDENT, box.width() - _INDENT - _PADDING
        date = self._date(row.published)
        taken = self._lines.width(date, self._small_font)
        place = QRectF(left + width - taken, box.top() + 9, taken + 2, 20)
        draw_line(painter, place, date, self._small_font, quiet)
        bold = self._unread_font if row.unread else self._label_font
        room = width - taken - 10
        icon, colour = self.marks.get(row.newsletter, NO_MARK)
        if colour:
            paint_mark(painter, box, MARK_COLOURS.get(colour, theme.faint))
        label = self._lines.label(f"{icon} {row.label}" if icon else row.label, bold, room)
        draw_line(painter, QRectF(left, box.top() + 9, room, 20), label, bold, theme.text)
        if row.starred:
            self._paint_star(painter, box.right() - _PADDING - _STAR, box.top() + 34)
        room = width - (_STAR + 8 if row.starred else 0)
        summary = self._lines.lines(row.summary, self._summary_font, room, 1)
        place = QRectF(left, box.top() + 31, room, 18)
        draw_line(painter, place, "".join(summary), self._summary_font, theme.muted)

    def _paint_starred(self, painter: QPainter, box: QRectF, row: AllStarred, quiet: str) -> None:
        theme = self.theme
        self._paint_star(painter, box.left() + 5, box.center().y() - _STAR / 2)
        number = grouped(row.stories)
        taken = self._lines.width(number, self._small_font)
        place = QRectF(box.right() - _PADDING - taken, box.top(), taken + 2, box.height())
        draw_line(painter, place, number, self._small_font, quiet)
        place = box.adjusted(_INDENT, 0, -_PADDING - taken - 10, 0)
        text = self._lines.lines(row.text, self._label_font, place.width(), 1)
        draw_line(painter, place, "".join(text), self._label_font, theme.text)

    def _paint_star(self, painter: QPainter, x: float, y: float) -> None:
        scale = painter.device().devicePixelRatio()
        star = self._icons.pixmap("star", self.theme.star, _STAR, scale, filled=True)
        painter.drawPixmap(int(x), int(y), star)
