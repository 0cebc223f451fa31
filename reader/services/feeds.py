"""Feeds, read where they do no harm: large ones in another process, which ends when they take too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from reader.importers.feed import read_feed
from reader.model import ImporterError
from reader.model.fetched import Fetched
from reader.services.workers import Workers

if TYPE_CHECKING:
    from reader.importers.feeds.shape import Feed

_LARGE = 200_000
"""Bytes from which on a feed is read elsewhere: what is badly written takes by the square of its length."""


class _Bytes(NamedTuple):
    """An answer as it goes to another process."""

    data: bytes
    address: str
    content_type: str

    @classmethod
    def of(cls, answer: Fetched) -> Self:
        return cls(answer.body, answer.address, answer.headers.get("content-type", answer.media_type))


def is_large(answer: Fetched) -> bool:
    """Say whether an answer is to be read in another process."""
    return len(answer.body) > _LARGE


def read_answer(answer: Fetched, workers: Workers) -> Feed:
    """Return the feed that an answer holds; raise ImporterError where it holds none."""
    if not is_large(answer):
        return read_here(answer)
    for _, outcome in workers.results(_read, [_Bytes.of(answer)]):
        if isinstance(outcome, ImporterError):
            raise outcome
        if not isinstance(outcome, BaseException):
            return outcome
    raise ImporterError("This feed took too long to understand, or ended the work on it.", answer.address)


def read_here(answer: Fetched) -> Feed:
    """Return the feed that a small answer holds; raise ImporterError where it holds none."""
    return _read(_Bytes.of(answer))


def _read(given: _Bytes) -> Feed:
    return read_feed(*given)
