import time

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QToolTip
from ui.hand import click
from ui.shelf import Shelf, story_row

from reader.model import Change, State
from reader.services.themes import themes
from reader.ui.icons import Icons
from reader.ui.outline.delegate import PART_HEIGHT, SECTION_HEIGHT
from reader.ui.outline.model import CLOSING, OPENING, Item, Role, Section
from reader.ui.outline.pane import OutlinePane
from reader.ui.style import load_fonts

Key = Qt.Key
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
ISSUE = "import-ai/219"
TITLES = ["LSTMs: Smarter than they appear:", "Chips by machines", "Access", "Climate", "Robots in the field"]


@pytest.fixture
def shelf():
    made = Shelf()
    made.put(219, "2020-10-19", TITLES, author="Jack Clark")
    made.put(218, "2020-10-12", 3)
    made.read(f"{ISSUE}#1")
    made.star(f"{ISSUE}#1", f"{ISSUE}#4")
    return made


@pytest.fixture
def pane(shelf, qtbot):
    load_fonts()
    made = OutlinePane(shelf, Icons(), themes()["light"])
    tester = QAbstractItemModelTester(made.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show_issue(ISSUE)
    made.show()
    qtbot.waitExposed(made)
    yield made
    del tester


def keys(pane):
    return [row.key for row in pane.list.rows.rows]


def index(pane, key):
    return pane.list.rows.index_of(key)


def number(position, issue=ISSUE):
    return f"{issue}#{position}"


# The rows


def test_the_head_names_the_issue_its_date_its_author_and_what_is_read(pane):
    assert pane._title.text() == "Import AI 219"
    assert pane._facts.text() == "19 October 2020 · Jack Clark · 1 of 5 read"
    assert (pane._progress.value(), pane._progress.maximum()) == (1, 5)
    assert pane._progress.isVisible()


def test_a_row_says_in_one_sentence_what_it_is(pane):
    spoken = index(pane, number(1)).data(SPOKEN)
    assert spoken == "LSTMs: Smarter than they appear, read, starred, 1 minute, story 1 of 5"
    assert index(pane, number(2)).data(SPOKEN) == "Chips by machines, unread, 1 minute, story 2 of 5"
    assert pane.list.accessibleName() == "Stories"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("LSTMs: Smarter than they appear:", "LSTMs: Smarter than they appear"),
        ("如何理解：", "如何理解"),
        ("Two\nlines ", "Two lines"),
        ("What now?", "What now?"),
        ("", "Untitled"),
    ],
)
def test_a_title_stands_on_one_line_without_its_last_colon(title, shown):
    assert Item(story_row()._replace(title=title)).title == shown


def test_a_dek_stands_without_the_dots_around_it():
    assert Item(story_row(dek="…Turns out you don't need it…")).dek == "Turns out you don't need it"


def test_the_quiet_line_tells_minutes_links_and_tags():
    assert Item(story_row(links=2, words=700), 5).facts == "3 min · 2 links"
    assert Item(story_row(links=0, state=State(tags=("chips",))), 5).facts == "1 min · #chips"
    assert Item(story_row(links=0)).facts == "Import AI 219 · 1 min"


def test_a_section_heads_its_stories(pane, shelf):
    for position, section in enumerate(["", "News / Chips", "News / Chips", "Law", "News / Chips"], 1):
        shelf.change(number(position), section=section)
    pane.show_issue(ISSUE)
    shown = [row.text if isinstance(row, Section) else row.story.position for row in pane.list.rows.rows]
    assert shown == [1, "Chips", 2, 3, "Law", 4, "Chips", 5]


def test_an_opening_and_a_closing_can_be_read(pane, shelf, qtbot):
    shelf.outlines[ISSUE] = shelf.outlines[ISSUE]._replace(has_opening=True, has_closing=True)
    pane.show_issue(ISSUE)
    assert keys(pane)[0] == OPENING
    assert keys(pane)[-1] == CLOSING
    with qtbot.waitSignal(pane.opening_chosen):
        click(pane.list, index(pane, OPENING))
    assert pane.current_story == ""
    with qtbot.waitSignal(pane.closing_chosen):
        click(pane.list, index(pane, CLOSING))
    assert pane.selected_keys() == []


def test_a_row_is_as_high_as_its_lines(pane, shelf):
    shelf.change(
        number(2), title="A title that is far too long for one line of so narrow a pane as this one is"
    )
    shelf.change(number(3), dek="A dek")
    pane.show_issue(ISSUE)
    heights = [pane.list.visualRect(index(pane, number(n))).height() for n in (1, 2, 3)]
    assert heights == [67, 86, 84]


def test_a_wider_pane_needs_fewer_lines(pane, shelf):
    shelf.change(
        number(2), title="A title that is far too long for one line of so narrow a pane as this one is"
    )
    pane.show_issue(ISSUE)
    pane.resize(900, 700)
    assert pane.list.visualRect(index(pane, number(2))).height() == 67


def test_quiet_rows_are_lower(pane, shelf):
    shelf.change(number(1), section="News")
    shelf.outlines[ISSUE] = shelf.outlines[ISSUE]._replace(has_opening=True)
    pane.show_issue(ISSUE)
    assert pane.list.visualRect(pane.list.rows.index(0)).height() == PART_HEIGHT
    assert pane.list.visualRect(pane.list.rows.index(1)).height() == SECTION_HEIGHT


def rest_on(pane, key):
    """Let the mouse rest on a row."""
    spot = pane.list.visualRect(index(pane, key)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, spot, pane.list.viewport().mapToGlobal(spot))
    QApplication.sendEvent(pane.list.viewport(), event)


def test_a_title_that_is_cut_is_shown_whole_beside_the_mouse(pane, shelf, qtbot):
    long = "A title that goes on and on " * 9
    shelf.change(number(2), title=long)
    pane.show_issue(ISSUE)
    rest_on(pane, number(2))
    qtbot.waitUntil(lambda: QToolTip.isVisible() and QToolTip.text() == long.strip())
    rest_on(pane, number(3))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


# Choosing


def test_a_click_chooses_a_story(pane, qtbot):
    with qtbot.waitSignal(pane.story_chosen) as chosen:
        click(pane.list, index(pane, number(2)))
    assert chosen.args == [number(2)]
    assert pane.current_story == number(2)


def test_one_click_tells_once_and_a_second_click_tells_again(pane):
    told = []
    pane.story_chosen.connect(told.append)
    click(pane.list, index(pane, number(2)))
    assert told == [number(2)]
    click(pane.list, index(pane, number(2)))
    assert told == [number(2), number(2)]


def test_showing_an_issue_chooses_nothing(pane, qtbot):
    with qtbot.assertNotEmitted(pane.story_chosen):
        pane.show_issue("import-ai/218")
    assert pane.current_story == ""


def test_the_keyboard_in_the_list_chooses_nothing_of_itself(pane, qtbot):
    pane.select_story(number(1))
    pane.show_issue("import-ai/218")
    pane.list.clearFocus()
    with qtbot.assertNotEmitted(pane.story_chosen):
        pane.list.setFocus()
    assert pane.current_story == ""


def test_the_window_steps_from_story_to_story(pane):
    told = []
    pane.story_chosen.connect(told.append)
    assert pane.step(1)
    assert pane.step(1)
    assert pane.step(-1)
    assert not pane.step(-1)
    assert told == [number(1), number(2), number(1)]
    pane.select_story(number(5))
    assert not pane.step(1)


def test_the_window_chooses_without_an_echo(pane, qtbot):
    with qtbot.assertNotEmitted(pane.story_chosen):
        assert pane.select_story(number(3))
    assert pane.list.currentIndex() == index(pane, number(3))
    assert not pane.select_story("no such story")


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_what_the_window_chooses_is_chosen_alone_whatever_key_is_held(pane, held):
    pane.select_story(number(1))
    QTest.keyPress(pane.list, Key.Key_F35, held)
    pane.select_story(number(3))
    QTest.keyRelease(pane.list, Key.Key_F35)
    assert pane.selected_keys() == [number(3)]


def test_the_next_unread_story_is_found(pane, shelf):
    assert pane.next_unread() == number(2)
    pane.select_story(number(2))
    pane.on_changed(shelf.read(number(3)))
    assert pane.next_unread() == number(4)
    pane.select_story(number(5))
    assert pane.next_unread() == ""


def test_stories_are_selected_with_shift_and_control(pane):
    click(pane.list, index(pane, number(4)))
    click(pane.list, index(pane, number(2)), modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert pane.selected_keys() == [number(2), number(3), number(4)]
    click(pane.list, index(pane, number(3)), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert pane.selected_keys() == [number(2), number(4)]


def test_a_selection_is_told_of(pane, qtbot):
    with qtbot.waitSignal(pane.selection_changed):
        pane.list.selectAll()
    assert len(pane.selected_keys()) == 5


def test_return_opens_the_story(pane, qtbot):
    click(pane.list, index(pane, number(2)))
    with qtbot.waitSignal(pane.story_opened) as opened:
        QTest.keyClick(pane.list, Key.Key_Return)
    assert opened.args == [number(2)]


def test_the_menu_is_asked_for_where_the_mouse_is(pane, qtbot):
    with qtbot.waitSignal(pane.menu_requested) as asked:
        pane.list.menu_requested.emit(number(2), QPoint(5, 6))
    assert asked.args == [number(2), QPoint(5, 6)]


# Other lists


def test_any_list_of_stories_can_be_shown(pane, shelf):
    starred = [row for row in shelf.stories() if row.state.starred]
    pane.show_stories("Starred", starred)
    assert pane._title.text() == "Starred"
    assert pane._facts.text() == "2 stories · 1 unread"
    assert not pane._progress.isVisible()
    assert pane.issue == ""
    assert keys(pane) == [number(1), number(4)]
    assert index(pane, number(4)).data(SPOKEN) == "Climate, unread, starred, 1 minute, Import AI 219"


def test_a_story_stays_in_the_list_of_starred_ones_when_its_star_goes(pane, shelf):
    pane.show_stories("Starred", [row for row in shelf.stories() if row.state.starred])
    pane.select_story(number(4))
    pane.on_changed(shelf.star(number(4), starred=False))
    assert keys(pane) == [number(1), number(4)]
    assert index(pane, number(4)).data(Role.STARRED) is False
    assert pane.current_story == number(4)


def test_an_issue_that_is_gone_is_not_shown(pane):
    assert not pane.show_issue("import-ai/1")
    assert pane.list.accessibleDescription() == "Choose an issue"
    assert pane._facts.text() == ""


def test_an_issue_without_stories_says_so(pane, shelf):
    shelf.put(5, stories=0)
    assert pane.show_issue("import-ai/5")
    assert pane.list.accessibleDescription() == "This issue has no stories"
    assert not pane._progress.isVisible()


# What changes


def test_a_change_of_state_is_shown_and_moves_nothing(pane, shelf, qtbot):
    rows = pane.list.rows
    pane.select_story(number(3))
    moved = []
    for signal in (rows.modelReset, rows.rowsInserted, rows.rowsRemoved):
        signal.connect(lambda *_: moved.append(1))
    with qtbot.waitSignal(rows.dataChanged) as changed:
        pane.on_changed(shelf.read(number(2)))
    assert changed.args[0].row() == changed.args[1].row() == 1
    assert index(pane, number(2)).data(Role.READ) is True
    assert pane._facts.text().endswith("2 of 5 read")
    assert pane._progress.value() == 2
    assert not moved
    assert pane.list.currentIndex() == index(pane, number(3))


def test_a_changed_issue_is_read_again_and_the_choice_stays(pane, shelf, qtbot):
    pane.select_story(number(4))
    held = shelf.outlines[ISSUE]
    fewer = tuple(row for row in held.stories if row.position != 2)
    shelf.outlines[ISSUE] = held._replace(stories=fewer, label="Import AI #219")
    with qtbot.assertNotEmitted(pane.story_chosen):
        pane.on_changed(Change(issues=frozenset([ISSUE])))
    assert keys(pane) == [number(1), number(3), number(4), number(5)]
    assert pane._title.text() == "Import AI #219"
    assert pane.list.currentIndex() == index(pane, number(4))
    assert pane.current_story == number(4)


def test_a_story_that_is_gone_is_chosen_no_longer(pane, shelf, qtbot):
    pane.select_story(number(5))
    held = shelf.outlines[ISSUE]
    shelf.outlines[ISSUE] = held._replace(stories=held.stories[:3])
    with qtbot.assertNotEmitted(pane.story_chosen):
        pane.on_changed(Change(issues=frozenset([ISSUE])))
    assert pane.current_story == ""


def test_a_change_elsewhere_changes_nothing(pane, shelf, qtbot):
    with qtbot.assertNotEmitted(pane.list.rows.dataChanged):
        pane.on_changed(shelf.read("import-ai/218#1"))


# How it looks


def pixel(pane, key, from_right, y):
    area = pane.list.visualRect(index(pane, key))
    return pane.list.viewport().grab().toImage().pixelColor(area.right() - from_right, area.top() + y)


def test_the_unread_dot_and_the_star_stand_at_the_right(pane):
    theme = themes()["light"]
    assert pixel(pane, number(2), 21, 23) == QColor(theme.accent)
    assert pixel(pane, number(1), 21, 23) != QColor(theme.accent)
    assert pixel(pane, number(1), 21, 47) == QColor(theme.star)


def test_a_theme_is_taken_on_at_once(pane):
    pane.select_story(number(2))
    pane.set_theme(themes()["dark"])
    assert pixel(pane, number(2), 100, 8) == QColor(themes()["dark"].chosen)


@pytest.mark.parametrize(
    "title", ["عنوان طويل باللغة العربية عن الذكاء الاصطناعي والمناخ", "x" * 400, "🎉" * 90]
)
@pytest.mark.parametrize("width", [80, 340, 1000])
def test_any_title_is_painted_at_any_width(pane, shelf, title, width):
    shelf.change(number(2), title=title, dek=title, section=title)
    pane.show_issue(ISSUE)
    pane.resize(width, 500)
    assert not pane.grab().isNull()


def test_a_title_from_the_right_stands_at_the_right(pane, shelf):
    shelf.change(number(2), title="عنوان")
    pane.show_issue(ISSUE)
    area = pane.list.visualRect(index(pane, number(2)))
    image = pane.list.viewport().grab(area.adjusted(60, 12, -40, -30)).toImage()
    ground = image.pixelColor(0, 0)
    middle = image.width() // 2
    inked = [
        x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) != ground
    ]
    assert inked
    assert min(inked) > middle


def test_5_000_stories_are_on_the_screen_in_no_time(pane):
    rows = [
        story_row(position=n, title=f"Story {n} of a list that is long, on two lines perhaps")
        for n in range(5_000)
    ]
    pane.grab()
    began = time.process_time()
    pane.show_stories("Starred", rows)
    pane.grab()
    assert time.process_time() - began < 1
    began = time.process_time()
    pane.resize(380, 700)
    pane.grab()
    assert time.process_time() - began < 0.4
