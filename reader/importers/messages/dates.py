"""Dates as mailers write them above a message that is sent on: in the language of who does it."""

from __future__ import annotations

import re
from datetime import datetime

from reader.importers.messages.headers import as_moment

_MONTHS = (
    "jan|ene|gen|янв|sty",
    "feb|fév|fev|helm|фев|lut",
    "mar|mär|mrt|maa|мар",
    "apr|avr|abr|апр|kwi",
    "may|mai|mei|mag|maj|мая|май",
    "jun|juin|giu|июн|cze",
    "jul|juil|lug|июл|lip",
    "aug|aoû|ago|авг|sie",
    "sep|set|сен|wrz",
    "oct|okt|ott|out|окт|paź",
    "nov|ноя|lis",
    "dec|dez|dic|déc|дек|gru",
)
_MONTH = "|".join(f"(?P<m{number}>(?:{names})[^\\W\\d]*)" for number, names in enumerate(_MONTHS, 1))
_DAY_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+)?(?:{_MONTH})\b", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"\b(?:{_MONTH})\.?\s+(?P<day>\d{{1,2}})\b(?!:)", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(?P<year>\d{4})\s?[-./年]\s?(?P<month>\d{1,2})\s?[-./月]\s?(?P<day>\d{1,2})")
_DOTTED = re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})")
_YEAR = re.compile(r"\b(?:19|20)\d\d(?!\d)")
_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?!\d)\s?(?P<half>[ap])?\.?m?\b",
    re.IGNORECASE,
)


def written_date(words: str) -> str:
    """Return a date in words as ISO 8601, with the time where it is there; "" where it cannot be told."""
    if exact := as_moment(words):
        return exact
    numeric = _NUMERIC.search(words) or _DOTTED.search(words)
    if numeric:
        return _iso(
            (int(numeric["year"]), int(numeric["month"]), int(numeric["day"])), words[numeric.end() :]
        )
    named, year = _DAY_MONTH.search(words) or _MONTH_DAY.search(words), _YEAR.search(words)
    if not named or not year:
        return ""
    month = next(number for number in range(1, 13) if named[f"m{number}"])
    return _iso((int(year[0]), month, int(named["day"])), words[year.end() :])


def _iso(day: tuple[int, int, int], rest: str) -> str:
    try:
        moment = datetime(*day)  # noqa: DTZ001 - who sent it on says no zone
    except ValueError:
        return ""
    if not (time := _TIME.search(rest)):
        return moment.date().isoformat()
    hour, half = int(time["hour"]), (time["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return moment.replace(
            hour=hour, minute=int(time["minute"]), second=int(time["second"] or 0)
        ).isoformat()
    except ValueError:
        return moment.date().isoformat()
