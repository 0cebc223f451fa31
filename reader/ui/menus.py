"""The menus and the toolbar, laid out from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolBar, QToolButton, QWidget

from reader.services.themes import Theme
from reader.ui.actions import ACTIONS, MENUS, SEPARATED, SEPARATOR, TOOLBAR, VIEW, Actions, ActionSpec
from reader.ui.appearance import SYSTEM, TEXT_SIZES, Appearance
from reader.ui.icons import Icons
from reader.ui.preferences import Preferences

_ICON = QSize(18, 18)
_END = 4
_MENUS_MS = 100
"""When the icons that stand in menus only are drawn: after what is seen at once."""


class ThemeMenu(QMenu):
    """The themes, one of them chosen."""

    def __init__(self, appearance: Appearance, preferences: Preferences, parent: QWidget) -> None:
        super().__init__("&Theme", parent)
        self._preferences = preferences
        self._appearance = appearance
        self._group = QActionGroup(self)
        self._group.triggered.connect(lambda action: appearance.choose(action.data()))
        self.aboutToShow.connect(self._show)

    def _fill(self) -> None:
        choices = {SYSTEM: "As the &Desktop"} | {
            name: f"&{theme.label}" for name, theme in self._appearance.themes.items()
        }
        for name, label in choices.items():
            action = self._group.addAction(label)
            action.setCheckable(True)
            action.setData(name)
            self.addAction(action)

    def _show(self) -> None:
        if self.isEmpty():
            self._fill()
        for action in self._group.actions():
            action.setChecked(action.data() == self._preferences.settings.theme)


class TextSizeMenu(QMenu):
    """Larger, smaller, and the sizes by number."""

    def __init__(
        self, appearance: Appearance, preferences: Preferences, actions: Actions, parent: QWidget
    ) -> None:
        super().__init__("Te&xt Size", parent)
        self._preferences = preferences
        for key in ("view.larger", "view.smaller", "view.normal"):
            self.addAction(actions[key])
        self.addSeparator()
        self._group = QActionGroup(self)
        for size in TEXT_SIZES:
            action = self._group.addAction(f"{size} px")
            action.setCheckable(True)
            action.setData(size)
            self.addAction(action)
        self._group.triggered.connect(lambda action: appearance.set_text_size(action.data()))
        self.aboutToShow.connect(self._show)

    def _show(self) -> None:
        for action in self._group.actions():
            action.setChecked(action.data() == self._preferences.settings.text_size)


class Menus:
    """Every menu of the window, each once."""

    def __init__(self, bar: QMenuBar, actions: Actions, theme: QMenu, text_size: QMenu) -> None:
        self.all = QMenu("Menu", bar)
        self.by_name: dict[str, QMenu] = {}
        for name in MENUS:
            menu = bar.addMenu(name)
            self.by_name[name] = menu
            self.all.addMenu(menu)
            for spec in (spec for spec in ACTIONS if spec.menu == name):
                if spec.id in SEPARATED:
                    menu.addSeparator()
                menu.addAction(actions[spec.id])
        view = self.by_name[VIEW]
        view.addSeparator()
        view.addMenu(theme)
        view.addMenu(text_size)


class ToolBar(QToolBar):
    """The quiet row of icons: what is done most, the text and its theme, the search, the menu."""

    def __init__(self, actions: Actions, search: QWidget, parent: QWidget) -> None:
        super().__init__("Toolbar", parent)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(_ICON)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._actions = actions
        self._draw: Callable[[ActionSpec], object] = lambda _spec: None
        self._drawing = QTimer(self, singleShot=True, interval=_MENUS_MS)
        self._drawing.timeout.connect(self._dress_menus)
        self._add_gap(_END)
        for key in TOOLBAR:
            if key == SEPARATOR:
                self.addSeparator()
            else:
                self.addAction(actions[key])
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self.text_size = self._menu_button("Text size")
        self.theme = self._menu_button("Theme")
        self.addSeparator()
        self.addWidget(search)
        self.menu = self._menu_button("Menu")
        self.menu.setObjectName("menu-button")
        self._add_gap(_END)

    def dress(self, icons: Icons, theme: Theme) -> None:
        """Draw the icons in the colours of a theme."""
        self._draw = lambda spec: self._actions[spec.id].setIcon(icons.icon(spec.icon, theme.text))
        for spec in ACTIONS:
            if spec.id in TOOLBAR and spec.icon:
                self._draw(spec)
        self._drawing.start()
        self.text_size.setIcon(icons.icon("a-large-small", theme.text))
        self.theme.setIcon(icons.icon("sun" if theme.dark else "moon", theme.text))
        self.menu.setIcon(icons.icon("ellipsis", theme.text))

    def _dress_menus(self) -> None:
        for spec in ACTIONS:
            if spec.id not in TOOLBAR and spec.icon:
                self._draw(spec)

    def _add_gap(self, width: int) -> None:
        gap = QWidget()
        gap.setFixedWidth(width)
        self.addWidget(gap)

    def _menu_button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(button)
        return button


def popup(keys: Iterable[str], actions: Actions, parent: QWidget, place: QPoint) -> QMenu:
    """Show a context menu of some actions at a place of the screen."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for key in keys:
        if key == SEPARATOR:
            menu.addSeparator()
        else:
            menu.addAction(actions[key])
    menu.popup(place)
    return menu
