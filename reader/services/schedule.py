"""When an address that is followed is asked again: politely, and never all at one moment."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Collection
from datetime import UTC, datetime
from typing import NamedTuple

_LEAST = 30 * 60.0
"""Seconds between two questions that nobody asked for."""
_MOST = 24 * 3600.0
"""Seconds after which an address is asked, whatever it says of itself."""
_JITTER = 0.1
"""The part of the wait that is left to chance, so that not everybody asks at the full hour."""
_HOURS = 7 * 24
"""Hours ahead in which one is looked for at which it may be asked."""


class Wish(NamedTuple):
    """What an answer says of when it is to be asked again."""

    seconds: float = 0.0
    skip_hours: Collection[int] = ()
    """Hours of the day, in UTC."""
    skip_days: Collection[int] = ()
    """Days of the week, Monday 0."""

    def written(self) -> str:
        """Return it as it is kept."""
        return json.dumps([self.seconds, sorted(self.skip_hours), sorted(self.skip_days)])


def wish_of(written: str) -> Wish:
    """Return what was kept; no wish where that is none."""
    return Wish(*json.loads(written)) if written else Wish()


def now() -> float:
    """Return the time, in seconds since 1970."""
    return time.time()


def in_utc(at: float) -> str:
    """Return a time as ISO 8601 has it."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def next_time(at: float, wish: Wish | None = None) -> float:
    """Return when to ask again what answered well."""
    wish = wish or Wish()
    wait = min(max(wish.seconds, _LEAST), _MOST)
    return _allowed(at + wait * (1 + _JITTER * random.random()), wish)  # noqa: S311 - no secret


def time_after_failure(at: float, failures: int) -> float:
    """Return when to ask again what failed so often in a row: each time twice as late, at most a day."""
    wait = min(_LEAST * 2.0 ** min(failures - 1, 10), _MOST)
    return at + wait * (1 + _JITTER * random.random())  # noqa: S311 - no secret


def _allowed(at: float, wish: Wish) -> float:
    """Return that time, or the next full hour at which it does not say that asking is in vain."""
    when = at
    for _ in range(_HOURS):
        said = datetime.fromtimestamp(when, UTC)
        if said.hour not in wish.skip_hours and said.weekday() not in wish.skip_days:
            return when
        when = (when // 3600 + 1) * 3600
    return at
