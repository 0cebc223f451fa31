"""List items as borders: each top item of a list of links is a story, with all that is indented under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from reader.model import Kind
from reader.parsing.split import heads
from reader.parsing.split.closings import is_closing
from reader.parsing.split.page import Draft, Line, words
from reader.parsing.split.words import CALLS, PLACE

_VERSION = re.compile(r"(?:release|version)?\W*v?\d+(?:\.\d+)+[\w.+-]*", re.IGNORECASE)
_PARAGRAPH = Kind.PARAGRAPH
_FEW = 4
"""Items up to which a list of short names is taken for the ways to read on."""
_FEWEST_LINKS = 4
"""Items of links from which on they are no part of the story above them."""
_LONGEST_TITLE = 200
"""Characters of an item that is the title of what stands below it."""
_LEAD_IN = 40
"""Words above the first item up to which they only lead in."""
_SHARE = 0.5
"""From which share of a list's items on that open with a link, or have one, the list is one of stories."""


def top_items(lines: Sequence[Line], first: int, last: int) -> list[int]:
    """Return the lines between two at which a top list item begins; empty ones are none."""
    found = [at for at in range(first, last) if lines[at].is_item and not lines[at].block.quote]
    top = min((lines[at].block.depth for at in found), default=0)
    return [at for at in found if lines[at].block.depth == top and (lines[at].text or lines[at].is_picture)]


def are_stories(lines: Sequence[Line], items: Sequence[int], *, linked: bool = True) -> bool:
    """Tell whether list items are stories: most open with a link or a bold lead, or have a link at least.

    Where the issue is known for its lists (`linked` is then False), items without any link count as well.
    """
    if not items or _are_bare(lines, items):
        return False
    strong = sum((lines[at].has_link or not linked) and heads.has_head(lines[at]) for at in items)
    weak = sum(lines[at].has_link for at in items)
    if strong >= _SHARE * len(items):
        return linked or not _is_interview(lines, items)
    if weak >= 0.8 * len(items):
        return True
    return not linked and not _is_interview(lines, items) and all(_has_text(lines, at) for at in items)


def _are_bare(lines: Sequence[Line], items: Sequence[int]) -> bool:
    """Tell whether items say nothing alone: numbers of versions, or names of places to read on ("Reddit")."""
    if all(_VERSION.fullmatch(lines[at].text) or PLACE.fullmatch(lines[at].text) for at in items):
        return True
    above = lines[items[0] - 1] if items[0] else None
    if above is None or not above.is_prose or above.text.endswith((":", "：")) or above.setting == "bold":
        return False
    return len(items) <= _FEW and max(lines[at].words for at in items) <= 2 and above.words > 2 * len(items)


def _is_interview(lines: Sequence[Line], items: Sequence[int]) -> bool:
    """Tell whether the items are questions: what opens them in bold, or all of their first lines."""
    asked = 0
    for at in items:
        lead = heads.lead(lines[at])
        asked += (lead.title if lead else lines[at].text).endswith("?")
    return asked * 2 > len(items)


def _has_text(lines: Sequence[Line], at: int) -> bool:
    """Tell whether paragraphs of its own are indented under the first line of an item."""
    if at + 1 >= len(lines):
        return False
    below = lines[at + 1].block
    return below.depth >= lines[at].block.depth and not below.marker and len(lines[at + 1].text) > 80


def headed(lines: Sequence[Line], first: int, last: int, items: Sequence[int]) -> list[int]:
    """Return the items between two lines that are titles of the text below them, which is not indented.

    The first item is one of them, so that none stands in no story. An interview, whose items are
    questions, has none.
    """
    over = [at for at in items if at + 1 < last and _is_over(lines, at) and _alike(lines, items[0], at)]
    if not over or over[0] != items[0] or words(lines[first : over[0]]) > _LEAD_IN:
        return []
    prose = sum(words([line]) for line in lines[over[0] : last] if line.is_prose)
    asked = sum(lines[at].text.endswith("?") and not lines[at].has_link for at in over)
    return over if prose >= _SHARE * words(lines[first:last]) and asked * 2 < len(over) else []


def _is_over(lines: Sequence[Line], at: int) -> bool:
    """Tell whether an item can be the title of what stands right below it."""
    below = lines[at + 1]
    return below.is_prose and not is_closing(below) and len(lines[at].text) <= _LONGEST_TITLE


def _alike(lines: Sequence[Line], first: int, at: int) -> bool:
    """Tell whether an item is marked as the first is, and has a link if that has."""
    marks = {lines[first].block.marker[-1:], lines[at].block.marker[-1:]}
    return len(marks) == 1 and lines[at].has_link >= lines[first].has_link


def words_in(lines: Sequence[Line], last: int, items: Sequence[int]) -> int:
    """Return how many words list items have, with all that is indented under them."""
    count, within, own = 0, False, set(items)
    for at in range(items[0] if items else last, last):
        line = lines[at]
        within = at in own or (within and not line.is_rule and not line.is_prose)
        count += line.words if within else 0
    return count


def tail_list(lines: Sequence[Line], first: int, last: int) -> int:
    """Return where the list of links begins that ends the lines between two; the last where none does.

    What stands above it stands alone: a list that a line with a colon announces goes with that line.
    """
    own = set(top_items(lines, first, last))
    begin = last
    for at in range(last - 1, first, -1):
        if lines[at].is_prose or (lines[at].block.kind is Kind.PARAGRAPH and not lines[at].block.depth):
            break
        if at in own and at - 1 not in own and not _goes_on(lines, at):
            begin = at if _is_link_list(lines, own, at, last) else begin
    return begin


def _goes_on(lines: Sequence[Line], at: int) -> bool:
    """Tell whether an item goes with what is above it: with an item, or with a line that announces it."""
    above = lines[at - 1]
    return bool(above.block.depth) or above.text.endswith((":", "："))


def _is_link_list(lines: Sequence[Line], own: set[int], first: int, last: int) -> bool:
    """Tell whether the items from one to the next rule are several, most of which open with a link."""
    end = next((at for at in range(first, last) if lines[at].is_rule), last)
    items = [at for at in range(first, end) if at in own]
    opened = sum(lines[at].link is not None for at in items)
    return len(items) >= _FEWEST_LINKS and opened > _SHARE * len(items) and not _are_bare(lines, items)


def by_items(lines: Sequence[Line], last: int, items: Sequence[int]) -> list[Draft]:
    """Return a story for each item given, up to the next one or the last line."""
    ends = [*items[1:], last]
    loose = _has_loose_text(lines, items, last)
    return [
        Draft(at, _end(lines, at, end, loose=loose), heads.item(lines[at], alone=_alone(lines, at, end)))
        for at, end in zip(items, ends, strict=True)
    ]


def _has_loose_text(lines: Sequence[Line], items: Sequence[int], last: int) -> bool:
    """Tell whether the text of the items stands below them without being indented."""
    between = any(lines[at].is_prose for a, b in pairwise(items) for at in range(a, b))
    if between:
        return True
    return (
        len(items) == 1 and sum(len(line.text) for line in lines[items[0] + 1 : last] if line.is_prose) > 300
    )


def _end(lines: Sequence[Line], at: int, end: int, *, loose: bool) -> int:
    """Return the line at which an item ends: what is indented or quoted below it is its own."""
    for below in range(at + 1, end):
        line = lines[below]
        if line.is_rule or (line.is_prose and (not loose or CALLS.match(line.text))):
            return below
    return end


def _alone(lines: Sequence[Line], at: int, end: int) -> bool:
    if lines[at].block.kind is not _PARAGRAPH:
        return False
    return at + 1 < end and any(line.text for line in lines[at + 1 : end])
