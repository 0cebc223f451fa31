"""Numbers as borders: paragraphs that begin "1、", "（1）" or "1." and count on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.parsing.split import heads
from reader.parsing.split.page import Draft, Head, Line, words

_NUMBERED = re.compile(
    r"(?P<number>\d{1,3})(?P<form>、|．|\.(?=\s)|\)(?=\s))|[（(](?P<inner>\d{1,3})(?P<end>[）)])"
)

_LEAD_IN = 40
"""Words above the first number up to which they only lead in; below more, numbers count points."""


def numbered(lines: Sequence[Line], first: int, last: int) -> list[int]:
    """Return the lines between two that are numbered like the first of them, and count on from it."""
    found: list[tuple[int, int, str]] = []
    for at in range(first, last):
        line = lines[at]
        if line.is_prose and (match := _NUMBERED.match(line.text)):
            number = int(match["number"] or match["inner"])
            found.append((at, number, match["form"] or match["end"]))
    kept = _counting(found)
    return kept if kept and words(lines[first : kept[0]]) <= _LEAD_IN else []


def _counting(found: Sequence[tuple[int, int, str]]) -> list[int]:
    kept: list[int] = []
    expected = found[0][1] if found else 0
    for at, number, form in found:
        if form == found[0][2] and number in (expected, expected + 1):
            kept.append(at)
            expected = number + 1
    return kept


def sign_of(line: Line) -> str:
    """Return the sign that ends the number of a numbered line; "" where there is none."""
    match = _NUMBERED.match(line.text)
    return (match["form"] or match["end"]) if match else ""


def by_numbers(lines: Sequence[Line], last: int, starts: Sequence[int]) -> list[Draft]:
    """Return a story for each numbered line, up to the next one or the last line."""
    ends = [_before_rule(lines, at, end) for at, end in zip(starts, [*starts[1:], last], strict=True)]
    return [Draft(at, end, _head(lines, at, end)) for at, end in zip(starts, ends, strict=True)]


def _before_rule(lines: Sequence[Line], at: int, end: int) -> int:
    return next((below for below in range(at, end) if lines[below].is_rule), end)


def _head(lines: Sequence[Line], at: int, end: int) -> Head:
    """Return the head of a numbered story; where a number stands alone, the line below it tells the title."""
    below = next((line for line in lines[at + 1 : end] if line.text), None)
    if below is not None and not _NUMBERED.sub("", lines[at].text, count=1).strip():
        return heads.derived(below)
    head = heads.item(lines[at], alone=below is not None)
    return head._replace(title=_NUMBERED.sub("", head.title, count=1).strip()) if head.derived else head
