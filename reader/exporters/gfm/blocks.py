"""Blocks as Markdown, one after the other, each within its quotes and its lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from reader.exporters.gfm.inline import inline_markdown
from reader.exporters.gfm.nesting import Around, Path, paths
from reader.exporters.gfm.normal import normal_form
from reader.model import Block, Kind

_FENCE = re.compile(r"^\s*(`{3,})", re.MULTILINE)
_ALIGNS = {"left": ":--", "center": ":-:", "right": "--:", "": "---"}
_PARTED = "<!-- -->"
"""Stands between two lists that would be read as one. Nobody sees it."""


def blocks_markdown(blocks: Sequence[Block]) -> str:
    """Return the blocks as Markdown in the manner of GitHub; read again, they are normal_form(blocks).

    The text ends with a newline, unless it is empty.
    """
    normal = normal_form(blocks)
    around = paths([block if block.kind is not Kind.FOOTNOTE else Block(block.kind) for block in normal])
    lines: list[str] = []
    numbers = _Numbers()
    for (before, block), (outer, path) in zip(
        pairwise((None, *normal)), pairwise(((), *around)), strict=True
    ):
        assert block is not None
        shared = _shared(outer, path)
        if numbers.start_again(block, path) and before is not None:
            lines += [_blank(shared), _margin(shared) + _PARTED, _blank(shared)]
        elif before is not None and not _follows_closely(before, block, outer, path):
            lines.append(_blank(shared))
        lines += _within(path, len(shared), _lines(block))
    return "\n".join([*lines, ""]) if lines else ""


class _Numbers:
    """The last number of each ordered list that is open."""

    def __init__(self) -> None:
        self._last: dict[tuple[Around, ...], int] = {}

    def start_again(self, block: Block, path: Path) -> bool:
        """Tell whether the block begins a numbered list right behind another, and note its number."""
        if not block.marker or block.kind is Kind.FOOTNOTE or not path:
            return False
        parent = path[:-1]
        self._last = {key: last for key, last in self._last.items() if key == path[: len(key)]}
        if not block.marker[0].isdigit():
            self._last.pop(parent, None)
            return False
        number = int(block.marker[:-1])
        expected = self._last.get(parent)
        self._last[parent] = number
        return expected is not None and number != expected + 1


def _shared(one: Path, other: Path) -> Path:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a is not b:
            break
        length += 1
    return one[:length]


def _follows_closely(before: Block, block: Block, outer: Path, path: Path) -> bool:
    """Tell whether no empty line stands between the two: items of one list, a term and its definition."""
    if block.kind is Kind.DEFINITION or block.kind is before.kind is Kind.TERM:
        return True
    if not (before.marker and block.marker and before.kind is block.kind is Kind.PARAGRAPH):
        return False
    if _quotes(outer) != _quotes(path):
        return False
    if block.depth > before.depth:
        # A list that begins with another number may not interrupt a paragraph.
        return not block.marker[0].isdigit() or block.marker == "1."
    return len(outer) != len(path) or outer[-1].marker[0].isdigit() == block.marker[0].isdigit()


def _quotes(path: Path) -> Path:
    return tuple(around for around in path if not around.marker)


def _within(path: Path, shared: int, lines: list[str]) -> list[str]:
    """Return the lines with what their quotes and items put before them; those not shared yet are opened."""
    margin = _margin(path)
    opened = _margin(path[:shared]) + "".join(_opened(around) for around in path[shared:])
    return [opened + lines[0], *(margin + line if line else margin.rstrip() for line in lines[1:])]


def _opened(around: Around) -> str:
    if not around.marker:
        return "> "
    return f"- {around.marker} " if around.marker[0] == "[" else f"{around.marker} "


def _margin(path: Path) -> str:
    return "".join("> " if not around.marker else " " * _width(around) for around in path)


def _width(around: Around) -> int:
    return 2 if around.marker[0] == "[" else len(around.marker) + 1


def _blank(path: Path) -> str:
    return _margin(path).rstrip()


def _lines(block: Block) -> list[str]:
    write = _WRITERS.get(block.kind, _paragraph)
    return write(block)


def _paragraph(block: Block) -> list[str]:
    return inline_markdown(block.runs, "item" if block.marker else "paragraph").split("\n")


def _heading(block: Block) -> list[str]:
    text = re.sub(r"(?<!\S)(#+)$", r"\\\1", inline_markdown(block.runs, "line"))
    return [f"{'#' * block.level} {text}"]


def _term(block: Block) -> list[str]:
    return [inline_markdown(block.runs)]


def _definition(block: Block) -> list[str]:
    return _hung(":   ", block)


def _footnote(block: Block) -> list[str]:
    return _hung(f"[^{block.marker}]: " if block.marker else "    ", block)


def _rule(_block: Block) -> list[str]:
    # Three hyphens at the start of a file would open its front matter.
    return ["***"]


def _hung(sign: str, block: Block) -> list[str]:
    first, *rest = inline_markdown(block.runs).split("\n")
    return [sign + first, *(f"    {line}" for line in rest)]


def _code(block: Block) -> list[str]:
    fence = "`" * max(3, *(len(ticks) + 1 for ticks in _FENCE.findall(block.text)), 3)
    return [fence + block.lang, *block.text.split("\n"), fence]


def _table(block: Block) -> list[str]:
    head, *rows = ([inline_markdown(cell, "cell") for cell in row] for row in block.rows)
    rule = [_ALIGNS.get(align, "---") for align in block.aligns]
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]


_WRITERS: dict[Kind, Callable[[Block], list[str]]] = {
    Kind.HEADING: _heading,
    Kind.CODE: _code,
    Kind.TABLE: _table,
    Kind.RULE: _rule,
    Kind.TERM: _term,
    Kind.DEFINITION: _definition,
    Kind.FOOTNOTE: _footnote,
}
