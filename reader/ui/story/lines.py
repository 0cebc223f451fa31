"""Lines of a document: which is at a height, and at which height a position is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine


def line_from(document: QTextDocument, y: float) -> int:
    """Return where the first line begins that starts at or below a height of the document."""
    layout = document.documentLayout()
    middle = document.rootFrame().frameFormat().leftMargin() + 1
    at = layout.hitTest(QPointF(middle, y), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(at, 0))
    while block.isValid():
        top = _line_origin(block)
        for line in _lines(block):
            if top + line.y() >= y:
                return block.position() + line.textStart()
        block = block.next()
    return max(at, 0)


def top_of(document: QTextDocument, at: int) -> float:
    """Return the height of the line in which a position of the document is."""
    block = document.findBlock(at)
    if not block.isValid():
        return 0.0
    origin = _line_origin(block)
    line = block.layout().lineForTextPosition(at - block.position())
    return origin + (line.y() if line.isValid() else 0.0)


def bottom_of(document: QTextDocument) -> float:
    """Return the height at which the last line of a document ends; all of it is laid out for that."""
    return document.documentLayout().blockBoundingRect(document.lastBlock()).bottom()


def _line_origin(block: QTextBlock) -> float:
    """Return the height that the block's lines count from."""
    return block.document().documentLayout().blockBoundingRect(block).top()


def _lines(block: QTextBlock) -> list[QTextLine]:
    layout = block.layout()
    return [layout.lineAt(index) for index in range(layout.lineCount())]
