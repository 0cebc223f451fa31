"""Blocks as GitHub reads Markdown: the normal form, the inline text, the blocks."""

from reader.exporters.gfm.blocks import blocks_markdown
from reader.exporters.gfm.inline import inline_markdown, plain_markdown
from reader.exporters.gfm.normal import normal_form

__all__ = ["blocks_markdown", "inline_markdown", "normal_form", "plain_markdown"]
