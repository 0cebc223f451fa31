"""Paragraphs as borders: a section of short paragraphs of which each tells, and links to, one thing."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import Kind
from reader.parsing.split import heads
from reader.parsing.split.led import opens_with_title
from reader.parsing.split.page import Draft, Line, words
from reader.parsing.split.words import DEPENDENT

_FEWEST = 3
_LINKED = 0.9
_DEPENDENT = 0.1
"""Up to which share of paragraphs may go on from the one before."""
_LONGEST = 35
"""Words of a paragraph, on the average."""


def is_paragraph_digest(lines: Sequence[Line], first: int, last: int) -> bool:
    """Tell whether the lines between two are short paragraphs that link each to something of its own."""
    starts = paragraphs(lines, first, last)
    if len(starts) < _FEWEST:
        return False
    linked = sum(lines[at].has_link for at in starts)
    if linked < _LINKED * len(starts) or not are_short(lines, starts):
        return False
    return sum(DEPENDENT.match(lines[at].text) is not None for at in starts) <= _DEPENDENT * len(starts)


def are_short(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """Tell whether paragraphs are short enough, on the average, to be stories."""
    return words([lines[at] for at in starts]) <= _LONGEST * len(starts)


def paragraphs(lines: Sequence[Line], first: int, last: int) -> list[int]:
    """Return the paragraphs between two lines that are in no list and no quote."""
    return [at for at in range(first, last) if lines[at].is_prose and lines[at].block.kind is Kind.PARAGRAPH]


def by_paragraphs(lines: Sequence[Line], last: int, starts: Sequence[int]) -> list[Draft]:
    """Return a story for each paragraph that has a link, with the quotes and the text under it."""
    opening = [at for place, at in enumerate(starts) if place == 0 or _stands_alone(lines[at])]
    return [
        Draft(at, end, heads.item(lines[at]) if _has_title(lines[at]) else heads.derived(lines[at]))
        for at, end in zip(opening, [*opening[1:], last], strict=True)
    ]


def _has_title(line: Line) -> bool:
    return heads.lead(line) is not None or opens_with_title(line)


def _stands_alone(line: Line) -> bool:
    return line.has_link and DEPENDENT.match(line.text) is None
