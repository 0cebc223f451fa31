"""A sheet set in type: the document that the story page shows, written piece by piece."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from reader.model import Block, Mark, Run
from reader.ui.story.direction import direction_of
from reader.ui.story.gallery import ALL, Gallery, Room
from reader.ui.story.places import Places, set_text
from reader.ui.story.sheet import NOWHERE, Passage, Role, Sheet
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
from reader.ui.style import STORY_FAMILY, font

NOTE = "#note:"
CALL = "#call:"
TABLE = "#table:"
"""Where a click leads that stays on the page: a footnote, its call, a table's own window."""

_LEAST = 60
"""Characters that a passage counts for at least, since it takes a line."""
_MOST_ROWS, _FIRST_ROWS = 100, 40
"""A table of more rows shows only the first ones on the page."""
_HEADINGS = frozenset({Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4})
_LISTED = frozenset({Role.TEXT, Role.SOURCE})
_NOT_IN_SLUG = r"[^\w\- ]"
_RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
_GAP, _NAMED_GAP = 2.1, 2.7
"""Ems above what begins in a whole issue: a story, or what has a name of its own there."""
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_SINGLE = QTextBlockFormat.LineHeightTypes.SingleHeight.value


class _Around(NamedTuple):
    """What a passage stands between."""

    before: Passage | None
    after: Passage | None


class StoryDocument(QTextDocument):
    """The document of one sheet. It starts empty; `write` sets the next passages."""

    def __init__(
        self,
        sheet: Sheet,
        typography: Typography,
        parent: QObject | None = None,
        *,
        columns: Sequence[float] = (),
    ) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.columns = columns
        """Where the sheet is one table in slices: how wide its columns are, in pixels."""
        self.typography = typography
        self.places = Places()
        self.tables: list[Block] = []
        """The tables written so far, in order; `TABLE` links count in this list."""
        self.anchors: dict[str, int] = {}
        """Where "#" links lead: positions of the document."""
        self.gallery = Gallery(sheet.location, typography, sheet.root)
        self._notes = sheet.notes
        self._borders = {border.position: border for border in sheet.borders}
        self._table_starts: list[int] = []
        self._reached = 0
        self._next = 0
        self._fresh = True
        # Whether the last block is empty and may be filled: Qt wants one before and after each table.
        self._inset = 0.0
        self._cursor = QTextCursor(self)
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setDefaultFont(font(typography.size, family=STORY_FAMILY))
        self.setUseDesignMetrics(True)

    @property
    def written(self) -> bool:
        """Whether every passage has been set."""
        return self._next >= len(self.sheet.passages)

    def write(self, seconds: float, least: int = 0) -> bool:
        """Set passages until the time is up, but at least so many characters; return whether all are set."""
        end, said = perf_counter() + seconds, 0
        self._cursor.beginEditBlock()
        while not self.written:
            passage = self.sheet.passages[self._next]
            self._write(self._next)
            self._next += 1
            self._reached = max(self._reached, passage.start + len(passage.block.text) + 1)
            said += max(len(passage.block.text), _LEAST)
            if said >= least and perf_counter() >= end:
                break
        self._cursor.endEditBlock()
        return self.written

    def fit(self, width: float, height: float = 0.0, spare: float = 0.0) -> None:
        """Centre the column in a page of that size; in a narrow one the margins give way first.

        What the page has to spare on the right stays empty: it is where a scroll bar may come.
        """
        type_ = self.typography
        side = max(type_.em(1.6) if width > type_.em(26) else type_.em(1.0), (width - type_.column) / 2)
        frame = self.rootFrame().frameFormat()
        top = max(type_.em(2.8), height * 0.4 if self.sheet.is_message else 0)
        if self.gallery.fit(max(width - 2 * side, 1.0)):
            self.gallery.resize(QTextCursor(self))
        now = (frame.leftMargin(), frame.rightMargin(), frame.topMargin())
        if all(abs(a - b) < 0.5 for a, b in zip(now, (side, side + spare, top), strict=True)):
            return
        frame.setLeftMargin(side)
        frame.setRightMargin(side + spare)
        frame.setTopMargin(top)
        frame.setBottomMargin(type_.em(4.5))
        self.rootFrame().setFrameFormat(frame)

    def reaches(self, position: int) -> bool:
        """Whether what is written goes beyond a position of the text."""
        return self._reached > position

    def table_number(self, cursor: QTextCursor) -> int | None:
        """Return which of the tables the cursor is in."""
        if not self.tables:
            return None
        from reader.ui.story.tables import table_at

        table = table_at(cursor)
        if table is None:
            return None
        start = table.firstPosition()
        return next((n for n, at in enumerate(self._table_starts) if at == start), None)

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: A002, ARG002
        """Return a picture of the sheet; nothing else is ever loaded, from anywhere."""
        return self.gallery.image(QUrl(name).toString())

    def _write(self, index: int) -> None:
        passage, around = self.sheet.at(index), _Around(self.sheet.at(index - 1), self.sheet.at(index + 1))
        assert passage is not None
        self._enter_quote(passage, around)
        if passage.role is Role.TABLE:
            self._write_table(passage, around)
        else:
            self._write_block(passage, around)

    def _enter_quote(self, passage: Passage, around: _Around) -> None:
        block, before = passage.block, around.before.block if around.before else None
        if block.quote and before is not None and before.quote:
            return
        inside_item = bool(block.quote and before is not None and block.depth and not block.marker)
        self._inset = self.typography.em(INDENT * block.depth) if inside_item else 0.0

    def _write_block(self, passage: Passage, around: _Around) -> None:
        block, role = passage.block, passage.role
        voice = Voice(role, quoted=block.quote > 0, fonts=fonts_for(block.text))
        layout = self._block_format(passage, around)
        base = self.typography.run(Run(""), voice)
        self._begin(layout, base)
        if passage.start != NOWHERE:
            self.places.add(passage.start, self._cursor.position(), block.text)
        if role in _HEADINGS:
            self.anchors.setdefault("#" + slug(block.text), self._cursor.position())
        self.write_runs(self._cursor, block.runs, voice, self._room_in(block))
        if role is Role.FOOTNOTE and block.marker:
            self.anchors[NOTE + block.marker] = self._cursor.block().position()
            self._write_back_link(block.marker, voice)

    def _block_format(self, passage: Passage, around: _Around) -> QTextBlockFormat:
        block, role = passage.block, passage.role
        layout = self.typography.block(role)
        direction = direction_of(block) if role is not Role.CODE else Qt.LayoutDirection.LeftToRight
        layout.setLayoutDirection(direction)
        self._space(layout, passage, around)
        self._indent(layout, passage)
        if role is Role.RULE:
            layout.setProperty(Property.RULE, 1)
        if role in (Role.CAPTION, Role.MESSAGE):
            layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if any(run.marks & GROUNDED for run in block.runs):
            layout.setProperty(Property.CHIPS, 1)
        if any(run.image for run in block.runs):
            # A line's height is a share of what is highest in it, and an image needs no leading.
            layout.setLineHeight(0, _SINGLE)
        if _is_picture(block):
            self._set_picture(layout, block, around)
        return layout

    def _space(self, layout: QTextBlockFormat, passage: Passage, around: _Around) -> None:
        before, after = around.before, around.after
        em = self.typography.em
        if passage.role in _HEADINGS and (before is None or before.role is Role.META):
            layout.setTopMargin(0)
        if passage.role in _LISTED and passage.block.depth and after is not None and after.block.depth:
            layout.setBottomMargin(em(0.42))
        if passage.role is Role.TITLE and after is not None and after.role is Role.META:
            layout.setBottomMargin(em(0.7))
        elif passage.role is Role.TITLE and (after is None or after.role is not Role.DEK):
            layout.setBottomMargin(em(0.75))
        if passage.role is Role.FOOTNOTE and before is not None and before.role is not Role.FOOTNOTE:
            layout.setTopMargin(em(1.2))
        border = self._borders.get(passage.start)
        if border is not None and not passage.block.marker and before is not None:
            layout.setTopMargin(max(layout.topMargin(), em(_NAMED_GAP if border.name else _GAP)))

    def _indent(self, layout: QTextBlockFormat, passage: Passage) -> None:
        block, em = passage.block, self.typography.em
        start = em(block.depth * INDENT + block.quote * QUOTE_INDENT)
        end = em(0.4) if block.quote else 0.0
        if passage.role is Role.DEFINITION or (passage.role is Role.FOOTNOTE and block.marker):
            start += em(INDENT)
        if block.quote:
            layout.setProperty(Property.QUOTE, block.quote)
            layout.setProperty(Property.QUOTE_INSET, self._inset)
        if block.marker:
            layout.setProperty(Property.MARKER, block.marker)
            layout.setProperty(Property.DEPTH, block.depth)
        if passage.role is Role.CODE:
            layout.setProperty(Property.BOX, start)
            start, end = start + em(0.95), end + em(0.95)
        if layout.layoutDirection() == _RIGHT_TO_LEFT:
            start, end = end, start
        layout.setLeftMargin(start)
        layout.setRightMargin(end)

    def _room_in(self, block: Block) -> Room:
        inset = self.typography.em(block.depth * INDENT + block.quote * (QUOTE_INDENT + 0.4))
        return Room(inset=inset, alone=_is_picture(block))

    def _set_picture(self, layout: QTextBlockFormat, block: Block, around: _Around) -> None:
        if all(self.gallery.is_unseen(run) for run in block.runs if run.image):
            layout.setLineHeight(1, _FIXED)
            layout.setTopMargin(0)
            layout.setBottomMargin(0)
            return
        captioned = around.after is not None and around.after.role is Role.CAPTION
        em = self.typography.em
        layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.setTopMargin(em(0.5))
        layout.setBottomMargin(em(0.5 if captioned else 1.3))

    def write_runs(self, cursor: QTextCursor, runs: Sequence[Run], voice: Voice, room: Room = ALL) -> None:
        """Set runs where the cursor is; the room is what their images have."""
        for run in runs:
            if run.image:
                cursor.insertImage(self.gallery.hang(run, cursor.position(), room))
                continue
            if run.note and run.note not in self._notes:
                # Its note stands elsewhere in the issue: a call that leads nowhere is no link.
                run = replace(run, note="", marks=run.marks | Mark.SUPER)  # noqa: PLW2901
            made = self.typography.run(run, voice)
            if run.note:
                made.setAnchorHref(NOTE + run.note)
                self.anchors.setdefault(CALL + run.note, cursor.position())
            elif run.href:
                made.setAnchorHref(run.href)
            cursor.insertText(set_text(run.text), made)

    def _write_back_link(self, label: str, voice: Voice) -> None:
        made = self.typography.run(Run("", href=CALL), voice)
        made.setAnchorHref(CALL + label)
        made.setFontUnderline(False)
        self._cursor.insertText("\u00a0↩", made)

    def _begin(self, layout: QTextBlockFormat, base: QTextCharFormat) -> None:
        if self._fresh:
            self._cursor.setBlockFormat(layout)
            self._cursor.setBlockCharFormat(base)
        else:
            self._cursor.insertBlock(layout, base)
        self._fresh = False

    def _write_table(self, passage: Passage, around: _Around) -> None:
        from reader.ui.story.tables import is_wide, set_table  # most stories have none

        if self._fresh:
            self._cursor.setBlockFormat(_thin())
        number = len(self.tables)
        self.tables.append(passage.block)
        more = 0 if self.columns else _rows_left_out(passage.block)
        rows = passage.block.rows[: len(passage.block.rows) - more]
        shown = passage._replace(block=replace(passage.block, rows=rows))
        headed = not (self.columns and number)
        table = set_table(self, self._cursor, shown, self._inset, headed=headed)
        if around.before is not None and headed:
            # Qt leaves out the bottom margin of a block when a table follows.
            shape = table.format()
            shape.setTopMargin(self.typography.em(FACES[around.before.role].bottom))
            table.setFormat(shape)
        self._table_starts.append(table.firstPosition())
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._cursor.setBlockFormat(_thin())
        self._fresh = True
        if more or is_wide(passage.block, self.typography.measure):
            link = self.typography.run(Run("", href=TABLE), Voice(Role.META))
            link.setAnchorHref(f"{TABLE}{number}")
            self._begin(self.typography.block(Role.META), link)
            self._cursor.insertText(f"{more:,} more rows: open the table" if more else "Enlarge table", link)


def _rows_left_out(table: Block) -> int:
    """Return how many rows of a table are left to its own window: Qt lays a table out in one go."""
    return len(table.rows) - _FIRST_ROWS if len(table.rows) > _MOST_ROWS else 0


def _thin() -> QTextBlockFormat:
    """Return the format of an empty block that must be there and must not be seen."""
    made = QTextBlockFormat()
    made.setLineHeight(0.1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return made


def _is_picture(block: Block) -> bool:
    """Whether a block is one image and nothing else."""
    said = [run for run in block.runs if run.image or run.text.strip()]
    return len(said) == 1 and bool(said[0].image)


def slug(text: str) -> str:
    """Return the name that GitHub gives a heading: "Get involved!" is "get-involved"."""
    return re.sub(_NOT_IN_SLUG, "", text.strip().lower()).replace(" ", "-")
