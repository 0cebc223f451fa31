"""Lines of a document: which is at a height, and at which height a position is."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtGui import QTextBlock, QTextDocument


def block_at(document: QTextDocument, y: float) -> QTextBlock:
    """Return the first block, or the first cell of a table's row, of those that begin nearest above a height.

    Qt's own hit test is wrong in the space between two blocks while the layout,
    which goes on in idle time, has not come to the end of the document.
    """
    count = document.blockCount()

    def top(number: int) -> float:
        return _top(document.findBlockByNumber(number))

    beyond = 1
    # Asking for a height lays out all before it: so not farther than twice as far as needed.
    while beyond < count and top(beyond) <= y:
        beyond *= 2
    first = beyond // 2
    found = bisect_right(range(first, min(beyond, count)), y, key=top) + first - 1
    block = document.findBlockByNumber(max(found, 0))
    height = _top(block)
    while block.previous().isValid() and _top(block.previous()) == height:
        block = block.previous()
    return block


def line_from(document: QTextDocument, y: float) -> int:
    """Return where the first line begins that starts at or below a height of the document."""
    block = block_at(document, y)
    while block.isValid():
        top, layout = _top(block), block.layout()
        for index in range(layout.lineCount()):
            line = layout.lineAt(index)
            if top + line.y() >= y:
                return block.position() + line.textStart()
        block = block.next()
    return document.characterCount() - 1


def top_of(document: QTextDocument, at: int) -> float:
    """Return the height of the line in which a position of the document is."""
    block = document.findBlock(at)
    if not block.isValid():
        return 0.0
    top = _top(block)
    line = block.layout().lineForTextPosition(at - block.position())
    return top + (line.y() if line.isValid() else 0.0)


def bottom_of(document: QTextDocument) -> float:
    """Return the height at which the last line of a document ends; all of it is laid out for that."""
    return document.documentLayout().blockBoundingRect(document.lastBlock()).bottom()


def _top(block: QTextBlock) -> float:
    return block.document().documentLayout().blockBoundingRect(block).top()
