"""A list model that knows its rows by key, and changes no more than what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

ROW = int(Qt.ItemDataRole.UserRole)
"""The role that answers with the row itself."""


class Keyed(Protocol):
    """A row: equal keys mean the same thing, perhaps changed."""

    @property
    def key(self) -> str:
        """What tells it from every other row of the list."""
        ...


Answers = Mapping[type, Mapping[int, Callable[[Any], Any]]]
"""For each kind of row, what it answers to each role."""

_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_QUIET = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren


class RowsModel(QAbstractListModel):
    """Rows of several kinds, some of which only head the others and cannot be chosen."""

    def __init__(self, answers: Answers, heads: tuple[type, ...] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers = answers
        self._heads = heads
        self._rows: list[Any] = []
        self._numbers: dict[str, int] | None = None

    @property
    def rows(self) -> Sequence[Any]:
        """All rows, in order."""
        return self._rows

    def show(self, rows: Iterable[Keyed]) -> None:
        """Show other rows altogether; the selection goes."""
        self.beginResetModel()
        self._rows = list(rows)
        self._numbers = None
        self.endResetModel()

    def update(self, rows: Sequence[Keyed]) -> None:
        """Become these rows: take out, put in and tell of no more than what differs."""
        for first, last in _runs_down(self._superfluous(rows)):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self._numbers = None
            self.endRemoveRows()
        for first, last in self._missing(rows):
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = rows[first : last + 1]
            self._numbers = None
            self.endInsertRows()
        changed = [
            number
            for number, (old, new) in enumerate(zip(self._rows, rows, strict=True))
            if old is not new and old != new
        ]
        self._rows[:] = rows
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first), self.index(last))

    def fill(self, rows: list[Any]) -> None:
        """Put rows in the places of as many others that take the same room."""
        assert len(rows) == len(self._rows)
        self._rows = rows
        self._numbers = None

    def replace(self, row: Keyed) -> bool:
        """Put a row in the place of the one with its key; False where there is none."""
        number = self.number_of(row.key)
        if number < 0:
            return False
        if self._rows[number] != row:
            self._rows[number] = row
            self.dataChanged.emit(self.index(number), self.index(number))
        return True

    def number_of(self, key: str) -> int:
        """Return the number of the row with the key, from 0; -1 where there is none."""
        if self._numbers is None:
            self._numbers = {row.key: number for number, row in enumerate(self._rows)}
        return self._numbers.get(key, -1)

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of the row with the key; an invalid one where there is none."""
        number = self.number_of(key)
        return self.index(number) if number >= 0 else QModelIndex()

    def key_at(self, index: Index) -> str:
        """Return the key of the row at an index."""
        return str(self._rows[index.row()].key)

    def can_choose(self, number: int) -> bool:
        """Whether the row can be chosen: it heads no others."""
        return not isinstance(self._rows[number], self._heads)

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        answer = self._answers[type(row)].get(role)
        return answer(row) if answer else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _CHOSEN if self.can_choose(index.row()) else _QUIET

    def _superfluous(self, rows: Sequence[Keyed]) -> list[int]:
        """Return the rows that are gone, or that would have to jump over one that stays."""
        places = {row.key: number for number, row in enumerate(rows)}
        out, last = [], -1
        for number, row in enumerate(self._rows):
            place = places.get(row.key, -1)
            if place > last:
                last = place
            else:
                out.append(number)
        return out

    def _missing(self, rows: Sequence[Keyed]) -> list[tuple[int, int]]:
        """Return the runs of new rows. Put in from the first on, each lands where it belongs."""
        kept = {row.key for row in self._rows}
        return list(_runs([number for number, row in enumerate(rows) if row.key not in kept]))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each unbroken run in ascending numbers."""
    first = last = -1
    for number in numbers:
        if number != last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = number
        last = number
    if first >= 0:
        yield first, last


def _runs_down(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the runs from the last to the first, so that taking one out moves none of the others."""
    return list(_runs(numbers))[::-1]
