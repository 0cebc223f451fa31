"""What a story takes along when it leaves its issue: its footnotes, and the way to its pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import urljoin

from reader.model import Block, Blocks, IssuePage, Kind, Run, StoryPage
from reader.model.picture import KEPT
from reader.services.pictures import local_file

if TYPE_CHECKING:
    from reader.store.database import Job

T = TypeVar("T")

_COMPLETE = re.compile(r"[a-z][a-z0-9+.-]+:|//|#", re.IGNORECASE)


class Issues(Protocol):
    """Where whole issues are, and what the pictures that came inside them are kept with."""

    @property
    def directory(self) -> Path:
        """Where the library is kept."""

    def ask(self, question: Job[T]) -> T:
        """Put a question of the store's to the library."""

    def whole(self, issue_key: str) -> IssuePage | None:
        """Return the whole issue."""


def taken_along(page: StoryPage, library: Issues) -> StoryPage:
    """Return the page as it can stand alone."""
    return with_footnotes(with_pictures(_with_kept(page, library)), library)


def _with_kept(page: StoryPage, library: Issues) -> StoryPage:
    """Return the page with the files of the pictures that came inside its issue: they are nowhere else."""
    kept = {run.image for block in page.body for run in block.all_runs if run.image.startswith(KEPT)}
    if not kept:
        return page
    from reader.services.picture_cache import file_of  # few issues have any

    files = {address: file.as_uri() for address in kept if (file := file_of(library, address))}
    return _with_images(page, lambda address: files.get(address, address))


def with_footnotes(page: StoryPage, library: Issues) -> StoryPage:
    """Return the page with the footnotes that its body calls for, and without those that it does not.

    They stand at the end of the issue, which may be in another story or in none.
    """
    has_notes = any(block.kind is Kind.FOOTNOTE for block in page.body)
    if not has_notes and not _calls(page.body):
        return page
    whole = library.whole(page.issue.key)
    notes = _notes(whole.blocks if whole else page.body)
    text = [block for block in page.body if block.kind is not Kind.FOOTNOTE]
    wanted = _calls(text)
    for label in wanted:
        wanted += [called for called in _calls(notes.get(label, ())) if called not in wanted]
    return page._replace(body=(*text, *(block for label in wanted for block in notes.get(label, ()))))


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


def with_pictures(page: StoryPage) -> StoryPage:
    """Return the page with whole addresses for the pictures that lie in the folder of its issue."""
    if all(not run.image or _COMPLETE.match(run.image) for block in page.body for run in block.all_runs):
        return page
    return _with_images(page, lambda address: _whole(address, page))


def _with_images(page: StoryPage, changed: Callable[[str], str]) -> StoryPage:
    def whole(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(replace(run, image=changed(run.image)) if run.image else run for run in runs)

    body = tuple(
        replace(block, runs=whole(block.runs), rows=tuple(tuple(map(whole, row)) for row in block.rows))
        for block in page.body
    )
    return page._replace(body=body)


def _whole(address: str, page: StoryPage) -> str:
    if _COMPLETE.match(address):
        return address
    if file := local_file(address, page.issue.location, page.issue.root):
        return file.as_uri()
    return urljoin(page.issue.url, address) if page.issue.url else address
