"""Tables of a story: lines under the rows and nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from heapq import nlargest
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
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
    Typography,
    Voice,
    fonts_for,
)

if TYPE_CHECKING:
    from reader.ui.story.document import StoryDocument

Cell = tuple[Run, ...]

_SIDE = 0.5
"""Ems between a text and the side of its cell."""
_MEASURED = 8
"""Texts of a column that are measured, the longest of it."""
_WIDEST_EMS, _PICTURE_EMS = 28, 10
"""How wide a column may wish to be at most, and with pictures in it at least; in heights of its lines."""
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


def widths_wanted(block: Block, typography: Typography) -> tuple[float, ...]:
    """Return how wide each column of a table would like to be, in pixels; very long texts are to wrap."""
    columns = max((len(row) for row in block.rows), default=1) or 1
    metrics = QFontMetricsF(typography.font_of(FACES[Role.TABLE]._replace(weight=QFont.Weight.Bold)))
    spare = typography.em(2 * _SIDE + 0.2)
    return tuple(_width_wanted(block, column, metrics) + spare for column in range(columns))


def _width_wanted(block: Block, column: int, metrics: QFontMetricsF) -> float:
    cells = [row[column] for row in block.rows if column < len(row)]
    # Measuring every text of a table of thousands would take longer than to show its first rows.
    longest = nlargest(_MEASURED, map(_text, cells), key=len)
    em = metrics.height()
    least = _PICTURE_EMS if any(run.image for cell in cells for run in cell) else 2
    lines = (line for text in longest for line in text.split("\n"))
    wide = max(map(metrics.horizontalAdvance, lines), default=0.0)
    return min(max(wide, least * em), _WIDEST_EMS * em)


def set_table(
    document: StoryDocument, cursor: QTextCursor, passage: Passage, inset: float, *, headed: bool = True
) -> QTextTable:
    """Set a table where the cursor is; each of its cells is a place of the text."""
    return _Setting(document, passage, inset, headed=headed).set_at(cursor)


class _Setting:
    """How one table is set: smaller and tighter when it is wide."""

    def __init__(self, document: StoryDocument, passage: Passage, inset: float, *, headed: bool) -> None:
        self._document = document
        self._headed = headed
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
                cell.setFormat(self._frame(row == 0 and self._headed, column == 0))
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
        made.setHeaderRowCount(int(self._headed))
        made.setBottomMargin(em(0.7 if self._wide else 1.4))
        made.setLeftMargin(em(block.depth * INDENT + block.quote * QUOTE_INDENT))
        if widths := self._document.columns:
            made.setColumnWidthConstraints(
                [QTextLength(QTextLength.Type.FixedLength, width) for width in widths]
            )
            made.setBottomMargin(0)
        else:
            made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        if runs_right_to_left(block.text):
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        return made

    def _frame_of(self, heading: bool, first: bool) -> QTextTableCellFormat:  # noqa: FBT001
        em = self._type.em
        high, wide = (0.3, 0.3) if self._wide else (0.38, _SIDE)
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
        heading = cell.row() == 0 and self._headed
        cursor.setBlockFormat(self._cell_format(cell.column(), runs, text))
        if start != NOWHERE:
            self._document.places.add(start, cursor.position(), text)
        if heading:
            runs = tuple(replace(run, marks=run.marks & ~Mark.BOLD) for run in runs)
        voice = Voice(self._role, heading=heading, fonts=fonts_for(text))
        self._document.write_runs(cursor, runs, voice, self._room_in(cell.column()))

    def _room_in(self, column: int) -> Room:
        widths = self._document.columns
        share = widths[column] / self._type.column if widths else 1 / self._columns
        return Room(share, self._type.em(1.0))

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
