"""An issue as the splitter sees it: its blocks in line, each with what every signal asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.model import OBJECT, Block, Blocks, Kind, Span, starts_of
from reader.parsing.split.pieces import BLANKS
from reader.parsing.split.style import Setting, stretches


@dataclass(frozen=True, slots=True)
class Line:
    """One block, where it stands, and how it is set."""

    block: Block
    start: int
    text: str
    """Its text without the white space and the pictures at its edges."""
    setting: Setting | None
    """How all of its words are set; None where it changes, or has no words."""

    @property
    def end(self) -> int:
        return self.start + len(self.block.text)

    @property
    def span(self) -> Span:
        return self.start, self.end

    @property
    def is_rule(self) -> bool:
        return self.block.kind is Kind.RULE

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph of the text itself: in no list, no quote."""
        block = self.block
        return block.kind in (Kind.PARAGRAPH, Kind.SOURCE) and not block.depth and not block.quote and bool(self.text)

    @property
    def is_item(self) -> bool:
        return bool(self.block.marker) and self.block.depth > 0

    @property
    def is_picture(self) -> bool:
        return not self.text and OBJECT in self.block.text

    @property
    def has_link(self) -> bool:
        return any(run.href and not run.href.startswith("#") for run in self.block.all_runs)


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
    edges = BLANKS + OBJECT
    lines: list[Line] = []
    for block, start in zip(blocks, starts_of(blocks), strict=True):
        text = block.text
        found = stretches(block) if block.runs else []
        setting = found[0].setting if len(found) == 1 else None
        lines.append(Line(block, start, text.strip(edges), setting))
    return lines


def letters(text: str) -> str:
    """Return a text's letters and digits alone, in one case: what two writings of one title share."""
    return "".join(character for character in text.casefold() if character.isalnum())


def words(lines: Sequence[Line]) -> int:
    """Return about how many words some lines have; CJK text counts two characters as one."""
    return sum(line.text.count(" ") + 1 + sum(c > "⺀" for c in line.text) // 2 for line in lines if line.text)
