"""What the rows of every list have in common: a ground, a dot, a ring for the keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.services.themes import Theme
from reader.ui.icons import Icons
from reader.ui.rows import ROW
from reader.ui.text_lines import TextLines, show_cut_text

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
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        text = self._cut(index.data(ROW), option.rect.width()) if index.isValid() else ""
        return show_cut_text(event, view, text)

    def _cut(self, row: Any, width: int) -> str:
        """Return the text of a row that does not stand in it whole."""
        raise NotImplementedError

    def _paint_ground(
        self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, selected: str
    ) -> None:
        """Paint a row's ground, `selected` where it is chosen, and the ring of the keyboard."""
        if option.state & QStyle.StateFlag.State_Selected:
            paint_ground(painter, box, selected)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, box, self.theme.hover)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, box, self.theme.accent)
