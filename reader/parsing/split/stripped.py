"""Titles whose type was lost: "Title:…the line below it…and the story" in one paragraph becomes three."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reader.model import Block, Kind, Mark
from reader.parsing.split.pieces import cut_at, marked
from reader.parsing.split.style import stretches
from reader.parsing.split.words import TALES

_RUN_TOGETHER = re.compile(
    r"(?P<title>[^…\n]{3,250}?[:?!.”’\"])[ \xa0]*"
    r"(?P<dek>(?:…|\.\.\.)[ \xa0]?[^…\n]{3,300}?(?:…|\.\.\.))[ \xa0]*(?=[^\s.…])"
)
_TALE = re.compile(
    rf"(?P<label>{TALES.pattern})(?P<title>[^\[\n]{{0,200}}?)[ \xa0]*(?P<dek>\[[^\n]{{2,300}}?\]\.?)[ \xa0]*(?=\S)",
    re.IGNORECASE,
)


def restore_titles(blocks: Iterable[Block]) -> Iterator[Block]:
    """Cut a title, the line under it and the body apart where markup was stripped, and set them as they were."""
    for block in blocks:
        if block.kind is Kind.PARAGRAPH and not block.depth and not block.quote and _is_plain(block):
            yield from _apart(block)
        else:
            yield block


def _is_plain(block: Block) -> bool:
    found = stretches(block)
    return len(found) == 1 and found[0].setting == "plain"


def _apart(block: Block) -> Iterator[Block]:
    text = block.text[:800]
    match = _RUN_TOGETHER.match(text) or _TALE.match(text)
    if match is None:
        yield block
        return
    spans = [match.span(name) for name in match.re.groupindex if match[name].strip()]
    for start, end in spans:
        block = marked(block, start, end, Mark.ITALIC if start == match.start("dek") else Mark.BOLD)
    yield from cut_at(block, [end for _, end in spans])
