"""Tales: a story of fiction begins at the label of its series, with or without a separator before it."""

from __future__ import annotations

from collections.abc import Sequence

from reader.parsing.split.closings import body_of
from reader.parsing.split.heads import title_at
from reader.parsing.split.page import Draft, Head, Line
from reader.parsing.split.words import TALES


def with_tales(lines: Sequence[Line], drafts: Sequence[Draft]) -> list[Draft]:
    """Return the stories, each cut in two where a tale begins in its body."""
    if not any(is_label(line) for line in lines if line.setting == "bold"):
        return list(drafts)
    return [part for draft in drafts for part in _parted(lines, draft)]


def _parted(lines: Sequence[Line], draft: Draft) -> list[Draft]:
    for at in range(draft.first + 1, draft.last):
        if not is_label(lines[at]) or at < body_of(lines, draft):
            continue
        if head := title_at(lines, at, draft.last):
            return [draft.until(at), under_head(lines, at, draft.last, head)]
    return [draft]


def is_label(line: Line) -> bool:
    """Tell whether a line is the name of a series of tales, and nothing else."""
    return line.setting == "bold" and TALES.fullmatch(line.text) is not None


def under_head(lines: Sequence[Line], at: int, last: int, head: Head) -> Draft:
    """Return the story under a head; the label above its title is its section and stands outside of it."""
    while head.titles and lines[at].end < head.titles[0][0]:
        at += 1
    return Draft(at, last, head, (head.label,) if head.label else ())
