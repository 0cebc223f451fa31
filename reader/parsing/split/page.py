"""An issue as the splitter sees it: its blocks in line, each with what every signal asks of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reader.model import OBJECT, Block, Blocks, Kind, Run, Span
from reader.parsing.split.pieces import BLANKS
from reader.parsing.split.style import Setting, setting_of

_EDGES = BLANKS + OBJECT
_PROSE = frozenset((Kind.PARAGRAPH, Kind.SOURCE))
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One block, where it stands, and how it is set."""

    block: Block
    start: int
    whole: str
    """Its text, in which positions count from `start`."""
    text: str
    """Its text without the white space and the pictures at its edges."""
    setting: Setting | None
    """How all of its words are set; None where it changes, or has no words."""
    words: int
    """About how many words it has; CJK text counts two characters as one."""
    end: int
    """The position at which it has ended."""
    has_link: bool
    """Whether it leads anywhere outside of the issue."""
    is_prose: bool
    """Whether it is a paragraph of the text itself: in no list, no quote."""

    @property
    def span(self) -> Span:
        return self.start, self.end

    @property
    def is_rule(self) -> bool:
        return self.block.kind is Kind.RULE

    @property
    def is_item(self) -> bool:
        return bool(self.block.marker) and self.block.depth > 0

    @property
    def is_picture(self) -> bool:
        return not self.text and OBJECT in self.block.text


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head of a story: the spans that are title and dek, and what they say."""

    title: str
    titles: tuple[Span, ...] = ()
    """Empty when the title is derived: the words are then part of the body."""
    dek: str = ""
    deks: tuple[Span, ...] = ()
    derived: bool = False
    label: str = ""
    """The name of a series, printed above the title; it becomes the section."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A story as a signal proposes it: the lines it runs over, and its head."""

    first: int
    last: int
    """The line after its last."""
    head: Head
    section: tuple[str, ...] = field(default=())


def lines_of(blocks: Blocks) -> list[Line]:
    """Return the lines of an issue, one for each block."""
    lines: list[Line] = []
    start = 0
    for block in blocks:
        text = block.text
        shown = text.strip(_EDGES)
        lines.append(
            Line(
                block,
                start,
                text,
                shown,
                setting=setting_of(block),
                words=_count(shown),
                end=start + len(text),
                has_link=_has_link(block.all_runs if block.rows else block.runs),
                is_prose=block.kind in _PROSE and not block.depth and not block.quote and bool(shown),
            )
        )
        start += len(text) + 1
    return lines


def _has_link(runs: Iterable[Run]) -> bool:
    return any(run.href and not run.href.startswith("#") for run in runs)


def letters(text: str) -> str:
    """Return a text's letters and digits alone, in one case: what two writings of one title share."""
    return "".join(character for character in text.casefold() if character.isalnum())


def words(lines: Sequence[Line]) -> int:
    """Return about how many words some lines have."""
    return sum([line.words for line in lines])


def _count(text: str) -> int:
    if not text:
        return 0
    count = text.count(" ") + 1
    return count if text.isascii() else count + len(_WIDE.findall(text)) // 2
