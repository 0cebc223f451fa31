"""What the reader says of the borders of an issue's stories, as corrections.

It stands apart from what splits issues: a window that corrects one need not load all of that first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.model import IssuePage, Kind, Story, starts_of, text_of
from reader.model.anchors import Anchors, anchor_of
from reader.model.correction import Correction, Deed

_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s+|[。！？]\s*|\n\s*")


def merged(page: IssuePage, story_key: str) -> tuple[Correction, ...] | None:
    """Return the corrections and one more: the story is part of the one before; None for the first."""
    story = _story(page, story_key)
    return _with(page, "merge", story) if story and story is not page.stories[0] else None


def renamed(page: IssuePage, story_key: str, title: str) -> tuple[Correction, ...] | None:
    """Return the issue's corrections with one more: the story has another title; None where it has that."""
    story, shown = _story(page, story_key), " ".join(title.split())
    return _with(page, "rename", story, shown) if story and shown not in ("", story.title) else None


def left_out(page: IssuePage, story_key: str) -> tuple[Correction, ...] | None:
    """Return the issue's corrections with one more: the story is none; None where it is not there."""
    story = _story(page, story_key)
    return _with(page, "outside", story) if story else None


def split_at(page: IssuePage, position: int) -> tuple[Correction, ...] | None:
    """Return the issue's corrections with one more: a story begins with the paragraph at a position.

    Where one does already, it begins with the sentence. None where nothing is left to begin, or no words are.
    """
    text = text_of(page.blocks)
    place = _beginning(page, text, position)
    end = min((story.start for story in page.stories if story.start > place), default=len(text))
    at = anchor_of(text, place, end)
    if not at or begins(page, text, place):
        return None
    return (*page.corrections, Correction("split", at, "", near_of(place, len(text))))


def places_of(page: IssuePage, corrections: Sequence[Correction]) -> tuple[int | None, ...]:
    """Return where in the issue's text the words of each correction are; None where they are gone."""
    anchors = Anchors(text_of(page.blocks))
    return tuple(anchors.found(one.at, one.near) for one in corrections)


def _with(page: IssuePage, kind: Deed, story: Story, title: str = "") -> tuple[Correction, ...]:
    text = text_of(page.blocks)
    one = Correction(kind, anchor_of(text, story.start, story.end), title, near_of(story.start, len(text)))
    rest = [other for other in page.corrections if not (kind == "rename" and same_place(one, other))]
    return (*rest, one)


def same_place(one: Correction, other: Correction) -> bool:
    """Tell whether two corrections do the same at the same place."""
    return (one.kind, one.at, round(one.near, 4)) == (other.kind, other.at, round(other.near, 4))


def near_of(position: int, length: int) -> float:
    """Return how far into a text of that length a position is, from 0 to 1."""
    return round(position / max(length, 1), 4)


def _story(page: IssuePage, key: str) -> Story | None:
    return next((story for story in page.stories if story.key == key), None)


def _beginning(page: IssuePage, text: str, position: int) -> int:
    """Return where the paragraph at a position begins; in the first of a story, where the sentence does."""
    starts = starts_of(page.blocks)
    at = max((number for number, start in enumerate(starts) if start <= position), default=0)
    block = page.blocks[at] if page.blocks else None
    place = starts[at] if starts else 0
    if block is None or block.rows or block.kind is Kind.CODE or not begins(page, text, place):
        return place
    ends = [match.end() for match in _SENTENCE_END.finditer(text, place, place + len(block.text))]
    return max((end for end in ends if end <= position), default=place)


def begins(page: IssuePage, text: str, place: int) -> bool:
    """Tell whether no words stand between a story's start and a position."""
    return any(
        story.start <= place <= story.end and not anchor_of(text, story.start, place)
        for story in page.stories
    )
