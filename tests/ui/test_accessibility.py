"""What a screen reader is told, and what the keyboard reaches."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QDialog, QToolButton, QWidget
from ui.hand import click, dialog, press

from reader.ui.actions import TOOLBAR


def focusable(root):
    return [
        widget
        for widget in root.findChildren(QWidget)
        if not isinstance(widget.parent(), QAbstractSpinBox)  # the number's own field speaks for the box
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def name_of(widget):
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) if told and told.isValid() else ""


def test_everything_that_takes_the_focus_has_a_name(window):
    nameless = [widget for widget in focusable(window) if not name_of(widget)]
    assert nameless == []


@pytest.mark.parametrize("keys", ["Ctrl+,", "E", "T", "'", "?", "F2", "Ctrl+N", "Ctrl+Shift+N"])
def test_every_field_of_every_dialog_has_a_name(window, keys):
    press(window, keys)
    box = dialog(QDialog)
    nameless = [widget for widget in focusable(box) if not name_of(widget)]
    press(box, "Esc")
    assert nameless == []


def test_icons_of_the_toolbar_say_in_words_what_they_do_and_with_which_key(window):
    for key in TOOLBAR:
        if key != "-":
            button = window.toolbar.widgetForAction(window.actions_by_id[key])
            assert name_of(button)
            assert "(" in button.toolTip()


def test_tab_reaches_every_pane(window):
    window.frame.issues.setFocus()
    seen = set()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert {window.frame.issues.list, window.frame.outline.list, window.frame.story.view} <= seen
    assert window.frame.search_field in seen


def test_tab_reaches_the_newsletter_and_which_issues_are_listed_both_ways(window):
    wanted, others = {"Newsletter: All newsletters", "All"}, {"Unread", "Starred"}
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        window.frame.story.setFocus()
        seen = set()
        for _ in range(40):
            QTest.keyClick(QApplication.focusWidget(), key)
            seen.add(name_of(QApplication.focusWidget()))
        assert wanted <= seen
        assert not others & seen


def test_the_arrows_go_from_one_of_all_unread_and_starred_to_the_next(window):
    segments = {b.text(): b for b in window.frame.issues.findChildren(QToolButton)}
    segments["All"].setFocus()
    press(window, "Right")
    assert window.frame.issues.view == "unread"
    assert segments["Unread"].hasFocus()


def test_a_line_marks_the_page_that_a_key_brought_the_keyboard_to(window):
    def mark():
        return window.frame.story.grab().toImage().pixelColor(30, 0).name()

    theme = window.appearance.theme
    window.frame.outline.setFocus()
    press(window, "Right")
    assert mark() == theme.accent
    press(window, "Left")
    assert mark() == theme.page
    click(window.frame.story.view.viewport())
    assert mark() == theme.page


def test_return_presses_a_button_that_has_the_keyboard(window):
    segments = {b.text(): b for b in window.frame.issues.findChildren(QToolButton)}
    segments["Unread"].setFocus()
    press(window, "Return")
    assert window.frame.issues.view == "unread"


def test_there_is_one_ring_around_a_button_and_no_dots_inside(window):
    button = window.frame.toast.action
    window.frame.toast.say("Something is done", "Undo", lambda: None)
    inner = button.rect().adjusted(6, 6, -6, -6)
    before = button.grab(inner).toImage()
    window.frame.toast.dismiss.setFocus()
    press(window, "Shift+Tab")
    assert button.hasFocus()
    assert button.grab(inner).toImage() == before
    press(window, "Return")
    assert not window.frame.toast.isVisible()


def test_space_on_a_button_presses_it_and_does_not_scroll(window):
    menu_button = window.findChild(QToolButton, "menu-button")
    assert menu_button.focusPolicy() == Qt.FocusPolicy.TabFocus
    segments = [b for b in window.frame.issues.findChildren(QToolButton) if b.text() == "Unread"]
    segments[0].setFocus()
    press(window, "Space")
    assert window.frame.issues.view == "unread"
    assert window.frame.story.view.verticalScrollBar().value() == 0


def test_a_star_is_said_in_words(qtbot, window):
    press(window, "S")
    qtbot.waitUntil(lambda: window.reading.row.state.starred)
    index = window.frame.outline.list.currentIndex()
    assert "starred" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def parts_of(told):
    """A part of the window and all parts of it that are shown, as a screen reader walks them."""
    if told is None or not told.isValid() or told.state().invisible:
        return
    yield told
    for number in range(told.childCount()):
        yield from parts_of(told.child(number))


_PRESSED = {
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText,
    QAccessible.Role.List,
    QAccessible.Role.ListItem,
    QAccessible.Role.ProgressBar,
}


@pytest.mark.parametrize("searching", [False, True])
def test_all_that_a_screen_reader_can_walk_to_and_use_has_a_name(qtbot, window, searching):
    if searching:
        press(window, "Ctrl+K")
        window.frame.search_field.setText("links")
        qtbot.waitUntil(lambda: len(window.frame.results.hits) > 0)
    used = [
        part for part in parts_of(QAccessible.queryAccessibleInterface(window)) if part.role() in _PRESSED
    ]
    assert {QAccessible.Role.ListItem, QAccessible.Role.Button} <= {part.role() for part in used}
    assert [part.object() for part in used if not part.text(QAccessible.Text.Name)] == []


def test_the_buttons_of_star_and_read_say_what_a_press_would_do(qtbot, window):
    star, read = (
        window.toolbar.widgetForAction(window.actions_by_id[key]) for key in ("story.star", "story.read")
    )
    assert (name_of(star), name_of(read)) == ("Star", "Mark as Read")
    press(window, "S")
    press(window, "M")
    qtbot.waitUntil(lambda: (name_of(star), name_of(read)) == ("Unstar", "Mark as Unread"))
