"""What changed in an issue since it was read, as a page: pure data, no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.model import Block, Kind, Run, shown_title
from reader.model.copies import Edit
from reader.services.comparing import Difference, differences
from reader.ui.story.sheet import NOWHERE, Passage, Role, Sheet, meta_line, passages_of, shown_date

_AROUND = 1
"""Unchanged blocks that are shown before and after a change."""
_QUOTED, _FEW = 40, 2
"""Characters and number of changes that are told in a label; of more, how many there are."""
_NONE = "The words are the same: only how they are set has changed."


def changes_sheet(edit: Edit) -> Sheet:
    """Lay out what changed: each change with what stands around it, and a label that says what it is."""
    found = differences(edit.before, edit.now)
    added = sum(_words(text) for one in found for text in one.added)
    removed = sum(_words(text) for one in found for text in one.removed)
    facts = (
        f"{_counted(added)} added",
        f"{_counted(removed)} removed",
        f"changed on {shown_date(edit.until)}",
    )
    head = (
        meta_line(Role.KICKER, (edit.label, "What changed since you read it")),
        Passage(Role.TITLE, Block(runs=(Run(shown_title(edit.title or edit.label)),))),
        meta_line(Role.META, facts),
    )
    body = tuple(_body(found)) or (Passage(Role.NOTICE, Block(runs=(Run(_NONE),))),)
    return Sheet((*head, *body), edit.location, root=edit.root)


def _body(found: Sequence[Difference]) -> Iterator[Passage]:
    near = {
        place
        for number, one in enumerate(found)
        if one.kind != "same"
        for place in range(number - _AROUND, number + _AROUND + 1)
    }
    near = {n for n in near if 0 <= n < len(found) and not _only_follows(found, n)}
    near |= {head for number in near if (head := _heading_above(found, number)) is not None}
    left_out = 0
    for number, one in enumerate(found):
        if number not in near:
            left_out += bool(one.block.text.strip())
            continue
        if left_out and near:
            yield _left_out(left_out)
        left_out = 0
        if one.kind != "same":
            yield Passage(Role.LABEL, Block(runs=(Run(_label(one)),)))
        yield from (passage._replace(start=NOWHERE) for passage in passages_of([one.block]))
    if left_out and near:
        yield _left_out(left_out)


def _only_follows(found: Sequence[Difference], number: int) -> bool:
    """Tell whether a block is the heading of what comes after a change, which is as it was."""
    is_heading = found[number].block.kind is Kind.HEADING and found[number].kind == "same"
    after = found[number + 1].kind if number + 1 < len(found) else "same"
    return is_heading and after == "same"


def _heading_above(found: Sequence[Difference], number: int) -> int | None:
    above = range(min(number, len(found) - 1), -1, -1)
    return next((place for place in above if found[place].block.kind is Kind.HEADING), None)


def _label(one: Difference) -> str:
    """Return what happened to a block, in words that can be heard."""
    if one.kind != "changed":
        return "Added" if one.kind == "added" else "Removed"
    if len(one.added) + len(one.removed) > 2 * _FEW:
        return f"Changed in {max(len(one.added), len(one.removed))} places"
    told = [("removed", one.removed), ("added", one.added)]
    return "Changed: " + ", ".join(f"{done} {_quoted(texts)}" for done, texts in told if texts)


def _quoted(texts: Sequence[str]) -> str:
    cut = (text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()}…" for text in texts)
    return ", ".join(f"“{' '.join(text.split())}”" for text in cut)


def _left_out(count: int) -> Passage:
    said = "1 paragraph is as it was" if count == 1 else f"{count:,} paragraphs are as they were"
    return Passage(Role.CAPTION, Block(runs=(Run(f"… {said} …"),)))


def _words(text: str) -> int:
    return len(text.split())


def _counted(number: int) -> str:
    return "1 word" if number == 1 else f"{number:,} words"
