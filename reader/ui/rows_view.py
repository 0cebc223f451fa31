"""A list view that lays its rows out by arithmetic, so that 20,000 of them cost nothing to show."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QListView,
    QWidget,
)

from reader.ui.row_paint import RowDelegate, RowLook
from reader.ui.rows import Index, RowsModel
from reader.ui.viewport import own_viewport

Heights = Callable[[int], Iterable[int]]
"""Given the width of the view, the height of every row."""

_STEP = 20
"""What a turn of the wheel's smallest part scrolls, in pixels."""

_AROUND = 2
"""Rows that are shown above and below one that is gone to, where there is room."""

_Action = QAbstractItemView.CursorAction


class RowsView(QListView):
    """A list whose rows may differ in height.

    QListView would ask the delegate for the size of each row, again after each change: 4 s for
    100,000 rows. Here one call answers for all of them, and where a row stands is looked up.
    It remains a QListView for the screen reader, the keyboard and the mouse.
    """

    row_chosen = Signal(str)
    """The key of the row that the reader went to; clicked again, it is told of again."""
    row_opened = Signal(str)
    """Return, or a double click."""
    menu_requested = Signal(str, QPoint)
    """The key of a row, and the place on the screen where its menu is wanted."""

    def __init__(
        self, rows: RowsModel, heights: Heights, parent: QWidget | None = None, *, wrap: bool = True
    ) -> None:
        """Show the rows; they are measured anew in another width unless they do not `wrap`."""
        super().__init__(parent)
        self._wrap = wrap
        self._model = rows
        self._heights = heights
        self._tops: list[int] | None = None
        self._anchor: tuple[QPersistentModelIndex, int] | None = None
        self._empty_text = ""
        self._quiet = False
        self._told = False
        self.setViewport(own_viewport())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setModel(rows)
        for signal in (rows.rowsAboutToBeInserted, rows.rowsAboutToBeRemoved):
            signal.connect(self._hold)
        for signal in (rows.rowsInserted, rows.rowsRemoved, rows.dataChanged):
            signal.connect(self._lay_out_again)
        rows.modelReset.connect(self._start_anew)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(lambda index: self.row_opened.emit(self._model.key_at(index)))

    @property
    def rows(self) -> RowsModel:
        """The model."""
        return self._model

    def set_empty_text(self, text: str) -> None:
        """Say what stands in place of the rows when there are none."""
        self._empty_text = text
        self._describe()
        self.viewport().update()

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Tell of no row within: what happens there is not the reader's doing."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def choose(self, key: str, *, scroll: bool = True) -> None:
        """Choose a row without telling of it, or none where there is none of that key."""
        index, place = self._model.index_of(key), self.verticalOffset()
        with self.quietly():
            if not index.isValid():
                self.clearSelection()
                self.setCurrentIndex(index)
            elif index != self.currentIndex() or not self.selectionModel().isSelected(index):
                # The view's own way would heed Ctrl and Shift, which may be held from the keys just pressed.
                alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.selectionModel().setCurrentIndex(index, alone)
                if scroll:
                    self._scroll_around(index.row())
                else:
                    self.verticalScrollBar().setValue(place)

    def step(self, step: int, key: str) -> bool:
        """Go from the row of a key to the next (1) or the previous (-1); False at the end."""
        number = self._model.number_of(key)
        number = self.neighbour(number, step) if number >= 0 or step > 0 else -1
        if number >= 0:
            self.setCurrentIndex(self._model.index(number))
            self._scroll_around(number)
        return number >= 0

    def selected_keys(self) -> list[str]:
        """Return the keys of the rows that are selected, in the order of the list."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._model.rows[number].key for number in numbers]

    def neighbour(self, number: int, step: int) -> int:
        """Return the next row that can be chosen, `step` rows on (1) or back (-1); -1 at the end."""
        number += step
        while 0 <= number < self._model.rowCount():
            if self._model.can_choose(number):
                return number
            number += step
        return -1

    # Where the rows are

    def visualRect(self, index: Index) -> QRect:
        tops = self._edges()
        if not index.isValid() or index.row() + 1 >= len(tops):
            return QRect()
        top, bottom = tops[index.row()], tops[index.row() + 1]
        return QRect(0, top - self.verticalOffset(), self.viewport().width(), bottom - top)

    def indexAt(self, point: QPoint) -> QModelIndex:
        y = point.y() + self.verticalOffset()
        return self._model.index(self._number_at(y)) if 0 <= y < self._edges()[-1] else QModelIndex()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        tops, height, number = self._edges(), self.viewport().height(), index.row()
        bottom = tops[number + 1]
        # The heading above comes into view with the row that it heads.
        headed = number > 0 and not self._model.can_choose(number - 1)
        top = tops[number - 1] if headed else tops[number]
        bar = self.verticalScrollBar()
        self._fit_scroll_bar()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue((top + bottom - height) // 2)
        elif hint == QAbstractItemView.ScrollHint.PositionAtTop or top < bar.value():
            bar.setValue(top)
        elif hint == QAbstractItemView.ScrollHint.PositionAtBottom or bottom > bar.value() + height:
            bar.setValue(bottom - height)

    def _scroll_around(self, number: int) -> None:
        """Bring a row into view with some of those around it, so that one sees where it goes on."""
        tops, bar, height = self._edges(), self.verticalScrollBar(), self.viewport().height()
        self._fit_scroll_bar()
        for around in range(_AROUND, 0, -1):
            top, bottom = tops[max(number - around, 0)], tops[min(number + around + 1, len(tops) - 1)]
            if bottom - top <= height:
                bar.setValue(min(max(bar.value(), bottom - height), top))
                return

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:  # noqa: ARG002
        return False

    def doItemsLayout(self) -> None:
        # Not QListView's: that is what takes the time.
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        self._fit_scroll_bar()
        if self._anchor is not None:
            index, below = self._anchor
            self._anchor = None
            if index.isValid():
                self.verticalScrollBar().setValue(self._edges()[index.row()] + below)

    # Moving and choosing

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: ARG002
        current = self.currentIndex()
        number = current.row() if current.isValid() else -1
        steps: dict[_Action, Callable[[], int]] = {
            _Action.MoveDown: lambda: self.neighbour(number, 1),
            _Action.MoveNext: lambda: self.neighbour(number, 1),
            _Action.MoveUp: lambda: self.neighbour(number, -1),
            _Action.MovePrevious: lambda: self.neighbour(number, -1),
            _Action.MoveHome: lambda: self.neighbour(-1, 1),
            _Action.MoveEnd: lambda: self.neighbour(self._model.rowCount(), -1),
            _Action.MovePageDown: lambda: self._page(number, 1),
            _Action.MovePageUp: lambda: self._page(number, -1),
        }
        target = steps[action]() if action in steps else -1
        return self._model.index(target) if target >= 0 else current

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        tops = self._edges()
        offset = self.verticalOffset()
        rect = rect.normalized()
        first, last = rect.top() + offset, rect.bottom() + offset
        selection = QItemSelection()
        if len(tops) > 1 and first < tops[-1]:
            selection.select(
                self._model.index(self._number_at(first)), self._model.index(self._number_at(last))
            )
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for part in selection.toList():
            first = self.visualRect(self._model.index(part.top()))
            region += first.united(self.visualRect(self._model.index(part.bottom())))
        return region

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._told = False
        # A press on a heading, or below the last row, leaves the choice as it is.
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._model.can_choose(index.row()):
            super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # QAbstractItemView's own would choose the first row: a story that nobody asked for.
        QAbstractScrollArea.focusInEvent(self, event)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are the program's own keys."""

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        if not self._quiet and current.isValid() and self._model.can_choose(current.row()):
            self._told = True
            self.row_chosen.emit(self._model.key_at(current))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        # The press told of the row already, unless it was chosen before.
        if not self._told:
            self.row_chosen.emit(self._model.key_at(index))
        self._told = False

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self._model.rowCount():
            self._paint_empty(painter)
            return
        hovered = self._hovered()
        offset = self.verticalOffset()
        first = self._number_at(event.rect().top() + offset)
        last = self._number_at(event.rect().bottom() + offset)
        for number in range(first, last + 1):
            self._paint_row(painter, number, hovered)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002
        # Moving the pixels would carry the hover of one row to another; painting 15 rows costs 2 ms.
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        current = self.currentIndex()
        seen = self._is_seen(current.row(), event.oldSize().height()) if current.isValid() else False
        if self._wrap and event.size().width() != event.oldSize().width():
            self._hold()
            self._tops = None
        QAbstractItemView.resizeEvent(self, event)
        if seen:
            self.scrollTo(current)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index, place = self.indexAt(event.pos()), event.globalPos()
        else:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        if index.isValid():
            self.menu_requested.emit(self._model.key_at(index), place)

    def _paint_row(self, painter: QPainter, number: int, hovered: int) -> None:
        index = self._model.index(number)
        look = RowLook(
            chosen=self.selectionModel().isSelected(index),
            hovered=number == hovered,
            focused=self.hasFocus() and index == self.currentIndex(),
        )
        delegate = self.itemDelegate()
        assert isinstance(delegate, RowDelegate)
        delegate.paint_row(painter, self.visualRect(index), self._model.rows[number], look)

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setPen(self.palette().placeholderText().color())
        area = self.viewport().rect().adjusted(24, 24, -24, -24)
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._empty_text)

    def _hovered(self) -> int:
        if not self.viewport().underMouse():
            return -1
        return self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())).row()

    # The layout

    def _edges(self) -> list[int]:
        """Return the top of every row and the bottom of the last, from the top of the first."""
        if self._tops is None:
            self._tops = list(accumulate(self._heights(self.viewport().width()), initial=0))
        return self._tops

    def _is_seen(self, number: int, height: int) -> bool:
        """Whether some of a row was in sight in a view of that height; in one that was none, it is to be."""
        if self._tops is None or height <= 0:
            return True
        top, offset = self._tops[number], self.verticalOffset()
        return self._tops[number + 1] > offset and top < offset + height

    def _number_at(self, y: int) -> int:
        """Return the row at a height of the content; the nearest where none is."""
        return min(max(bisect_right(self._edges(), y) - 1, 0), self._model.rowCount() - 1)

    def _page(self, number: int, direction: int) -> int:
        """Return the row a page further, or the last that there is."""
        tops = self._edges()
        y = tops[max(number, 0)] + direction * self.viewport().height()
        target = self._number_at(min(max(y, 0), tops[-1]))
        if self._model.can_choose(target):
            return target
        beyond = self.neighbour(target, direction)
        return beyond if beyond >= 0 else self.neighbour(target, -direction)

    def _fit_scroll_bar(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setSingleStep(_STEP)
        bar.setPageStep(height)
        bar.setRange(0, max(0, self._edges()[-1] - height))

    def _hold(self) -> None:
        """Remember a row in sight, so that it stays there whatever comes in above: the chosen, else the top.

        At the very top nothing is held: there, what is new is to be seen.
        """
        if self._anchor is None and self._tops and self.verticalOffset() > 0:
            current = self.currentIndex()
            chosen = current.isValid() and self._is_seen(current.row(), self.viewport().height())
            number = current.row() if chosen else self._number_at(self.verticalOffset())
            below = self.verticalOffset() - self._tops[number]
            self._anchor = QPersistentModelIndex(self._model.index(number)), below

    def _lay_out_again(self) -> None:
        self._tops = None
        self._describe()
        self.scheduleDelayedItemsLayout()

    def _start_anew(self) -> None:
        self._tops = None
        self._anchor = None
        self._describe()
        self._fit_scroll_bar()
        self.verticalScrollBar().setValue(0)

    def _describe(self) -> None:
        """Tell the screen reader what is painted in place of the rows when there are none."""
        self.setAccessibleDescription("" if self._model.rowCount() else self._empty_text)
