"""An issue as the splitter sees it: its blocks in line, each with what every signal asks of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reader.model import OBJECT, Block, Blocks, Kind, Run, Span
from reader.parsing.split.opening import opening_bold, opening_link
from reader.parsing.split.pieces import BLANKS
from reader.parsing.split.style import Setting, setting_of

_EDGES = BLANKS + OBJECT
_PROSE = (Kind.PARAGRAPH, Kind.SOURCE)
_RULE = Kind.RULE
_LETTERS = re.compile(r"[^\W_]+")
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


class Line(NamedTuple):
    """One block, where it stands, how it is set, and what it opens with. All of it is found out once."""

    block: Block
    start: int
    end: int
    """The position at which it has ended."""
    whole: str
    """Its text, in which positions count from `start`."""
    text: str
    """Its text without the white space and the pictures at its edges."""
    words: int
    """About how many words it has; CJK text counts two characters as one."""
    setting: Setting | None
    """How all of its words are set; None where it changes, or has no words."""
    bold: Span | None
    """Where in it the bold words stand that it opens with."""
    link: Span | None
    """Where in it the link stands that it opens with."""
    has_link: bool
    """Whether it leads anywhere outside of the issue."""
    is_prose: bool
    """Whether it is a paragraph of the text itself: in no list, no quote."""
    is_item: bool
    """Whether it is the first of a list item."""
    is_rule: bool
    is_picture: bool
    """Whether it is a picture, or several, and no words."""

    @property
    def span(self) -> Span:
        return self.start, self.end


class Head(NamedTuple):
    """What stands at the head of a story: the spans that are title and dek, and what they say."""

    title: str
    titles: tuple[Span, ...] = ()
    """Empty when the title is derived: the words are then part of the body."""
    dek: str = ""
    deks: tuple[Span, ...] = ()
    derived: bool = False
    label: str = ""
    """The name of a series, printed above the title; it becomes the section."""


class Draft(NamedTuple):
    """A story as a signal proposes it: the lines it runs over, and its head."""

    first: int
    last: int
    """The line after its last."""
    head: Head
    section: tuple[str, ...] = ()
    signal: str = ""
    """Which signal parts it from the others of its region."""

    def until(self, last: int) -> Draft:
        """Return the story as far as the line before another one."""
        return self if last == self.last else Draft(self.first, last, self.head, self.section, self.signal)

    def under(self, section: tuple[str, ...], signal: str) -> Draft:
        """Return the story as one of a section that a signal parts."""
        return Draft(self.first, self.last, self.head, section, signal)


def lines_of(blocks: Blocks) -> list[Line]:
    """Return the lines of an issue, one for each block."""
    lines: list[Line] = []
    start = 0
    for block in blocks:
        lines.append(_line(block, start))
        start = lines[-1].end + 1
    return lines


def _line(block: Block, start: int) -> Line:
    whole, kind, depth = block.text, block.kind, block.depth
    text = whole.strip(_EDGES)
    setting = setting_of(block)
    has_link = _has_link(block.all_runs if block.rows else block.runs)
    is_prose = kind in _PROSE and bool(text) and not depth and not block.quote
    may_be_bold = setting is None or setting == "bold"
    return Line(
        block,
        start,
        start + len(whole),
        whole,
        text,
        _count(text),
        setting,
        opening_bold(block.runs, whole) if may_be_bold else None,
        opening_link(block.runs, whole) if has_link else None,
        has_link,
        is_prose,
        depth > 0 and bool(block.marker),
        kind is _RULE,
        not text and OBJECT in whole,
    )


def _has_link(runs: Iterable[Run]) -> bool:
    for run in runs:  # noqa: SIM110 - any() takes twice as long, and every line is asked
        if run.href and not run.href.startswith("#"):
            return True
    return False


def letters(text: str) -> str:
    """Return a text's letters and digits alone, in one case: what two writings of one title share."""
    return "".join(_LETTERS.findall(text.casefold()))


def words(lines: Sequence[Line]) -> int:
    """Return about how many words some lines have."""
    return sum([line.words for line in lines])


def _count(text: str) -> int:
    if not text:
        return 0
    count = text.count(" ") + 1
    return count if text.isascii() else count + len(_WIDE.findall(text)) // 2
