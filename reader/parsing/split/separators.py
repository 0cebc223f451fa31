"""Separators: the rows of stars, dashes and number signs between stories become rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reader.model import Block, Kind
from reader.parsing.split.pieces import without

_ROW = re.compile(
    r"^[ \t\xa0\u200b\\]*(?:(?:[*~=_•·–—-][ \t\xa0\\]?){3,}|⁂|❦|\#{3,})[ \t\xa0\u200b]*$"
    r"|\#{10,}|\A\*{3,}[ \xa0](?=\S)",
    re.MULTILINE,
)
_OPENING = re.compile(r"[ \t\xa0\u200b\\]*[*~=_•·–—#⁂❦-]")
_TEXTS = (Kind.PARAGRAPH, Kind.HEADING)


def rule_separators(blocks: Iterable[Block]) -> Iterator[Block]:
    """Cut rows of signs out of the text, also where they are glued to it, and put a rule in their place."""
    for block in blocks:
        text = block.text if block.kind in _TEXTS else ""
        if _may_hold_row(text) and (rows := [match.span() for match in _ROW.finditer(text)]):
            yield from _parted(block, text, rows)
        else:
            yield block


def _may_hold_row(text: str) -> bool:
    """Tell whether a look for rows is worth its time: it is, but in most texts of one line."""
    return "\n" in text or "##########" in text or _OPENING.match(text) is not None


def _parted(block: Block, text: str, rows: Sequence[tuple[int, int]]) -> Iterator[Block]:
    rule = Block(Kind.RULE, quote=block.quote)
    at = 0
    for start, end in rows:
        yield from _piece(block, at, start)
        yield rule
        at = end
    yield from _piece(block, at, len(text))


def _piece(block: Block, start: int, end: int) -> Iterator[Block]:
    yield from without(block, [(0, start), (end, len(block.text))])
