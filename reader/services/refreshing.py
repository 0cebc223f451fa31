"""Refreshing: what is new at the addresses that are followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from reader.model.fetched import Fetches
from reader.services.library import Library
from reader.services.progress import Problem, Progress


class Answer(NamedTuple):
    """What came of asking one address."""

    address: str
    newsletter: str
    """The newsletter's key."""
    name: str
    added: int = 0
    updated: int = 0
    result: str = ""
    """A sentence: "3 new issues."."""
    error: str = ""
    """Why it failed, as a sentence; "" where it went well."""


class Refreshed(NamedTuple):
    """What a refresh brought."""

    added: int = 0
    updated: int = 0
    answers: tuple[Answer, ...] = ()
    """One for each address that was asked, in the order in which they answered."""
    problems: tuple[Problem, ...] = ()
    """Issues that did not come in."""
    cancelled: bool = False

    @property
    def errors(self) -> tuple[Answer, ...]:
        """The addresses that failed."""
        return tuple(answer for answer in self.answers if answer.error)


def refresh(
    library: Library,
    addresses: Iterable[str] | None = None,
    *,
    fetches: Fetches,
    due_only: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Refreshed:
    """Ask these addresses, or all that are followed, and take in what is new. Not for the GUI thread.

    With `due_only` those are asked whose time has come. One that asked for patience is left alone in any case,
    one that is gone for good is asked only where it is named. What fails is told in the answers, and never
    stops the rest.
    """
    raise NotImplementedError
