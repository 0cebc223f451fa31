"""Surgery on blocks: cutting one in two, joining two, setting marks; no word is made or lost by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from reader.model import Block, Mark, Run

BLANKS = " \t\n\r\f\v\xa0\u2002\u2003\u2009\u200a\u200b\u202f\u3000\ufeff"
"""White space as mail and web pages have it, the invisible kinds included."""


def cut_at(block: Block, places: Iterable[int]) -> list[Block]:
    """Return the block cut at offsets into its text; empty pieces and the white space at the cuts go.

    The first piece keeps the marker of a list item.
    """
    inner = {place for place in places if 0 < place < len(block.text)}
    if not inner:
        return [block]
    bounds = [0, *sorted(inner), len(block.text)]
    pieces = [_between(block, a, b) for a, b in pairwise(bounds)]
    full = [piece for piece in pieces if piece.runs]
    return [piece if at == 0 else replace(piece, marker="") for at, piece in enumerate(full)]


def without(block: Block, spans: Sequence[tuple[int, int]]) -> list[Block]:
    """Return what is left of a block when the spans of its text go: a piece for each stretch between them."""
    places = [0, *(place for span in spans for place in span), len(block.text)]
    pieces = [_between(block, a, b) for a, b in zip(places[::2], places[1::2], strict=True)]
    return [piece for piece in pieces if piece.runs]


def joined(first: Block, second: Block, between: str = "") -> Block:
    """Return one block of two: the first, what is put between, and the second's runs."""
    bridge = (Run(between),) if between else ()
    return replace(first, runs=(*first.runs, *bridge, *second.runs))


def marked(block: Block, start: int, end: int, marks: Mark) -> Block:
    """Return the block with marks added to the runs between two offsets."""
    runs: list[Run] = []
    at = 0
    for run in block.runs:
        a, b = max(start - at, 0), min(end - at, len(run.text))
        at += len(run.text)
        if a >= b:
            runs.append(run)
            continue
        parts = ((run.text[:a], Mark.NONE), (run.text[a:b], marks), (run.text[b:], Mark.NONE))
        runs.extend(replace(run, text=text, marks=run.marks | more) for text, more in parts if text)
    return replace(block, runs=tuple(runs))


def _between(block: Block, start: int, end: int) -> Block:
    text = block.text
    while start < end and text[start] in BLANKS:
        start += 1
    while end > start and text[end - 1] in BLANKS:
        end -= 1
    runs: list[Run] = []
    at = 0
    for run in block.runs:
        a, b = max(start - at, 0), min(end - at, len(run.text))
        if a < b:
            runs.append(run if (a, b) == (0, len(run.text)) else replace(run, text=run.text[a:b]))
        at += len(run.text)
    return replace(block, runs=tuple(runs))
