"""Tables of a story: lines under the rows and nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
    QTextTableCellFormat,
    QTextTableFormat,
)

from reader.model import Block, Mark, Run
from reader.ui.story.direction import runs_right_to_left
from reader.ui.story.gallery import Room
from reader.ui.story.sheet import NOWHERE, Passage, Role
from reader.ui.story.typography import (
    FACES,
    GROUNDED,
    INDENT,
    QUOTE_INDENT,
    Property,
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


def table_at(cursor: QTextCursor) -> QTextTable | None:
    """Return the table that the cursor is in. Qt's own answer is None outside one, whatever its types say."""
    return cursor.currentTable()


def is_wide(block: Block, measure: int) -> bool:
    """Whether a table wants more than the measure has, so that its words are broken to fit."""
    columns = max((len(row) for row in block.rows), default=0)
    longest = [0] * columns
    for row in block.rows:
        for column, cell in enumerate(row):
            words = _text(cell).split()
            longest[column] = max(longest[column], max(map(len, words), default=1))
    return sum(min(length, 24) + 2 for length in longest) * FACES[Role.TABLE].scale > measure


def set_table(document: StoryDocument, cursor: QTextCursor, passage: Passage, inset: float) -> QTextTable:
    """Set a table where the cursor is; each of its cells is a place of the text."""
    return _Setting(document, passage, inset).set_at(cursor)


class _Setting:
    """How one table is set: smaller and tighter when it is wide."""

    def __init__(self, document: StoryDocument, passage: Passage, inset: float) -> None:
        self._document = document
        self._type = document.typography
        self._passage = passage
        self._block = passage.block
        self._wide = is_wide(passage.block, self._type.measure)
        self._role = Role.WIDE_TABLE if self._wide else Role.TABLE
        self._columns = max((len(row) for row in passage.block.rows), default=1) or 1
        self._layout = self._cell_layout(inset)
        # A table has many cells and few kinds of them.
        self._frame = cache(self._frame_of)

    def set_at(self, cursor: QTextCursor) -> QTextTable:
        """Insert the table and fill it."""
        rows = self._block.rows
        table = cursor.insertTable(max(1, len(rows)), self._columns, self._table_format())
        at = self._passage.start
        for row, cells in enumerate(rows):
            for column in range(self._columns):
                cell = table.cellAt(row, column)
                cell.setFormat(self._frame(row == 0, column == 0))
                if column < len(cells):
                    self._fill(cell, cells[column], at)
                    at += len(_text(cells[column])) + 1 if at != NOWHERE else 0
        return table

    def _cell_layout(self, inset: float) -> QTextBlockFormat:
        made = self._type.block(self._role)
        made.setBottomMargin(0)
        if self._block.quote:
            made.setProperty(Property.QUOTE, self._block.quote)
            made.setProperty(Property.QUOTE_INSET, inset)
        return made

    def _table_format(self) -> QTextTableFormat:
        em, block = self._type.em, self._block
        made = QTextTableFormat()
        made.setBorder(0)
        made.setBorderCollapse(True)
        made.setCellSpacing(0)
        made.setCellPadding(0)
        made.setHeaderRowCount(1)
        made.setBottomMargin(em(0.7 if self._wide else 1.4))
        made.setLeftMargin(em(block.depth * INDENT + block.quote * QUOTE_INDENT))
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        if runs_right_to_left(block.text):
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        return made

    def _frame_of(self, heading: bool, first: bool) -> QTextTableCellFormat:  # noqa: FBT001
        em = self._type.em
        high, wide = (0.3, 0.3) if self._wide else (0.38, 0.5)
        made = QTextTableCellFormat()
        made.setBottomBorder(1.4 if heading else 1)
        made.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        made.setBottomBorderBrush(self._type.colour("quote_bar" if heading else "rule"))
        made.setTopPadding(em(high))
        made.setBottomPadding(em(high))
        made.setLeftPadding(2 if first else em(wide))
        made.setRightPadding(em(wide))
        return made

    def _fill(self, cell: QTextTableCell, runs: Cell, start: int) -> None:
        cursor, text = cell.firstCursorPosition(), _text(runs)
        heading = cell.row() == 0
        cursor.setBlockFormat(self._cell_format(cell.column(), runs, text))
        if start != NOWHERE:
            self._document.places.add(start, cursor.position(), text)
        if heading:
            runs = tuple(replace(run, marks=run.marks & ~Mark.BOLD) for run in runs)
        voice = Voice(self._role, heading=heading, fonts=fonts_for(text))
        room = Room(1 / self._columns, self._type.em(1.0))
        self._document.write_runs(cursor, runs, voice, room)

    def _cell_format(self, column: int, runs: Cell, text: str) -> QTextBlockFormat:
        made = QTextBlockFormat(self._layout)
        right = runs_right_to_left(text)
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        said = self._block.aligns[column] if column < len(self._block.aligns) else ""
        made.setAlignment(_ALIGNMENTS.get(said, Qt.AlignmentFlag.AlignLeft))
        if any(run.image for run in runs):
            made.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        if any(run.marks & GROUNDED for run in runs):
            made.setProperty(Property.CHIPS, 1)
        return made


def _text(runs: Cell) -> str:
    return "".join(run.text for run in runs)
