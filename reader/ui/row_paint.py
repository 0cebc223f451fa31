"""What the rows of every list have in common: a ground, a dot, a ring for the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate

from reader.services.themes import Theme
from reader.ui.icons import Icons
from reader.ui.rows import ROW
from reader.ui.text_lines import TextLines, show_cut_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from reader.ui.rows import Index

_ROUND = 7.0
_DOT = 3.6
_RING = 1.2


def paint_ground(painter: QPainter, box: QRectF, color: str) -> None:
    """Fill a row's rounded ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(box, _ROUND, _ROUND)


def paint_focus(painter: QPainter, box: QRectF, color: str) -> None:
    """Draw the ring around the row that the keyboard acts on."""
    painter.setPen(QPen(QColor(color), _RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = _RING / 2
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), _ROUND, _ROUND)


def paint_dot(painter: QPainter, x: float, y: float, color: str) -> None:
    """Draw the dot that means unread, around a point."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(QPointF(x, y), _DOT, _DOT)


def paint_mark(painter: QPainter, box: QRectF, color: str) -> None:
    """Draw a colour at the edge of a row."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(QRectF(box.left() - 5, box.top() + 8, 3, box.height() - 16), 1.5, 1.5)


class RowLook(NamedTuple):
    """What a row shows besides itself. Not QStyle's flags: to load those costs a start 6 ms."""

    chosen: bool
    hovered: bool
    focused: bool
    """Whether the keyboard acts on it."""


class RowDelegate(QStyledItemDelegate):
    """Paints the rows of a list; says what a row had to cut where the mouse rests on it."""

    def __init__(self, theme: Theme, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._icons = icons
        self._lines = TextLines()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        text = self._cut(index.data(ROW), option.rect.width()) if index.isValid() else ""
        return show_cut_text(event, view, text)

    def paint_row(self, painter: QPainter, place: QRect, row: Any, look: RowLook) -> None:
        """Paint a row."""
        raise NotImplementedError

    def _cut(self, row: Any, width: int) -> str:
        """Return the text of a row that does not stand in it whole."""
        raise NotImplementedError

    def _paint_ground(self, painter: QPainter, box: QRectF, look: RowLook, chosen: str) -> None:
        """Paint a row's ground, `chosen` where it is that, and the ring of the keyboard."""
        if look.chosen:
            paint_ground(painter, box, chosen)
        elif look.hovered:
            paint_ground(painter, box, self.theme.hover)
        if look.focused:
            paint_focus(painter, box, self.theme.accent)
