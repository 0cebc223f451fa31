"""What a line opens with: a link, or bold words; tags, marks and numbers may stand before either."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.model import OBJECT, Mark, Run, Span
from reader.parsing.split.words import KIND

_TAG = re.compile(r"(?:\s|\[[^\[\]]{1,40}\]|[^\w\s\[\]]|\w[\w /-]{0,24}[:：]|\d{1,3}[、．.)）])*")
_JOINED = re.compile(r"\s*[+&]\s")
"""What stands between two links that one label names."""
_LETTER = re.compile(r"[^\W_]")
_BOLD = int(Mark.BOLD)
_REACH = 120
"""Characters of a line within which the link or the bold words begin."""
_LONGEST = 300
"""Characters of bold words that can be a title."""


def opening_link(runs: Sequence[Run], text: str) -> Span | None:
    """Return the link that a line opens with, but for tags and marks before it; None where there is none."""
    at = 0
    for place, run in enumerate(runs):
        if run.href and not run.image and _LETTER.search(run.text):
            if run.text.startswith(("http://", "https://", "@")) or run.href.startswith("#"):
                return None
            if not place:
                return 0, _reach(runs, 0)
            before, end = text[:at].replace(OBJECT, ""), at + _reach(runs, place)
            opens = _are_tags(before, runs[:place]) and not _names_more(before, text[end:])
            return (at, end) if opens else None
        at += len(run.text)
        if at > _REACH:
            break
    return None


def opening_bold(runs: Sequence[Run], text: str) -> Span | None:
    """Return the bold words that a line opens with, and a colon after them; None where there are none."""
    at = start = end = 0
    for run in runs:
        length = len(run.text)
        if int(run.marks) & _BOLD:
            start, end = (start, at + length) if end else (at, at + length)
        elif end or at + length > _REACH or not _TAG.fullmatch(text[: at + length]):
            break
        at += length
    if not end or end - start > _LONGEST or not _LETTER.search(text, start, end):
        return None
    return start, end + (text[end : end + 1] in (":", "："))


def _are_tags(text: str, runs: Sequence[Run]) -> bool:
    """Tell whether what stands before a link is tags; a bold lead is none unless it names a kind."""
    if not text:
        return True
    if not _TAG.fullmatch(text):
        return False
    bold = any(int(run.marks) & _BOLD and _LETTER.search(run.text) for run in runs)
    return not bold or KIND.fullmatch(text) is not None


def _names_more(before: str, after: str) -> bool:
    """Tell whether the words before a link name it and others that follow ("The guides: one + two")."""
    named = _LETTER.search(before) is not None and not KIND.fullmatch(before)
    return named and _JOINED.match(after) is not None


def _reach(runs: Sequence[Run], place: int) -> int:
    """Return how long a link is that may be set in several runs."""
    way, length = runs[place].href, 0
    for at in range(place, len(runs)):
        if runs[at].href != way:
            break
        length += len(runs[at].text)
    return length
