"""Blocks: the one form that everything takes on between coming in and going out.

An issue's text is the text of its blocks joined by newlines. A *position* is an
offset into that text, in code points; a range of positions names a story, its
title, a place that was reached. Whatever is cut is cut by positions, so no
text can be lost: it stays in the issue's blocks whatever is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntFlag, StrEnum

OBJECT = "\ufffc"
"""The one character that stands in the text for an image, as in Qt."""

_JOINT = r"\s*(?:[-–—:|·.,;]+(?=\s|$)|[：，、—]+)\s*"
"""What joins a title to the text on its line."""


class Kind(StrEnum):
    """What a block is. The values are short because they are stored."""

    PARAGRAPH = "p"
    HEADING = "h"
    CODE = "c"
    TABLE = "t"
    RULE = "r"
    TERM = "dt"
    DEFINITION = "dd"
    CAPTION = "fc"
    FOOTNOTE = "fn"
    SOURCE = "s"
    """A paragraph that only cites: "Read more: LSTMs Compose (arXiv)"."""


class Mark(IntFlag):
    """How a run is set."""

    NONE = 0
    BOLD = 1
    ITALIC = 2
    CODE = 4
    STRIKE = 8
    HIGHLIGHT = 16
    SUB = 32
    SUPER = 64
    UNDERLINE = 128
    SMALL = 256
    LEAD = 512
    """A run-in heading: the words that open a paragraph and name what it is about."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text set in one way. A newline in it is a line break."""

    text: str
    marks: Mark = Mark.NONE
    href: str = ""
    """Where it leads; http, https, mailto or a "#" within the issue, and nothing else."""
    image: str = ""
    """Where the picture is; the text is then OBJECT."""
    alt: str = ""
    note: str = ""
    """The label of the footnote that the run calls for; the text is then that label."""
    width: int = 0
    """Of a picture: the pixels that its markup gives it; 0 where it does not say."""
    height: int = 0


class _Joined:
    """Holds the joined text of a block once it was asked for; it is no part of what the block is."""

    __slots__ = ("_joined",)
    _joined: str


@dataclass(frozen=True, slots=True)
class Block(_Joined):
    """A paragraph, a heading, a table: what stands between two breaks of the text.

    Nesting is flat: `quote` counts the quotes around it and `depth` the lists. The
    first block of a list item carries its `marker` ("-", "1.", "[ ]", "[x]"); what
    follows in the same item has the depth and no marker. A footnote's marker is
    its label.
    """

    kind: Kind = Kind.PARAGRAPH
    runs: tuple[Run, ...] = ()
    level: int = 0
    """Of a heading: 1 to 6."""
    quote: int = 0
    depth: int = 0
    marker: str = ""
    lang: str = ""
    """Of code: its language, in lower case."""
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    """Of a table: rows of cells of runs; the first row is the header."""
    aligns: tuple[str, ...] = ()
    """Of a table: "left", "center", "right" or "" for each column."""
    direction: str = ""
    """ "rtl" or "ltr" where the source says so; else the first strong character decides."""

    @property
    def text(self) -> str:
        """Its text; a table's cells are parted by tabs, its rows by newlines."""
        runs = self.runs
        if len(runs) == 1 and not self.rows:
            return runs[0].text
        try:
            return self._joined
        except AttributeError:
            object.__setattr__(self, "_joined", self._join())
            return self._joined

    def _join(self) -> str:
        if self.rows:
            return "\n".join(
                "\t".join("".join(run.text for run in cell) for cell in row) for row in self.rows
            )
        return "".join([run.text for run in self.runs])

    @property
    def all_runs(self) -> Iterator[Run]:
        """Every run of it, those in a table's cells included."""
        yield from self.runs
        for row in self.rows:
            for cell in row:
                yield from cell


Blocks = tuple[Block, ...]


def text_of(blocks: Sequence[Block]) -> str:
    """Return the text that positions count in: one newline between two blocks."""
    return "\n".join(block.text for block in blocks)


def starts_of(blocks: Sequence[Block]) -> list[int]:
    """Return the position at which each block begins."""
    starts, at = [], 0
    for block in blocks:
        starts.append(at)
        at += len(block.text) + 1
    return starts


def cut(blocks: Sequence[Block], start: int, end: int) -> Blocks:
    """Return the blocks between two positions; a block that lies across one is cut in two.

    A table or a piece of code is kept whole when any of it is inside.
    """
    out: list[Block] = []
    at = 0
    for block in blocks:
        length = len(block.text)
        first, last = max(start - at, 0), min(end - at, length)
        if at >= end and not (at == end == start):
            break
        if (first < last or (length == 0 and start <= at < end)) and (piece := _piece(block, first, last)):
            out.append(piece)
        at += length + 1
    return tuple(out)


def leave_out(blocks: Sequence[Block], start: int, end: int, spans: Sequence[tuple[int, int]]) -> Blocks:
    """Return the blocks between two positions without the spans given (a title, a dek).

    What is left of a line whose head was taken loses the white space it began with, and the dash
    or the colon that joined it to its head.
    """
    lines = set(starts_of(blocks))
    out: list[Block] = []
    at, joined = start, False
    for left, right in [*sorted(spans), (end, end)]:
        if left > at:
            pieces = cut(blocks, at, left)
            out.extend(_without_joint(pieces) if joined else pieces)
        at = max(at, right)
        joined = lines.isdisjoint((at, at + 1))
    return tuple(tidied for block in out if (tidied := _without_margin(block)) is not None)


def outdented(blocks: Sequence[Block]) -> Blocks:
    """Return the blocks of what was an item of a list as they stand alone: no further in than need be."""
    least = min((block.depth for block in blocks), default=0)
    if any(block.marker and block.depth == least for block in blocks):
        least -= 1
    if least <= 0:
        return tuple(blocks)
    return tuple(replace(block, depth=block.depth - least) for block in blocks)


def _piece(block: Block, first: int, last: int) -> Block | None:
    if (first, last) == (0, len(block.text)) or block.rows or block.kind is Kind.CODE:
        return block
    runs: list[Run] = []
    at = 0
    for run in block.runs:
        a, b = max(first - at, 0), min(last - at, len(run.text))
        if a < b:
            runs.append(run if b - a == len(run.text) else _saying(run, run.text[a:b]))
        at += len(run.text)
    return _holding(block, runs, block.marker if first == 0 else "") if runs else None


def _without_joint(pieces: Blocks) -> Blocks:
    if not pieces or not (joint := re.match(_JOINT, pieces[0].text)):
        return pieces
    rest = _piece(pieces[0], joint.end(), len(pieces[0].text))
    return (rest, *pieces[1:]) if rest else pieces[1:]


def _without_margin(block: Block) -> Block | None:
    if block.rows or block.kind in (Kind.CODE, Kind.RULE):
        return block
    runs = list(block.runs)
    while runs and not (head := runs[0].text.lstrip()):
        runs.pop(0)
    if not runs:
        return None
    head = runs[0].text.lstrip()
    if head != runs[0].text:
        runs[0] = _saying(runs[0], head)
    elif len(runs) == len(block.runs):
        return block
    return _holding(block, runs, block.marker)


def _saying(run: Run, text: str) -> Run:
    """Return the run with another text; `replace` takes far longer."""
    return Run(text, run.marks, run.href, run.image, run.alt, run.note, run.width, run.height)


def _holding(block: Block, runs: Sequence[Run], marker: str) -> Block:
    """Return the block with other runs and another marker."""
    return Block(
        block.kind,
        tuple(runs),
        block.level,
        block.quote,
        block.depth,
        marker,
        block.lang,
        block.rows,
        block.aligns,
        block.direction,
    )
