"""Pieces of Markdown that are done, set aside while the text around them is turned into it."""

from __future__ import annotations

import re

_PLACE = re.compile("\x02(\\d+)\x03")


class Kept:
    """The pieces of one text, which must not hold the two control characters that mark their places."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def keep(self, piece: str) -> str:
        """Set a piece aside; return what stands for it. It may hold places of earlier ones."""
        self._pieces.append(piece)
        return f"\x02{len(self._pieces) - 1}\x03"

    def put_back(self, text: str) -> str:
        """Return the text with every piece in its place."""
        while "\x02" in text:
            text = _PLACE.sub(lambda match: self._pieces[int(match[1])], text)
        return text


def without_marks(text: str) -> str:
    """Return a text that pieces can be set aside from."""
    return text.replace("\x02", "").replace("\x03", "")
