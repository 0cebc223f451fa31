"""Titles whose type was lost: "Title:…the line below it…and the story" in one paragraph becomes three."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reader.model import Block, Kind, Mark
from reader.parsing.split.pieces import cut_at, marked
from reader.parsing.split.style import is_all
from reader.parsing.split.words import TALES

_PARAGRAPH, _HEADING = Kind.PARAGRAPH, Kind.HEADING
_RUN_TOGETHER = re.compile(
    r"(?P<title>[^…\n]{3,250}?[:?!.”’\"])[ \xa0]*"
    r"(?P<dek>(?:…|\.\.\.)[ \xa0]?[^…\n]{3,300}?(?:…|\.\.\.))[ \xa0]*(?=[^\s.…])"
)
_TITLE = re.compile(r"[^\n…]{3,250}[:?!]")
_DEK = re.compile(r"(?:…|\.\.\.)[^\n…]{3,400}(?:…|\.\.\.)")
_HEADED = re.compile(r"(?P<dek>(?:…|\.\.\.)[^…\n]{3,300}?(?:…|\.\.\.))[ \xa0]+(?=\S)")
_TALE = re.compile(
    rf"(?P<label>{TALES.pattern})(?P<title>[^\[\n]{{0,200}}?)[ \xa0]*"
    r"(?P<dek>\[[^\n]{2,300}?\]\.?)[ \xa0]*(?=\S)",
    re.IGNORECASE,
)


def restore_titles(blocks: Iterable[Block]) -> Iterator[Block]:
    """Cut title, line under it and body apart where markup was stripped, and set them as they were."""
    waiting: Block | None = None
    before = _PARAGRAPH
    for block in blocks:
        headed, before = before is _HEADING, block.kind
        if waiting is not None:
            named = _is_plain(block) and _DEK.fullmatch(block.text.strip()) is not None
            yield marked(waiting, 0, len(waiting.text), Mark.BOLD) if named else waiting
            waiting = None
            if named:
                yield marked(block, 0, len(block.text), Mark.ITALIC)
                continue
        if block.depth or not _may_hold_title(block.text) or not _is_plain(block):
            yield block
        elif _TITLE.fullmatch(block.text.strip()):
            waiting = block
        else:
            yield from _apart(block, headed=headed)
    if waiting is not None:
        yield waiting


def _may_hold_title(text: str) -> bool:
    """Tell whether a closer look is worth its time: without one of these signs there is no title."""
    return "…" in text or "..." in text or "[" in text or text.rstrip().endswith((":", "?", "!"))


def _is_plain(block: Block) -> bool:
    if block.kind is not _PARAGRAPH or block.depth or block.quote:
        return False
    return is_all(block, "plain")


def _apart(block: Block, *, headed: bool) -> Iterator[Block]:
    text = block.text[:800]
    match = _RUN_TOGETHER.match(text) or _TALE.match(text) or (_HEADED.match(text) if headed else None)
    if match is None:
        yield block
        return
    spans = [match.span(name) for name in match.re.groupindex if match[name].strip()]
    for start, end in spans:
        block = marked(block, start, end, Mark.ITALIC if start == match.start("dek") else Mark.BOLD)
    yield from cut_at(block, [end for _, end in spans])
