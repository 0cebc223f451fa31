"""What was torn: links, signs and labels in paragraphs of their own go back to their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.model import OBJECT, Block, Kind, Mark
from reader.parsing.split.pieces import BLANKS, joined
from reader.parsing.split.style import is_all
from reader.parsing.split.words import CITING

_PARAGRAPH = Kind.PARAGRAPH
_CONTINUES = re.compile(r"[.,;:)!?\]”’»](?!\w)|[.,;:)](?=\s|$)")
_OPENS = re.compile(r"[(\[“«]$")
_MOST_RUNS = 400
"""Runs of a paragraph up to which anything is added to it: each that is added costs all before it."""
_AROUND_DOTS = f"*_{BLANKS}"
_AROUND_LABEL = f"{BLANKS}*"
_LABEL = re.compile(rf"{CITING}[ \xa0]*:?$")


def rejoin_torn(blocks: Iterable[Block]) -> Iterable[Block]:
    """Join a paragraph to the one before it where only a broken export can have parted them."""
    out: list[Block] = []
    for block in blocks:
        between = _between(out[-1], block) if out and _alike(out[-1], block) else None
        if between is None:
            out.append(block)
        else:
            out[-1] = joined(out[-1], block, between)
    return out


def _between(first: Block, second: Block) -> str | None:
    """Return what goes between two paragraphs that belong together; None when they are two."""
    head, tail = first.text, second.text
    if _CONTINUES.match(tail) and not tail.startswith(("...", "…")):
        return ""
    if _OPENS.search(head[-1:]):
        return ""
    if head.strip(_AROUND_DOTS) in ("…", "..."):
        return " "
    is_label = len(head) < 120 and _LABEL.match(head.strip(_AROUND_LABEL)) is not None
    return " " if is_label and _labels(first) and _is_links(second) else None


def _alike(first: Block, second: Block) -> bool:
    return (
        first.kind is second.kind is _PARAGRAPH
        and not second.marker
        and (first.depth, first.quote) == (second.depth, second.quote)
        and bool(first.runs)
        and bool(second.runs)
        and len(first.runs) <= _MOST_RUNS
        and OBJECT not in first.text
    )


def _labels(block: Block) -> bool:
    return is_all(block, "bold") or block.text.rstrip(BLANKS).endswith(":")


def _is_links(block: Block) -> bool:
    """Tell whether all words of a block are linked."""
    return all(run.href or not any(c.isalnum() for c in run.text) for run in block.runs) and any(
        run.href and not run.marks & Mark.CODE for run in block.runs
    )
