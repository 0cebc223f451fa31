"""Paragraphs as borders: a section of short paragraphs of which each tells, and links to, one thing."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import Kind
from reader.parsing.split import heads
from reader.parsing.split.page import Draft, Line, words

_FEWEST = 3
_LINKED = 0.75
_LONGEST = 55
"""Words of a paragraph, on the average."""


def is_paragraph_digest(lines: Sequence[Line], first: int, last: int) -> bool:
    """Tell whether the lines between two are short paragraphs that link each to something of its own."""
    starts = paragraphs(lines, first, last)
    if len(starts) < _FEWEST:
        return False
    linked = sum(lines[at].has_link for at in starts)
    return linked >= _LINKED * len(starts) and words([lines[at] for at in starts]) <= _LONGEST * len(starts)


def paragraphs(lines: Sequence[Line], first: int, last: int) -> list[int]:
    """Return the paragraphs between two lines that are in no list and no quote."""
    return [at for at in range(first, last) if lines[at].is_prose and lines[at].block.kind is Kind.PARAGRAPH]


def by_paragraphs(lines: Sequence[Line], last: int, starts: Sequence[int]) -> list[Draft]:
    """Return a story for each paragraph that has a link, with the quotes and code and unlinked text under it."""
    opening = [at for place, at in enumerate(starts) if lines[at].has_link or place == 0]
    return [
        Draft(at, end, heads.item(lines[at]) if heads.lead(lines[at]) else heads.derived(lines[at]))
        for at, end in zip(opening, [*opening[1:], last], strict=True)
    ]
