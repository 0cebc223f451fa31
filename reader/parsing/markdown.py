"""Markdown to blocks, as GitHub reads it."""

from __future__ import annotations

from markdown import Markdown

from reader.model import Block, Blocks, Run
from reader.parsing.html import fragment_blocks


def markdown_blocks(text: str) -> Blocks:
    """Read Markdown without front matter; text that no Markdown reader bears comes back as paragraphs."""
    try:
        html = Markdown(extensions=["tables", "fenced_code", "footnotes", "def_list", "sane_lists"]).convert(text)
    except RecursionError:
        return plain_blocks(text)
    return fragment_blocks(html)


def plain_blocks(text: str) -> Blocks:
    """Read text that has no markup: an empty line parts two paragraphs."""
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return tuple(Block(runs=(Run(part),)) for part in parts if part)
