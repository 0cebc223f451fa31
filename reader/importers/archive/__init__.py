"""Where the older issues of a newsletter are: the ways in which sites list them.

A module of this package with a `way` object is a way. Nothing else has to be told about it: they are tried
by their `turn`, and the first one that lists what the feed does not have is taken.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import NamedTuple, Protocol

from reader.importers.archive.places import Site
from reader.model import RawIssue
from reader.model.fetched import Fetched


class Page(NamedTuple):
    """An issue that is to be asked for."""

    issue: str
    """Its web address, by which it is known."""
    place: str
    """The address that gives its text."""


class Listed(NamedTuple):
    """What a page of an archive lists."""

    issues: tuple[RawIssue, ...] = ()
    """Those whose text it holds, in full."""
    pages: tuple[Page, ...] = ()
    """Those that are to be asked for."""
    more: tuple[str, ...] = ()
    """Addresses at which the list goes on."""
    closed: int = 0
    """How many it lists that are not for everybody."""


class Way(Protocol):
    """Lists the older issues of sites of one kind."""

    @property
    def name(self) -> str:
        """What it is called: one word, in lower case; the library keeps it."""

    @property
    def turn(self) -> int:
        """When it is tried: the lower ones first, which are surer and need fewer requests."""

    @property
    def newest_first(self) -> bool:
        """Whether all that is listed after an issue is older."""

    def starts(self, site: Site, feed: Fetched | None) -> tuple[str, ...]:
        """Return the addresses at which the list may begin, none where the site is not of that kind.

        `feed` is what the followed address answers; None where it does not.
        """

    def listed(self, site: Site, fetched: Fetched) -> Listed:
        """Return what a page of the list holds; raise ImporterError where it is none."""

    def read(self, fetched: Fetched) -> RawIssue:
        """Return the issue that the place of a listed page answered; raise ImporterError where it is none."""


def ways() -> list[Way]:
    """Return every way, in the order in which they are tried."""
    modules = (
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    )
    found: list[Way] = [module.way for module in modules if hasattr(module, "way")]
    return sorted(found, key=lambda way: way.turn)
