"""Reading files: what the workers of an import do. It knows no library, so that a worker starts soon.

Parsing is loaded by the first file and not before, so that the window starts soon.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.importers import Importer
from reader.model import Head, RawIssue, file_of

if TYPE_CHECKING:
    from reader.store.prepared import Prepared


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file to be read, and the newsletter it belongs to where that is known."""

    importer: Importer | None
    """What reads it; None where it is in hand."""
    location: str
    """Of the file, or of one of the issues that it holds."""
    newsletter: str = ""
    newsletter_key: str = ""
    form: str = ""
    """How the newsletter's issues are split, as the splitter writes it; "" where that is not known."""
    raw: RawIssue | None = None
    """The issue, where it is in hand already."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at a file tells."""

    head: Head
    digest: str


def look(job: FileJob) -> tuple[Seen, ...]:
    """Read the head of a file, or of each issue in it; raise ImporterError where it cannot be read."""
    from reader.parsing.gathered import issues_in
    from reader.parsing.heads import read_head

    raw = _file(job)
    return tuple(Seen(read_head(one), one.digest) for one in issues_in(raw) or (raw,))


def read_text(job: FileJob) -> str:
    """Return a file's text as it stands; raise ImporterError where it cannot be read."""
    return _read(job).text


def take(job: FileJob) -> Prepared:
    """Read and parse a file, and make it ready to be stored; raise ReaderError where that cannot be."""
    from reader.parsing import parse
    from reader.services.preparing import prepared

    raw = _read(job)
    return replace(prepared(parse(raw)), state=raw.state)


def _read(job: FileJob) -> RawIssue:
    """Return the issue: the whole file, or the one that is to be read of those that it holds."""
    from reader.parsing.gathered import issues_in

    raw = _file(job)
    return next((one for one in issues_in(raw) if one.location == job.location), raw)


def _file(job: FileJob) -> RawIssue:
    raw = job.raw or _read_from_disk(job)
    return raw._replace(
        newsletter=job.newsletter or raw.newsletter, newsletter_key=job.newsletter_key, form=job.form
    )


def _read_from_disk(job: FileJob) -> RawIssue:
    if job.importer is None:
        raise AssertionError("what is in hand needs no reading")
    file, part = file_of(job.location)
    return job.importer.read(file if part and not Path(job.location).exists() else job.location)
