"""The normal form: of all that blocks can say, what Markdown can say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from reader.exporters.gfm.nesting import depths, paths
from reader.exporters.gfm.runs import label_of, normal_runs, plain_text
from reader.model import Block, Blocks, Kind, Mark, Run

_RULE = re.compile(r"(?:\*[ ]?){3,}|(?:-[ ]?){3,}|(?:_[ ]?){3,}")
_NUMBER = re.compile(r"\d{1,9}(?=[.)])")


def normal_form(blocks: Sequence[Block]) -> Blocks:
    """Return the blocks that come back when these are written as Markdown and read again.

    * A run-in heading is bold, a source is a paragraph, a caption one in italics; a run's stated direction
      is left out. A paragraph of three stars or hyphens is a rule.
    * White space is one space, and none at the ends of a block or beside a line break. It bears a mark or a
      link only between two words that bear it too. A line break is no code, two part a paragraph, and in a
      heading or a term it is a space. Neighbours set alike are one run.
    * Nothing empty stays; its list marker goes to what follows in the item. Only a paragraph is a task.
    * A block without a marker stands in the last item that was opened; depths have no gaps.
    * A heading has a level of 1 to 6, a table two columns and as many cells in each row, code no empty lines
      at its ends. An address has no character that addresses may not have.
    * A term has a definition and a definition a term, outside of lists and quotes; else they are paragraphs.
    * Footnotes stand at the end, numbered as they are called for. A call with no footnote is superior text,
      a footnote with no call a paragraph that begins so.
    """
    spoken = [spoken for block in blocks for spoken in _spoken(block)]
    return tuple(_with_footnotes(_defined(_nested(_handed_on(spoken)))))


def _spoken(block: Block) -> Iterator[Block]:
    """Yield the block with what its kind can say; nothing where Markdown has nothing for it."""
    kind = Kind.PARAGRAPH if block.kind in (Kind.SOURCE, Kind.CAPTION) else block.kind
    plain = Block(kind, quote=max(block.quote, 0), depth=max(block.depth, 0), marker=_marker(block))
    if kind is Kind.RULE:
        yield plain
    elif kind is Kind.TABLE:
        yield from _table(block, plain)
    elif kind is Kind.CODE:
        yield from _code(block, plain)
    elif kind in (Kind.HEADING, Kind.TERM):
        level = min(max(block.level, 1), 6) if kind is Kind.HEADING else 0
        yield replace(plain, runs=_one_line(block.runs), level=level)
    else:
        slant = Mark.ITALIC if block.kind is Kind.CAPTION else Mark.NONE
        yield from _paragraphs(tuple(replace(run, marks=run.marks | slant) for run in block.runs), plain)


def _one_line(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return normal_runs(replace(run, text=plain_text(run.text).replace("\n", " ")) for run in runs)


def _paragraphs(runs: tuple[Run, ...], plain: Block) -> Iterator[Block]:
    """Yield the paragraphs that two line breaks in a row make of one."""
    paragraphs: list[list[Run]] = [[]]
    for run in normal_runs(runs):
        first, *more = re.split("\n\n+", run.text)
        paragraphs[-1].append(replace(run, text=first))
        paragraphs.extend([replace(run, text=text)] for text in more)
    for number, paragraph in enumerate(paragraphs):
        told = normal_runs(paragraph)
        block = replace(plain, runs=told, marker=plain.marker if number == 0 else "")
        if len(told) == 1 and plain.kind is Kind.PARAGRAPH and _RULE.fullmatch(told[0].text):
            block = replace(block, kind=Kind.RULE, runs=())
        yield block


def _marker(block: Block) -> str:
    if block.kind is Kind.FOOTNOTE:
        return label_of(block.marker)
    if not block.marker or block.depth < 1:
        return ""
    if number := _NUMBER.match(block.marker):
        return f"{int(number[0])}."
    return block.marker.lower() if block.marker.lower() in ("[ ]", "[x]") else "-"


def _table(block: Block, plain: Block) -> Iterator[Block]:
    rows = [tuple(_cell(cell) for cell in row) for row in block.rows]
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows), default=0)
    if width < 2:
        for number, row in enumerate(rows):
            first = replace(plain, kind=Kind.PARAGRAPH, marker=plain.marker if number == 0 else "")
            yield from _paragraphs(row[0], first)
    else:
        aligns = (*block.aligns, *[""] * width)[:width]
        yield replace(plain, rows=tuple((*row, *[()] * (width - len(row))) for row in rows), aligns=aligns)


def _cell(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    told = normal_runs(replace(run, text=re.sub(r"\n\s*\n", "\n", run.text)) for run in normal_runs(runs))
    return () if len(told) == 1 and _RULE.fullmatch(told[0].text) else told


def _code(block: Block, plain: Block) -> Iterator[Block]:
    text = plain_text(block.text).strip("\n")
    lang = re.sub(r"[^\w+#.-]", "", block.lang.split()[0].lower()) if block.lang.strip() else ""
    if text.strip():
        yield replace(plain, runs=(Run(text),), lang=lang)


def _handed_on(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks that are not empty; the marker of an empty one goes to the next in its item."""
    empty: Block | None = None
    for block in blocks:
        if not (block.runs or block.rows or block.kind is Kind.RULE):
            empty = block if block.marker else None
            continue
        told = replace(block, marker=empty.marker) if empty and _goes_on(empty, block) else block
        is_task = told.marker.startswith("[") and told.kind is not Kind.FOOTNOTE
        yield replace(told, marker="-") if is_task and told.kind is not Kind.PARAGRAPH else told
        empty = None


def _goes_on(item: Block, block: Block) -> bool:
    notes = (item.kind is Kind.FOOTNOTE, block.kind is Kind.FOOTNOTE)
    return not block.marker and block.depth == item.depth and notes[0] is notes[1]


def _nested(blocks: Iterator[Block]) -> list[Block]:
    """Return the blocks with the depths that they really have."""
    flat = [replace(b, quote=0, depth=0) if b.kind is Kind.FOOTNOTE else b for b in blocks]
    within = [replace(b, marker="") if b.kind is Kind.FOOTNOTE else b for b in flat]
    out = []
    for block, path in zip(flat, paths(within), strict=True):
        quote, depth = depths(path)
        out.append(replace(block, quote=quote, depth=depth))
    return out


def _defined(blocks: list[Block]) -> list[Block]:
    """Return the blocks; a term without a definition, or a definition without a term, is a paragraph."""
    kinds = [block.kind if not (block.quote or block.depth) else Kind.PARAGRAPH for block in blocks]
    listed = [False] * len(blocks)
    for at, (before, kind) in enumerate(pairwise([Kind.PARAGRAPH, *kinds])):
        listed[at] = kind is Kind.DEFINITION and (before is Kind.TERM or (at > 0 and listed[at - 1]))
    for at in range(len(blocks) - 2, -1, -1):
        listed[at] |= kinds[at] is Kind.TERM and listed[at + 1]
    return [
        replace(block, kind=Kind.PARAGRAPH)
        if block.kind in (Kind.TERM, Kind.DEFINITION) and not fits
        else block
        for block, fits in zip(blocks, listed, strict=True)
    ]


def _with_footnotes(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks, then the footnotes in the order in which they are called for."""
    notes = _footnotes(blocks)
    body = [block for block in blocks if block.kind is not Kind.FOOTNOTE]
    for label, parts in notes.items():
        if label not in _called(body, notes):
            body += _uncalled(label, parts)
    numbers = {label: str(number) for number, label in enumerate(_called(body, notes), 1)}
    for block in body:
        yield _answered(block, numbers)
    for label, number in numbers.items():
        first, *rest = notes[label]
        yield replace(_answered(first, numbers), marker=number)
        yield from (_answered(block, numbers) for block in rest)


def _uncalled(label: str, parts: Sequence[Block]) -> list[Block]:
    """Return a footnote as paragraphs."""
    first, *rest = [replace(part, kind=Kind.PARAGRAPH, marker="") for part in parts]
    return [replace(first, runs=normal_runs((Run(label, Mark.SUPER), Run(" "), *first.runs))), *rest]


def _footnotes(blocks: Iterable[Block]) -> dict[str, list[Block]]:
    """Return the blocks of each footnote by its label; what has no label belongs to the one before."""
    notes: dict[str, list[Block]] = {}
    label = ""
    for block in blocks:
        if block.kind is Kind.FOOTNOTE:
            repeated = block.marker in notes
            label = label if repeated else block.marker or label or "1"
            marker = "" if label in notes else label
            notes.setdefault(label, []).append(replace(block, marker=marker))
    return notes


def _called(body: Sequence[Block], notes: dict[str, list[Block]]) -> list[str]:
    called: dict[str, None] = {}
    asking = list(body)
    for block in asking:
        for run in block.all_runs:
            if run.note in notes and run.note not in called:
                called[run.note] = None
                asking.extend(notes[run.note])  # A footnote may call for another.
    return list(called)


def _answered(block: Block, numbers: Mapping[str, str]) -> Block:
    """Return the block with the number of each footnote; superior text where a call has none."""
    if not any(run.note for run in block.all_runs):
        return block

    def answered(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return normal_runs(
            replace(r, note=numbers.get(r.note, ""), text=numbers.get(r.note, r.text)) for r in runs
        )

    rows = tuple(tuple(answered(cell) for cell in row) for row in block.rows)
    return replace(block, runs=answered(block.runs), rows=rows)
