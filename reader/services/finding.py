"""Finding what an import has to read: the files and the collections of the places that were named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from reader.importers import Collection, Importer, importers
from reader.model import ImporterError, RawIssue
from reader.services.reading import FileJob

Report = Callable[[BaseException, str], None]
"""Hears what cannot be read, and where it is."""

_TOGETHER = 256
"""Issues of a collection that are taken in together: so many lie in memory."""
_NOTHING = (
    "No issues were found here: Tearsheet reads"
    " .md, .markdown, .mdown, .rst, .org, .txt, .html, .htm and .eml files, mbox files and Maildirs."
    " An export of another reader or site is opened by itself."
)

_EMPTY = "There is no issue in this file, or it breaks off before the first."


def batches(
    places: Sequence[str],
    newsletter: str,
    opened: Mapping[str, str],
    report: Report,
    stops: Callable[[], bool] = lambda: False,
) -> Iterator[list[FileJob]]:
    """Yield what there is to read: all files together, then the issues of collections, some at a time.

    Files belong to the newsletter given, else to the one that was named when their folder was `opened`.
    """
    files: dict[str, FileJob] = {}
    known = list(importers().values())
    collections: list[tuple[Collection, str]] = []
    for place in places:
        listed = _Listed(place, report)
        for importer in importers_of(place, known):
            if isinstance(importer, Collection):
                collections.append((importer, place))
                listed.found = True
            else:
                for location in importer.locations(place, listed.hear):
                    name = newsletter or _given(location, opened)
                    files.setdefault(location, FileJob(importer, location, name))
                    listed.found = True
                    if stops():
                        return
        listed.end()
    yield list(files.values())
    for collection, place in collections:
        yield from together(_issues_of(collection, place, report), newsletter)


def _issues_of(collection: Collection, place: str, report: Report) -> Iterator[RawIssue]:
    """Yield the issues of a collection; a file that has none, and of which no error tells, is told of."""
    told = False

    def hear(error: ImporterError) -> None:
        nonlocal told
        told = True
        report(error, error.location or place)

    for raw in collection.issues(place, hear):
        told = True
        yield raw
    if not told and Path(place).is_file():
        report(ImporterError(_EMPTY, place), place)


def together(raws: Iterable[RawIssue], newsletter: str = "") -> Iterator[list[FileJob]]:
    """Yield issues that are in hand as jobs, some at a time."""
    rest = iter(raws)
    while some := list(islice(rest, _TOGETHER)):
        jobs = (
            FileJob(None, raw.location, newsletter, raw=raw)
            if newsletter or not raw.newsletter_key
            else FileJob(None, raw.location, raw.newsletter, raw.newsletter_key, raw=raw)
            for raw in some
        )
        yield list({job.location: job for job in jobs}.values())


def importers_of(place: str, known: Iterable[Importer | Collection]) -> list[Importer | Collection]:
    """Return which of the known importers read a place: of a folder all, of a file the one.

    Who reads any text reads what no other importer knows.
    """
    accepting = [importer for importer in known if importer.accepts(place)]
    accepting.sort(key=lambda importer: importer.reads_any)
    return accepting if os.path.isdir(place) else accepting[:1]  # noqa: PTH112 - may be no path at all


class _Listed:
    """What became of listing one place: who finds nothing and hears of no error is told so."""

    def __init__(self, place: str, report: Report) -> None:
        self.found = False
        self._place = place
        self._report = report

    def hear(self, error: ImporterError) -> None:
        self.found = True
        self._report(error, error.location)

    def end(self) -> None:
        if not self.found:
            there = Path(self._place).exists()
            reason = _NOTHING if there else "There is nothing of that name."
            self._report(ImporterError(reason, self._place), self._place)


def _given(location: str, opened: Mapping[str, str]) -> str:
    """Return the name that the reader gave when the folder around the file was opened; "" for none."""
    return next((name for above in Path(location).parents if (name := opened.get(str(above)))), "")
