"""The normal form: of all that blocks can say, what Markdown can say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reader.exporters.gfm.nesting import depths, paths
from reader.model import OBJECT, Block, Blocks, Kind, Mark, Run

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u0080-\u0084\u0086-\u009f\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_TOKEN = re.compile(r"\n|[ \t]+|[^ \t\n]+")
_LABEL = re.compile(r"[^\w-]+")
_NUMBER = re.compile(r"\d{1,9}(?=[.)])")


def normal_form(blocks: Sequence[Block]) -> Blocks:
    """Return the blocks that come back when these are written as Markdown and read again.

    * A run-in heading is bold, a source or a caption is a paragraph; a run's stated direction is left out.
    * White space is one space, and none at the ends of a block or beside a line break. It bears a mark or a
      link only between two words that bear it too. A line break is no code. Neighbours set alike are one run.
    * Nothing empty stays; its list marker goes to what follows in the item.
    * A block without a marker stands in the last item that was opened; depths have no gaps.
    * A heading has a level of 1 to 6, a table as many cells in each row, code no empty lines at its ends.
    * A term has a definition and a definition a term, outside of lists and quotes; else they are paragraphs.
    * Footnotes stand at the end, each called for by a run. A call with no footnote is superior text, a
      footnote with no call a paragraph that begins so.
    """
    spoken = [spoken for block in blocks if (spoken := _spoken(block)) is not None]
    return tuple(_with_footnotes(_defined(_nested(_handed_on(spoken)))))


def _spoken(block: Block) -> Block | None:
    """Return the block with what its kind can say; None where Markdown has nothing for it."""
    kind = Kind.PARAGRAPH if block.kind in (Kind.SOURCE, Kind.CAPTION) else block.kind
    plain = Block(kind, quote=max(block.quote, 0), depth=max(block.depth, 0), marker=_marker(block))
    if kind is Kind.RULE:
        return plain
    if kind is Kind.TABLE:
        return _table(block, plain)
    if kind is Kind.CODE:
        return _code(block, plain)
    runs = normal_runs(block.runs)
    level = min(max(block.level, 1), 6) if kind is Kind.HEADING else 0
    return replace(plain, runs=runs, level=level) if runs or plain.marker else None


def _marker(block: Block) -> str:
    if block.kind is Kind.FOOTNOTE:
        return _label(block.marker)
    if not block.marker or block.depth < 1:
        return ""
    if number := _NUMBER.match(block.marker):
        return f"{int(number[0])}."
    return block.marker.lower() if block.marker.lower() in ("[ ]", "[x]") else "-"


def _label(text: str) -> str:
    return _LABEL.sub("-", text).strip("-")


def _table(block: Block, plain: Block) -> Block | None:
    rows = [[normal_runs(cell) for cell in row] for row in block.rows]
    width = max(map(len, rows), default=0)
    if not any(cell for row in rows for cell in row):
        return None
    aligns = (*block.aligns, *[""] * width)[:width]
    full = tuple((*row, *[()] * (width - len(row))) for row in rows)
    return replace(plain, rows=full, aligns=aligns)


def _code(block: Block, plain: Block) -> Block | None:
    lines = [line.rstrip() for line in _LINE_END.sub("\n", _CONTROLS.sub("", block.text)).split("\n")]
    text = "\n".join(lines).strip("\n")
    lang = re.sub(r"[^\w+#.-]", "", block.lang.split()[0].lower()) if block.lang.strip() else ""
    return replace(plain, runs=(Run(text),), lang=lang) if text else None


def normal_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs whose white space and marks Markdown can say."""
    tokens = _shared([token for run in runs for token in _tokens(run)])
    out: list[Run] = []
    for token in tokens:
        single = token.image or token.note
        if out and not single and replace(out[-1], text="") == replace(token, text=""):
            out[-1] = replace(token, text=out[-1].text + token.text)
        else:
            out.append(token)
    return tuple(out)


def _tokens(run: Run) -> Iterator[Run]:
    """Yield words, spaces and line breaks, each a run of its own."""
    marks = run.marks & ~Mark.LEAD | (Mark.BOLD if run.marks & Mark.LEAD else Mark.NONE)
    if run.image:
        alt = " ".join(_CONTROLS.sub("", run.alt).replace(OBJECT, "").split())
        yield Run(OBJECT, marks & ~Mark.CODE, run.href, run.image, alt)
    elif run.note:
        if label := _label(run.note):
            yield Run(label, note=label)
    else:
        text = _LINE_END.sub("\n", _CONTROLS.sub("", run.text)).replace(OBJECT, "")
        for piece in _TOKEN.findall(text):
            yield Run(" " if piece[0] in " \t" else piece, marks, run.href)


def _shared(tokens: Sequence[Run]) -> list[Run]:
    """Return the tokens without needless white space; what is left of it bears what both its sides bear."""
    out: list[Run] = []
    last: Run | None = None
    waiting: list[Run] = []
    for token in tokens:
        if token.text in (" ", "\n"):
            waiting.append(token)
            continue
        if last is not None:
            out.extend(_between(last, waiting, token))
        out.append(token)
        last, waiting = token, []
    return out


def _between(left: Run, spaces: list[Run], right: Run) -> Iterator[Run]:
    breaks = [space for space in spaces if space.text == "\n"]
    for space in breaks or spaces[:1]:
        marks = space.marks & left.marks & right.marks & (~Mark.CODE if breaks else ~Mark.NONE)
        yield Run(space.text, marks, space.href if left.href == space.href == right.href else "")


def _handed_on(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks that are not empty; the marker of an empty one goes to the next in its item."""
    marker, depth = "", 0
    for block in blocks:
        empty = not (block.runs or block.rows or block.kind is Kind.RULE)
        if empty:
            marker, depth = block.marker, block.depth
            continue
        takes = marker and not block.marker and block.depth == depth
        yield replace(block, marker=marker) if takes else block
        marker = ""


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
    called = _called(body, notes)
    for block in body:
        yield _answered(block, called)
    for label in called:
        for block in notes[label]:
            yield _answered(block, called)
    for label, parts in notes.items():
        if label not in called:
            first, *rest = [replace(_answered(b, called), kind=Kind.PARAGRAPH, marker="") for b in parts]
            runs = normal_runs((Run(label, Mark.SUPER), Run(" "), *first.runs))
            yield from (replace(first, runs=runs), *rest)


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
                asking.extend(notes[run.note])
    return list(called)


def _answered(block: Block, called: Sequence[str]) -> Block:
    """Return the block with superior text for each call that no footnote answers."""
    if all(not run.note or run.note in called for run in block.all_runs):
        return block

    def answered(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return normal_runs(r if not r.note or r.note in called else Run(r.text, Mark.SUPER) for r in runs)

    rows = tuple(tuple(answered(cell) for cell in row) for row in block.rows)
    return replace(block, runs=answered(block.runs), rows=rows)
