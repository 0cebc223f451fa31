"""The reader corrects where stories begin: by keys, by menus, undone, offered to other issues."""

from dataclasses import replace

import make
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QInputDialog
from ui.hand import answer, click, dialog, dialogs, press, type_text

from reader.model import Change
from reader.services import borders
from reader.services.correcting import cut_stories
from reader.ui.dialogs.corrections import CorrectionsDialog
from reader.ui.dialogs.preview import PreviewDialog
from reader.ui.dialogs.sections import SectionsDialog

PARAGRAPHS = "First words of all.\n\n**Chips:** The second paragraph.\n\nThe third of them."


@pytest.fixture
def letters():
    def letter(number, published, stories):
        made = make.issue(stories, newsletter="Import AI", number=number, published=published)
        # With the keys that stories have after a correction too.
        return replace(made, stories=cut_stories(made.issue.key, made.blocks, made.stories, ()))

    long = "\n\n".join(f"Paragraph {n} of a long story about ships." * 3 for n in range(40))
    return [
        letter(
            "219",
            "2020-10-19",
            [
                make.story("Alpha", PARAGRAPHS, section="News"),
                make.story("Sponsors", "Buy this.", section="Paid"),
                make.story("Gamma", "Words about penguins.", section="News"),
                make.story("Delta", long, section="News"),
            ],
        ),
        letter("218", "2020-10-12", [make.story("Older"), make.story("Sponsors", "Buy that.")]),
        letter("217", "2020-10-05", [make.story("Oldest"), make.story("Sponsors", "Buy.", section="Paid")]),
    ]


def titles(window):
    return [row.title for row in window.reading.rows]


def shown(window):
    return window.reading.row.title if window.reading.row else ""


def go(qtbot, window, title):
    window.reading.show_story(next(row.key for row in window.reading.rows if row.title == title))
    qtbot.waitUntil(lambda: window.frame.story.view.story_document.written)


def wait_titles(qtbot, window, *wanted):
    qtbot.waitUntil(lambda: titles(window) == list(wanted))


ALL = ("Alpha", "Sponsors", "Gamma", "Delta")


def test_a_story_is_merged_with_the_one_before_and_undone_and_done_again(qtbot, window, disk):
    go(qtbot, window, "Gamma")
    press(window, "Shift+M")
    wait_titles(qtbot, window, "Alpha", "Sponsors", "Delta")
    assert shown(window) == "Sponsors"
    assert "penguins" in window.frame.story.view.toPlainText()
    assert window.actions_by_id["edit.undo"].text() == "&Undo Merge Stories"
    assert len(disk().corrections("import-ai/219")) == 1
    press(window, "Ctrl+Z")
    wait_titles(qtbot, window, *ALL)
    assert disk().corrections("import-ai/219") == ()
    press(window, "Ctrl+Shift+Z")
    wait_titles(qtbot, window, "Alpha", "Sponsors", "Delta")


def test_two_quick_presses_merge_twice(qtbot, window):
    go(qtbot, window, "Gamma")
    press(window, "Shift+M")
    press(window, "Shift+M")
    wait_titles(qtbot, window, "Alpha", "Delta")
    assert shown(window) == "Alpha"
    press(window, "Ctrl+Z")
    press(window, "Ctrl+Z")
    wait_titles(qtbot, window, *ALL)


def test_an_outline_that_is_older_than_the_issue_shows_no_other_story(qtbot, window):
    go(qtbot, window, "Gamma")
    shown_first = window.reading.story
    page = window.library.whole("import-ai/219")
    window.library.correct({"import-ai/219": borders.merged(page, shown_first)}).result()
    window.reading.on_changed(Change(issues=frozenset(["import-ai/219"])))
    assert window.reading.story == shown_first
    wait_titles(qtbot, window, "Alpha", "Sponsors", "Delta")
    assert shown(window) == "Sponsors"


def test_an_issue_whose_last_story_is_none_any_more_opens_on_another(qtbot, window):
    go(qtbot, window, "Gamma")
    gone = window.reading.story
    press(window, "]")
    page = window.library.whole("import-ai/219")
    window.library.correct({"import-ai/219": borders.left_out(page, gone)}).result()
    qtbot.waitUntil(lambda: window.settled)
    press(window, "[")
    assert shown(window) == "Alpha"


def test_a_search_that_ends_comes_back_to_what_the_story_became(qtbot, window):
    go(qtbot, window, "Gamma")
    press(window, "Shift+M")
    wait_titles(qtbot, window, "Alpha", "Sponsors", "Delta")
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, "Older")
    qtbot.waitUntil(lambda: window.presenters.searching.active and bool(window.frame.results.hits))
    window.frame.results.step(1)
    qtbot.waitUntil(lambda: window.reading.previewing)
    window.undo_stack.undo()
    wait_titles(qtbot, window, *ALL)
    press(window, "Esc")
    assert not window.reading.previewing
    assert shown(window) in ALL


def test_the_first_story_is_not_merged(qtbot, window):
    press(window, "Shift+M")
    assert window.frame.status.work.text() == "No story stands before this one"
    assert window.undo_stack.count() == 0


def test_undo_gives_each_story_the_state_that_it_had(qtbot, window, disk):
    go(qtbot, window, "Gamma")
    press(window, "S")
    press(window, "'")
    box = dialog()
    box.text.setPlainText("A note")
    answer(box, QDialogButtonBox.StandardButton.Save)
    keys = [row.key for row in window.reading.rows]
    window.presenters.marks.writes.settle()
    before = {key: disk().state(key) for key in keys}
    press(window, "Shift+M")
    wait_titles(qtbot, window, "Alpha", "Sponsors", "Delta")
    assert window.reading.row.state.starred
    press(window, "Ctrl+Z")
    wait_titles(qtbot, window, *ALL)
    assert shown(window) == "Gamma"
    assert {key: disk().state(key) for key in keys} == before


def test_a_story_begins_where_the_reader_clicked(qtbot, window):
    view = window.frame.story.view
    click(view.viewport(), point_of(view, "The second"))
    press(window, "Shift+B")
    qtbot.waitUntil(lambda: len(titles(window)) == 5)
    assert shown(window) == titles(window)[1]
    assert shown(window).startswith("Chips")
    assert window.frame.outline.current_story == window.reading.story
    assert window.reading.row.section == "News"
    assert "The third of them" in view.toPlainText()
    press(window, "Ctrl+Z")
    wait_titles(qtbot, window, *ALL)
    assert shown(window) == "Alpha"


def point_of(view, words):
    cursor = view.document().find(words)
    assert cursor.hasSelection(), words
    cursor.setPosition(cursor.selectionStart() + 2)
    return view.cursorRect(cursor).center()


def menu_texts(menu):
    return [action.text() for action in menu.actions()]


def choose(menu, text):
    action = next(action for action in menu.actions() if action.text().replace("&", "") == text)
    assert isinstance(action, QAction)
    action.trigger()
    menu.deleteLater()


def test_the_menu_of_the_page_begins_a_story_at_the_paragraph_under_the_pointer(qtbot, window):
    view = window.frame.story.view
    choose(view.menu_at(point_of(view, "third of")), "Begin a Story Here")
    qtbot.waitUntil(lambda: len(titles(window)) == 5)
    assert shown(window) == titles(window)[1]
    assert titles(window)[1].startswith("The third of them")


def test_without_a_click_a_story_begins_at_the_first_line_in_view(qtbot, window):
    go(qtbot, window, "Delta")
    view = window.frame.story.view
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 400)
    view.verticalScrollBar().setValue(400)
    first = view.position()
    press(window, "Shift+B")
    qtbot.waitUntil(lambda: len(titles(window)) == 5)
    assert first > 0
    assert shown(window) == titles(window)[4]


def test_a_story_begins_in_what_stood_after_the_last(qtbot, window):
    go(qtbot, window, "Delta")
    press(window, "Shift+X")
    wait_titles(qtbot, window, *ALL[:3])
    view = window.frame.story.view
    choose(view.menu_at(point_of(view, "Paragraph 3 of")), "Begin a Story Here")
    qtbot.waitUntil(lambda: len(titles(window)) == 4)
    assert shown(window).startswith("Paragraph 3 of")


def test_where_a_story_begins_none_is_begun(qtbot, window):
    go(qtbot, window, "Sponsors")
    press(window, "Shift+B")
    assert window.frame.status.work.text() == "A story begins there already"
    assert window.undo_stack.count() == 0


def test_a_story_gets_another_title_and_it_back(qtbot, window):
    press(window, "F2")
    box = dialog(QInputDialog)
    assert box.textValue() == "Alpha"
    box.setTextValue("  The  first ")
    press(box, "Return")
    wait_titles(qtbot, window, "The first", *ALL[1:])
    assert "The first" in window.frame.story.view.toPlainText()
    press(window, "Ctrl+Z")
    wait_titles(qtbot, window, *ALL)


def test_what_is_no_story_goes_from_the_outline_and_comes_back(qtbot, window, disk):
    go(qtbot, window, "Sponsors")
    press(window, "Shift+X")
    wait_titles(qtbot, window, "Alpha", "Gamma", "Delta")
    assert shown(window) == "Gamma"
    press(window, "W")
    assert "Buy this." in window.frame.story.view.toPlainText()
    press(window, "W")
    press(window, "Ctrl+Z")
    wait_titles(qtbot, window, *ALL)


def test_a_last_story_that_is_none_is_shown_as_the_closing(qtbot, window):
    go(qtbot, window, "Delta")
    press(window, "Shift+X")
    wait_titles(qtbot, window, *ALL[:3])
    assert window.reading.story == ""
    assert "Paragraph 1 of a long story" in window.frame.story.view.toPlainText()
    press(window, "Ctrl+Z")
    wait_titles(qtbot, window, *ALL)
    assert shown(window) == "Delta"


def test_the_same_words_stay_in_view_where_a_story_is_merged(qtbot, window):
    go(qtbot, window, "Delta")
    view = window.frame.story.view
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 600)
    view.verticalScrollBar().setValue(600)
    before = first_words(view)
    press(window, "Shift+M")
    wait_titles(qtbot, window, *ALL[:3])
    assert first_words(view) == before
    press(window, "Ctrl+Z")
    wait_titles(qtbot, window, *ALL)
    assert shown(window) == "Delta"
    assert first_words(view) == before


def first_words(view):
    """The words at the top of the page, and how high they stand."""
    cursor = view.cursorForPosition(QPoint(view.viewport().width() // 2, 40))
    return cursor.block().text(), round(view.cursorRect(cursor).top())


def test_the_whole_issue_stays_where_it_is_and_shows_the_new_borders(qtbot, window):
    press(window, "W")
    view = window.frame.story.view
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 900)
    view.verticalScrollBar().setValue(900)
    before = first_words(view)
    press(window, "Shift+M")
    wait_titles(qtbot, window, *ALL[:3])
    assert [border.number for border in view.sheet.borders if border.number] == [1, 2, 3]
    qtbot.waitUntil(lambda: first_words(view) == before)
    assert shown(window) == "Gamma"
    assert view.viewport().updatesEnabled()


def test_those_who_listen_hear_which_story_comes_into_view(qtbot, window):
    press(window, "W")
    press(window, "J")
    view = window.frame.story.view
    assert view.accessibleDescription() == "Story 2 of 4: Sponsors"
    press(window, "W")
    assert view.accessibleDescription() == "The text of the story, with its links"


def test_in_the_whole_issue_the_menu_means_the_story_under_the_pointer(qtbot, window):
    press(window, "W")
    view = window.frame.story.view
    assert shown(window) == "Alpha"
    choose(view.menu_at(point_of(view, "penguins")), "Merge With the Story Before")
    wait_titles(qtbot, window, "Alpha", "Sponsors", "Delta")
    choose(view.menu_at(point_of(view, "The third")), "Begin a Story Here")
    qtbot.waitUntil(lambda: len(titles(window)) == 4)


def test_what_is_no_story_in_others_too_is_offered_and_done_as_one_step(qtbot, window, disk):
    go(qtbot, window, "Sponsors")
    press(window, "Shift+X")
    toast = window.frame.toast
    qtbot.waitUntil(toast.isVisible)
    assert toast.text.text() == "Leave this out of 2 more issues?"
    click(toast.action)
    box = dialog(PreviewDialog)
    assert [box.issues.item(row).text().splitlines()[0] for row in range(2)] == [
        "Import AI 218",
        "Import AI 217",
    ]
    assert [box.before.item(row).text() for row in range(box.before.count())] == ["1  Older", "2  Sponsors"]
    assert [box.after.item(row).text() for row in range(box.after.count())] == ["1  Older"]
    answer(box, "Correct 2 Issues")
    qtbot.waitUntil(lambda: disk().counts().stories == 5)
    qtbot.waitUntil(lambda: window.frame.status.work.text() == "Split 2 issues anew")
    assert window.undo_stack.count() == 2
    assert window.undo_stack.undoText() == "Correct 2 Issues"
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: disk().counts().stories == 7)
    assert disk().corrections("import-ai/218") == ()
    assert len(disk().corrections("import-ai/219")) == 1
    press(window, "Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: disk().counts().stories == 5)


def test_an_issue_that_is_unticked_stays_as_it_is(qtbot, window, disk):
    go(qtbot, window, "Sponsors")
    press(window, "Shift+X")
    qtbot.waitUntil(window.frame.toast.isVisible)
    click(window.frame.toast.action)
    box = dialog(PreviewDialog)
    box.issues.setFocus()
    press(box, "Space")
    assert box.ok.text() == "Correct 1 Issue"
    answer(box, "Tick All")
    assert box.ok.text() == "Correct 2 Issues"
    box.issues.setFocus()
    press(box, "Space")
    answer(box, "Correct 1 Issue")
    qtbot.waitUntil(lambda: disk().corrections("import-ai/217") != ())
    assert disk().corrections("import-ai/218") == ()


def test_a_preview_that_is_cancelled_changes_no_other_issue(qtbot, window, disk):
    go(qtbot, window, "Sponsors")
    press(window, "Shift+X")
    qtbot.waitUntil(window.frame.toast.isVisible)
    click(window.frame.toast.action)
    answer(dialog(PreviewDialog), "Cancel")
    qtbot.waitUntil(lambda: not dialogs(PreviewDialog) and window.settled)
    assert disk().counts().stories == 7
    assert disk().corrections("import-ai/218") == disk().corrections("import-ai/217") == ()
    assert window.undo_stack.count() == 1


def test_the_offer_goes_when_the_reader_goes_on_or_undoes(qtbot, window):
    go(qtbot, window, "Sponsors")
    press(window, "Shift+X")
    wait_titles(qtbot, window, "Alpha", "Gamma", "Delta")
    qtbot.waitUntil(window.frame.toast.isVisible)
    press(window, "Ctrl+Z")
    assert not window.frame.toast.isVisible()
    wait_titles(qtbot, window, *ALL)
    go(qtbot, window, "Sponsors")
    press(window, "Shift+X")
    qtbot.waitUntil(window.frame.toast.isVisible)
    press(window, "]")
    assert not window.frame.toast.isVisible()


def test_nothing_is_offered_where_no_other_issue_is_like_it(qtbot, window):
    go(qtbot, window, "Gamma")
    press(window, "Shift+M")
    wait_titles(qtbot, window, "Alpha", "Sponsors", "Delta")
    qtbot.waitUntil(lambda: not window.deeds.correcting._looking.isActive())
    qtbot.waitUntil(lambda: window.settled)
    assert not window.frame.toast.isVisible()


def test_the_corrections_of_an_issue_are_listed_and_can_be_taken_back(qtbot, window, disk):
    go(qtbot, window, "Gamma")
    press(window, "Shift+X")
    wait_titles(qtbot, window, "Alpha", "Sponsors", "Delta")
    go(qtbot, window, "Alpha")
    press(window, "F2")
    dialog(QInputDialog).setTextValue("The first")
    press(dialog(QInputDialog), "Return")
    wait_titles(qtbot, window, "The first", "Sponsors", "Delta")
    window.actions_by_id["story.corrections"].trigger()
    box = dialog(CorrectionsDialog)
    assert [box.list.item(row).text() for row in range(2)] == [
        "“Gamma” is no story",
        "“Alpha” is called “The first”",
    ]
    answer(box, "Remove")
    answer(box, QDialogButtonBox.StandardButton.Ok)
    wait_titles(qtbot, window, "The first", "Sponsors", "Gamma", "Delta")
    press(window, "Ctrl+Z")
    wait_titles(qtbot, window, "The first", "Sponsors", "Delta")
    window.actions_by_id["story.corrections"].trigger()
    answer(dialog(CorrectionsDialog), "Remove All")
    assert dialog(CorrectionsDialog).none.isVisible()
    answer(dialog(CorrectionsDialog), QDialogButtonBox.StandardButton.Ok)
    wait_titles(qtbot, window, *ALL)
    assert disk().corrections("import-ai/219") == ()


def test_a_section_is_hidden_in_all_issues_and_shown_again(qtbot, window, disk):
    go(qtbot, window, "Sponsors")
    window.actions_by_id["story.hide_section"].trigger()
    wait_titles(qtbot, window, "Alpha", "Gamma", "Delta")
    assert shown(window) == "Gamma"
    assert window.frame.toast.text.text() == "“Paid” is hidden in all issues of Import AI"
    assert [row.title for row in disk().outline("import-ai/217").stories] == ["Oldest"]
    window.actions_by_id["story.sections"].trigger()
    box = dialog(SectionsDialog)
    press(box, "Space")
    answer(box, QDialogButtonBox.StandardButton.Ok)
    wait_titles(qtbot, window, *ALL)
    press(window, "Ctrl+Z")
    wait_titles(qtbot, window, "Alpha", "Gamma", "Delta")
    press(window, "Ctrl+Z")
    wait_titles(qtbot, window, *ALL)


def test_where_no_section_is_hidden_there_is_none_to_show(window):
    window.actions_by_id["story.sections"].trigger()
    assert dialogs() == []
    assert window.frame.status.work.text() == "No section of this newsletter is hidden"


def test_borders_are_corrected_only_beside_their_outline(qtbot, window):
    assert window.actions_by_id["story.merge"].isEnabled()
    assert window.actions_by_id["story.hide_section"].isEnabled()
    window.reading.open_issue("import-ai/218")
    assert not window.actions_by_id["story.hide_section"].isEnabled()
    press(window, "G, S")  # where nothing is starred yet
    for key in ("story.merge", "story.begin", "story.rename", "story.leave_out", "story.corrections"):
        assert not window.actions_by_id[key].isEnabled()
    window.reading.open_issue("import-ai/219")
    star(qtbot, window, "Alpha")
    assert window.actions_by_id["story.merge"].isEnabled()
    for key in ("story.begin", "story.hide_section", "story.corrections", "story.sections"):
        assert not window.actions_by_id[key].isEnabled()
    menu = window.frame.story.view.menu_at(QPoint(100, 100))
    assert "Begin a Story Here" not in menu_texts(menu)
    menu.deleteLater()
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


# Shown elsewhere than in its issue


def find(qtbot, window, words):
    """Search for words and show the first story found, as a search shows it."""
    press(window, "Ctrl+K")
    type_text(window.frame.search_field, words)
    qtbot.waitUntil(lambda: window.presenters.searching.active and bool(window.frame.results.hits))
    window.frame.results.step(1)
    qtbot.waitUntil(lambda: window.reading.previewing)


def found_titles(window):
    return [hit.story.title for hit in window.frame.results.hits]


def star(qtbot, window, *wanted):
    """Star the stories of these titles, and show the list of what is starred."""
    keys = [row.key for row in window.reading.rows if row.title in wanted]
    window.library.star(keys, starred=True).result()
    qtbot.waitUntil(lambda: window.settled)
    window.reading.open_starred()
    assert set(titles(window)) == {*wanted}


def test_a_story_that_a_search_shows_is_renamed_and_has_its_name_back(qtbot, window, disk):
    find(qtbot, window, "penguins")
    press(window, "F2")
    asked = dialog(QInputDialog)
    asked.setTextValue("Birds")
    press(asked, "Return")
    qtbot.waitUntil(lambda: found_titles(window) == ["Birds"])
    assert window.reading.shown_row.title == "Birds"
    assert "Birds" in window.frame.story.view.toPlainText()
    assert [one.title for one in disk().corrections("import-ai/219")] == ["Birds"]
    assert window.frame.results.selected_keys() == [window.reading.story]
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: found_titles(window) == ["Gamma"])
    assert window.reading.shown_row.title == "Gamma"


def test_a_story_that_a_search_shows_is_merged_and_what_it_became_is_shown(qtbot, window):
    find(qtbot, window, "penguins")
    window.frame.results.setFocus()
    press(window, "Shift+M")
    qtbot.waitUntil(lambda: found_titles(window) == ["Sponsors"])
    assert window.reading.shown_row.title == "Sponsors"
    assert "penguins" in window.frame.story.view.toPlainText()
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: found_titles(window) == ["Gamma"])
    assert window.reading.shown_row.title == "Gamma"
    assert window.frame.results.selected_keys() == [window.reading.story]
    window.undo_stack.redo()
    qtbot.waitUntil(lambda: found_titles(window) == ["Sponsors"])
    press(window, "Esc")
    wait_titles(qtbot, window, "Alpha", "Sponsors", "Delta")


def test_two_stories_that_a_search_found_and_that_become_one_are_one_row(qtbot, window):
    find(qtbot, window, "words")
    assert {"Alpha", "Gamma"} <= {*found_titles(window)}
    page = window.library.whole("import-ai/219")
    apart = borders.left_out(page, page.stories[1].key)
    key = page.stories[2].key
    window.library.correct({"import-ai/219": apart}).result()
    window.library.correct(
        {"import-ai/219": borders.merged(window.library.whole("import-ai/219"), key)}
    ).result()
    qtbot.waitUntil(lambda: window.settled and "Gamma" not in found_titles(window))
    assert found_titles(window).count("Alpha") == 1


def test_what_a_search_shows_and_is_no_story_is_said_to_be_none(qtbot, window):
    find(qtbot, window, "penguins")
    window.frame.results.setFocus()
    press(window, "Shift+X")
    qtbot.waitUntil(lambda: "no story any more" in window.frame.story.view.toPlainText())
    assert not window.actions_by_id["story.merge"].isEnabled()
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: "penguins" in window.frame.story.view.toPlainText())


def test_starred_stories_are_renamed_merged_and_left_out_where_they_are_listed(qtbot, window):
    star(qtbot, window, "Alpha", "Gamma", "Delta")
    go(qtbot, window, "Gamma")
    press(window, "Shift+M")
    qtbot.waitUntil(lambda: set(titles(window)) == {"Alpha", "Sponsors", "Delta"})
    assert shown(window) == "Sponsors"
    press(window, "Shift+X")
    qtbot.waitUntil(lambda: set(titles(window)) == {"Alpha", "Delta"})
    assert shown(window) in ("Alpha", "Delta")
    for _ in range(2):
        window.undo_stack.undo()
    qtbot.waitUntil(lambda: set(titles(window)) == {"Alpha", "Gamma", "Delta"})
    assert window.frame.outline.heading == "Starred stories"


def test_with_the_last_starred_story_left_out_there_is_none(qtbot, window):
    star(qtbot, window, "Gamma")
    press(window, "Shift+X")
    qtbot.waitUntil(lambda: titles(window) == [])
    assert "is starred yet" in window.frame.story.view.toPlainText()
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: titles(window) == ["Gamma"])


def test_what_was_said_of_a_correction_goes_with_it(qtbot, window):
    go(qtbot, window, "Gamma")
    press(window, "Shift+M")
    assert window.frame.status.work.text() == "“Gamma” is part of the story before"
    press(window, "Ctrl+Z")
    assert window.frame.status.work.text() == ""
