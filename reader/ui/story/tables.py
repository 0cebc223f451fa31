"""Tables of a story: lines under the rows and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from reader.model import Block, Mark, Run
from reader.ui.story.direction import runs_right_to_left
from reader.ui.story.sheet import NOWHERE, Passage, Role
from reader.ui.story.typography import (
    GROUNDED,
    INDENT,
    QUOTE_INDENT,
    Property,
    Typography,
    Voice,
    fonts_for,
)

if TYPE_CHECKING:
    from reader.ui.story.document import StoryDocument

Cell = tuple[Run, ...]

_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
_NARROW = 0.8
"""The size of a table's text, in ems of the body's."""


def table_at(cursor: QTextCursor) -> QTextTable | None:
    """Return the table that the cursor is in. Qt's own answer is None outside one, whatever its types say."""
    return cursor.currentTable()


def is_wide(block: Block, measure: int) -> bool:
    """Whether a table wants more than the measure has, so that its words are broken to fit."""
    columns = max((len(row) for row in block.rows), default=0)
    longest = [0] * columns
    for row in block.rows:
        for column, cell in enumerate(row):
            words = "".join(run.text for run in cell).split()
            longest[column] = max(longest[column], max(map(len, words), default=1))
    return sum(min(length, 24) + 2 for length in longest) * _NARROW > measure


def set_table(document: StoryDocument, cursor: QTextCursor, passage: Passage, inset: float) -> QTextTable:
    """Set a table where the cursor is; each of its cells is a place of the text."""
    block, type_ = passage.block, document.typography
    columns = max(1, max((len(row) for row in block.rows), default=1))
    table = cursor.insertTable(max(1, len(block.rows)), columns, _table_format(block, type_))
    layout = type_.block(Role.TABLE)
    if block.quote:
        layout.setProperty(Property.QUOTE, block.quote)
        layout.setProperty(Property.QUOTE_INSET, inset)
    at = passage.start
    for row, cells in enumerate(block.rows):
        for column in range(columns):
            _frame_cell(table, row, column, type_)
            if column < len(cells):
                _set_cell(document, table, (row, column), (cells[column], at), layout)
                at += len("".join(run.text for run in cells[column])) + 1 if at != NOWHERE else 0
    return table


def _table_format(block: Block, type_: Typography) -> QTextTableFormat:
    made = QTextTableFormat()
    made.setBorder(0)
    made.setBorderCollapse(True)
    made.setCellSpacing(0)
    made.setCellPadding(0)
    made.setTopMargin(type_.em(0.4))
    made.setBottomMargin(type_.em(1.4))
    indent = type_.em(block.depth * INDENT + block.quote * QUOTE_INDENT)
    made.setHeaderRowCount(1)
    if indent:
        made.setLeftMargin(indent)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if runs_right_to_left(block.text):
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return made


def _frame_cell(table: QTextTable, row: int, column: int, type_: Typography) -> None:
    made = QTextTableCellFormat()
    made.setBottomBorder(1.4 if row == 0 else 1)
    made.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBottomBorderBrush(type_.colour("quote_bar" if row == 0 else "rule"))
    made.setTopPadding(type_.em(0.38))
    made.setBottomPadding(type_.em(0.38))
    made.setLeftPadding(type_.em(0.5) if column else 2)
    made.setRightPadding(type_.em(0.5))
    table.cellAt(row, column).setFormat(made)


def _set_cell(
    document: StoryDocument,
    table: QTextTable,
    where: tuple[int, int],
    what: tuple[Cell, int],
    layout: QTextBlockFormat,
) -> None:
    (row, column), (cell, start) = where, what
    cursor = table.cellAt(row, column).firstCursorPosition()
    text = "".join(run.text for run in cell)
    layout = QTextBlockFormat(layout)
    aligns = document.tables[-1].aligns
    right = runs_right_to_left(text)
    layout.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
    layout.setAlignment(
        _ALIGNMENTS.get(aligns[column] if column < len(aligns) else "", Qt.AlignmentFlag.AlignLeft)
    )
    if any(run.marks & GROUNDED for run in cell):
        layout.setProperty(Property.CHIPS, 1)
    cursor.setBlockFormat(layout)
    if start != NOWHERE:
        document.places.add(start, cursor.position(), text)
    runs = tuple(replace(run, marks=run.marks & ~Mark.BOLD) for run in cell) if row == 0 else cell
    document.write_runs(cursor, runs, Role.TABLE, Voice(heading=row == 0, fonts=fonts_for(text)))
