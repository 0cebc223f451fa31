"""Text on one or two lines that ends in "…" where there is more of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QToolTip

from reader.ui.words import reads_from_right

_MEASURED = 20_000
"""How many widths are remembered."""
_LAID = 2_000
"""How many texts are remembered as lines: as many as stand on a few screens."""


class TextLines:
    """Breaks text into lines, measures it, and remembers both."""

    def __init__(self) -> None:
        self._metrics: dict[str, QFontMetricsF] = {}
        self.width: Callable[[str, QFont], float] = lru_cache(_MEASURED)(self._width)
        """How wide a text is on one line, in pixels."""
        self._remembered = lru_cache(_LAID)(self._laid_out)

    def count(self, text: str, font: QFont, width: float, most: int = 2) -> int:
        """Return how many lines a text takes, `most` at the most and 0 for no text.

        More than two lines are laid out; up to two are told by the text's width alone.
        """
        if not text:
            return 0
        if most == 1 or self.width(text, font) <= width:
            return 1
        return 2 if most == 2 else len(self.lines(text, font, width, most))

    def lines(self, text: str, font: QFont, width: float, most: int = 2) -> tuple[str, ...]:
        """Return the lines of a text; the last ends in "…" where it is cut."""
        return self._remembered(text, font, width, most)

    def label(self, text: str, font: QFont, width: float) -> str:
        """Return a text on one line; where it is cut, the number it ends in stays: "Bitcoin Op… 73"."""
        name, _, number = text.rpartition(" ")
        if not number[-1:].isdigit() or self.width(text, font) <= width:
            return self._remembered(text, font, width, 1)[0] if text else ""
        rest = width - self.width(f" {number}", font)
        return f"{self._remembered(name, font, rest, 1)[0]} {number}" if name and rest > 0 else number

    def cut(self, text: str, font: QFont, width: float, most: int = 2) -> bool:
        """Whether there is more of a text than its lines show."""
        shown = self.lines(text, font, width, most)
        return bool(shown) and shown[-1].endswith("…") and not text.endswith("…")

    def metrics(self, font: QFont) -> QFontMetricsF:
        """Return the measures of a font."""
        name = font.key()
        if name not in self._metrics:
            self._metrics[name] = QFontMetricsF(font)
        return self._metrics[name]

    def _laid_out(self, text: str, font: QFont, width: float, most: int) -> tuple[str, ...]:
        if not text:
            return ()
        if most == 1 or self.width(text, font) <= width:
            return (self._elided(text, font, width),)
        return self._broken(text, font, width, most)

    def _width(self, text: str, font: QFont) -> float:
        return self.metrics(font).horizontalAdvance(text)

    def _elided(self, text: str, font: QFont, width: float) -> str:
        return self.metrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _broken(self, text: str, font: QFont, width: float, most: int) -> tuple[str, ...]:
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        # Qt counts in UTF-16, Python in code points: an emoji is two there and one here.
        units = text.encode("utf-16-le")
        out: list[str] = []
        layout.beginLayout()
        while len(out) < most:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            start, length = 2 * line.textStart(), 2 * line.textLength()
            last = len(out) == most - 1
            piece = units[start:] if last else units[start : start + length]
            out.append(self._elided(piece.decode("utf-16-le").strip(), font, width))
        layout.endLayout()
        return tuple(out)


def show_cut_text(event: QHelpEvent, view: QAbstractItemView, text: str) -> bool:
    """Answer a delegate's `helpEvent`: show, where the mouse is, what a row had to cut; "" shows nothing."""
    if event.type() != QEvent.Type.ToolTip:
        return False
    QToolTip.showText(event.globalPos(), text, view)
    return True


def draw_line(painter: QPainter, area: QRectF, text: str, font: QFont, color: str) -> None:
    """Draw a line of text; one that reads from the right stands at the right."""
    from_right = reads_from_right(text)
    painter.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight
    )
    painter.setFont(font)
    painter.setPen(QColor(color))
    # "Left" is where the direction begins: the right for text that reads from there.
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
