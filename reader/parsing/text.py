"""What is counted and read of a text: its words, its plain form, whether it is cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.model import OBJECT, Block, Kind

# Han, kana, Hangul and their extensions: written without spaces, two to a word.
_CJK = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_LETTER = re.compile(r"\w")
_CUT = re.compile(
    r"(?:…|\.{3}|\[(?:…|\.{3})\]|\((?:…|\.{3})\))\s*$"
    r"|(?:…|\.{3}|\])\s*(?:read|continue|view|click)\b[^.\n]{0,60}(?:…|\.{3}|→|»|>>?|more)?\s*$",
    re.IGNORECASE,
)


def word_count(text: str) -> int:
    """Return how many words there are to read; a CJK character counts as half a word."""
    rest, characters = (text, 0) if text.isascii() else _CJK.subn(" ", text)
    words = [word for word in rest.split() if word.isalnum() or _LETTER.search(word)]
    return len(words) + (characters + 1) // 2


def plain_text(blocks: Sequence[Block]) -> str:
    """Return the text as one reads it aloud: no images, markers kept, a blank line between two blocks."""
    lines: list[str] = []
    listed = False
    for block in blocks:
        text = block.text.replace(OBJECT, "").strip()
        if block.kind is Kind.RULE or not text:
            continue
        marker = f"{block.marker} " if block.marker else ""
        joint = "\n" if listed and marker else "\n\n"
        listed = bool(block.depth)
        lines.append(f"{joint if lines else ''}{'  ' * max(block.depth - 1, 0)}{marker}{text}")
    return "".join(lines)


def is_cut(text: str) -> bool:
    """Tell whether a text stops in the middle: at "…", "[…]" or "… Read more"."""
    return bool(_CUT.search(text[-120:].rstrip()))
