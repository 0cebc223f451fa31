"""Closings: lines that call on the readers or take leave of them are part of no story."""

from __future__ import annotations

from collections.abc import Sequence

from reader.parsing.split.page import Draft, Line
from reader.parsing.split.words import CALLS, FAREWELL

_LONGEST = 400
"""Characters of such a line."""


def trimmed(lines: Sequence[Line], draft: Draft) -> Draft:
    """Return the story without the closing lines, separators and empty lines it ends with; its head stays."""
    last = content_end(lines, draft.first, draft.last)
    return draft if last == draft.last else draft.until(max(last, body_of(lines, draft)))


def without_foot(lines: Sequence[Line], draft: Draft) -> Draft:
    """Return the last story of an issue without the foot of the mail it came in."""
    for at in range(max(body_of(lines, draft), draft.first + 1), draft.last):
        line = lines[at]
        if line.is_prose and len(line.text) <= _LONGEST and FAREWELL.match(line.text):
            return draft.until(at)
    return draft


def content_end(lines: Sequence[Line], first: int, last: int) -> int:
    """Return the line after the last one between two that is content: no closing line, nor its list."""
    while last > first + 1 and (cut := _content_before(lines, first, last)) < last:
        last = cut
    return last


def _content_before(lines: Sequence[Line], first: int, last: int) -> int:
    """Return the line after the last one that may be content; the last where that is."""
    if not _has_content(lines[last - 1]) or is_closing(lines[last - 1]):
        return last - 1
    if not lines[last - 1].is_item:
        return last
    call = next((at for at in range(last - 1, first, -1) if not lines[at].is_item), first)
    announces = call > first and lines[call].text.endswith((":", "：")) and is_closing(lines[call])
    return call if announces else last


def body_of(lines: Sequence[Line], draft: Draft) -> int:
    """Return the line at which the body of a story begins: its first where the title is derived."""
    end = max([end for _, end in (*draft.head.titles, *draft.head.deks)], default=-1)
    for at in range(draft.first, draft.last):
        if lines[at].start >= end:
            return at
    return draft.last


def is_closing(line: Line) -> bool:
    """Tell whether a line only calls on the readers or takes leave of them."""
    if not line.is_prose or len(line.text) > _LONGEST:
        return False
    return CALLS.match(line.text) is not None or _is_navigation(line)


def _is_navigation(line: Line) -> bool:
    """Tell whether a line is a row of links to other places, parted by bars."""
    if "|" not in line.text and "｜" not in line.text:
        return False
    loose = "".join(run.text for run in line.block.runs if not run.href)
    ways = {run.href for run in line.block.runs if run.href}
    return ("|" in loose or "｜" in loose) and len(loose) <= 40 and len(ways) > 1


def _has_content(line: Line) -> bool:
    return bool(line.text) or line.is_picture or bool(line.block.rows)
