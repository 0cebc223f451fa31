"""Importers: from files to raw issues.

A module of this package with an `importer` object is an importer. Nothing else
has to be told about it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Protocol

from reader.model import ImporterError, RawIssue


class Importer(Protocol):
    """Reads issues from one kind of place."""

    @property
    def name(self) -> str:
        """What it is called: one word, in lower case."""

    def accepts(self, location: str) -> bool:
        """Say whether this importer can read the place."""

    def locations(self, location: str, report: Callable[[ImporterError], None]) -> Iterator[str]:
        """Yield where each issue of the place is, newest first; what cannot be listed is reported."""

    def read(self, location: str) -> RawIssue:
        """Return the issue that one of those locations names; raise ImporterError where it cannot be read."""


def importers() -> dict[str, Importer]:
    """Return every importer by its name."""
    found: dict[str, Importer] = {}
    for module in pkgutil.iter_modules(__path__):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        importer: Importer | None = getattr(loaded, "importer", None)
        if importer is not None:
            found[importer.name] = importer
    return found
