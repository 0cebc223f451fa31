"""What changed between two texts: block by block, and within a block word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from reader.model import Block, Blocks, Kind, Mark, Run

_TOKEN = re.compile(r"\s+|[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W_]+|.", re.DOTALL)
_QUOTES = str.maketrans("‘’‚‛“”„‟«»‐‑–—", '\'\'\'\'""""""----')
_ALIKE = 0.4
"""The part of two blocks that is the same where one is the other, edited."""
_NEAR = 3
"""Words between two changes that are taken along with them: shorter changes read worse."""
ADDED = Mark.UNDERLINE | Mark.HIGHLIGHT
REMOVED = Mark.STRIKE
PLUS, MINUS, BETWEEN = "+", "\u2212", "\u2009"
"""Stand before what was added and removed, for those who see no colours, or hear the text."""


class Difference(NamedTuple):
    """A block of one text or of both."""

    kind: Literal["same", "added", "removed", "changed"]
    block: Block
    """Of a changed one, with what was removed and what was added marked in its runs."""
    added: tuple[str, ...] = ()
    """What was added to it."""
    removed: tuple[str, ...] = ()


def differences(before: Blocks, now: Blocks) -> list[Difference]:
    """Return the blocks of both texts in their order, with what is said of each.

    White space, the typography of quotes and dashes, and addresses are no difference.
    """
    ours, theirs = [_plain(block.text) for block in before], [_plain(block.text) for block in now]
    found: list[Difference] = []
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Difference("same", block) for block in now[c:d]]
        else:
            found += _replaced(before[a:b], now[c:d])
    return found


def _replaced(before: Sequence[Block], now: Sequence[Block]) -> Iterator[Difference]:
    """Yield what became of blocks that others stand in the place of; those that are alike are one, edited."""
    next_old = 0
    for block in now:
        old = next((n for n in range(next_old, len(before)) if _are_alike(before[n], block)), None)
        if old is None:
            if block.text.strip():
                yield _whole("added", block)
            continue
        yield from (_whole("removed", gone) for gone in before[next_old:old] if gone.text.strip())
        yield _changed(before[old], block)
        next_old = old + 1
    yield from (_whole("removed", gone) for gone in before[next_old:] if gone.text.strip())


def _are_alike(one: Block, other: Block) -> bool:
    if one.kind is not other.kind or one.rows or other.rows or one.kind is Kind.CODE:
        return False
    matcher = SequenceMatcher(None, _tokens(one.text), _tokens(other.text), autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _whole(kind: Literal["added", "removed"], block: Block) -> Difference:
    mark = ADDED & ~Mark.UNDERLINE if kind == "added" else REMOVED
    marked = replace(block, runs=tuple(replace(run, marks=run.marks | mark) for run in block.runs))
    said = (block.text.strip(),)
    return Difference(kind, marked, *((said, ()) if kind == "added" else ((), said)))


def _changed(before: Block, now: Block) -> Difference:
    old, new = _TOKEN.findall(before.text), _TOKEN.findall(now.text)
    runs: list[Run] = []
    added: list[str] = []
    removed: list[str] = []
    at = 0
    for same, (a, b), (c, d) in _steps(old, new):
        gone, here = "".join(old[a:b]), "".join(new[c:d])
        kept = _slice(now.runs, at, at + len(here))
        at += len(here)
        if same:
            runs += kept
            continue
        if gone.strip():
            removed.append(gone.strip())
            runs += _signed(MINUS, [Run(gone, REMOVED)])
        if gone.strip() and here.strip() and not gone[-1].isspace():
            runs.append(Run(BETWEEN))
        if here.strip():
            added.append(here.strip())
            runs += _signed(PLUS, [replace(run, marks=run.marks | ADDED) for run in kept])
        else:
            runs += kept
    changed = replace(now, runs=tuple(runs))
    return Difference("changed" if added or removed else "same", changed, tuple(added), tuple(removed))


def _signed(sign: str, runs: list[Run]) -> list[Run]:
    """Return runs with a sign before them, after the white space that they begin with."""
    first = runs[0]
    text = first.text.lstrip()
    space = first.text[: len(first.text) - len(text)]
    return [Run(space), Run(sign, Mark.BOLD), replace(first, text=text), *runs[1:]]


_Span = tuple[int, int]


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[bool, _Span, _Span]]:
    """Return the steps from one text to the other: whether they are the same, and the tokens of each."""
    matcher = SequenceMatcher(None, [_even(t) for t in old], [_even(t) for t in new], autojunk=False)
    steps: list[tuple[bool, _Span, _Span]] = []
    codes = matcher.get_opcodes()
    for number, (kind, a, b, c, d) in enumerate(codes):
        between = 0 < number < len(codes) - 1 and b - a <= _NEAR
        same = kind == "equal" and not (between and not any(_is_word(token) for token in old[a:b]))
        if steps and not same and not steps[-1][0]:
            _, (first, _), (start, _) = steps.pop()
            steps.append((False, (first, b), (start, d)))
        else:
            steps.append((same, (a, b), (c, d)))
    return steps


def _is_word(token: str) -> bool:
    return token.isalnum()


def _slice(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """Return the runs between two positions of their text."""
    found, at = [], 0
    for run in runs:
        a, b = max(start - at, 0), min(end - at, len(run.text))
        if a < b:
            found.append(replace(run, text=run.text[a:b]))
        at += len(run.text)
    return found


def _tokens(text: str) -> list[str]:
    return [_even(token) for token in _TOKEN.findall(text) if not token.isspace()]


def _even(token: str) -> str:
    return " " if token.isspace() else token.translate(_QUOTES)


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split())
