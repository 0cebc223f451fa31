"""Sources: what only cites ("Read more: LSTMs Compose (arXiv).") becomes a block of its own kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reader.model import Block, Kind, Run
from reader.parsing.split.pieces import changed, cut_at
from reader.parsing.split.words import CITING, CITING_WORD

_PARAGRAPH = Kind.PARAGRAPH
_NAMED = r"[^\n]{0,160}?\([A-Za-z][^()\n]{1,60}\)"
_STARTS = re.compile(
    rf"(?:^|(?<=[.!?”’\"')\]…]))[ \xa0]*(?=(?:{CITING})[ \xa0]?:"
    rf"|(?:Get|Check out|Find out more|Read) {_NAMED}[.\s\xa0]*(?:$|\n|{CITING}))"
)
_CITES = re.compile(rf"\W*{CITING}\b")
_COLON = re.compile(rf"\W*{CITING}[ \xa0]*:")
_GLUED = re.compile(rf"\W*{CITING}[ \xa0]?:(?=[^\s\xa0/])")
_LONGEST = 600
"""Characters: what is longer says more than where to read on."""

_REACH = 4 * _LONGEST
"""Characters from the end of a text within which its sources begin."""


def mark_sources(blocks: Iterable[Block]) -> Iterator[Block]:
    """Cut the lines that cite off the text, and call each a source."""
    for block in blocks:
        if block.kind is _PARAGRAPH and not block.depth and not block.quote and _may_cite(block):
            for piece in _parted(block):
                yield _spaced(changed(piece, kind=Kind.SOURCE)) if is_source(piece) else piece
        else:
            yield block


def _may_cite(block: Block) -> bool:
    """Tell whether a closer look is worth its time: there are words that cite, and what they may lead to."""
    text = block.text
    if ")" not in text and not any(run.href for run in block.runs):
        return False
    return CITING_WORD.search(text, max(0, len(text) - _REACH)) is not None


def is_source(block: Block) -> bool:
    """Tell whether a block does nothing but cite."""
    text = block.text
    if len(text) > _LONGEST or not _CITES.match(text):
        return False
    linked = sum(len(run.text) for run in block.runs if run.href)
    if linked:
        return linked > len(text) * 0.4 or (_COLON.match(text) is not None and linked > len(text) * 0.2)
    return _STARTS.match(text) is not None and bool(re.search(r"\)[.\s\xa0]*$", text))


def _spaced(block: Block) -> Block:
    """Put the space after the colon that was lost with the markup: "Read more:LSTMs"."""
    if not (glued := _GLUED.match(block.text)):
        return block
    head, *tail = cut_at(block, [glued.end()])
    if not tail:
        return block
    (rest,) = tail
    last = head.runs[-1]
    spaced = replace(last, text=f"{last.text} ") if not last.href else Run(" ")
    runs = (*head.runs[:-1], spaced) if not last.href else (*head.runs, spaced)
    return changed(block, runs=runs + rest.runs)


def _parted(block: Block) -> list[Block]:
    """Cut a paragraph where the citing begins, if nothing else follows to its end."""
    text = block.text
    found = [match.end() for match in _STARTS.finditer(text, max(0, len(text) - _REACH))]
    places: list[int] = []
    for place in reversed(found):
        tail = cut_at(block, [place, *places[-1:]])[0 if place == 0 else 1 :]
        if not tail or not is_source(tail[0]):
            break
        places.append(place)
    return cut_at(block, places)
