"""Copies and changes of an issue, as the reader sees them and what he does with them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from services.test_copies import NAMES, raw, read_first, take_in
from ui.hand import answer, dialog, press

from reader.model import Mark
from reader.services import copies
from reader.services.library import open_library
from reader.ui.dialogs.copies import CopiesDialog
from reader.ui.outline.marks import EDITED
from reader.ui.story.sheet import Role

KEY = "the-boat/7"


@pytest.fixture
def filled(place):
    import make

    library = open_library(place, make.Heard())
    take_in(library, raw(NAMES[:3], cut=True, place="feed"), raw(NAMES[:7], place="mail"), raw())
    read_first(library, "Oars", "Tar")
    library.close()


@pytest.fixture
def edited(filled, place):
    import make

    library = open_library(place, make.Heard())
    take_in(library, raw(edit="It was nine boats, not ten."))
    library.close()


def marks(window):
    """The small buttons at the head of the outline that can be seen."""
    found = window.frame.outline.findChildren(QToolButton)
    return {button.text(): button for button in found if button.isVisible()}


def titles(window):
    return [story.title for story in window.frame.outline.stories]


def do(window, action):
    window.actions_by_id[action].trigger()


def test_the_head_says_how_many_copies_there_are_and_the_dialog_lists_them(window):
    marks(window)["3 copies"].click()

    box = dialog(CopiesDialog)
    told = [box.list.item(row).text() for row in range(box.list.count())]
    assert [text.splitlines()[0] for text in told] == [
        "boats.example",
        "A mail of 5 March 2024",
        "feeds.example",
    ]
    assert [("shown" in text, "cut off" in text) for text in told] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert not box.show_button.isEnabled()
    assert box.list.accessibleName() == "Copies"
    box.reject()


def test_another_copy_can_be_shown_and_undo_shows_the_first_again(qtbot, window, disk):
    do(window, "story.copies")
    box = dialog(CopiesDialog)
    box.list.setCurrentRow(1)
    answer(box, "Show This Copy")
    qtbot.waitUntil(lambda: titles(window) == list(NAMES[:7]))
    assert disk().outline(KEY).issue.location.startswith("/mail")

    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: titles(window) == list(NAMES))
    assert copies.chosen_copy(disk(), KEY) == ""
    press(window, "Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: titles(window) == list(NAMES[:7]))

    do(window, "story.copies")
    box = dialog(CopiesDialog)
    fullest = next(n for n, row in enumerate(box._rows) if row.source == "boats.example")
    box.list.setCurrentRow(fullest)
    answer(box, "Show This Copy")
    qtbot.waitUntil(lambda: titles(window) == list(NAMES))
    assert copies.chosen_copy(disk(), KEY) == ""


def test_what_is_not_the_same_becomes_an_issue_of_its_own_and_undo_takes_that_back(qtbot, window, disk):
    do(window, "story.copies")
    box = dialog(CopiesDialog)
    box.list.setCurrentRow(1)
    answer(box, "Not the Same Issue")

    qtbot.waitUntil(lambda: "2 copies" in marks(window))
    assert len(disk().issue_keys()) == 2
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: "3 copies" in marks(window))
    assert disk().issue_keys() == {KEY}


def test_an_edited_issue_is_marked_quietly_and_its_stories_too(edited, start):
    window = start().window
    assert set(marks(window)) == {EDITED, "3 copies"}
    rows = {row.title: row for row in window.frame.outline.list.rows.rows}
    assert rows["Oars"].facts.startswith("Edited since you read it · ")
    assert "edited since you read it" in rows["Oars"].spoken
    assert not rows["Tar"].edited
    assert "Edited" not in rows["Tar"].facts


def test_what_changed_is_a_page_with_signs_and_words_and_seen_it_is_marked_no_more(
    edited, start, qtbot, disk
):
    window = start().window
    press(window, "D")

    sheet = window.frame.story.view.sheet
    labels = [passage.block.text for passage in sheet.passages if passage.role is Role.LABEL]
    assert labels == ["Changed: added “It was nine boats, not ten.”"]
    runs = [run for passage in sheet.passages for run in passage.block.runs if run.marks & Mark.UNDERLINE]
    assert "".join(run.text for run in runs).strip() == "It was nine boats, not ten."
    assert "+It was nine boats" in window.frame.story.view.toPlainText()
    assert window.frame.outline.current_story == ""

    do(window, "story.changes_seen")
    qtbot.waitUntil(lambda: set(marks(window)) == {"3 copies"})
    assert not disk().outline(KEY).is_edited
    assert not window.actions_by_id["story.changes"].isEnabled()
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: EDITED in marks(window))


def test_an_issue_of_one_copy_says_nothing_of_it(place, start):
    import make

    library = open_library(place, make.Heard())
    take_in(library, raw())
    library.close()
    window = start().window
    assert marks(window) == {}
    assert not window.actions_by_id["story.copies"].isEnabled()
    assert not window.actions_by_id["story.changes"].isEnabled()


def test_a_copy_that_comes_in_while_the_issue_is_shown_is_told_of(window, qtbot, app):
    import hashlib

    one = raw(NAMES[:6], place="folder", digest=hashlib.sha256(b"new").hexdigest())
    take_in(app.library, one)
    qtbot.waitUntil(lambda: "4 copies" in marks(window))
    assert titles(window) == list(NAMES)


def test_the_marks_can_be_reached_with_the_keyboard(edited, start):
    window = start().window
    for button in marks(window).values():
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert button.accessibleDescription()


def test_what_is_said_of_the_page_of_changes_goes_with_it_and_d_leads_back(edited, start):
    window = start().window
    window.reading.show_story(window.reading.rows[1].key)
    left = window.reading.story
    toast = window.frame.toast
    press(window, "D")
    assert window.reading.story == ""
    assert toast.isVisible()

    press(window, "D")
    assert window.reading.story == left
    assert not toast.isVisible()

    press(window, "D")
    press(window, "G, S")
    assert not toast.isVisible()
