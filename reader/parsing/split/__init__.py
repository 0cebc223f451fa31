"""From blocks to stories: what broke is healed, then the borders are chosen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from reader.model import Block, Blocks, Span
from reader.model.form import WHOLE, Form
from reader.parsing.split.choose import Choice, choose, whole
from reader.parsing.split.heal import heal
from reader.parsing.split.leads import join_leads
from reader.parsing.split.page import Draft, Line, lines_of
from reader.parsing.split.words import PAID, SPONSORED

__all__ = ["Piece", "Split", "heal", "split"]

_END = attrgetter("end")


class Piece(NamedTuple):
    """A story as the splitter found it: a range of the issue's text, and what stands at its head."""

    start: int
    end: int
    title: str
    heads: tuple[Span, ...] = ()
    dek: str = ""
    section: str = ""
    title_derived: bool = False
    sponsored: bool = False


class Split(NamedTuple):
    """An issue's blocks, healed, and its stories in order; none overlaps another."""

    blocks: Blocks
    stories: tuple[Piece, ...]
    form: Form
    """How they were found."""
    company: Form | None = None
    """The form of the newsletter's other issues, where it was tried because this one's is odd."""


def split(
    blocks: Sequence[Block], title: str = "", form: Form | None = None, *, one_story: bool = False
) -> Split:
    """Return the issue's blocks, healed, and its stories; the title tells which heading is its own.

    The `form` is that of the newsletter's other issues: it decides where this one's is odd. An issue that
    is known to be `one_story` is not parted.
    """
    healed = heal(blocks)
    lines = lines_of(healed)
    uncut = Choice(whole(lines, title), Form(WHOLE), None) if one_story else None
    drafts, found, company = uncut or choose(lines, title, form)
    paid = _paid_sections(drafts)
    pieces = tuple(_piece(lines, draft, paid) for draft in drafts)
    joined = tuple(join_leads(healed, lambda at: _is_kept(lines[at], pieces)))
    return Split(joined, pieces, found, company)


def _piece(lines: Sequence[Line], draft: Draft, paid: frozenset[str]) -> Piece:
    head = draft.head
    return Piece(
        start=lines[draft.first].start,
        end=lines[draft.last - 1].end,
        title=head.title,
        heads=() if head.derived else (*head.titles, *head.deks),
        dek=head.dek,
        section=" / ".join(draft.section),
        title_derived=head.derived,
        sponsored=not paid.isdisjoint(draft.section) or _is_marked_paid(lines, draft),
    )


def _paid_sections(drafts: Sequence[Draft]) -> frozenset[str]:
    """Return the names of sections that say that what is under them is paid for."""
    names = {name for draft in drafts for name in draft.section}
    return frozenset(filter(SPONSORED.fullmatch, names))


def _is_marked_paid(lines: Sequence[Line], draft: Draft) -> bool:
    """Tell whether a mark in the first line of a story says that it is paid for."""
    first = draft.first
    while first + 1 < draft.last and not lines[first].text:
        first += 1
    text = lines[first].text
    return ("(" in text or "[" in text) and PAID.search(text, 0, 300) is not None


def _is_kept(line: Line, pieces: Sequence[Piece]) -> bool:
    """Tell whether a line holds the head of a story, or stands outside of all stories."""
    at = bisect_left(pieces, line.start, key=_END)
    if at == len(pieces) or line.start < pieces[at].start:
        return True
    return any(start < line.end and line.start < end for start, end in pieces[at].heads)
