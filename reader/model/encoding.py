"""Blocks as bytes: the text of an issue, and the shape that makes blocks of it again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from reader.model.block import Block, Blocks, Kind, Mark, Run


def encode_text(text: str) -> bytes:
    """Return the text, compressed."""
    return zlib.compress(text.encode(), 6)


def decode_text(data: bytes) -> str:
    """Return the text that encode_text() had."""
    return zlib.decompress(data).decode()


def encode_shape(blocks: Blocks) -> bytes:
    """Return all of the blocks but their text."""
    return zlib.compress(json.dumps([_shape(block) for block in blocks], separators=(",", ":")).encode(), 6)


def decode_blocks(text: str, shape: bytes) -> Blocks:
    """Return the blocks of a text and a shape."""
    blocks, at = [], 0
    for item in json.loads(zlib.decompress(shape)):
        block = _block(item, text, at)
        blocks.append(block)
        at += len(block.text) + 1
    return tuple(blocks)


def _shape(block: Block) -> list[Any]:
    rest = [block.level, block.quote, block.depth, block.marker, block.lang, block.aligns, block.direction]
    rows = [[_lengths(cell) for cell in row] for row in block.rows]
    return [block.kind, _lengths(block.runs), rows, *rest]


def _lengths(runs: Sequence[Run]) -> list[Any]:
    return [[len(run.text), int(run.marks), run.href, run.image, run.alt, run.note] for run in runs]


def _block(item: list[Any], text: str, at: int) -> Block:
    kind, runs, rows, level, quote, depth, marker, lang, aligns, direction = item
    made, at = _runs(runs, text, at)
    cells = []
    for row in rows:
        line = []
        for cell in row:
            found, at = _runs(cell, text, at)
            line.append(found)
            at += 1
        cells.append(tuple(line))
    return Block(Kind(kind), made, level, quote, depth, marker, lang, tuple(cells), tuple(aligns), direction)


def _runs(items: list[Any], text: str, at: int) -> tuple[tuple[Run, ...], int]:
    runs = []
    for length, marks, href, image, alt, note in items:
        runs.append(Run(text[at : at + length], Mark(marks), href, image, alt, note))
        at += length
    return tuple(runs), at
