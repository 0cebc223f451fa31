"""The list of newsletters in their groups, to be put in order with the mouse or with keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from reader.model import NewsletterRow
from reader.services.newsletters import Place, Removed
from reader.ui.words import counted

_KEY = Qt.ItemDataRole.UserRole
_REMOVED = Qt.ItemDataRole.UserRole + 1
_FAILED = "⚠"
_Flag = Qt.ItemFlag
_ROW = QSize(0, 28)
"""The least that a line takes; a mouse hits it well."""


class NewsletterTree(QTreeWidget):
    """Newsletters and groups of them. A group is there as long as a newsletter is in it."""

    newsletter_chosen = Signal(str)
    """The newsletter's key; "" where none is chosen."""
    arranged = Signal(list)
    """The reader put them in another order: a Place for each newsletter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("newsletters")
        self.setHeaderHidden(True)
        self.setAccessibleName("Newsletters")
        self.setAccessibleDescription("Alt with an arrow moves a newsletter; so does the mouse.")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setIndentation(14)
        self.currentItemChanged.connect(self._on_current)

    @property
    def chosen(self) -> str:
        """The key of the newsletter that is chosen; "" for none."""
        item = self.currentItem()
        return str(item.data(0, _KEY) or "") if item else ""

    def fill(
        self,
        rows: Sequence[NewsletterRow],
        chosen: str,
        removed: Sequence[Removed],
        failed: Mapping[str, str],
    ) -> None:
        """Show the newsletters as they stand, with one of them chosen without telling of it.

        Those that were removed are listed at the end. One that has no issue yet is not moved. Why the last
        refresh failed is told on the newsletters, given by their keys.
        """
        place = self.verticalScrollBar().value()
        self.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for row in rows:
            if row.group and row.group not in groups:
                groups[row.group] = self._add_group(row.group)
            parent = groups.get(row.group) or self.invisibleRootItem()
            item = self._add(parent, row, failed.get(row.key, ""))
            if row.key == chosen:
                self.setCurrentItem(item)
        if removed:
            self._add_removed(removed, chosen)
        self.expandAll()
        self.blockSignals(False)  # noqa: FBT003
        self.verticalScrollBar().setValue(place)
        self._show_current()

    @property
    def chosen_removed(self) -> str:
        """The key of the removed newsletter that is chosen; "" for none."""
        item = self.currentItem()
        return str(item.data(0, _REMOVED) or "") if item else ""

    def step(self, step: int) -> None:
        """Move the newsletter that is chosen one place up (-1) or down (1), into and out of groups."""
        item = self.currentItem()
        if item is None or not item.flags() & _Flag.ItemIsDragEnabled:
            return
        places = list(self._places())
        at = next(n for n, place in enumerate(places) if place.newsletter == self.chosen)
        self.arranged.emit(_stepped(places, at, step))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        moved = self.chosen
        self.blockSignals(True)  # noqa: FBT003 - on its way the one that moves is not the chosen one
        super().dropEvent(event)
        for item in self._items():
            if item.data(0, _KEY) == moved:
                self.setCurrentItem(item)
        self.blockSignals(False)  # noqa: FBT003
        self.arranged.emit(list(self._places()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_current()

    def _show_current(self) -> None:
        if item := self.currentItem():
            self.scrollToItem(item)

    def _add_group(self, name: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [name])
        item.setFlags(_Flag.ItemIsEnabled | _Flag.ItemIsDropEnabled)
        item.setSizeHint(0, _ROW)
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        return item

    def _add(self, parent: QTreeWidgetItem, row: NewsletterRow, error: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [" ".join(filter(None, (error and _FAILED, row.icon, row.name)))])
        item.setSizeHint(0, _ROW)
        item.setData(0, _KEY, row.key)
        item.setToolTip(0, f"{row.name}\n{error}" if error else row.name)
        moves = _Flag.ItemIsDragEnabled if row.issues else _Flag.NoItemFlags
        item.setFlags(_Flag.ItemIsEnabled | _Flag.ItemIsSelectable | moves)
        unread = f", {counted(row.unread, 'unread issue')}" if row.unread else ""
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{row.name}{unread}{error and f'. {error}'}")
        return item

    def _add_removed(self, removed: Sequence[Removed], chosen: str) -> None:
        group = self._add_group("Removed")
        group.setFlags(_Flag.ItemIsEnabled)
        for one in removed:
            item = QTreeWidgetItem(group, [one.name])
            item.setSizeHint(0, _ROW)
            item.setData(0, _REMOVED, one.newsletter)
            item.setFlags(_Flag.ItemIsEnabled | _Flag.ItemIsSelectable)
            item.setToolTip(0, one.name)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{one.name}, removed")
            if one.newsletter == chosen and not self.chosen:
                self.setCurrentItem(item)

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for item in _children(self.invisibleRootItem()):
            yield item
            yield from _children(item)

    def _places(self) -> Iterator[Place]:
        for item in _children(self.invisibleRootItem()):
            if item.flags() & _Flag.ItemIsDragEnabled:
                yield Place(item.data(0, _KEY))
            inside = (inner.data(0, _KEY) for inner in _children(item))
            yield from (Place(key, item.text(0)) for key in inside if key)

    def _on_current(self) -> None:
        self.newsletter_chosen.emit(self.chosen)


def _children(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    for at in range(item.childCount()):
        if child := item.child(at):
            yield child


def _stepped(places: Sequence[Place], at: int, step: int) -> list[Place]:
    """Return the places with one moved by a step: over a neighbour, or over the border of a group."""
    rest = [place for n, place in enumerate(places) if n != at]
    moved = places[at]
    beside = at + step
    neighbour = places[beside] if 0 <= beside < len(places) else None
    if neighbour is not None and neighbour.group == moved.group:
        rest.insert(beside, moved)
    elif moved.group:
        rest.insert(at, Place(moved.newsletter))  # out of its group, and no further
    elif neighbour is not None:
        rest.insert(at, Place(moved.newsletter, neighbour.group))
    else:
        rest.insert(at, moved)
    return rest
