"""Footnotes stand at the end of an issue; a story that leaves it takes its own along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from reader.model import Block, Blocks, IssuePage, Kind, StoryPage


class Issues(Protocol):
    """Where whole issues are."""

    def whole(self, issue_key: str) -> IssuePage | None:
        """Return the whole issue."""


def with_footnotes(page: StoryPage, library: Issues) -> StoryPage:
    """Return the page with the footnotes that its body calls for, and without those that it does not."""
    has_notes = any(block.kind is Kind.FOOTNOTE for block in page.body)
    if not has_notes and not _calls(page.body):
        return page
    whole = library.whole(page.issue.key)
    notes = _notes(whole.blocks if whole else page.body)
    text = [block for block in page.body if block.kind is not Kind.FOOTNOTE]
    wanted = list(_calls(text))
    for label in wanted:
        wanted.extend(called for called in _calls(notes.get(label, ())) if called not in wanted)
    return replace(page, body=(*text, *(block for label in wanted for block in notes.get(label, ()))))


def _calls(blocks: Sequence[Block]) -> list[str]:
    return list(dict.fromkeys(run.note for block in blocks for run in block.all_runs if run.note))


def _notes(blocks: Blocks) -> dict[str, list[Block]]:
    notes: dict[str, list[Block]] = {}
    for label, block in _labelled(blocks):
        notes.setdefault(label, []).append(block)
    return notes


def _labelled(blocks: Blocks) -> Iterator[tuple[str, Block]]:
    label = ""
    for block in blocks:
        if block.kind is Kind.FOOTNOTE:
            label = block.marker or label
            yield label, block
