"""A piece of text on a few lines, with the words that were searched for marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from reader.ui.words import reads_from_right

_STOPS = " .,;:…"
"""What does not stand before the dots that say that more follows."""


class SnippetStyle(NamedTuple):
    """How a snippet is set. Lengths are in pixels, colours "#rrggbb"."""

    font: QFont
    line_height: float
    lines: int
    text: str
    marked: str
    ground: str


def paint_snippet(
    painter: QPainter,
    place: tuple[QPointF, float],
    text: str,
    marks: Sequence[tuple[int, int]],
    style: SnippetStyle,
) -> None:
    """Paint a snippet at a point and in a width; what does not fit ends in "…"."""
    point, width = place
    layout = _laid_out(fitting(text, style.font, width, style.lines), style, width)
    formats = [_mark(layout.text(), span, style) for span in marks if span[0] < len(layout.text())]
    painter.setPen(QColor(style.text))
    layout.draw(painter, point, formats)


def fitting(text: str, font: QFont, width: float, lines: int) -> str:
    """Return as much of a text as fits on some lines of a width, with "…" where it is cut."""
    layout = QTextLayout(text, font)
    end = _break(layout, width)[:lines][-1:]
    kept = _first_units(text, end[0]) if end else text
    if kept == text:
        return text
    while kept and len(_break(QTextLayout(cut := kept.rstrip(_STOPS) + "…", font), width)) > lines:
        kept = cut[:-2]
    return kept.rstrip(_STOPS) + "…"


def _break(layout: QTextLayout, width: float) -> list[int]:
    """Break a text into lines, and return where each ends, in UTF-16 units."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    ends: list[int] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    return ends


def _laid_out(text: str, style: SnippetStyle, width: float) -> QTextLayout:
    layout = QTextLayout(text, style.font)
    _break(layout, width)
    from_right = reads_from_right(text)
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        x = width - line.naturalTextWidth() if from_right else 0.0
        line.setPosition(QPointF(x, number * style.line_height + (style.line_height - line.height()) / 2))
    return layout


def _mark(text: str, span: tuple[int, int], style: SnippetStyle) -> QTextLayout.FormatRange:
    first, last = span
    look = QTextCharFormat()
    look.setForeground(QColor(style.marked))
    look.setBackground(QColor(style.ground))
    made = QTextLayout.FormatRange()
    # Qt counts in UTF-16, Python in code points: an emoji is two there and one here.
    made.start, made.length = _units(text[:first]), _units(text[first:last])
    made.format = look
    return made


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _first_units(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")
