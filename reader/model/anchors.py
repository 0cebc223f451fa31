"""Anchors: places of a text named by the letters that stand there, and found again after edits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

_LETTERS = re.compile(r"[^\W_]+")
_LONGEST = 80
"""Letters of an anchor."""
_SHORTER = (48, 32)
"""So many letters of an anchor are enough where the rest was edited, if only one place has them."""


def anchor_of(text: str, start: int, end: int) -> str:
    """Return the letters with which a range of a text begins."""
    return "".join(_LETTERS.findall(_folded(text[start:end])))[:_LONGEST]


class Anchors:
    """A text's letters and digits in one case, and where each of them stands in the text."""

    def __init__(self, text: str) -> None:
        found = list(_LETTERS.finditer(_folded(text)))
        self.letters = "".join([match[0] for match in found])
        self._starts = [match.start() for match in found]
        self._length = max(len(text), 1)
        self._counts: list[int] = []
        count = 0
        for match in found:
            self._counts.append(count)
            count += len(match[0])

    def before(self, position: int) -> int:
        """Return how many letters stand before a position of the text."""
        word = bisect_right(self._starts, position) - 1
        if word < 0:
            return 0
        until = self._counts[word + 1] if word + 1 < len(self._counts) else len(self.letters)
        return min(self._counts[word] + position - self._starts[word], until)

    def begun(self, anchor: str, near: float, starts: Sequence[int]) -> int | None:
        """Return which of the positions has the anchor's letters behind it; of several the nearest."""
        numbers = [self.before(start) for start in starts]
        found = _best(anchor, lambda part: [n for n in numbers if self.letters.startswith(part, n)])
        places = [place for place, number in enumerate(numbers) if number in found]
        return min(places, key=lambda place: self._distance(starts[place], near), default=None)

    def found(self, anchor: str, near: float) -> int | None:
        """Return the position at which the anchor's letters begin; of several the nearest."""
        places = [self._position(n) for n in _best(anchor, lambda part: list(self._all(part)))]
        return min(places, key=lambda place: self._distance(place, near), default=None)

    def _all(self, part: str) -> Iterator[int]:
        at = self.letters.find(part)
        while part and at >= 0:
            yield at
            at = self.letters.find(part, at + 1)

    def _position(self, number: int) -> int:
        word = bisect_right(self._counts, number) - 1
        return self._starts[word] + number - self._counts[word]

    def _distance(self, position: int, near: float) -> float:
        return abs(position / self._length - near)


def _best(anchor: str, places: Callable[[str], list[int]]) -> list[int]:
    """Return the places that have the whole anchor, else the one place that has much of it."""
    if found := places(anchor):
        return found
    for length in _SHORTER:
        if len(anchor) > length and len(found := places(anchor[:length])) == 1:
            return found
    return []


def _folded(text: str) -> str:
    """Return a text in one case, in which every character is in its place."""
    folded = text.casefold()
    return folded if len(folded) == len(text) else "".join([one.casefold()[0] for one in text])
