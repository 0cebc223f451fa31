"""Dates, numbers and their nouns as the reader's country writes them."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import QDate, QLocale

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = r"[\s,.]*('[^']*'\s*)?y+[年년]?(\s*'[^']*'\.?)?\s*"


def long_date(published: str) -> str:
    """Return "19 October 2020" for an ISO date or time; a text that is neither as it stands.

    A time keeps the day that it names: no zone is reckoned with.
    """
    date = _day(published)
    return QLocale().toString(date, _long_pattern()) if date else published


def middle_date(published: str) -> str:
    """Return "19 Oct 2020"."""
    date = _day(published)
    return QLocale().toString(date, _long_pattern().replace("MMMM", "MMM")) if date else published


def short_date(published: str) -> str:
    """Return "19 Oct", for a list whose headings name the year."""
    date = _day(published)
    pattern = re.sub(_YEAR, "", _long_pattern()).replace("MMMM", "MMM").lstrip(" .")
    return QLocale().toString(date, pattern.rstrip()) if date else published


def month_heading(month: str) -> str:
    """Return "OCTOBER 2020" for "2020-10", and "UNDATED" for anything else."""
    date = _day(f"{month}-01")
    if date is None:
        return "UNDATED"
    locale = QLocale()
    return locale.toUpper(f"{locale.standaloneMonthName(date.month())} {date.year()}")


def grouped(number: int) -> str:
    """Return "1,932"."""
    locale = QLocale()
    # The C locale, in which programs run without a desktop, groups no digits.
    return f"{number:,}" if locale.language() == QLocale.Language.C else locale.toString(number)


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 story", "1,932 stories"."""
    return f"{grouped(number)} {one if number == 1 else many or one + 's'}"


def size_in_words(size: int) -> str:
    """Return how much so many bytes are: "12.4 MB"."""
    if size < 1_000_000:
        return f"{size / 1_000:,.0f} kB"
    return f"{size / 1_000_000:,.1f} MB" if size < 1_000_000_000 else f"{size / 1_000_000_000:,.1f} GB"


def reads_from_right(text: str) -> bool:
    """Whether the first letter that has a direction is of a script written from the right."""
    if text.isascii():
        return False
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


def _day(published: str) -> QDate | None:
    match = _DATE.match(published)
    date = QDate(*map(int, match.groups())) if match else QDate()
    return date if date.isValid() else None


def _long_pattern() -> str:
    """Return how the country writes a date in words, without the day of the week."""
    pattern = QLocale().dateFormat(QLocale.FormatType.LongFormat)
    return re.sub(r"^(ddd+)[\s,،]*|[\s,،]*\b(ddd+)\.?$|(?<=日)ddd+", "", pattern).strip()
