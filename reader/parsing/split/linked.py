"""Linked lines as borders: a line that is bold and all link is the title of what stands below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.model import Kind, Run
from reader.parsing.split import heads
from reader.parsing.split.page import Draft, Line
from reader.parsing.split.words import CALLS, CITING

_FEWEST_LETTERS = 12
_FEWEST_PLAIN = 3
"""Lines that are a link and not bold from which on they are titles."""
_LETTER = re.compile(r"[^\W_]")
_CITES = re.compile(rf"\W*{CITING}\b")


def linked_titles(lines: Sequence[Line], first: int, last: int) -> list[int]:
    """Return the lines between two that are bold and all one link; or, if several are, all one link."""
    linked = [at for at in range(first, last) if lines[at].has_link]
    bold = [at for at in linked if is_title(lines[at])]
    if len(bold) > 1:
        long = set(bold)
        bold = [at for at in linked if at in long or _is_short_title(lines, at, last)]
    if bold:
        return [at for at in bold if not (at + 1 < last and is_title(lines[at + 1]))]
    plain = [at for at in linked if at + 1 < last and _is_linked(lines[at]) and _tells(lines[at + 1])]
    return plain if len(plain) >= _FEWEST_PLAIN else []


def is_title(line: Line) -> bool:
    """Tell whether a line is bold from end to end and all one link."""
    return line.setting == "bold" and _is_linked(line)


def _is_short_title(lines: Sequence[Line], at: int, last: int) -> bool:
    """Tell whether a line is a title as short as a button, where others are titles and text is below."""
    line = lines[at]
    return line.setting == "bold" and _is_linked(line, 1) and at + 1 < last and lines[at + 1].is_prose


def _is_linked(line: Line, fewest: int = _FEWEST_LETTERS) -> bool:
    if not line.is_prose or not line.has_link or line.block.kind is not Kind.PARAGRAPH:
        return False
    if len(line.text) < fewest or not _is_one_link(line.block.runs):
        return False
    return not CALLS.match(line.text) and not _CITES.match(line.text)


def _is_one_link(runs: Sequence[Run]) -> bool:
    """Tell whether all words lead to one place."""
    way = ""
    for run in runs:
        if run.href == way and way:
            continue
        if _LETTER.search(run.text):
            if way or not run.href:
                return False
            way = run.href
    return bool(way)


def _tells(line: Line) -> bool:
    """Tell whether a line can be what stands below a title."""
    return (line.is_prose and not _is_linked(line)) or line.is_picture or bool(line.block.quote)


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
