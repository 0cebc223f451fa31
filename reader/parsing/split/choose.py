"""The choice: which of the borders that the signals propose are the issue's stories.

Each signal knows one form and says what the stories were if the issue had it. The first that
is regular wins, and forms that nest are taken from the outside in: separators with titles part
the whole issue; else its headings part it into regions, and each region is looked at alone.
An issue in which no form is regular is one story. Where the form that was found is not that
of the newsletter's other issues, theirs is tried, and taken if its pieces stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.model import Kind
from reader.model.form import WHOLE, Form
from reader.parsing.split import heads, sections
from reader.parsing.split.closings import is_closing, trimmed, without_foot
from reader.parsing.split.digest import are_stories as are_sections_stories
from reader.parsing.split.forms import form_of, stand_alone
from reader.parsing.split.items import are_stories, by_items, tail_list, top_items
from reader.parsing.split.led import by_leads
from reader.parsing.split.linked import by_linked
from reader.parsing.split.numbers import by_numbers, sign_of
from reader.parsing.split.opener import by_opener
from reader.parsing.split.outline import BOLD_LEVEL, Region, outline_of
from reader.parsing.split.page import Draft, Head, Line, letters, words
from reader.parsing.split.paragraphs import by_paragraphs, paragraphs
from reader.parsing.split.separated import by_separators
from reader.parsing.split.shapes import COVERAGE, Company, Shape, company_of, shape_of
from reader.parsing.split.tales import with_tales
from reader.parsing.split.words import NOT_STORIES, SPONSORED


class Choice(NamedTuple):
    """The stories of an issue, and how they were found."""

    drafts: list[Draft]
    form: Form
    company: Form | None
    """The form of the newsletter's other issues, where it was tried because this one's is odd."""


def choose(lines: Sequence[Line], title: str, company: Form | None = None) -> Choice:
    """Return the stories of an issue, in order; there is always at least one if there is any text.

    The form of the newsletter's other issues decides where this one's is odd.
    """
    outer, found = _alone(lines, title)
    form = form_of(outer, found)
    odd = company if company is not None and form.is_odd_in(company) else None
    if odd and (theirs := _in_company(lines, title, odd)):
        form, found = form_of(odd.outer, theirs), theirs
    drafts = with_tales(lines, found)
    drafts[-1:] = [without_foot(lines, draft) for draft in drafts[-1:]]
    return Choice([trimmed(lines, draft) for draft in drafts], form, odd)


def _alone(lines: Sequence[Line], title: str) -> tuple[str, list[Draft]]:
    """Return what parts an issue, and the stories, as far as it tells by itself."""
    if found := by_separators(lines):
        return "separators", found
    regions = outline_of(lines, title)
    if found := _by_regions(lines, regions, title):
        return "headings", found
    if all(region.heading is None for region in regions):
        regions = outline_of(lines, title, bold=True)
        if found := _by_regions(lines, regions, title):
            return "bold", found
    return WHOLE, whole(lines, title)


def _in_company(lines: Sequence[Line], title: str, company: Form) -> list[Draft]:
    """Return the stories that an issue has in the form of the newsletter's others; none where it has not."""
    if company.outer == "separators":
        drafts = by_separators(lines, sure=True)
    else:
        regions = outline_of(lines, title, bold=company.outer == "bold")
        drafts = _by_regions(lines, regions, title, company)
    return drafts if stand_alone(lines, drafts) else []


def whole(lines: Sequence[Line], title: str) -> list[Draft]:
    """Return all of an issue as one story, but for the heading that only says its title again."""
    full = [at for at, line in enumerate(lines) if line.text or line.is_picture or line.block.rows]
    if not full:
        return []
    first = full[0]
    if lines[first].block.kind is Kind.HEADING and len(full) > 1 and _repeats(lines[first], title):
        first = full[1]
    return [Draft(first, len(lines), Head(title) if title else heads.derived(lines[first]))]


def _repeats(line: Line, title: str) -> bool:
    said, known = letters(line.text), letters(title)
    return said in known or known in said


def _by_regions(
    lines: Sequence[Line], regions: Sequence[Region], title: str, learnt: Form | None = None
) -> list[Draft]:
    """Return the stories that regions hold; none where they are the parts of one text.

    That they are stories is known where it was `learnt` from other issues.
    """
    signals = learnt.inner if learnt else frozenset()
    shapes = [shape_of(lines, region, signals) for region in _with_content(lines, regions)]
    company = company_of(lines, shapes, signals)
    drafts = [draft for shape in shapes for draft in _by_region(lines, shape, company)]
    if not learnt and not _is_digest(lines, shapes, drafts, title):
        return []
    openers = by_opener(lines, regions[0]) if drafts and drafts[0].first >= regions[0].last else []
    return [*openers, *(draft for draft in drafts if not sections.sums_up(draft))]


def _with_content(lines: Sequence[Line], regions: Sequence[Region]) -> Iterator[Region]:
    """Yield the regions that may hold stories: those with text that is not the newsletter's own."""
    links = sections.are_links(lines, regions)
    own = set(filter(NOT_STORIES.fullmatch, {name for region in regions for name in region.path}))
    for region in regions:
        if own.isdisjoint(region.path) and not sections.is_empty(lines, region, links=links):
            yield region


def _by_region(lines: Sequence[Line], shape: Shape, company: Company) -> Iterator[Draft]:
    """Return the stories of one region, by the first form it has."""
    region = shape.region
    if shape.numbers and sign_of(lines[shape.numbers[0]]) == company.numbers:
        signal, drafts = "numbers", by_numbers(lines, region.last, shape.numbers)
    elif shape.linked:
        linked = by_linked(lines, region.first, region.last, shape.linked)
        signal, drafts = "linked", [part for draft in linked for part in _parted(lines, draft)]
    elif shape.led:
        signal, drafts = "led", by_leads(lines, region.last, shape.led)
    elif shape.headed:
        signal, drafts = "headed", by_items(lines, region.last, shape.headed)
    elif _is_list(shape, company):
        signal, drafts = "items", _by_list(lines, shape)
    else:
        yield from _by_prose(lines, region, company)
        return
    for draft in drafts:
        yield draft.under(region.path, signal)


def _is_list(shape: Shape, company: Company) -> bool:
    """Tell whether a region holds a list of stories: one like the issue's others, or all there is in it."""
    if not company.lists:
        return shape.linked_list and shape.is_list
    if shape.region.heading is None and company.headings:
        return shape.linked_list
    if shape.is_essay:
        return False
    return shape.loose_list or (shape.region.level == BOLD_LEVEL and bool(shape.items))


def _by_list(lines: Sequence[Line], shape: Shape) -> list[Draft]:
    """Return the items of a region's lists, and the pieces that rules part from them."""
    region = shape.region
    drafts: list[Draft] = []
    rules = [at for at in range(region.first, region.last) if lines[at].is_rule]
    if not rules:
        return by_items(lines, region.last, shape.items)
    for first, last in zip([region.first - 1, *rules], [*rules, region.last], strict=True):
        items = top_items(lines, first + 1, last)
        if are_stories(lines, items, linked=False) and not sections.titled_piece(lines, first + 1, last):
            drafts.extend(by_items(lines, last, items))
        elif region.heading is not None and not sections.is_bare(lines, first + 1, last):
            for draft in sections.by_piece(lines, first + 1, last):
                drafts.extend(_parted(lines, draft))
    return drafts


def _parted(lines: Sequence[Line], draft: Draft) -> Iterator[Draft]:
    """Yield a story, and the items of the list of links that stands below it."""
    border = tail_list(lines, draft.first, draft.last)
    yield draft.until(border)
    if border < draft.last:
        yield from by_items(lines, draft.last, top_items(lines, border, draft.last))


def _by_prose(lines: Sequence[Line], region: Region, company: Company) -> Iterator[Draft]:
    """Yield the stories of a region without a list: its paragraphs, its picture, or all of it."""
    if region.heading is None:
        return
    starts = paragraphs(lines, region.first, region.last) if company.paragraphs else []
    starts = [at for at in starts if not is_closing(lines[at])]
    signal = "sections"
    if any(lines[at].has_link for at in starts):
        signal, drafts = "paragraphs", by_paragraphs(lines, region.last, starts)
    elif sections.leads_in(lines, region) or sections.holds_logos(lines, region):
        return
    elif sections.is_picture(lines, region) or SPONSORED.fullmatch(region.path[-1]):
        drafts = sections.by_piece(lines, region.first, region.last)
    else:
        yield sections.by_section(lines, region, region.heading).under(region.path[:-1], signal)
        return
    for draft in drafts:
        yield draft.under(region.path, signal)


def _is_digest(lines: Sequence[Line], shapes: Sequence[Shape], drafts: Sequence[Draft], title: str) -> bool:
    """Tell whether the stories proposed are more than the sections of one text."""
    if len(drafts) < 2:
        return False
    opened = {shape.region.heading for shape in shapes}
    own = [draft for draft in drafts if draft.first not in opened]
    if len(own) < 2:
        return are_sections_stories(lines, drafts, title)
    if len({draft.section for draft in own}) * 2 >= len(shapes):
        return True
    covered = sum(words(lines[draft.first : draft.last]) for draft in own)
    return covered >= COVERAGE * sum(words(lines[shape.region.first : shape.region.last]) for shape in shapes)
