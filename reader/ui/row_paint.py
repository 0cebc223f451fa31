"""What the rows of every list have in common: a ground, a dot, a ring for the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

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
