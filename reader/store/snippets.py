"""A piece of a story around what was searched for."""

from __future__ import annotations

import re

from reader.model import OBJECT
from reader.store.words import fold

_LENGTH = 180
_LEAD = 24
"""Characters that stand before what was found, so few that it is seen in a narrow pane's first line."""


def snippet(text: str, pattern: re.Pattern[str] | None) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return one line of the text, and the spans of it that the pattern finds.

    What is left of a title, such as the full stop after it, says nothing: the line is empty then.
    """
    line = " ".join(text.replace(OBJECT, " ").split())
    if not any(map(str.isalnum, line)):
        return "", ()
    folded = fold(line)
    first = pattern.search(folded) if pattern else None
    start = _start(line, first.start()) if first else 0
    stop = _stop(line, start + _LENGTH)
    head, tail = "…" if start else "", "…" if stop < len(line) else ""
    cut = f"{head}{line[start:stop]}{tail}"
    if pattern is None:
        return cut, ()
    shift = len(head) - start
    found = pattern.finditer(folded, start, stop)
    return cut, tuple(
        (match.start() + shift, match.end() + shift) for match in found if match.end() > match.start()
    )


def _start(line: str, found: int) -> int:
    """Return where the snippet begins: at a word, a little before what was found."""
    start = max(found - _LEAD, 0)
    if start == 0:
        return 0
    space = line.find(" ", start, found)
    return space + 1 if space >= 0 else start


def _stop(line: str, wanted: int) -> int:
    if wanted >= len(line):
        return len(line)
    space = line.rfind(" ", wanted - 20, wanted)
    return space if space > 0 else wanted
