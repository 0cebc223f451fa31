"""Closings: lines that call on the readers or take leave of them are part of no story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.parsing.split.page import Draft, Line
from reader.parsing.split.words import CALLS

_LONGEST = 500
"""Characters of such a line."""


def trimmed(lines: Sequence[Line], draft: Draft) -> Draft:
    """Return the story without the closing lines, separators and empty lines it ends with."""
    last = draft.last
    while last > draft.first + 1 and (not _has_content(lines[last - 1]) or is_closing(lines[last - 1])):
        last -= 1
    return replace(draft, last=last) if last != draft.last else draft


def is_closing(line: Line) -> bool:
    """Tell whether a line only calls on the readers or takes leave of them."""
    return line.is_prose and len(line.text) <= _LONGEST and CALLS.match(line.text) is not None


def _has_content(line: Line) -> bool:
    return bool(line.text) or line.is_picture or bool(line.block.rows)
