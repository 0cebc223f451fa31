"""The menu at the head of the issue list: one newsletter or all, and their names."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from reader.model import NewsletterRow
from reader.ui.words import grouped

ALL_NEWSLETTERS = "All newsletters"
_WIDEST = 360
"""Pixels of a name: a longer one is cut, and is told whole when the pointer rests on it."""


class FilterMenu(QMenu):
    """Newsletters with the number of their unread issues."""

    newsletter_chosen = Signal(str)
    """The newsletter's key; "" for all of them."""
    rename_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Newsletters")
        self.setToolTipsVisible(True)
        # The button that opens it is laid out from the right, so that its mark stands behind its text.
        self.setLayoutDirection(QGuiApplication.layoutDirection())

    def fill(self, newsletters: Iterable[NewsletterRow], chosen: str) -> None:
        """Lay out the menu anew."""
        rows = list(newsletters)
        section = ""
        self.clear()
        group = QActionGroup(self)
        self._add(group, ALL_NEWSLETTERS, "", sum(row.unread for row in rows)).setChecked(not chosen)
        self.addSeparator()
        for row in rows:
            if row.group and row.group != section:
                self.addSection(_plain(row.group))
            elif section and not row.group:
                self.addSeparator()
            section = row.group
            name = f"{row.icon} {row.name}".strip()
            self._add(group, name, row.key, row.unread).setChecked(row.key == chosen)
        if rows:
            self.addSeparator()
        self._add_renaming([row for row in rows if row.key == chosen] or rows)

    def _add(self, group: QActionGroup, name: str, key: str, unread: int) -> QAction:
        # What stands behind the tab stands at the right, where other menus have their keys.
        action = self.addAction(self._shown(name) + (f"\t{grouped(unread)}" if unread else ""))
        action.setToolTip(name)
        action.setCheckable(True)
        action.setActionGroup(group)
        action.setData(key)
        action.triggered.connect(lambda: self.newsletter_chosen.emit(key))
        return action

    def _add_renaming(self, rows: list[NewsletterRow]) -> None:
        if len(rows) == 1:
            self._add_rename(self, f"Rename “{self._shown(rows[0].name)}”…", rows[0].key)
        elif rows:
            menu = self.addMenu("Rename")
            for row in rows:
                self._add_rename(menu, f"{self._shown(row.name)}…", row.key)

    def _shown(self, name: str) -> str:
        return _plain(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _WIDEST))

    def _add_rename(self, menu: QMenu, text: str, key: str) -> None:
        menu.addAction(text).triggered.connect(lambda: self.rename_requested.emit(key))


def _plain(name: str) -> str:
    """Return a name for a menu, which would take "&" for the mark of a mnemonic."""
    return name.replace("&", "&&").replace("\t", " ")
