"""How long an answer asks us to wait: Retry-After, Cache-Control, Expires."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

_LONGEST = 7 * 86_400.0
"""Seconds that a server may put us off."""
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)


def retry_after(headers: Mapping[str, str]) -> float:
    """Return after how many seconds it may be asked again, as it says; 0 where it does not."""
    said = headers.get("retry-after", "")
    return _within(float(said) if re.fullmatch(r"\d{1,10}", said) else _until(said))


def fresh_for(headers: Mapping[str, str]) -> float:
    """Return for how many seconds an answer says that it stays as it is; 0 where it does not."""
    if match := _MAX_AGE.search(headers.get("cache-control", "")):
        return _within(float(match[1]))
    return _within(_until(headers.get("expires", "")))


def _until(date: str) -> float:
    try:
        return parsedate_to_datetime(date).timestamp() - time.time()
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return 0.0


def _within(seconds: float) -> float:
    return min(max(seconds, 0.0), _LONGEST)
