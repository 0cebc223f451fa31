"""Run-in headings: the words that open a paragraph and name what it is about get their mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from reader.model import Block, Kind, Mark
from reader.parsing.split.pieces import BLANKS, cut_at, joined, marked
from reader.parsing.split.style import has_bold, is_all, lead_end
from reader.parsing.split.words import LEADS

_PARAGRAPH = Kind.PARAGRAPH
_LONGEST = 160
"""Characters of a run-in heading."""
_ENDS = re.compile(r"[:.?!。：？！–—-][\s\xa0”’\"')]*$")
_KNOWN = "|".join(map(re.escape, LEADS))
_STRIPPED = re.compile(
    rf"(?:(?:{_KNOWN})(?: ?[-–—] ?[^.!?:\n]{{3,120}}| ?[^.!?:\n]{{0,60}})?[:?]|[A-Z“‘][^.!?…:\n]{{2,80}}:)"
    r"(?=[ \xa0]+[A-Z“‘\"(0-9])"
)
_AFTER_GLUE = re.compile(rf"(?:(?:{_KNOWN})[^.!?:\n]{{0,120}}|[A-Z“‘][^.!?…:\n]{{2,80}})[:?](?=[ \xa0])")
_GLUED = re.compile(
    r"[.!?]"  # What begins with a sign, and does not only stand behind one, is found soon.
    rf"(?:(?<=[a-z0-9)’”\"].)[ \xa0]?(?={_KNOWN}\b)"
    r"|(?<=[a-z)’”].)(?=[A-Z“][a-z’]+ [^.!?…:\n]{2,70}[:?]))"
)


def mark_leads(blocks: Sequence[Block]) -> Iterable[Block]:
    """Mark run-in headings: bold ones, and in an issue whose type was lost those that read like one."""
    for block in _unglued(blocks) if _was_stripped(blocks) else blocks:
        if block.kind is _PARAGRAPH and len(block.runs) > 1 and (end := _lead(block)):
            yield marked(block, 0, end, Mark.LEAD)
        else:
            yield block


def join_leads(blocks: Sequence[Block], is_kept: Callable[[int], bool]) -> Iterator[Block]:
    """Put run-in headings that stand in a paragraph of their own at the head of what they name.

    A break and a space are one character each, so no position changes. The blocks of which `is_kept`
    says so, given their place, stay as they are: titles, deks.
    """
    waiting: Block | None = None
    for at, block in enumerate(blocks):
        if waiting is not None:
            if _follows(waiting, block) and not is_kept(at):
                yield joined(marked(waiting, 0, len(waiting.text), Mark.LEAD), block, " ")
                waiting = None
                continue
            yield waiting
            waiting = None
        if _stands_alone(block) and not is_kept(at):
            waiting = block
        else:
            yield block
    if waiting is not None:
        yield waiting


def _lead(block: Block) -> int:
    """Return where a bold run-in heading ends; 0 where there is none."""
    end = lead_end(block)
    if not end or end > _LONGEST:
        return 0
    text = block.text
    head, rest = text[:end].rstrip(BLANKS), text[end:].lstrip(BLANKS)
    if rest[:1] in (":", "："):
        return end + text[end:].index(rest[0]) + 1
    return len(head) if _ENDS.search(head) else 0


def _was_stripped(blocks: Sequence[Block]) -> bool:
    """Tell whether nothing is bold but titles that were only just restored, and some were."""
    restored = False
    for block in blocks:
        if has_bold(block):
            if not is_all(block, "bold"):
                return False
            restored = True
    return restored


def _unglued(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind is not _PARAGRAPH or block.depth or block.quote or is_all(block, "bold"):
            yield block
            continue
        first, *glued = cut_at(block, [match.end() for match in _GLUED.finditer(block.text)]) or [block]
        yield _marked(first, _STRIPPED)
        for piece in glued:
            yield _marked(piece, _AFTER_GLUE)


def _marked(block: Block, pattern: re.Pattern[str]) -> Block:
    match = pattern.match(block.text)
    return marked(block, 0, match.end(), Mark.LEAD | Mark.BOLD) if match else block


def _stands_alone(block: Block) -> bool:
    return (
        block.kind is _PARAGRAPH
        and not block.marker
        and len(block.text) <= _LONGEST
        and block.text.rstrip(BLANKS).endswith((":", "?"))
        and is_all(block, "bold")
        and not any(run.href for run in block.runs)
    )


def _follows(lead: Block, block: Block) -> bool:
    return (
        block.kind is _PARAGRAPH
        and bool(block.runs)
        and not block.marker
        and (block.depth, block.quote) == (lead.depth, lead.quote)
        and not is_all(block, "bold")
        and not block.runs[0].marks & Mark.LEAD
        and not any(run.image for run in block.runs)
    )
