"""Linked lines as borders: a line that is bold and all link is the title of what stands below it."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import Kind
from reader.parsing.split import heads
from reader.parsing.split.page import Draft, Line
from reader.parsing.split.words import CALLS

_FEWEST_LETTERS = 12


def linked_titles(lines: Sequence[Line], first: int, last: int) -> list[int]:
    """Return the lines between two that are bold from end to end, all one link, and have text below them."""
    return [
        at
        for at in range(first, last)
        if is_title(lines[at]) and not (at + 1 < last and is_title(lines[at + 1]))
    ]


def is_title(line: Line) -> bool:
    """Tell whether a line is bold from end to end and all one link."""
    if line.setting != "bold" or not line.is_prose or line.block.kind is not Kind.PARAGRAPH:
        return False
    ways = {run.href for run in line.block.runs if any(c.isalnum() for c in run.text)}
    return (
        len(ways) == 1 and "" not in ways and len(line.text) >= _FEWEST_LETTERS and not CALLS.match(line.text)
    )


def by_linked(lines: Sequence[Line], first: int, last: int, starts: Sequence[int]) -> list[Draft]:
    """Return a story for each linked title; the picture above a title is its own."""
    begins = [_with_picture(lines, first, at) for at in starts]
    return [
        Draft(begin, end, heads.pictured(lines, begin, at))
        for begin, at, end in zip(begins, starts, [*begins[1:], last], strict=True)
    ]


def _with_picture(lines: Sequence[Line], first: int, at: int) -> int:
    while at > first and lines[at - 1].is_picture:
        at -= 1
    return at
