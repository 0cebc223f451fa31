"""Asking many addresses at once, in threads that can be left alone."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from queue import Empty, Full, Queue, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from reader.importers.feed import ACCEPT, MOST_BYTES, read_answer
from reader.model import ImporterError
from reader.model.fetched import Fetched, FetchError, Fetches
from reader.model.following import Followed
from reader.model.hashes import digest_of
from reader.services.feeds import is_large
from reader.store.following import Noted

if TYPE_CHECKING:
    from reader.importers.feeds.shape import Feed

_THREADS = 6
_SLICE = 0.1
"""Seconds after which somebody who said stop is heard."""


class Heard(NamedTuple):
    """What came from one address."""

    one: Followed
    outcome: Feed | Fetched | ImporterError | None
    """The feed; what is still to be read as one; why there is none; None where nothing has changed."""
    answer: Fetched


class Asking:
    """The threads that ask; a context manager, which waits for none of them at its end."""

    def __init__(self, asked: Sequence[Followed], noted: Mapping[str, Noted], fetches: Fetches) -> None:
        self._left: SimpleQueue[Followed] = SimpleQueue()
        for one in asked:
            self._left.put(one)
        self._noted = noted
        self._fetches = fetches
        self._heard: Queue[Heard] = Queue(_THREADS)
        self._over = threading.Event()
        self._count = min(_THREADS, len(asked))

    def __enter__(self) -> Self:
        for number in range(self._count):
            threading.Thread(target=self._work, name=f"refresh-{number}", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()

    def next(self) -> Heard | None:
        """Return what came next; None where nothing comes at the moment."""
        with suppress(Empty):
            return self._heard.get(timeout=_SLICE)
        return None

    def _work(self) -> None:
        with suppress(Empty):
            while not self._over.is_set():
                heard = self._ask(self._left.get_nowait())
                self._tell(heard)

    def _tell(self, heard: Heard) -> None:
        while not self._over.is_set():
            with suppress(Full):
                self._heard.put(heard, timeout=_SLICE)
                return

    def _ask(self, one: Followed) -> Heard:
        noted = self._noted.get(one.address, Noted(one.address))
        answer = Fetched(one.address, 0)
        try:
            answer = self._fetches.get(
                one.address, accept=ACCEPT, etag=noted.etag, modified=noted.modified, most_bytes=MOST_BYTES
            )
            return Heard(one, _outcome(answer, noted), answer)
        except ImporterError as error:
            return Heard(one, error, answer)
        except Exception as error:  # noqa: BLE001 - one address never stops the others
            words = f"It could not be asked ({type(error).__name__})."
            return Heard(one, FetchError(words, one.address), answer)


def _outcome(answer: Fetched, noted: Noted) -> Feed | Fetched | None:
    """Return the feed that an answer holds; None where it is the one of the last time."""
    if answer.status == 304 or digest_of(answer.body) == noted.digest:
        return None
    return answer if is_large(answer) else read_answer(answer)
