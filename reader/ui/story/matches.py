"""Finding words in a document: forgiving about case, quotes, dashes and line ends."""

from __future__ import annotations

import re

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LIKE = {"'": "['’‘]", '"': '["“”„]', "-": "[-‐‑–—]", "…": r"(?:…|\.{3})"}

Span = tuple[int, int]
"""Two positions of a document: where something begins, and where it has ended."""


def find_all(words: str, text: str) -> list[Span]:
    """Return where the words stand in a document's raw text, in the document's own positions."""
    if not words.strip():
        return []
    pattern = "".join(_pattern(character) for character in _wide(" ".join(words.split())))
    return [match.span() for match in re.finditer(pattern, _wide(text), re.IGNORECASE)]


def _pattern(character: str) -> str:
    return r"\s+" if character == " " else _LIKE.get(character, re.escape(character))


def _wide(text: str) -> str:
    """Return a text in which each character beyond the first plane takes two places, as in Qt."""
    if text.isascii():
        return text
    return _ASTRAL.sub(lambda match: _pair(ord(match[0])), text)


def _pair(code: int) -> str:
    return chr(0xD800 + ((code - 0x10000) >> 10)) + chr(0xDC00 + (code & 0x3FF))
