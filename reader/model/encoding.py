"""Blocks as two small pieces of bytes: their text, and everything else, their shape.

The text alone is enough for a snippet or a word count; the shape cuts it into
blocks and runs again. A shape is compressed JSON with one entry a block:

* a number is a plain paragraph of that many code points;
* a list is [kind, runs, level, quote, depth, marker, lang, direction, aligns, rows],
  cut off where only defaults follow. A run is its length, or
  [length, marks, href, image, alt, note, width, height], cut off in the same way.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from reader.model.block import Block, Blocks, Kind, Mark, Run, text_of
from reader.model.errors import StoreError

_CHINESE = b"g"
"""Begins a text in GB 18030, which has two bytes for a Chinese character where UTF-8 has three."""
_DAMAGED = "The stored text of an issue is damaged."
_LEVEL = 4
_BLOCK_DEFAULTS: tuple[Any, ...] = (None, None, 0, 0, 0, "", "", "", [], [])
_RUN_DEFAULTS: tuple[Any, ...] = (None, 0, "", "", "", "", 0, 0)


def encode_text(blocks: Sequence[Block]) -> bytes:
    """Return the text of the blocks, compressed."""
    text = text_of(blocks)
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > 2 * len(text) and (shorter := _as_chinese(text)):
        return _CHINESE + zlib.compress(shorter, _LEVEL)
    return zlib.compress(raw, _LEVEL)


def decode_text(data: bytes) -> str:
    """Return the text that encode_text was given; StoreError if it is damaged."""
    if data[:1] != _CHINESE:
        return _unpacked(data)
    try:
        return zlib.decompress(data[1:]).decode("gb18030")
    except (zlib.error, UnicodeDecodeError) as error:
        raise StoreError(_DAMAGED) from error


def encode_shape(blocks: Sequence[Block]) -> bytes:
    """Return everything but the text, compressed."""
    shape = json.dumps([_block_shape(block) for block in blocks], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(shape.encode("utf-8", "surrogatepass"), _LEVEL)


def decode_blocks(text: str, shape: bytes) -> Blocks:
    """Return the blocks of a text and its shape; StoreError if they are damaged or of different blocks."""
    reader = _Reader(text)
    try:
        blocks = tuple([reader.block(entry) for entry in json.loads(_unpacked(shape))])
    except (LookupError, TypeError, ValueError) as error:
        raise StoreError(_DAMAGED) from error
    if reader.at != len(text) + bool(blocks):
        raise StoreError(_DAMAGED)
    return blocks


def _as_chinese(text: str) -> bytes:
    """Return the text in GB 18030; nothing when it does not come back from it as it was."""
    try:
        raw = text.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return raw if raw.decode("gb18030") == text else b""


def _unpacked(data: bytes) -> str:
    try:
        return zlib.decompress(data).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        raise StoreError(_DAMAGED) from error


def _block_shape(block: Block) -> Any:
    rows = [[[_run_shape(run) for run in cell] for cell in row] for row in block.rows]
    # The text of a block with rows is that of the rows: what runs it has keep their own.
    runs = [_run_shape(run, text=bool(rows)) for run in block.runs]
    entry = _cut(
        [
            block.kind.value,
            runs,
            block.level,
            block.quote,
            block.depth,
            block.marker,
            block.lang,
            block.direction,
            list(block.aligns),
            rows,
        ],
        _BLOCK_DEFAULTS,
    )
    plain = len(entry) == 2 and block.kind is Kind.PARAGRAPH and len(runs) == 1 and isinstance(runs[0], int)
    return runs[0] if plain else entry


def _run_shape(run: Run, *, text: bool = False) -> Any:
    length = run.text if text else len(run.text)
    said = [length, int(run.marks), run.href, run.image, run.alt, run.note, run.width, run.height]
    entry = _cut(said, _RUN_DEFAULTS)
    return entry[0] if len(entry) == 1 else entry


def _cut(entry: list[Any], defaults: tuple[Any, ...]) -> list[Any]:
    while len(entry) > 1 and entry[-1] == defaults[len(entry) - 1]:
        entry.pop()
    return entry


class _Reader:
    """Cuts a text as a shape says, from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0

    def block(self, entry: Any) -> Block:
        if isinstance(entry, int):
            block = Block(Kind.PARAGRAPH, (self._run(entry),))
        else:
            block = self._full_block(entry)
        self.at += 1  # The newline between two blocks.
        return block

    def _full_block(self, entry: list[Any]) -> Block:
        kind, runs = Kind(entry[0]), tuple([self._run(run) for run in entry[1]] if len(entry) > 1 else ())
        if len(entry) <= 5:
            return Block(kind, runs, *entry[2:])
        level, quote, depth, marker, lang, direction, aligns, rows = (
            *entry[2:],
            *_BLOCK_DEFAULTS[len(entry) :],
        )
        return Block(
            kind, runs, level, quote, depth, marker, lang, self._rows(rows), tuple(aligns), direction
        )

    def _rows(self, rows: list[list[list[Any]]]) -> tuple[tuple[tuple[Run, ...], ...], ...]:
        out = []
        for number, row in enumerate(rows):
            self.at += number > 0
            cells = []
            for column, cell in enumerate(row):
                self.at += column > 0
                cells.append(tuple([self._run(run) for run in cell]))
            out.append(tuple(cells))
        return tuple(out)

    def _run(self, entry: Any) -> Run:
        if isinstance(entry, int):
            return Run(self._take(entry))
        if isinstance(entry, str):
            return Run(entry)
        text = entry[0] if isinstance(entry[0], str) else self._take(entry[0])
        return Run(text, Mark(entry[1]), *entry[2:])

    def _take(self, length: int) -> str:
        start = self.at
        self.at = start + length
        return self._text[start : self.at]
