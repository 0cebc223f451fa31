"""Importers: from files, mailboxes, exports and feeds to raw issues.

A module of this package with an `importer` object is an importer. Nothing else
has to be told about it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Protocol, runtime_checkable

from reader.model import ImporterError, RawIssue

Report = Callable[[ImporterError], None]
"""Hears what could not be read; an error says where that is."""


class Importer(Protocol):
    """Reads issues from one kind of place, each of them by itself and in any process."""

    @property
    def name(self) -> str:
        """What it is called: one word, in lower case."""

    @property
    def reads_any(self) -> bool:
        """Whether it takes what no other importer knows for its own."""

    def accepts(self, location: str) -> bool:
        """Say whether this importer can read the place. It may look into it, but not far."""

    def locations(self, location: str, report: Report) -> Iterator[str]:
        """Yield where each issue of the place is, newest first; what cannot be listed is reported."""

    def read(self, location: str) -> RawIssue:
        """Return the issue that one of those locations names; raise ImporterError where it cannot be read."""


@runtime_checkable
class Collection(Protocol):
    """Reads issues from a place that holds many in one piece: a mailbox, an export, a feed."""

    @property
    def name(self) -> str:
        """What it is called: one word, in lower case."""

    @property
    def reads_any(self) -> bool:
        """Whether it takes what no other importer knows for its own."""

    def accepts(self, location: str) -> bool:
        """Say whether this importer can read the place. It may look into it, but not far."""

    def issues(self, location: str, report: Report) -> Iterator[RawIssue]:
        """Yield every issue of the place, one after another, so that a large one never lies in memory whole.

        The location of each is the same at every reading, wherever the collection has been moved to where
        that can be. What cannot be read is reported, and the rest comes all the same.
        """


def importers() -> dict[str, Importer | Collection]:
    """Return every importer by its name."""
    found: dict[str, Importer | Collection] = {}
    for module in pkgutil.iter_modules(__path__):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        importer: Importer | Collection | None = getattr(loaded, "importer", None)
        if importer is not None:
            found[importer.name] = importer
    return found
