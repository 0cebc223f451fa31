"""Which way a text runs."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt

from reader.model import Block


def direction_of(block: Block) -> Qt.LayoutDirection:
    """Return what the block says of itself, else what its first strong character says."""
    right = block.direction == "rtl" if block.direction else runs_right_to_left(block.text)
    return Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight


def runs_right_to_left(text: str) -> bool:
    """Whether the first strong character of a text is Hebrew, Arabic or the like."""
    if text.isascii():
        return False
    for character in text:
        strength = unicodedata.bidirectional(character)
        if strength == "L":
            return False
        if strength in ("R", "AL"):
            return True
    return False
