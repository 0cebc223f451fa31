"""The outline of an issue: its headings, the bold lines that serve as such, and the regions between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.model import Kind
from reader.parsing.split.heads import has_head, printed
from reader.parsing.split.page import Line, letters

_HEADING = Kind.HEADING
BOLD_LEVEL = 7
"""A bold line is below every heading."""
_COMPANY = 3
"""Bold lines above lists of links from which on any bold line above a list is one of them."""
_SHORT_BOLD = 80
"""Characters of a bold line up to which it is a section's name by itself."""
_LONGEST_BOLD = 200
"""Characters of one that can be in the company of such lines."""


class Region(NamedTuple):
    """The lines under one heading, up to the next heading of any level."""

    heading: int | None
    """The line of its heading; None before the first."""
    level: int
    first: int
    last: int
    """The line after its last."""
    path: tuple[str, ...]
    """The headings above its lines, its own the last."""
    leaf: bool
    """Whether no deeper heading follows."""


def outline_of(lines: Sequence[Line], title: str, *, bold: bool = False) -> list[Region]:
    """Return the regions of an issue, in order; together they hold all of its lines but the headings.

    With `bold`, any line that is all bold is taken for a heading.
    """
    above_lists = [at - 1 for at in range(1, len(lines)) if lines[at].is_item and _is_label(lines[at - 1])]
    sure = [at for at in above_lists if _is_short(lines[at]) and _holds_links(lines[at + 1])]
    labels = frozenset(above_lists if len(sure) >= _COMPANY else sure)
    if bold:
        labels = frozenset(at for at, line in enumerate(lines) if line.setting == "bold" and line.is_prose)
    marks = [
        (at, level)
        for at, line in enumerate(lines)
        if (at in labels or line.block.kind is _HEADING) and (level := _level(line, label=at in labels))
    ]
    if marks and _is_title(lines[marks[0][0]], title, marks):
        marks = marks[1:]
    regions = [Region(None, 0, 0, marks[0][0] if marks else len(lines), (), leaf=not marks)]
    above: list[tuple[int, str]] = []
    for place, (at, level) in enumerate(marks):
        last, below = marks[place + 1] if place + 1 < len(marks) else (len(lines), 0)
        above = [one for one in above if one[0] < level] + [(level, printed(lines[at].text).rstrip(":： "))]
        path = tuple(name for _, name in above)
        regions.append(Region(at, level, at + 1, last, path, leaf=below <= level))
    return regions


def _level(line: Line, *, label: bool) -> int:
    if line.block.kind is Kind.HEADING and line.text and not line.block.depth and not line.block.quote:
        return line.block.level or 1
    return BOLD_LEVEL if label else 0


def _is_label(line: Line) -> bool:
    """Tell whether a line is all bold and no link: the name of a section where a list is below."""
    return line.setting == "bold" and line.is_prose and not line.has_link and len(line.text) <= _LONGEST_BOLD


def _is_short(line: Line) -> bool:
    return len(line.text) <= _SHORT_BOLD


def _holds_links(item: Line) -> bool:
    return not item.text or has_head(item) or item.has_link


def _is_title(line: Line, title: str, marks: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the first heading only says again what the issue is called."""
    if line.block.kind is not Kind.HEADING:
        return False
    said, known = letters(line.text), letters(title)
    if known and (said == known or (min(len(said), len(known)) > 12 and (said in known or known in said))):
        return True
    return line.block.level == 1 and not known and all(level > 1 for _, level in marks[1:])
