"""A spot of a text, found again after the text was split anew: pure, no Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.model import Block, Story, StoryPage, starts_of, text_of

_WORDS = 80


class Spot(NamedTuple):
    """Where something is said: its words, and about where they stand in the text of the issue."""

    words: str
    near: int


def spot_in(blocks: Sequence[Block], position: int, offset: int = 0) -> Spot:
    """Return the spot of a position in the text of blocks which begin so far into the issue."""
    starts = starts_of(blocks)
    index = max(bisect_right(starts, position) - 1, 0)
    for block, start in zip(blocks[index:], starts[index:], strict=True):
        words = block.text[max(position - start, 0) :][:_WORDS].partition("\n")[0].strip()
        if words:
            return Spot(words, offset + max(position, start))
    return Spot("", offset + position)


def spot_of(page: StoryPage, position: int) -> Spot:
    """Return the spot of a position in a story's body; at its top, that of its title."""
    story = page.story
    if position <= 0:
        return Spot("", story.start)
    return spot_in(page.body, position, _body_start(story))


def place_in(page: StoryPage, text: str, position: int) -> int:
    """Return where in a story's body a position of the issue's text is; 0 for one in its head."""
    story = page.story
    if any(start <= position < end for start, end in story.heads):
        return 0
    if not any(letter.isalnum() for letter in text[story.start : position]):
        return 0
    words = text[position : position + _WORDS].partition("\n")[0].strip()
    spot = Spot(words, max(position - _body_start(story), 0))
    return found(spot, text_of(page.body))


def found(spot: Spot, text: str) -> int:
    """Return the position in a text at which a spot is: that of its words which is nearest."""
    places = _places(spot.words, text) if spot.words else ()
    nearest = min(places, key=lambda place: abs(place - spot.near), default=spot.near)
    return min(max(nearest, 0), len(text))


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _body_start(story: Story) -> int:
    """Return about where a story's body begins in the text of the issue."""
    return max([story.start, *(end + 1 for _, end in story.heads)])
