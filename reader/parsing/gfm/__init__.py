"""An extension that makes Python-Markdown read what GitHub reads."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import ElementTree

from markdown import Extension, Markdown
from markdown.blockparser import BlockParser

from reader.parsing.gfm.blocks import BlockReader
from reader.parsing.gfm.inline import register_inlines

__all__ = ["Gfm"]

_PUNCTUATION = list("\\`*_{}[]()>#+-.!\"$%&',/:;<=?@^|~")


class Gfm(Extension):
    """Replaces the library's reading of blocks and adds to its reading of inlines."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.deregister("html_block")
        md.preprocessors.deregister("normalize_whitespace")  # It would turn the tabs of code into spaces.
        md.treeprocessors.deregister("prettify")
        md.ESCAPED_CHARS = _PUNCTUATION
        parser = _Parser(md)
        md.parser = parser
        register_inlines(md, parser.notes)


class _Parser(BlockParser):
    """The library's seat for a reader of blocks."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.notes: dict[str, str] = {}

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
        reader = BlockReader(self.md, self.notes)
        for line in lines:
            reader.read(line)
        return ElementTree(reader.finish())
