from dataclasses import replace
from itertools import pairwise

import make
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton
from ui.hand import click, dialog, menu, press, type_text

from reader.model import StoreError
from reader.services.settings import load_settings
from reader.ui.actions import MORE_KEYS
from reader.ui.dialogs.shortcuts import Shortcuts
from reader.ui.session import packed


def titles(window):
    return [row.title for row in window.reading.rows]


def key_of(window, title):
    return next(row.key for row in window.reading.rows if row.title == title)


def shown(window):
    return window.reading.row.title if window.reading.row else ""


def text(window):
    return window.frame.story.view.toPlainText()


def test_the_window_opens_on_the_newest_issue_and_its_first_unread_story(window):
    assert titles(window) == ["A long one", "A short one", "A third one"]
    assert shown(window) == "A long one"
    assert "Paragraph 0 of a long story" in text(window)
    assert window.windowTitle().startswith("Import AI 219")
    assert window.frame.status.counts.text() == "3 issues · 6 stories · 6 unread"


def test_j_and_k_go_through_the_stories_and_on_into_the_next_issue(window):
    seen = []
    for _ in range(4):
        seen.append(shown(window))
        press(window, "J")
    assert seen == ["A long one", "A short one", "A third one", "Older first"]
    assert shown(window) == "Older second"
    press(window, "K")
    press(window, "K")
    assert shown(window) == "A third one"


def test_down_in_the_outline_goes_to_the_next_story(window):
    window.frame.outline.setFocus()
    press(window, "Down")
    assert shown(window) == "A short one"
    assert "Two links here" in text(window)


def test_s_stars_the_story_on_screen_and_on_disk_and_undo_takes_it_back(qtbot, window, disk):
    key = window.reading.story
    press(window, "S")
    qtbot.waitUntil(lambda: window.reading.row.state.starred)
    assert disk().state(key).starred
    assert window.actions_by_id["story.star"].text() == "Un&star"
    assert window.actions_by_id["edit.undo"].text() == "&Undo Star Story"
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: not window.reading.row.state.starred)
    assert not disk().state(key).starred
    press(window, "Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: window.reading.row.state.starred)


def test_two_quick_presses_on_s_star_and_unstar(qtbot, window, disk):
    key = window.reading.story
    press(window, "S")
    press(window, "S")
    window.presenters.marks._writes.settle()
    assert not disk().state(key).starred
    assert window.undo_stack.count() == 2


def test_undo_puts_back_no_more_than_what_was_done(qtbot, window, disk):
    key = window.reading.story
    press(window, "S")
    window.library.set_position(key, 77).result()
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: not disk().state(key).starred)
    assert disk().state(key).position == 77


def test_m_marks_as_read_and_again_as_unread(qtbot, window, disk):
    key = window.reading.story
    press(window, "M")
    qtbot.waitUntil(lambda: window.reading.row.state.read)
    assert disk().state(key).read
    press(window, "M")
    qtbot.waitUntil(lambda: not window.reading.row.state.read)


def test_shift_a_marks_the_issue_as_read_and_the_toast_undoes_it(qtbot, window, disk):
    press(window, "Shift+A")
    qtbot.waitUntil(lambda: all(row.state.read for row in window.reading.rows))
    assert window.frame.toast.text.text() == "Marked 3 stories as read"
    assert window.actions_by_id["edit.undo"].text() == "&Undo Mark 3 Stories Read"
    click(window.frame.toast.action)
    qtbot.waitUntil(lambda: not any(row.state.read for row in window.reading.rows))
    assert disk().counts().unread == 6


def test_undo_of_mark_all_leaves_read_what_was_read_before(qtbot, window, disk):
    press(window, "M")
    qtbot.waitUntil(lambda: window.reading.row.state.read)
    press(window, "Shift+A")
    qtbot.waitUntil(lambda: all(row.state.read for row in window.reading.rows))
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: sum(row.state.read for row in window.reading.rows) == 1)
    assert window.reading.rows[0].state.read


def test_several_stories_chosen_with_ctrl_are_starred_at_once(qtbot, window, disk):
    pane = window.frame.outline
    click(pane.list, pane.list.rows.index_of(key_of(window, "A short one")))
    click(
        pane.list,
        pane.list.rows.index_of(key_of(window, "A third one")),
        modifiers=Qt.KeyboardModifier.ControlModifier,
    )
    press(window, "S")
    qtbot.waitUntil(lambda: disk().counts().starred == 2)
    assert window.undo_stack.undoText() == "Star 2 Stories"


def test_space_scrolls_and_only_a_press_at_the_end_goes_on_to_the_next_unread(qtbot, window, disk):
    view = window.frame.story.view
    key = window.reading.story
    for _ in range(100):
        if view.at_end():
            break
        before = view.verticalScrollBar().value()
        qtbot.waitUntil(lambda before=before: view.verticalScrollBar().maximum() > before)
        press(window, "Space")
        assert shown(window) == "A long one"
        assert view.verticalScrollBar().value() > before
    assert view.at_end()
    press(window, "Space")
    assert shown(window) == "A short one"
    qtbot.waitUntil(lambda: disk().state(key).read)


def test_space_at_the_end_of_an_issue_goes_to_the_next_issue_with_something_unread(qtbot, window):
    window.library.mark_read([row.key for row in window.reading.rows[:2]], read=True).result()
    qtbot.waitUntil(lambda: window.reading.rows[1].state.read)
    window.reading.show_story(key_of(window, "A third one"))
    qtbot.waitUntil(window.frame.story.view.at_end)
    press(window, "Space")
    assert shown(window) == "Older first"


def test_n_goes_past_what_is_read(qtbot, window):
    window.library.mark_read([window.reading.rows[1].key], read=True).result()
    qtbot.waitUntil(lambda: window.reading.rows[1].state.read)
    press(window, "N")
    assert shown(window) == "A third one"


def test_where_the_reader_is_gets_saved_while_he_is_there(qtbot, window):
    press(window, "J")
    window.resize(901, 602)
    place = {"story": window.reading.story, "geometry": packed(window.saveGeometry())}
    qtbot.waitUntil(lambda: place.items() <= load_settings().window.items(), timeout=4_000)


def test_brackets_go_from_issue_to_issue(window):
    press(window, "]")
    assert titles(window) == ["Older first", "Older second"]
    press(window, "[")
    assert titles(window)[0] == "A long one"


def test_an_issue_remembers_the_story_that_was_shown(window):
    press(window, "J")
    press(window, "]")
    press(window, "[")
    assert shown(window) == "A short one"


def test_a_story_passed_with_j_stays_unread_and_one_that_is_shown_becomes_read(qtbot, window, disk):
    window.preferences.change(read_after_seconds=0.2)
    passed = window.reading.story
    press(window, "J")
    press(window, "J")
    last = window.reading.story
    qtbot.waitUntil(lambda: disk().state(last).read)
    assert not disk().state(passed).read
    assert window.undo_stack.count() == 0


def test_a_story_marked_unread_by_hand_stays_so_until_it_is_left(qtbot, window, disk):
    key = window.reading.story
    press(window, "M")
    qtbot.waitUntil(lambda: window.reading.row.state.read)
    press(window, "M")
    qtbot.waitUntil(lambda: not window.reading.row.state.read)
    assert window.reading_time.story == ""
    press(window, "J")
    press(window, "K")
    assert window.reading_time.story == key


def test_w_shows_the_whole_issue_and_the_outline_follows(qtbot, window):
    press(window, "W")
    assert window.reading.whole
    assert "A long one" in text(window)
    qtbot.waitUntil(lambda: "Words about penguins." in text(window))
    click(
        window.frame.outline.list,
        window.frame.outline.list.rows.index_of(key_of(window, "A third one")),
    )
    qtbot.waitUntil(lambda: window.frame.story.view.verticalScrollBar().value() > 0)
    window.frame.story.view.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: shown(window) == "A long one")
    assert window.frame.outline.current_story == key_of(window, "A long one")
    press(window, "W")
    assert not window.reading.whole
    assert shown(window) == "A long one"
    assert "penguins" not in text(window)


def test_g_then_s_lists_the_starred_and_one_that_is_unstarred_stays_while_it_is_looked_at(qtbot, window):
    press(window, "S")
    qtbot.waitUntil(lambda: window.reading.row.state.starred)
    press(window, "G, S")
    assert titles(window) == ["A long one"]
    press(window, "S")
    qtbot.waitUntil(lambda: not window.reading.row.state.starred)
    assert titles(window) == ["A long one"]
    assert "Paragraph 0" in text(window)


def test_g_then_u_keeps_the_issue_that_is_read_to_its_end(qtbot, window):
    press(window, "G, U")
    press(window, "Shift+A")
    qtbot.waitUntil(lambda: all(row.state.read for row in window.reading.rows))
    rows = window.frame.issues.list.rows
    assert rows.number_of(window.reading.issue) >= 0
    press(window, "G, A")
    assert window.frame.issues.view == "all"


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_l_lists_the_links_and_a_digit_opens_one(qtbot, window, opener):
    press(window, "J")
    press(window, "L")
    assert len(menu().actions()) == 2
    press(window, "2")
    assert opener.opened == ["https://example.org/b"]


def test_o_opens_the_original_and_nothing_but_web_and_mail_is_ever_opened(window, opener):
    press(window, "O")
    assert opener.opened == ["https://example.org/long"]
    for address in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", ""):
        window.deeds.open_link(address)
    assert opener.opened == ["https://example.org/long"]


def mentioning(text, site=""):
    """An issue whose one story cites several things and has no address of its own."""
    letter = make.issue([make.story("A round-up", text)], number="220", published="2020-10-26", url=site)
    return replace(letter, stories=tuple(story._replace(url="") for story in letter.stories))


def show_letter(qtbot, window, letter):
    """Put an issue into the library and show it."""
    window.library.put(letter).result()
    qtbot.waitUntil(lambda: window.frame.issues.list.rows.number_of(letter.issue.key) >= 0)
    window.reading.open_issue(letter.issue.key)
    window.frame.outline.setFocus()


_TWO = (
    "One [way](https://example.org/a), the [same](https://example.org/a), [another](https://example.org/b)."
)


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_o_in_a_story_that_only_mentions_several_things_asks_which(qtbot, window, opener):
    show_letter(qtbot, window, mentioning(_TWO, "https://example.org/220"))
    press(window, "O")
    assert opener.opened == []
    lines = [action.text().partition("   ")[2] for action in menu().actions()]
    assert lines == ["way  (example.org)", "another  (example.org)", "The whole issue  (example.org)"]
    press(window, "Down")
    press(window, "Return")
    assert opener.opened == ["https://example.org/b"]


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_copying_the_link_of_a_story_with_several_asks_which(qtbot, window):
    show_letter(qtbot, window, mentioning(_TWO))
    press(window, "Ctrl+Shift+C")
    press(window, "Return")
    assert QGuiApplication.clipboard().text() == "https://example.org/a"


def test_a_link_is_copied_as_it_came(qtbot, window):
    tracked = "https://example.org/a?utm_source=letter"
    letter = mentioning("[way](https://example.org/a)")
    show_letter(qtbot, window, replace(letter, originals=(("https://example.org/a", tracked),)))
    window.actions_by_id["edit.copy_original"].trigger()
    assert QGuiApplication.clipboard().text() == tracked
    press(window, "Ctrl+Shift+C")
    assert QGuiApplication.clipboard().text() == "https://example.org/a"


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_a_hundred_links_are_one_list_that_scrolls(qtbot, window):
    show_letter(qtbot, window, mentioning(" ".join(f"[n {n}](https://example.org/{n})" for n in range(100))))
    press(window, "L")
    lefts = {menu().actionGeometry(action).x() for action in menu().actions()}
    press(window, "Esc")
    assert len(lefts) == 1


def test_where_there_is_one_place_to_go_to_o_opens_it(qtbot, window, opener):
    show_letter(qtbot, window, mentioning("No link.", "https://example.org/220"))
    press(window, "O")
    assert opener.opened == ["https://example.org/220"]


@pytest.mark.parametrize("keys", ["O", "Ctrl+Shift+C", "L"])
def test_where_nothing_can_be_opened_it_is_said(window, opener, keys):
    press(window, "J")
    press(window, "J")
    assert "penguins" in text(window)
    QGuiApplication.clipboard().setText("before")
    press(window, keys)
    assert window.frame.status.work.text() == "There is no link in this story"
    assert opener.opened == []
    assert QGuiApplication.clipboard().text() == "before"


@pytest.mark.parametrize(
    ("site", "opened"), [("https://example.org/en/219/", ["https://example.org/en/more"]), ("", [])]
)
def test_a_relative_link_leads_to_the_issues_own_site(qtbot, window, opener, site, opened):
    letter = make.issue(
        [make.story("A story", "Go [on](/en/more) there.")],
        newsletter="Import AI",
        number="220",
        published="2020-10-26",
        url=site,
    )
    window.library.put(letter).result()
    qtbot.waitUntil(lambda: window.counts.issues == 4)
    window.reading.open_issue("import-ai/220")
    window.frame.story.setFocus()
    press(window, "Tab")
    press(window, "Return")
    assert opener.opened == opened
    assert window.frame.toast.isVisible() is not bool(opened)
    if not opened:
        assert "does not say where that is: /en/more" in window.frame.toast.text.text()


def test_c_copies_the_story_as_markdown(window):
    press(window, "J")
    press(window, "C")
    copied = QGuiApplication.clipboard().text()
    assert "A short one" in copied
    assert "[links](https://example.org/a)" in copied
    assert window.frame.status.work.text() == "Copied 1 story as Markdown"


def test_letters_are_letters_while_one_searches(qtbot, window, disk):
    key = window.reading.story
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "ssnj")
    assert window.frame.search_field.text() == "ssnj"
    assert window.reading.story == key
    assert not disk().state(key).starred


def test_search_shows_results_as_one_types_and_return_opens_the_story_in_its_issue(qtbot, window):
    press(window, "]")
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "pengu")
    qtbot.waitUntil(lambda: len(window.frame.results.hits) == 1)
    assert window.frame.middle.currentWidget() is window.frame.results
    press(window, "Return")
    qtbot.waitUntil(lambda: shown(window) == "A third one")
    assert window.frame.middle.currentWidget() is window.frame.outline
    assert window.frame.search_field.text() == ""
    assert titles(window)[0] == "A long one"


def test_the_first_search_shows_its_results_in_the_theme_that_was_chosen_before(qtbot, window):
    window.appearance.choose("dark")
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "penguins")
    qtbot.waitUntil(lambda: len(window.frame.results.hits) == 1)
    assert window.frame.results.list.itemDelegate().theme.name == "dark"


def test_a_result_of_another_newsletter_than_the_one_listed_is_shown_in_the_list(qtbot, window):
    window.frame.issues.set_newsletter("this-week-in-rust")
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "penguins")
    qtbot.waitUntil(lambda: len(window.frame.results.hits) == 1)
    press(window, "Return")
    issues = window.frame.issues
    assert issues.newsletter == ""
    assert issues.list.currentIndex() == issues.list.rows.index_of("import-ai/219")
    said = "All newsletters are listed again: this story is from Import AI"
    assert window.frame.status.work.text() == said


def test_a_result_of_the_newsletter_that_is_listed_leaves_the_list_as_it_is(qtbot, window):
    window.frame.issues.set_newsletter("import-ai")
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "penguins")
    qtbot.waitUntil(lambda: len(window.frame.results.hits) == 1)
    press(window, "Return")
    assert window.frame.issues.newsletter == "import-ai"
    assert window.frame.status.work.text() == ""


def test_esc_in_the_search_goes_back_where_one_was(qtbot, window):
    press(window, "]")
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "penguins")
    qtbot.waitUntil(lambda: len(window.frame.results.hits) == 1)
    press(window, "Down")
    qtbot.waitUntil(lambda: "Words about penguins." in text(window))
    press(window, "Esc")
    assert window.frame.middle.currentWidget() is window.frame.outline
    assert shown(window) == "Older first"
    assert "Old words." in text(window)


def test_esc_after_a_result_was_opened_goes_back_to_the_results_and_again_where_one_was(qtbot, window):
    press(window, "]")
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "words")
    qtbot.waitUntil(lambda: len(window.frame.results.hits) == 3)
    press(window, "Down")
    press(window, "Down")
    chosen = window.reading.story
    press(window, "Return")
    assert window.frame.middle.currentWidget() is window.frame.outline
    assert window.frame.outline.list.hasFocus()
    press(window, "Esc")
    assert window.frame.middle.currentWidget() is window.frame.results
    assert len(window.frame.results.hits) == 3
    assert window.frame.search_field.text() == "words"
    assert window.frame.results.list.hasFocus()
    assert window.frame.results.selected_keys() == [chosen]
    press(window, "Esc")
    assert window.frame.middle.currentWidget() is window.frame.outline
    assert shown(window) == "Older first"
    press(window, "Esc")
    assert window.frame.middle.currentWidget() is window.frame.outline


def test_esc_goes_back_from_another_issue_to_the_one_that_was_read(qtbot, window):
    press(window, "J")
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "rust")
    qtbot.waitUntil(lambda: len(window.frame.results.hits) == 1)
    press(window, "Return")
    assert shown(window) == "Rust one"
    press(window, "Esc")
    press(window, "Esc")
    assert shown(window) == "A short one"
    assert titles(window)[0] == "A long one"


def test_results_are_not_come_back_to_from_another_issue(qtbot, window):
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "rust")
    qtbot.waitUntil(lambda: len(window.frame.results.hits) == 1)
    press(window, "Return")
    press(window, "[")
    press(window, "Esc")
    assert window.frame.middle.currentWidget() is window.frame.outline


def test_one_esc_leaves_the_search_field_and_clears_it(qtbot, window):
    window.frame.story.setFocus()
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "penguins")
    qtbot.waitUntil(lambda: len(window.frame.results.hits) == 1)
    press(window, "Esc")
    assert window.frame.search_field.text() == ""
    assert window.frame.story.view.hasFocus()
    assert shown(window) == "A long one"


def test_what_was_searched_for_is_marked_on_the_page_and_gone_to(qtbot, window):
    view = window.frame.story.view
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "chips 55")
    qtbot.waitUntil(lambda: len(window.frame.results.hits) == 1)
    press(window, "Return")
    marked = [mark.cursor.selectedText() for mark in view.extraSelections()]
    assert set(marked) == {"chips", "55"}
    press(window, "Esc")
    press(window, "Esc")
    assert view.extraSelections() == []


def test_the_first_of_what_was_searched_for_comes_into_sight(qtbot, window):
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, '"paragraph 55"')
    qtbot.waitUntil(lambda: len(window.frame.results.hits) == 1)
    press(window, "Return")
    view = window.frame.story.view
    [mark, *_] = view.extraSelections()
    place = view.cursorRect(mark.cursor)
    assert view.verticalScrollBar().value() > 0
    assert view.viewport().rect().contains(place)
    press(window, "J")
    assert view.extraSelections() == []


def test_the_arrows_go_from_pane_to_pane(window):
    frame = window.frame
    frame.outline.setFocus()
    press(window, "Right")
    assert frame.story.view.hasFocus()
    press(window, "Left")
    press(window, "Left")
    assert frame.issues.list.hasFocus()
    press(window, "F6")
    assert frame.outline.list.hasFocus()


def test_return_in_the_issue_list_goes_on_into_the_issue(window, opener):
    window.frame.issues.setFocus()
    press(window, "Return")
    assert window.frame.outline.list.hasFocus()
    assert opener.opened == []


def test_question_mark_shows_every_key(qtbot, window):
    press(window, "?")
    sheet = dialog(Shortcuts)
    told = {label.text() for label in sheet.findChildren(QLabel)}
    for keys, words in MORE_KEYS:
        assert {keys.replace("`", ""), words} <= told
    assert {"Next story", "Scroll back", "Copy as Markdown", "G U"} <= told
    press(sheet, "Esc")
    assert not sheet.isVisible()


def test_the_sheet_of_keys_is_no_larger_than_the_screen(window):
    press(window, "?")
    sheet = dialog(Shortcuts)
    assert (
        sheet.screen().availableGeometry().size().expandedTo(sheet.size()) == sheet.screen().availableSize()
    )
    press(sheet, "Esc")


@pytest.mark.parametrize("size", [(760, 420), (1100, 700), (1600, 1100)])
def test_the_lines_of_the_sheet_of_keys_are_as_high_as_their_words(qtbot, window, size):
    press(window, "?")
    sheet = dialog(Shortcuts)
    sheet.resize(*size)
    qtbot.waitUntil(lambda: sheet.height() == size[1])
    for grid in sheet.findChildren(QGridLayout):
        lines = [[grid.itemAtPosition(row, at).widget() for at in (0, 1)] for row in range(grid.rowCount())]
        for line, below in pairwise(lines):
            words = max(label.heightForWidth(label.width()) for label in line)
            assert below[0].y() - line[0].y() == words + grid.verticalSpacing()
        last = max(label.geometry().bottom() + 1 for label in lines[-1])
        assert grid.parentWidget().height() - last == grid.contentsMargins().bottom()
    press(sheet, "Esc")


@pytest.mark.parametrize("keys", ["Ctrl++", "Ctrl+="])
def test_ctrl_plus_makes_the_text_larger_and_ctrl_0_as_it_was(window, keys):
    press(window, keys)
    assert window.preferences.settings.text_size == 20
    press(window, "Ctrl+0")
    assert window.preferences.settings.text_size == 19


def test_f11_leaves_only_the_page_and_esc_brings_the_rest_back(window):
    press(window, "F11")
    assert not window.frame.issues.isVisible()
    assert not window.toolbar.isVisible()
    press(window, "Esc")
    assert window.frame.issues.isVisible()
    assert window.toolbar.isVisible()


def test_the_place_in_a_story_is_kept(qtbot, window, disk):
    key = window.reading.story
    press(window, "Space")
    press(window, "Space")
    press(window, "J")
    qtbot.waitUntil(lambda: disk().state(key).position > 0)
    press(window, "K")
    qtbot.waitUntil(lambda: window.frame.story.view.verticalScrollBar().value() > 0)


def test_the_undo_of_a_toast_is_withdrawn_once_it_would_undo_something_else(qtbot, window):
    press(window, "Shift+A")
    qtbot.waitUntil(window.frame.toast.isVisible)
    press(window, "S")
    assert not window.frame.toast.isVisible()


def test_ctrl_z_takes_the_toast_away_whose_doing_it_undid(qtbot, window):
    press(window, "Shift+A")
    qtbot.waitUntil(window.frame.toast.isVisible)
    press(window, "Ctrl+Z")
    assert not window.frame.toast.isVisible()


@pytest.mark.parametrize("name", ["action", "dismiss"])
def test_the_keyboard_stays_where_it_was_when_a_toast_goes(window, name):
    window.frame.outline.setFocus()
    press(window, "Shift+A")
    button = getattr(window.frame.toast, name)
    click(button)
    assert window.frame.outline.list.hasFocus()
    press(window, "Ctrl+Z")
    press(window, "Shift+A")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    press(window, "Space")
    assert not window.frame.toast.isVisible()
    assert window.frame.outline.list.hasFocus()


def test_slash_finds_in_the_story_and_esc_gives_the_keys_back(qtbot, window):
    press(window, "/")
    assert window.frame.story.find_bar.isVisible()
    press(window, "Esc")
    assert not window.frame.story.find_bar.isVisible()
    press(window, "J")
    assert shown(window) == "A short one"


@pytest.mark.parametrize("pane", ["issues", "outline", "story"])
@pytest.mark.parametrize("keys", ["/", "Ctrl+F"])
def test_the_find_bar_answers_to_its_keys_wherever_it_was_opened_from(window, pane, keys):
    bar = window.frame.story.find_bar
    getattr(window.frame, pane).setFocus()
    press(window, keys)
    type_text(bar.field, "paragraph")
    assert bar.count.text().startswith("1 of ")
    press(window, "Return")
    press(window, "Enter")
    assert bar.count.text().startswith("3 of ")
    press(window, "Shift+Return")
    assert bar.count.text().startswith("2 of ")
    assert shown(window) == "A long one"
    press(window, "Esc")
    assert not bar.isVisible()
    assert window.frame.story.view.hasFocus()


def test_a_story_that_is_read_stays_in_the_unread_view_while_it_is_shown(qtbot, window):
    rows = window.frame.issues.list.rows
    press(window, "G, U")
    press(window, "Shift+A")
    qtbot.waitUntil(lambda: all(row.state.read for row in window.reading.rows))
    key, story = window.reading.issue, window.reading.story
    press(window, "J")
    press(window, "K")
    assert rows.number_of(key) >= 0
    assert window.reading.story == story
    assert "Paragraph 0" in text(window)


def test_no_starred_story_of_a_newsletter_is_told_as_such_and_all_comes_back(qtbot, window):
    press(window, "S")
    qtbot.waitUntil(lambda: window.counts.starred == 1)
    window.frame.issues.set_newsletter("this-week-in-rust")
    press(window, "G, S")
    assert text(window) == "No story of This Week in Rust is starred yet. Press S on one to keep it."
    assert window.frame.issues.list.accessibleDescription() == "No starred stories yet in This Week in Rust"
    press(window, "G, A")
    assert shown(window) == "Rust one"


def test_a_search_that_finds_nothing_says_so_and_esc_goes_back(qtbot, window):
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "xyzzy")
    qtbot.waitUntil(lambda: "Nothing found" in window.frame.results.list.accessibleDescription())
    press(window, "Return")
    press(window, "Down")
    press(window, "Esc")
    assert window.frame.middle.currentWidget() is window.frame.outline
    assert shown(window) == "A long one"


class DarkDesktop:
    """The style hints of a desktop that is dark; the offscreen platform tells nothing."""

    def colorScheme(self):  # noqa: N802 - as Qt calls it
        return Qt.ColorScheme.Dark


def test_the_window_follows_the_desktop_into_the_dark(qtbot, window, monkeypatch):
    hints = QGuiApplication.styleHints()
    assert window.appearance.theme.name == "light"
    with monkeypatch.context() as patch:
        patch.setattr("reader.ui.appearance.QGuiApplication.styleHints", DarkDesktop)
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        assert window.appearance.theme.name == "dark"
        assert window.grab().toImage().pixelColor(5, 5).lightness() < 80
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert window.appearance.theme.name == "light"


def test_starred_in_the_segments_lists_the_starred_stories_and_all_goes_back(qtbot, window):
    press(window, "S")
    qtbot.waitUntil(lambda: window.reading.row.state.starred)
    buttons = {b.text(): b for b in window.frame.issues.findChildren(QToolButton)}
    click(buttons["Starred"])
    assert titles(window) == ["A long one"]
    click(buttons["All"])
    assert len(titles(window)) == 3


def test_the_opening_of_an_issue_can_be_read(qtbot, window):
    window.library.put(make.issue(["Only one"], number="220", opening="Welcome, dear reader.")).result()
    qtbot.waitUntil(lambda: window.counts.issues == 4)
    window.reading.open_issue("import-ai/220")
    window.frame.outline.opening_chosen.emit()
    assert "Welcome, dear reader." in text(window)
    assert window.windowTitle() == "Import AI 220 – Tearsheet"
    press(window, "J")
    assert shown(window) == "Only one"


def test_an_error_is_told_until_it_is_dismissed(window):
    window.frame.error_bar.tell(StoreError("The library is on a disk that is full."))
    assert window.frame.error_bar.text.text() == "The library is on a disk that is full."
    click(window.frame.error_bar.dismiss)
    assert not window.frame.error_bar.isVisible()
