"""Asking a host one thing at a time, with a pause between, and waiting as long as it wants us to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit

from reader.model.fetched import Fetched, FetchError, Fetches

PAUSE = 1.0
"""Seconds between an answer of a host and the next question to it."""
BUSY = (429, 503)
"""What a server answers that wants to be left alone for a while."""
_FIRST_WAIT = 15.0
"""Seconds until a server that does not say how long is asked again; the next time it is twice that."""
_LONGEST_WAIT = 120.0
"""Seconds that somebody who looks on may be kept waiting."""
_TRIES = 3
_TICK = 0.2
"""Seconds after which a wait looks whether it was cancelled."""


class Clock(Protocol):
    """Tells the time and lets it pass."""

    def now(self) -> float:
        """Return seconds since any moment."""

    def wait(self, seconds: float) -> None:
        """Return after so many seconds."""


class WallClock:
    """The clock of the machine."""

    def now(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        threading.Event().wait(seconds)


class CancelledError(Exception):
    """The reader said stop while something was waited for."""


class Paced:
    """Asks addresses as the one that it is given does, only never in a hurry. For one thread."""

    def __init__(self, fetches: Fetches, clock: Clock, cancelled: Callable[[], bool]) -> None:
        self._fetches = fetches
        self._clock = clock
        self._cancelled = cancelled
        self._answered: dict[str, float] = {}

    def get(self, address: str) -> Fetched:
        """Return what an address answers; raise FetchError where it does not, CancelledError when stopped.

        A server that is busy is asked again after as long as it says. Where that is more than two minutes, or
        it is still busy at the third time, the error says so, and has the status that the server gave.
        """
        host = urlsplit(address).netloc.lower()
        wait = _FIRST_WAIT
        for left in reversed(range(_TRIES)):
            self._pass(self._answered.get(host, self._clock.now() - PAUSE) + PAUSE - self._clock.now())
            try:
                return self._fetches.get(address)
            except FetchError as error:
                self._stop_if_cancelled()
                asked = error.retry_after or wait
                if error.status not in BUSY or not left or asked > _LONGEST_WAIT:
                    raise
            finally:
                self._answered[host] = self._clock.now()
            self._pass(asked)
            wait *= 2
        raise AssertionError("the last try returns or raises")

    def _pass(self, seconds: float) -> None:
        """Let so much time go by, and stop when the reader says so."""
        end = self._clock.now() + seconds
        self._stop_if_cancelled()
        while (left := end - self._clock.now()) > 0:
            self._clock.wait(min(left, _TICK))
            self._stop_if_cancelled()

    def _stop_if_cancelled(self) -> None:
        if self._cancelled():
            raise CancelledError
