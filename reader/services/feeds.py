"""Feeds, read where they do no harm: large ones in another process, which ends when they take too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.importers.feed import read_answer
from reader.model import ImporterError
from reader.model.fetched import Fetched
from reader.services.workers import Workers

if TYPE_CHECKING:
    from reader.importers.feeds.shape import Feed

_LARGE = 200_000
"""Bytes from which on a feed is read elsewhere: what is badly written takes by the square of its length."""


def is_large(answer: Fetched) -> bool:
    """Say whether an answer is to be read in another process."""
    return len(answer.body) > _LARGE


def read_safely(answer: Fetched, workers: Workers) -> Feed:
    """Return the feed that an answer holds; raise ImporterError where it holds none."""
    if not is_large(answer):
        return read_answer(answer)
    sent = answer._replace(headers=dict(answer.headers))  # no view of them can go to another process
    for _, outcome in workers.results(read_answer, [sent]):
        if isinstance(outcome, ImporterError):
            raise outcome
        if not isinstance(outcome, BaseException):
            return outcome
    raise ImporterError("This feed took too long to understand, or ended the work on it.", answer.address)
