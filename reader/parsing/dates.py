"""When an issue was published, out of the many ways to write a date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

_KEYS = (
    "date",
    "published",
    "published_at",
    "pubdate",
    "publishdate",
    "publish_date",
    "published_date",
    "date_published",
    "datepublished",
    "structured_data.datepublished",
    "article:published_time",
    "created",
    "created_at",
    "sent",
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"
_TIME = (
    r"(?:(?:[T,]|\s+at)?\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?"
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})\s?(?:[-./年])\s?(?P<month>\d{{1,2}})\s?(?:[-./月])\s?(?P<day>\d{{1,2}})日?{_TIME}(?:\s.*)?$",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<part>[-./])(?P<second_>\d{{1,2}})(?P=part)(?P<year>\d{{4}}){_TIME}$",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+(?P<year>\d{{4}}),?{_TIME}$",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}),?{_TIME}$",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d))?$"
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?$")
_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<part>[-_.]?)(?P<month>\d\d)(?P=part)(?P<day>\d\d)(?!\d)"
)
_SHORT_IN_NAME = re.compile(r"(?P<year>[0-4]\d)-(?P<month>\d\d)-(?P<day>\d\d)(?=[-_ ])")
_IN_PATH = re.compile(
    rf"/(?P<year>(?:19|20)\d\d)/(?:{_MONTH}|(?P<number>\d\d?))(?:/(?P<day>\d\d?))?(?=[/.-])", re.IGNORECASE
)


def read_published(meta: Mapping[str, str], location: str) -> tuple[str, str]:
    """Return when an issue was published and a warning; "" where it does not say.

    Front matter goes before the file's name and path. The result is ISO 8601; a date
    alone stays a date, and a time without a zone gets none.
    """
    warning = ""
    for key in _KEYS:
        written = meta.get(key, "")
        if found := parse_date(written):
            return found, ""
        if written and not warning:
            warning = f"There is no such date as “{written[:40]}”."
    return date_in_path(location), warning


def parse_date(written: str) -> str:
    """Return a date, with its time where it has one, as ISO 8601; "" where it is none."""
    written = " ".join(written.split())[:80]
    for pattern in (_YEAR_FIRST, _DIGITS, _DAY_MONTH, _MONTH_DAY):
        if match := pattern.match(written):
            return _from_parts(match, _month(match["month"]), int(match["day"]))
    if match := _YEAR_LAST.match(written):
        return _from_numbers(match)
    if _EPOCH.match(written):
        return datetime.fromtimestamp(int(written[:10]), UTC).isoformat()
    return _from_mail(written)


def date_in_path(location: str) -> str:
    """Return the date in a file's name or in the folders above it, as ISO 8601; "" where there is none."""
    path = location.replace("\\", "/")
    name = path.rpartition("/")[2]
    for match in (*_IN_NAME.finditer(name), *_SHORT_IN_NAME.finditer(name)):
        year = int(match["year"])
        if found := _date(year if year > 99 else 2000 + year, int(match["month"]), int(match["day"])):
            return found
    above = _IN_PATH.search(path)
    if above and above["day"]:
        return _date(int(above["year"]), _month(above["month"] or above["number"]), int(above["day"]))
    return ""


def _from_parts(match: re.Match[str], month: int, day: int) -> str:
    found = _date(int(match["year"]), month, day)
    return f"{found}{_clock(match)}" if found else ""


def _from_numbers(match: re.Match[str]) -> str:
    """Read 09-04-2024: what is over 12 is the day; else the month comes first, but never in 09.04.2024."""
    first, second = int(match["first"]), int(match["second_"])
    month_first = second > 12 or (first <= 12 and match["part"] != ".")
    return _from_parts(match, *((first, second) if month_first else (second, first)))


def _from_mail(written: str) -> str:
    try:
        found = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return found.isoformat()


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.index(written[:3].lower()) + 1


def _date(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _clock(match: re.Match[str]) -> str:
    """Return "T05:16:27-06:00" of what was matched; "" where it has no time or one that cannot be."""
    parts = match.groupdict()
    if not parts.get("hour"):
        return ""
    hour = int(parts["hour"])
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    try:
        clock = time(hour, int(parts["minute"]), int(parts["second"] or 0)).isoformat()
    except ValueError:
        return ""
    return f"T{clock}{_zone(parts.get('zone') or '')}"


def _zone(written: str) -> str:
    if not written:
        return ""
    if written[0] not in "+-":
        return "+00:00"
    return f"{written[:3]}:{written[-2:] if len(written) > 3 else '00'}"
