"""Pictures that an issue has inside its text, as data: each is kept apart, under an address of its own."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from reader.model import Block, Blocks, Run
from reader.model.picture import kept_address
from reader.parsing.picture import is_dot, picture_head

Inside = tuple[tuple[str, bytes], ...]
"""Pictures by their addresses."""

_MOST, _MOST_TOGETHER = 2_000_000, 20_000_000
"""Bytes of one, and of all that an issue has."""
_DATA = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp)(?:;[\w=-]+)*;base64,", re.IGNORECASE)
_LONG = re.compile(r"(data:image/[\w.+-]{1,20}(?:;[\w=-]{1,40})*;base64,)[A-Za-z0-9+/=]{200,}")
_STAND_IN = re.compile(r"data:image/[\w.+-]{1,20}(?:;[\w=-]{1,40})*;base64,standin\d{8}")
_NO_DIGIT = re.compile(r"\s+|%0[AD]|%20", re.IGNORECASE)


def inside_picture(address: str | None) -> str:
    """Return the address of a picture that is written as data, for `kept_apart` to look at; "" for others."""
    if not address or len(address) > 2 * _MOST or not _DATA.match(address):
        return ""
    return address.strip()


def shortened(text: str) -> tuple[str, Mapping[str, str]]:
    """Return Markdown with short stand-ins for long data, and what they are: no words are as long."""
    held: dict[str, str] = {}

    def stand_in(match: re.Match[str]) -> str:
        name = f"{match[1]}standin{len(held):08}"
        if name in text:
            return match[0]
        held[name] = match[0]
        return name

    return (_LONG.sub(stand_in, text), held) if ";base64," in text else (text, held)


def restored(blocks: Blocks, held: Mapping[str, str]) -> Blocks:
    """Return blocks with what the stand-ins are: in the places of pictures, and where code shows it."""

    def whole(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(
            replace(run, image=held.get(run.image, run.image), text=_with(run.text, held)) for run in runs
        )

    return tuple(
        replace(block, runs=whole(block.runs), rows=tuple(tuple(map(whole, row)) for row in block.rows))
        for block in blocks
    )


def _with(text: str, held: Mapping[str, str]) -> str:
    return _STAND_IN.sub(lambda match: held.get(match[0], match[0]), text) if "standin" in text else text


def kept_apart(blocks: Blocks) -> tuple[Blocks, Inside]:
    """Return the blocks with addresses in the place of data, and the pictures.

    What is no picture, too large, or a dot, is left out.
    """
    if not any(_is_data(run) for block in blocks for run in block.all_runs):
        return blocks, ()
    found: dict[str, bytes] = {}

    def apart(runs: tuple[Run, ...]) -> Iterator[Run]:
        for run in runs:
            if not _is_data(run):
                yield run
            elif data := _picture(run.image, _MOST_TOGETHER - sum(map(len, found.values()))):
                address = kept_address(data)
                found[address] = data
                yield replace(run, image=address)

    def changed(block: Block) -> Block | None:
        if not any(map(_is_data, block.all_runs)):
            return block
        rows = tuple(tuple(tuple(apart(cell)) for cell in row) for row in block.rows)
        made = replace(block, runs=tuple(apart(block.runs)), rows=rows)
        return made if made.runs or made.rows else None

    kept = tuple(made for block in blocks if (made := changed(block)) is not None)
    return kept, tuple(found.items())


def _is_data(run: Run) -> bool:
    return run.image[:5].lower() == "data:"


def _picture(address: str, most: int) -> bytes:
    """Return the bytes of a picture that is written as data; none where it is not one to keep."""
    digits = _NO_DIGIT.sub("", address.partition(",")[2])
    try:
        data = base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""
    head = picture_head(data) if len(data) <= min(_MOST, most) else None
    if head is None or head.kind == "svg" or is_dot(head.width, head.height):
        return b""
    return data
