"""Separators as borders: what stands between two of them is a story when most pieces open with a title."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reader.model import Kind
from reader.parsing.split.heads import title_at
from reader.parsing.split.page import Draft, Head, Line
from reader.parsing.split.tales import is_label, under_head

_FEWEST_DEKS = 3
"""Titles with deks from which on they part stories by themselves."""
_HEAD_WITHIN = 3
"""Lines from a separator down within which the title stands."""


def by_separators(lines: Sequence[Line], *, sure: bool = False) -> list[Draft]:
    """Return the stories that separators part; none where the pieces do not open with titles.

    Where it is `sure` that separators part stories, few need to, and a title with its dek is one.
    """
    segments = _segments(lines)
    if len(segments) == 1 and len(starts := _with_deks(lines)) >= _FEWEST_DEKS:
        segments = list(pairwise([*starts, len(lines)]))
    heads = [_head(lines, first, last) for first, last in segments]
    later = [head is not None for head in heads[1:]]
    opening = _first_head(lines, *segments[0])
    parted = any(later) or (opening is not None and bool(opening[1].dek))
    if not _is_regular(lines, heads, later) and not (sure and parted):
        return []
    heads[0] = opening
    drafts: list[Draft] = []
    for (first, last), found in zip(segments, heads, strict=True):
        if found is not None:
            drafts.append(under_head(lines, found[0], last, found[1]))
        elif drafts and not _opens_with_heading(lines, first):
            drafts[-1] = drafts[-1].until(last)
    return drafts


def _is_regular(lines: Sequence[Line], heads: Sequence[object], later: Sequence[bool]) -> bool:
    if not later:
        return heads[0] is not None and any(is_label(line) for line in lines)
    return sum(later) * 2 >= len(later) and any(later)


def _segments(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the stretches between separators that have words in them."""
    borders = [-1, *(at for at, line in enumerate(lines) if line.is_rule), len(lines)]
    spans = [(a + 1, b) for a, b in pairwise(borders)]
    return [span for span in spans if any(line.text for line in lines[span[0] : span[1]])] or [
        (0, len(lines))
    ]


def _with_deks(lines: Sequence[Line]) -> list[int]:
    """Return the titles with a dek below, between dots: they part stories where separators are lost."""
    found = [(at, title_at(lines, at, len(lines))) for at, line in enumerate(lines) if line.setting == "bold"]
    return [at for at, head in found if head is not None and head.dek.startswith(("…", "...", "["))]


def _head(lines: Sequence[Line], first: int, last: int) -> tuple[int, Head] | None:
    """Return the head of a segment, and the line it begins at."""
    seen = 0
    for at in range(first, last):
        if not lines[at].text:
            continue
        if found := title_at(lines, at, last):
            return at, found
        seen += 1
        if seen == _HEAD_WITHIN or lines[at].block.kind is not Kind.PARAGRAPH or len(lines[at].text) > 200:
            break
    return None


def _first_head(lines: Sequence[Line], first: int, last: int) -> tuple[int, Head] | None:
    """Return the head of the first story: the issue's greeting may stand above it."""
    best: tuple[int, Head] | None = None
    for at in range(first, last):
        found = title_at(lines, at, last)
        if found is None:
            continue
        if found.dek or found.label:
            return at, found
        best = best or (at, found)
    return best


def _opens_with_heading(lines: Sequence[Line], first: int) -> bool:
    return lines[first].block.kind is Kind.HEADING
