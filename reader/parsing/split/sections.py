"""Sections as borders: what stands under a heading and is no list is a story, the heading its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from reader.parsing.split import heads
from reader.parsing.split.closings import content_end, is_closing
from reader.parsing.split.linked import is_title
from reader.parsing.split.outline import Region
from reader.parsing.split.page import Draft, Line, words
from reader.parsing.split.words import EVERY_ISSUE, NOTHING, SUMMARY

_LEAD_IN = 60
"""Words up to which text only leads in: to the deeper heading below it, or to there being nothing."""
_SENTENCE_END = re.compile(r"[.!。！]\s|[。！]")


def are_links(lines: Sequence[Line], regions: Sequence[Region]) -> bool:
    """Tell whether headings lead somewhere as a rule: each of them is then something to read."""
    lowest = [region for region in regions if region.leaf and region.heading is not None]
    return sum(_is_link(lines, region) for region in lowest) * 2 > len(lowest)


def is_empty(lines: Sequence[Line], region: Region, *, links: bool = False) -> bool:
    """Tell whether a region has nothing to read; where headings are `links`, such a heading is something."""
    if not is_bare(lines, region.first, region.last):
        return False
    return bool(_said(lines, region.first, region.last)) or not (links and _is_link(lines, region))


def is_bare(lines: Sequence[Line], first: int, last: int) -> bool:
    """Tell whether nothing is said between two lines, or that there is nothing, after a lead-in at most."""
    end = next((line for line in reversed(lines[first:last]) if _says(line)), None)
    if end is None:
        return True
    if not _says_nothing(end):
        return False
    *above, _ = _said(lines, first, last)
    return words(above) <= _LEAD_IN and not any(line.is_item for line in above)


def _said(lines: Sequence[Line], first: int, last: int) -> list[Line]:
    return [line for line in lines[first:last] if _says(line)]


def _says(line: Line) -> bool:
    """Tell whether a line is content."""
    return bool(line.text or line.is_picture or line.block.rows) and not is_closing(line)


def _says_nothing(line: Line) -> bool:
    """Tell whether a line says that there is nothing; a link may stand in a sentence after that."""
    if not NOTHING.fullmatch(line.text):
        return False
    before = "".join(run.text for run in takewhile(lambda run: not run.href, line.block.runs))
    return not line.has_link or _SENTENCE_END.search(before) is not None


def _is_link(lines: Sequence[Line], region: Region) -> bool:
    """Tell whether the heading of a region leads somewhere, and to no deeper heading."""
    return region.leaf and region.heading is not None and lines[region.heading].has_link


def leads_in(lines: Sequence[Line], region: Region) -> bool:
    """Tell whether the text under a heading only leads in: to deeper headings, or to what comes each time."""
    if _is_link(lines, region):
        return False
    text = lines[region.first : region.last]
    if not region.leaf and words(text) <= _LEAD_IN:
        return True
    prose = [line for line in text if line.is_prose or (line.block.quote and line.text)]
    return len(prose) <= 5 and any(EVERY_ISSUE.search(line.text[:200]) for line in prose[:2])


def sums_up(draft: Draft) -> bool:
    """Tell whether a section, which stands below no other, says that it tells the issue in short."""
    return draft.signal == "sections" and not draft.section and bool(SUMMARY.fullmatch(draft.head.title))


def holds_logos(lines: Sequence[Line], region: Region) -> bool:
    """Tell whether all that a region holds is tables with a linked picture in each cell."""
    tables = [line for line in lines[region.first : region.last] if line.block.rows]
    said = _said(lines, region.first, region.last) if tables else []
    return bool(said) and all(_is_logos(line) for line in said)


def _is_logos(line: Line) -> bool:
    full = [cell for row in line.block.rows for cell in row if any(run.text.strip() for run in cell)]
    return bool(full) and all(any(run.image and run.href for run in cell) for cell in full)


def is_picture(lines: Sequence[Line], region: Region) -> bool:
    """Tell whether a region holds one picture and nothing else that is content."""
    text = lines[region.first : region.last]
    if sum([line.is_picture for line in text]) != 1:
        return False
    return all(line.is_picture or not line.text or is_closing(line) for line in text)


def by_section(lines: Sequence[Line], region: Region, at: int) -> Draft:
    """Return a section as a story, under the heading at a line."""
    head = heads.heading(lines[at])
    if region.first < region.last and (dek := heads.dotted(lines[region.first])):
        head = head._replace(dek=dek, deks=(lines[region.first].span,))
    return Draft(at, region.last, head)


def by_piece(lines: Sequence[Line], first: int, last: int) -> list[Draft]:
    """Return the lines between two as a story: its title is a bold line, a picture, or its first sentence.

    There is none if the lines are empty, or a picture that no words stand for.
    """
    start = next((at for at in range(first, last) if lines[at].text or lines[at].is_picture), None)
    if start is None:
        return []
    last = content_end(lines, start, last)
    at = next((at for at in range(start, min(start + 3, last)) if lines[at].text), None)
    if at is None:
        head = heads.picture(lines[start])
        return [Draft(start, last, head)] if head else []
    bold = lines[at].setting == "bold" and lines[at].is_prose
    return [Draft(start, last, heads.pictured(lines, start, at) if bold else heads.derived(lines[at]))]


def titled_piece(lines: Sequence[Line], first: int, last: int) -> bool:
    """Tell whether the lines between two open, but for a picture, with a linked title."""
    at = next((at for at in range(first, last) if lines[at].text), None)
    return at is not None and at <= first + 2 and is_title(lines[at])
