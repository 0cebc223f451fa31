"""Where the text's positions are in the document, and back."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from typing import NamedTuple

from reader.model import OBJECT

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# Qt's document cannot hold these: two are its own frame marks, the rest would part a block.
_CLEAN = str.maketrans(
    {"\n": "\u2028", "\r": " ", "\u2029": "\u2028", "\ufdd0": " ", "\ufdd1": " ", OBJECT: "\ufffd"}
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def set_text(text: str) -> str:
    """Return a text as the document holds it: as many characters, and a line break is U+2028."""
    if text.isascii() and "\n" not in text and "\r" not in text:
        return text
    return _SURROGATES.sub("\ufffd", text.translate(_CLEAN))


def units(text: str) -> int:
    """Return how many places a text takes in the document, which counts in UTF-16."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))


class Place(NamedTuple):
    """A stretch of text that stands in the document in one piece; they are in the order of the text."""

    start: int
    """Its position in the text."""
    at: int
    """Its position in the document."""
    text: str


class Places:
    """The stretches of a document, added in the document's order."""

    def __init__(self) -> None:
        self._by_document: list[Place] = []
        self._by_text: list[Place] = []

    def add(self, start: int, at: int, text: str) -> None:
        """Note that the text from a position on stands at a place of the document."""
        place = Place(start, at, text)
        self._by_document.append(place)
        if not self._by_text or self._by_text[-1] <= place:
            self._by_text.append(place)
        else:
            insort(self._by_text, place)

    def position(self, at: int) -> int:
        """Return the text's position for one of the document: the nearest before it, else the first."""
        index = bisect_right(self._by_document, at, key=lambda place: place.at) - 1
        if index < 0:
            return 0
        place = self._by_document[index]
        return place.start + _points(place.text, at - place.at)

    def at(self, position: int) -> int | None:
        """Return the document's position for one of the text; None before the first stretch."""
        index = bisect_right(self._by_text, position, key=lambda place: place.start) - 1
        if index < 0:
            return None
        place = self._by_text[index]
        return place.at + units(place.text[: position - place.start])


def _points(text: str, offset: int) -> int:
    """Return how many code points the first so many UTF-16 units of a text are."""
    if text.isascii():
        return min(offset, len(text))
    left = offset
    for count, character in enumerate(text):
        left -= 2 if character > "\uffff" else 1
        if left < 0:
            return count
    return len(text)
