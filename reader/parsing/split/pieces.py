"""Surgery on blocks: cutting one in two, joining two, setting marks; no word is made or lost by it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from reader.model import Block, Kind, Mark, Run

BLANKS = " \t\n\r\f\v\xa0\u2002\u2003\u2009\u200a\u200b\u202f\u3000\ufeff"
"""White space as mail and web pages have it, the invisible kinds included."""


def changed(
    block: Block,
    *,
    kind: Kind | None = None,
    runs: tuple[Run, ...] | None = None,
    marker: str | None = None,
) -> Block:
    """Return the block with another kind, other runs or another marker; `replace` takes far longer."""
    return Block(
        block.kind if kind is None else kind,
        block.runs if runs is None else runs,
        block.level,
        block.quote,
        block.depth,
        block.marker if marker is None else marker,
        block.lang,
        block.rows,
        block.aligns,
        block.direction,
    )


def cut_at(block: Block, places: Iterable[int]) -> list[Block]:
    """Return the block cut at offsets into its text; empty pieces and the white space at the cuts go.

    The first piece keeps the marker of a list item.
    """
    inner = {place for place in places if 0 < place < len(block.text)}
    if not inner:
        return [block]
    bounds = [0, *sorted(inner), len(block.text)]
    pieces = _pieces(block, pairwise(bounds))
    full = [piece for piece in pieces if piece.runs]
    return [*full[:1], *(changed(piece, marker="") if piece.marker else piece for piece in full[1:])]


def without(block: Block, spans: Sequence[tuple[int, int]]) -> list[Block]:
    """Return what is left of a block when spans of its text go, in order: a piece for each between them."""
    places = [0, *(place for span in spans for place in span), len(block.text)]
    return [piece for piece in _pieces(block, zip(places[::2], places[1::2], strict=True)) if piece.runs]


def joined(first: Block, second: Block, between: str = "") -> Block:
    """Return one block of two: the first, what is put between, and the second's runs."""
    bridge = (Run(between),) if between else ()
    return changed(first, runs=(*first.runs, *bridge, *second.runs))


def marked(block: Block, start: int, end: int, marks: Mark) -> Block:
    """Return the block with marks added to the runs between two offsets."""
    runs: list[Run] = []
    added = int(marks)
    at = 0
    for run in block.runs:
        a, b = max(start - at, 0), min(end - at, len(run.text))
        at += len(run.text)
        if a >= b:
            runs.append(run)
            continue
        if a > 0:
            runs.append(_set(run, run.text[:a], run.marks))
        runs.append(_set(run, run.text[a:b], Mark(int(run.marks) | added)))
        if b < len(run.text):
            runs.append(_set(run, run.text[b:], run.marks))
    return changed(block, runs=tuple(runs))


def _pieces(block: Block, spans: Iterable[tuple[int, int]]) -> Iterator[Block]:
    """Yield the block as it is between each two offsets, without the white space at either end."""
    text = block.text
    starts = list(accumulate([len(run.text) for run in block.runs], initial=0))
    for span in spans:
        start, end = _without_blanks(text, *span)
        yield changed(block, runs=tuple(_within(block.runs, starts, start, end)))


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in BLANKS:
        start += 1
    while end > start and text[end - 1] in BLANKS:
        end -= 1
    return start, end


def _within(runs: Sequence[Run], starts: Sequence[int], start: int, end: int) -> Iterator[Run]:
    """Yield the runs between two offsets, given where each begins: no walk over all for each piece."""
    for at in range(bisect_right(starts, start) - 1, bisect_left(starts, end)):
        run, begins = runs[at], starts[at]
        a, b = max(start - begins, 0), min(end - begins, len(run.text))
        if a < b:
            yield run if b - a == len(run.text) else _set(run, run.text[a:b], run.marks)


def _set(run: Run, text: str, marks: Mark) -> Run:
    return Run(text, marks, run.href, run.image, run.alt, run.note, run.width, run.height)
