"""What is copied from the page: plain text as it reads, not as Qt keeps it."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor

from reader.ui.story.tables import table_at
from reader.ui.story.typography import Property

_PLAIN = str.maketrans({"\u2028": "\n", "\u00a0": " ", "\ufffc": None, "\ufdd0": None, "\ufdd1": None})


def copied_text(cursor: QTextCursor) -> str:
    """Return the selected text with line ends, list markers, and tabs between a table's cells."""
    if not cursor.hasSelection():
        return ""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    document = cursor.document()
    block, said = document.findBlock(start), ""
    last = QTextCursor(document)
    while block.isValid() and block.position() < end:
        said += _between(last, block) if said else ""
        said += _piece(block, start, end)
        last.setPosition(block.position())
        block = block.next()
    return said.strip("\n")


def _piece(block: QTextBlock, start: int, end: int) -> str:
    first, final = max(start - block.position(), 0), end - block.position()
    # Qt counts in UTF-16, Python in code points.
    wide = block.text().encode("utf-16-le", "surrogatepass")[2 * first : 2 * final]
    text = wide.decode("utf-16-le", "replace").translate(_PLAIN)
    layout = block.blockFormat()
    if not first and layout.hasProperty(Property.MARKER) and layout.hasProperty(Property.DEPTH):
        depth = max(int(layout.property(Property.DEPTH)), 1)
        return f"{'  ' * (depth - 1)}{layout.property(Property.MARKER)} {text}"
    return text


def _between(before: QTextCursor, block: QTextBlock) -> str:
    """Return what parts a block from the one before: a tab in a table's row, else a line end or two."""
    table = table_at(before)
    here = QTextCursor(block)
    if table is not None and table_at(here) == table:
        return "\t" if table.cellAt(before).row() == table.cellAt(here).row() else "\n"
    listed = block.blockFormat().hasProperty(Property.MARKER)
    return "\n" if listed and before.blockFormat().hasProperty(Property.MARKER) else "\n\n"
