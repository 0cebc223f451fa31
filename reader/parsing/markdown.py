"""Markdown to blocks, as GitHub reads it."""

from __future__ import annotations

import re

from markdown import Markdown

from reader.model import Block, Blocks, Run
from reader.parsing.gfm import Gfm
from reader.parsing.html import fragment_blocks
from reader.parsing.inside import restored, shortened

_LINE_END = re.compile(r"\r\n?|\u2028|\x85")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff]")


def markdown_blocks(text: str) -> Blocks:
    """Read Markdown without front matter; text that no Markdown reader bears comes back as paragraphs."""
    text = _CONTROL.sub("", _LINE_END.sub("\n", text))
    short, held = shortened(text)
    try:
        html = Markdown(extensions=[Gfm()]).convert(short)
    except RecursionError:
        return plain_blocks(text)
    blocks = fragment_blocks(html)
    return restored(blocks, held) if held else blocks


def plain_blocks(text: str) -> Blocks:
    """Read text that has no markup: an empty line parts two paragraphs."""
    parts = (part.strip() for part in re.split(r"\n[ \t]*\n", _LINE_END.sub("\n", text)))
    return tuple(Block(runs=(Run(part),)) for part in parts if part)
