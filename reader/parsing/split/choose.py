"""The choice: which of the borders that the signals propose are the issue's stories.

Each signal knows one form and says what the stories were if the issue had it. The first that
is regular wins, and forms that nest are taken from the outside in: separators with titles part
the whole issue; else its headings part it into regions, and each region is looked at alone.
An issue in which no form is regular is one story.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reader.model import Kind
from reader.parsing.split import sections
from reader.parsing.split.closings import is_closing, trimmed, without_foot
from reader.parsing.split.items import are_stories, by_items, headed, top_items, words_in
from reader.parsing.split.led import by_leads, led
from reader.parsing.split.linked import by_linked, linked_titles
from reader.parsing.split.numbers import by_numbers, numbered
from reader.parsing.split.outline import Region, outline_of
from reader.parsing.split.page import Draft, Head, Line, letters, words
from reader.parsing.split.paragraphs import by_paragraphs, is_paragraph_digest, paragraphs
from reader.parsing.split.separated import by_separators
from reader.parsing.split.tales import with_tales
from reader.parsing.split.words import NOT_STORIES

_COVERAGE = 0.35
"""From which share of an issue's words on, in stories below headings, the issue is a digest."""

_MOSTLY = 0.7
"""From which share of a region's words on, in one list, the region is that list."""


@dataclass(frozen=True, slots=True)
class Company:
    """What the regions of an issue have in common."""

    lists: bool
    """Whether its lists are lists of stories."""
    paragraphs: bool
    """Whether its sections are parted paragraph by paragraph."""


def choose(lines: Sequence[Line], title: str) -> list[Draft]:
    """Return the stories of an issue, in order; there is always at least one if there is any text."""
    found = by_separators(lines) or _by_regions(lines, outline_of(lines, title)) or whole(lines, title)
    drafts = [draft for one in found for draft in with_tales(lines, one)]
    drafts[-1:] = [without_foot(lines, draft) for draft in drafts[-1:]]
    return [draft for draft in (trimmed(lines, draft) for draft in drafts) if draft.first < draft.last]


def whole(lines: Sequence[Line], title: str) -> list[Draft]:
    """Return all of an issue as one story, but for its title and the leave it takes."""
    full = [at for at, line in enumerate(lines) if line.text or line.is_picture or line.block.rows]
    if not full:
        return []
    first = full[0]
    if lines[first].block.kind is Kind.HEADING and len(full) > 1 and _repeats(lines[first], title):
        first = full[1]
    head = Head(title) if title else _first_title(lines, first)
    return [Draft(first, len(lines), head)]


def _repeats(line: Line, title: str) -> bool:
    return not title or letters(line.text) in letters(title) or letters(title) in letters(line.text)


def _first_title(lines: Sequence[Line], first: int) -> Head:
    from reader.parsing.split.heads import derived

    return derived(lines[first])


def _by_regions(lines: Sequence[Line], regions: Sequence[Region]) -> list[Draft]:
    regions = _without_ends(lines, regions)
    company = _company(lines, regions)
    drafts = [draft for region in regions for draft in _by_region(lines, region, company)]
    return drafts if _is_digest(lines, regions, drafts) else []


def _without_ends(lines: Sequence[Line], regions: Sequence[Region]) -> list[Region]:
    """The regions that hold stories: none of the newsletter's own, none under one of those."""
    return [
        region
        for region in regions
        if not any(NOT_STORIES.fullmatch(name) for name in region.path)
        and not sections.is_empty(lines, region.first, region.last)
    ]


def _company(lines: Sequence[Line], regions: Sequence[Region]) -> Company:
    listed = counted = regions_listed = found = 0
    for region in regions:
        items = top_items(lines, region.first, region.last)
        if numbered(lines, region.first, region.last):
            counted += 1
        elif _is_listed(lines, region, items):
            listed += words_in(lines, region.last, items)
            regions_listed += 1
            found += len(items)
    everything = sum(words(lines[region.first : region.last]) for region in regions)
    lists = listed >= _COVERAGE * everything or (found >= 5 and regions_listed * 2 >= len(regions))
    digests = any(is_paragraph_digest(lines, region.first, region.last) for region in regions)
    return Company(lists, digests and not lists and not counted)


def _by_region(lines: Sequence[Line], region: Region, company: Company) -> Iterator[Draft]:
    """The stories of one region; its rules part it further where a list stands beside text."""
    if starts := numbered(lines, region.first, region.last):
        drafts = by_numbers(lines, region.last, starts)
    elif starts := _linked(lines, region):
        drafts = by_linked(lines, region.first, region.last, starts)
    elif starts := led(lines, region.first, region.last):
        drafts = by_leads(lines, region.last, starts)
    elif starts := headed(lines, region.first, region.last):
        drafts = by_items(lines, region.first, region.last, starts)
    elif _is_list(lines, region, company):
        drafts = _by_list(lines, region)
    else:
        yield from _by_prose(lines, region, company)
        return
    for draft in drafts:
        yield replace(draft, section=region.path)


def _linked(lines: Sequence[Line], region: Region) -> list[int]:
    """The linked titles of a region, where there are several, or one at its head and no list beside it."""
    starts = linked_titles(lines, region.first, region.last)
    if len(starts) == 1 and top_items(lines, region.first, region.last):
        return []
    opens = starts and words(lines[region.first : starts[0]]) == 0
    return starts if opens or len(starts) > 1 else []


def _is_list(lines: Sequence[Line], region: Region, company: Company) -> bool:
    """Whether a region holds a list of stories: one that is like the issue's others, or all there is in it."""
    items = top_items(lines, region.first, region.last)
    if company.lists:
        return are_stories(lines, items, linked=False)
    return are_stories(lines, items) and _is_mostly(lines, region, items)


def _is_listed(lines: Sequence[Line], region: Region, items: Sequence[int]) -> bool:
    """Whether the items of a region are stories as far as the region alone can tell."""
    whole = region.heading is not None and _is_mostly(lines, region, items)
    return are_stories(lines, items) or (whole and are_stories(lines, items, linked=False))


def _is_mostly(lines: Sequence[Line], region: Region, items: Sequence[int]) -> bool:
    return words_in(lines, region.last, items) >= _MOSTLY * words(lines[region.first : region.last])


def _by_list(lines: Sequence[Line], region: Region) -> list[Draft]:
    """The items of a region's lists, and the pieces that rules part from them."""
    drafts: list[Draft] = []
    rules = [at for at in range(region.first, region.last) if lines[at].is_rule]
    bounds = [region.first - 1, *rules, region.last]
    for first, last in zip(bounds, bounds[1:], strict=False):
        items = top_items(lines, first + 1, last)
        if are_stories(lines, items, linked=False) and not sections.titled_piece(lines, first + 1, last):
            drafts.extend(by_items(lines, first + 1, last, items))
        elif rules and region.heading is not None and not sections.is_empty(lines, first + 1, last):
            piece = sections.by_piece(lines, first + 1, last)
            drafts.extend([piece] if piece else [])
    return drafts


def _by_prose(lines: Sequence[Line], region: Region, company: Company) -> Iterator[Draft]:
    if company.paragraphs:
        starts = paragraphs(lines, region.first, region.last)
        starts = [at for at in starts if not is_closing(lines[at])]
        if starts and (region.heading is not None) and any(lines[at].has_link for at in starts):
            for draft in by_paragraphs(lines, region.last, starts):
                yield replace(draft, section=region.path)
            return
    if region.heading is None or sections.leads_in(lines, region):
        return
    if sections.titled_piece(lines, region.first, region.last) or _is_picture(lines, region):
        piece = sections.by_piece(lines, region.first, region.last)
        if piece:
            yield replace(piece, section=region.path)
            return
    draft = sections.by_section(lines, region)
    if draft:
        yield draft


def _is_picture(lines: Sequence[Line], region: Region) -> bool:
    full = [line for line in lines[region.first : region.last] if (line.text or line.is_picture) and not is_closing(line)]
    return len(full) == 1 and full[0].is_picture


def _is_digest(lines: Sequence[Line], regions: Sequence[Region], drafts: Sequence[Draft]) -> bool:
    """Whether the stories proposed are more than the sections of one text."""
    if len(drafts) < 2:
        return False
    opened = {region.heading for region in regions}
    own = [draft for draft in drafts if draft.first not in opened]
    if len(own) >= 2:
        covered = sum(words(lines[draft.first : draft.last]) for draft in own)
        sought = len({draft.section for draft in own}) * 2 >= len(regions)
        return sought or covered >= _COVERAGE * sum(words(lines[r.first : r.last]) for r in regions)
    linked = sum(lines[draft.first].has_link for draft in drafts)
    return linked * 2 >= len(drafts)
