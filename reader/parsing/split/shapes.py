"""Shapes: what each region of an issue looks like, and what the regions have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reader.parsing.split.closings import content_end
from reader.parsing.split.items import are_stories, headed, top_items, words_in
from reader.parsing.split.led import led
from reader.parsing.split.linked import linked_titles
from reader.parsing.split.numbers import numbered, sign_of
from reader.parsing.split.outline import Region
from reader.parsing.split.page import Line, words
from reader.parsing.split.paragraphs import are_short, is_paragraph_digest, paragraphs

COVERAGE = 0.35
"""From which share of an issue's words on, in stories below headings, the issue is a digest."""
_MOSTLY = 0.7
"""From which share of a region's words on, in one list, the region is that list."""
_LINKED = 0.6
"""From which share of paragraphs with links on, short paragraphs are stories."""
_FEWEST_ITEMS = 5
_ESSAY = 150
"""Words above a list from which on they do not only lead in."""


class Shape(NamedTuple):
    """What the signals say of one region; an empty one says that the region does not have its form."""

    region: Region
    numbers: list[int]
    linked: list[int]
    led: list[int]
    headed: list[int]
    items: list[int]
    listed: int
    """Words in its top list items."""
    linked_list: bool
    """Whether its items are stories by their links alone."""
    loose_list: bool
    """Whether they are in an issue that is known for its lists."""
    is_list: bool
    """Whether its list is nearly all there is in it."""
    is_essay: bool
    """Whether its list only ends a text that is longer."""


@dataclass(frozen=True, slots=True)
class Company:
    """What the regions of an issue have in common."""

    lists: bool
    """Whether its lists are lists of stories."""
    paragraphs: bool
    """Whether its sections are parted paragraph by paragraph."""
    numbers: str
    """The sign that ends the numbers of its stories: numbers of another form count the points of one."""
    headings: bool
    """Whether there are headings: a list above them then only says what will come."""


def shape_of(lines: Sequence[Line], region: Region, learnt: Collection[str] = ()) -> Shape:
    """Return what a region looks like; of signals that were `learnt` from other issues few signs will do."""
    first, last = region.first, content_end(lines, region.first, region.last)
    items = top_items(lines, first, last)
    listed = words_in(lines, last, items)
    by_links = bool(items) and are_stories(lines, items)
    return Shape(
        region,
        numbers=numbered(lines, first, last),
        linked=_linked(lines, region, items),
        led=led(lines, first, last, 1) if "led" in learnt else led(lines, first, last),
        headed=headed(lines, region.first, last, items),
        items=items,
        listed=listed,
        linked_list=by_links,
        loose_list=by_links or (bool(items) and are_stories(lines, items, linked=False)),
        is_list=bool(items) and listed >= _MOSTLY * words(lines[first:last]),
        is_essay=_is_essay(lines, region, items, listed),
    )


def _is_essay(lines: Sequence[Line], region: Region, items: Sequence[int], listed: int) -> bool:
    if not items:
        return False
    above = words(lines[region.first : items[0]])
    return above > _ESSAY and listed * 2 < words(lines[region.first : region.last])


def company_of(lines: Sequence[Line], shapes: Sequence[Shape], learnt: Collection[str] = ()) -> Company:
    """Return what an issue's regions have in common, given the signals `learnt` from other issues."""
    everything = sum(words(lines[shape.region.first : shape.region.last]) for shape in shapes)
    lists = [shape for shape in shapes if not shape.numbers and _holds_list(shape)]
    many = sum(len(shape.items) for shape in lists) >= _FEWEST_ITEMS and len(lists) * 2 >= len(shapes)
    listed = many or sum(shape.listed for shape in lists) >= COVERAGE * everything or "items" in learnt
    forms = Counter(sign_of(lines[at]) for shape in shapes for at in shape.numbers)
    regions = [shape.region for shape in shapes]
    digests = any(is_paragraph_digest(lines, region.first, region.last) for region in regions)
    paragraphed = digests or ("paragraphs" in learnt and are_short(lines, _told(lines, regions)))
    return Company(
        listed,
        paragraphs=not listed and not forms and paragraphed and _are_linked(lines, regions),
        numbers=forms.most_common(1)[0][0] if forms else "",
        headings=any(region.heading is not None for region in regions),
    )


def _are_linked(lines: Sequence[Line], regions: Sequence[Region]) -> bool:
    """Tell whether most paragraphs under headings lead somewhere."""
    found = _told(lines, regions)
    return sum(lines[at].has_link for at in found) >= _LINKED * len(found)


def _told(lines: Sequence[Line], regions: Sequence[Region]) -> list[int]:
    """Return the paragraphs under headings."""
    told = [region for region in regions if region.heading is not None]
    return [at for region in told for at in paragraphs(lines, region.first, region.last)]


def _holds_list(shape: Shape) -> bool:
    """Tell whether a region's items are stories as far as the region alone can tell."""
    under_heading = shape.region.heading is not None and shape.is_list
    return bool(shape.items) and (shape.linked_list or (under_heading and shape.loose_list))


def _linked(lines: Sequence[Line], region: Region, items: Sequence[int]) -> list[int]:
    """Return the linked titles of a region: several, or one at its head with no list parted from it."""
    starts = linked_titles(lines, region.first, region.last)
    if len(starts) != 1:
        return starts
    ruled = bool(items) and any(line.is_rule for line in lines[region.first : region.last])
    return [] if ruled or words(lines[region.first : starts[0]]) else starts
