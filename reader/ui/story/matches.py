"""Finding words in a document: forgiving about case, quotes, dashes and line ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

_ASTRAL = "[\U00010000-\U0010ffff]"
_LIKE = {"'": "['’‘]", '"': '["“”„]', "-": "[-‐‑–—]", "…": r"(?:…|\.{3})"}

Span = tuple[int, int]
"""Two positions of a document: where something begins, and where it has ended."""


class Finds:
    """What was searched for, where it stands, and which of the places was gone to."""

    def __init__(
        self,
        words: tuple[str, ...] = (),
        spans: Sequence[Span] = (),
        chosen: int = -1,
        *,
        search: bool = False,
    ) -> None:
        self.words = words
        self.spans = spans
        self.chosen = chosen
        self.search = search
        """Whether the words come from a search, and each counts by itself."""

    @property
    def span(self) -> Span | None:
        """The place that was gone to."""
        return self.spans[self.chosen] if 0 <= self.chosen < len(self.spans) else None

    @property
    def place(self) -> tuple[int, int]:
        """Which place that is, from 1, and of how many; (0, 0) when there is none."""
        return (self.chosen + 1, len(self.spans)) if self.spans else (0, 0)

    def choose_from(self, at: int) -> None:
        """Choose the first place at or after a position; behind the last comes the first."""
        self.chosen = bisect_left(self.spans, (at, 0)) % len(self.spans) if self.spans else -1

    def step(self, by: int) -> None:
        """Choose a neighbour; behind the last comes the first."""
        if self.spans:
            self.chosen = (self.chosen + by) % len(self.spans)

    def near(self, most: int) -> Sequence[Span]:
        """Return so many places around the chosen one."""
        first = max(0, self.chosen - most // 2)
        return self.spans[first : first + most]


def find_all(words: str, text: str) -> list[Span]:
    """Return where the words stand in a document's raw text, in the document's own positions."""
    return _spans([_like(words)] if words.strip() else [], text)


def find_any(words: Sequence[str], text: str) -> list[Span]:
    """Return where any of the words begins a word of the text, as a search finds it."""
    patterns = [_like(word) for word in words if word.strip()]
    # Only scripts with capitals are sure to set their words off: in Chinese any character may begin one.
    return _spans([rf"\b{p}" if p[0].lower() != p[0].upper() else p for p in patterns], text)


def _spans(patterns: Sequence[str], text: str) -> list[Span]:
    if not patterns:
        return []
    return [match.span() for match in re.finditer("|".join(patterns), _wide(text), re.IGNORECASE)]


def _like(words: str) -> str:
    return "".join(_pattern(character) for character in _wide(" ".join(words.split())))


def _pattern(character: str) -> str:
    return r"\s+" if character == " " else _LIKE.get(character, re.escape(character))


def _wide(text: str) -> str:
    """Return a text in which each character beyond the first plane takes two places, as in Qt."""
    if text.isascii():
        return text
    return re.sub(_ASTRAL, lambda match: _pair(ord(match[0])), text)


def _pair(code: int) -> str:
    return chr(0xD800 + ((code - 0x10000) >> 10)) + chr(0xDC00 + (code & 0x3FF))
