import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from ui.hand import click, menu, press

from reader.ui.actions import ACTIONS, MENUS

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


def words(shown):
    return [action.text().replace("&", "") for action in shown.actions() if not action.isSeparator()]


def open_context(qtbot, view, index):
    click(view, index)
    point = view.visualRect(index).center()
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse,
        point,
        view.viewport().mapToGlobal(point),
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.viewport(), asked)
    return menu()


def test_every_action_stands_in_its_menu(window):
    for name in MENUS:
        shown = window.menus.by_name[name].actions()
        for spec in ACTIONS:
            if spec.menu == name:
                assert window.actions_by_id[spec.id] in shown


def test_a_story_has_a_menu_of_its_own(qtbot, window):
    view = window.frame.outline.list
    shown = open_context(qtbot, view, view.rows.index_of(window.reading.rows[1].key))
    assert words(shown)[:4] == ["Open Original", "Links…", "Star", "Mark as Read"]
    assert window.reading.story == window.reading.rows[1].key
    press(shown, "Esc")


def test_an_issue_has_a_menu_of_its_own(qtbot, window):
    view = window.frame.issues.list
    shown = open_context(qtbot, view, view.rows.index_of("import-ai/218"))
    assert "Mark Issue as Read" in words(shown)
    assert window.reading.issue == "import-ai/218"
    press(shown, "Esc")


def test_f10_opens_the_menu_and_its_letters_choose(qtbot, window):
    press(window, "F10")
    assert menu() is window.menus.all
    press(menu(), "Esc")
    assert QApplication.activePopupWidget() is None


def test_the_menu_bar_can_be_shown_and_stays(qtbot, window):
    assert not window.menuBar().isVisible()
    press(window, "Ctrl+Shift+M")
    assert window.menuBar().isVisible()
    assert window._session().menu_bar


@pytest.mark.parametrize("name", ["dark", "sepia", "light"])
def test_a_theme_is_chosen_in_its_menu(qtbot, window, name):
    theme_menu = window.toolbar.theme.menu()
    assert isinstance(theme_menu, QMenu)
    theme_menu.aboutToShow.emit()
    action = next(action for action in theme_menu.actions() if action.data() == name)
    action.trigger()
    assert window.appearance.theme.name == name
    theme_menu.aboutToShow.emit()
    assert [a.data() for a in theme_menu.actions() if a.isChecked()] == [name]


def test_a_text_size_is_chosen_in_its_menu(qtbot, window):
    sizes = window.toolbar.text_size.menu()
    next(action for action in sizes.actions() if action.data() == 24).trigger()
    assert window.preferences.settings.text_size == 24


def test_ctrl_and_the_wheel_change_the_text_size(qtbot, window):
    window.frame.story.view.text_size_requested.emit(1)
    assert window.preferences.settings.text_size == 20


def test_the_star_of_the_toolbar_says_what_it_would_do(qtbot, window):
    button = window.toolbar.widgetForAction(window.actions_by_id["story.star"])
    assert button.toolTip() == "Star (S)"
    click(button)
    qtbot.waitUntil(lambda: button.toolTip() == "Unstar (S)")
    assert button.focusPolicy() != Qt.FocusPolicy.ClickFocus
