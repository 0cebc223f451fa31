"""Which quotes and list items stand around each block: the flat depths of blocks, made a path again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.model import Block


@dataclass(frozen=True, eq=False, slots=True)
class Around:
    """A quote or a list item; two are the same only if they are one."""

    marker: str = ""
    """Of a list item; "" makes it a quote."""
    depth: int = 0
    """Of a list item: the depth that its blocks claim, which may be more than there is."""


Path = tuple[Around, ...]


def paths(blocks: Sequence[Block]) -> list[Path]:
    """Return, for each block, what stands around it, outermost first.

    A block stays in what the block before it stood in as far as its depths allow. A list in a quote and a
    quote in a list have the same depths; what came before decides, and a quote comes first where nothing did.
    """
    out: list[Path] = []
    path: Path = ()
    for block in blocks:
        path = _kept(path, block)
        quotes = (Around(),) * (block.quote - _quotes(path))
        path = (*path, *(Around() for _ in quotes))
        if block.marker:
            path = (*path, Around(block.marker, block.depth))
        out.append(path)
    return out


def depths(path: Path) -> tuple[int, int]:
    """Return how many quotes and how many list items a path has."""
    quotes = _quotes(path)
    return quotes, len(path) - quotes


def _quotes(path: Path) -> int:
    return sum(not around.marker for around in path)


def _kept(path: Path, block: Block) -> Path:
    deepest = block.depth - 1 if block.marker else block.depth
    for length, around in enumerate(path):
        if around.marker and around.depth > deepest:
            path = path[:length]
            break
    while _quotes(path) > block.quote:
        path = path[:-1]
    return path
