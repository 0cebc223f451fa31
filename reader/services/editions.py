"""Telling newsletters of one name apart when issues come in, those that are here already included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.model import Head, ReaderError, text_of
from reader.services.library import Library
from reader.services.reading import FileJob, read_text

if TYPE_CHECKING:
    from reader.parsing.editions import Numbered


def with_editions(
    library: Library, changed: Sequence[tuple[FileJob, Head]], owners: dict[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """Return the owners of the changed files with each edition's own; what is here is moved to its own.

    A file whose newsletter the reader named stays with that.
    """
    from reader.parsing.editions import Numbered, tell_apart  # a start does without it

    filed = {one.location: one for one in library.filed()}
    jobs = {job.location: job for job, _ in changed}
    numbered = [
        Numbered(one.location, one.newsletter, one.name, one.number, held=True) for one in filed.values()
    ]
    numbered += [
        Numbered(job.location, *owners[job.location], head.number)
        for job, head in changed
        if not job.newsletter and job.location not in filed
    ]

    def text(one: Numbered) -> str:
        if not one.held:
            return _text(jobs[one.location])
        whole = library.whole(filed[one.location].issue)
        return text_of(whole.blocks) if whole else ""

    apart = tell_apart(numbered, text)
    moved = {filed[location].issue: owner for location, owner in apart.items() if location in filed}
    if moved:
        library.move_issues(moved).result()
    return {**owners, **apart}


def _text(job: FileJob) -> str:
    try:
        return read_text(job)
    except ReaderError:
        return ""
