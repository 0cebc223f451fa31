"""Where the stories of a whole issue begin, and what stands outside of them: pure data, no Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from reader.model import IssuePage, Kind, starts_of, text_of

OPENING, BETWEEN, CLOSING = "Opening", "No story", "Closing"
"""What stands before the first story, between two, and after the last."""


class Border(NamedTuple):
    """Where a story begins in the text of its issue, or what is no part of one."""

    position: int
    number: int = 0
    """Of the story, from 1; 0 where no story begins."""
    name: str = ""
    """What that is then called."""


def borders_of(page: IssuePage, start: int = 0) -> tuple[Border, ...]:
    """Return the borders of an issue in order; none where all of it is one story.

    What stands before the start, its own title, is no opening.
    """
    found = tuple(_Outside(page).borders(start))
    return found if len(found) > 1 else ()


class _Outside:
    """The text of an issue, and what of it is in no story."""

    def __init__(self, page: IssuePage) -> None:
        self._stories = page.stories
        self._blocks = page.blocks
        self._starts = starts_of(page.blocks)
        self._text = text_of(page.blocks)

    def borders(self, at: int) -> Iterator[Border]:
        for number, story in enumerate(self._stories, 1):
            yield from self._border(at, story.start, OPENING if number == 1 else BETWEEN)
            yield Border(story.start, number)
            at = story.end
        if self._stories:
            yield from self._border(at, len(self._text), CLOSING)

    def _border(self, start: int, end: int, name: str) -> Iterator[Border]:
        """Yield the border of what stands between two positions; headings alone head the next story."""
        words = self._text[start:end].lstrip()
        first = bisect_right(self._starts, end - len(words)) - 1
        for number in range(first, bisect_right(self._starts, end - 1) if words else first):
            block = self._blocks[number]
            if block.kind is not Kind.HEADING and block.text.strip():
                yield Border(end - len(words), name=name)
                return
