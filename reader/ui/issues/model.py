"""The rows of the issue list: months, issues, and what is starred."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from itertools import groupby
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt

from reader.model import IssueRow
from reader.ui.rows import Answers, RowsModel
from reader.ui.words import counted, long_date, month_heading

_Role = Qt.ItemDataRole


class Role(IntEnum):
    """What may be asked of a row beyond its text; rows.ROW answers with the row itself."""

    KEY = Qt.ItemDataRole.UserRole + 1
    UNREAD = Qt.ItemDataRole.UserRole + 2


class Month(NamedTuple):
    """The heading above the issues of a month."""

    key: str
    month: str
    """ "2020-10", or "" for the undated."""

    @property
    def text(self) -> str:
        """The month in words, found when it is painted: years of months would take a start a millisecond."""
        return month_heading(self.month)


class AllStarred(NamedTuple):
    """The row that stands for every starred story of the list."""

    stories: int
    key: str = "starred"
    text: str = "All starred stories"


class Blank(NamedTuple):
    """The place of an issue that has not been read yet."""

    key: str = ""


ListRow = IssueRow | Month | AllStarred | Blank


def _spoken(row: IssueRow) -> str:
    """Return the row as a screen reader says it."""
    parts = [row.label, "unread" if row.unread else "read", long_date(row.published)]
    parts += [counted(row.stories, "story", "stories")]
    parts += [f"{row.starred} starred"] if row.starred else []
    return ", ".join(part for part in [*parts, row.summary] if part)


_ISSUE: Mapping[int, Callable[[IssueRow], Any]] = {
    _Role.DisplayRole: lambda row: row.label,
    _Role.AccessibleTextRole: _spoken,
    Role.KEY: lambda row: row.key,
    Role.UNREAD: lambda row: row.unread,
}
_MONTH: Mapping[int, Callable[[Month], Any]] = {
    _Role.DisplayRole: lambda row: row.text,
    _Role.AccessibleTextRole: lambda row: row.text,
    Role.KEY: lambda row: row.key,
}
_STARRED: Mapping[int, Callable[[AllStarred], Any]] = {
    _Role.DisplayRole: lambda row: row.text,
    _Role.AccessibleTextRole: lambda row: f"{row.text}, {row.stories}",
    Role.KEY: lambda row: row.key,
}


class IssuesModel(RowsModel):
    """The issue list."""

    def __init__(self, parent: QObject | None = None) -> None:
        answers: Answers = {IssueRow: _ISSUE, Month: _MONTH, AllStarred: _STARRED, Blank: {}}
        super().__init__(answers, heads=(Month, Blank), parent=parent)


def by_month(issues: Iterable[IssueRow]) -> list[ListRow]:
    """Return the issues, which come newest first, with a heading before those of each month.

    A month that comes again (issues out of order) gets no second heading of the same key.
    """
    out: list[ListRow] = []
    seen: Counter[str] = Counter()
    for month, rows in groupby(issues, key=lambda row: row.published[:7]):
        seen[month] += 1
        out.append(_heading(month, seen[month]))
        out += rows
    return out


def with_blanks(months: Iterable[tuple[str, int]], first: list[IssueRow]) -> list[ListRow]:
    """Return the first issues by month, and a blank in the place of every other one."""
    out = by_month(first)
    held = Counter(row.published[:7] for row in first)
    for month, count in months:
        if not held[month]:
            out.append(_heading(month, 1))
        out += [Blank()] * (count - held[month])
    return out


def _heading(month: str, time: int) -> Month:
    return Month(f"month {month} {time}", month)
