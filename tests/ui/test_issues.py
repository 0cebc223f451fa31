import time
from collections import Counter

import make
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from ui.hand import click
from ui.shelf import Shelf

from reader.model import Change, Counts, IssueRow, Overview
from reader.services.themes import themes
from reader.ui.icons import Icons
from reader.ui.issues.model import IssuesModel, Month, Role, by_month
from reader.ui.issues.pane import IssuesPane
from reader.ui.labels import ElidedLabel
from reader.ui.rows import ROW
from reader.ui.style import load_fonts

Key = Qt.Key
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def shelf():
    made = Shelf()
    made.put(219, "2020-10-19", ["Climate change", "Access", "Law"])
    made.put(218, "2020-10-12")
    made.put(217, "2020-09-28")
    made.put(361, "2020-10-21", newsletter="This Week in Rust")
    made.put("letter", "")
    made.read("import-ai/218", "import-ai/217", "import-ai/letter")
    made.star("import-ai/217#1")
    return made


@pytest.fixture
def pane(shelf, qtbot):
    load_fonts()
    made = IssuesPane(shelf, Icons(), themes()["light"])
    tester = QAbstractItemModelTester(made.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.addWidget(made)
    made.resize(290, 700)
    made.reload()
    made.show()
    qtbot.waitExposed(made)
    yield made
    del tester


def listed(pane):
    return [row.text if isinstance(row, Month) else row.key for row in pane.list.rows.rows]


def index(pane, key):
    return pane.list.rows.index_of(key)


# The list


def test_issues_stand_under_their_months_newest_first_and_the_undated_last(pane):
    assert listed(pane) == [
        "OCTOBER 2020",
        "this-week-in-rust/361",
        "import-ai/219",
        "import-ai/218",
        "SEPTEMBER 2020",
        "import-ai/217",
        "UNDATED",
        "import-ai/letter",
    ]


def test_a_month_that_comes_again_has_a_heading_of_its_own():
    rows = [
        IssueRow(str(n), "n", "", "", date, 1, 0, 0)
        for n, date in enumerate(("2020-10-01", "", "2020-10-02"))
    ]
    keys = [row.key for row in by_month(rows)]
    assert len(keys) == len(set(keys)) == 6


def test_a_row_says_in_one_sentence_what_it_is(pane):
    assert (
        index(pane, "import-ai/219").data(SPOKEN)
        == "Import AI 219, unread, 19 October 2020, 3 stories, Climate change"
    )
    assert "1 starred" in index(pane, "import-ai/217").data(SPOKEN)
    assert pane.list.accessibleName() == "Issues"


def test_the_head_counts_newsletters_and_unread_issues(pane):
    assert pane._counts.text() == "2 newsletters · 2 unread issues"


def test_a_click_chooses_an_issue(pane, qtbot):
    with qtbot.waitSignal(pane.issue_chosen) as chosen:
        click(pane.list, index(pane, "import-ai/218"))
    assert chosen.args == ["import-ai/218"]
    assert pane.current_issue == "import-ai/218"


def test_one_click_tells_once_and_a_second_click_tells_again(pane):
    told = []
    pane.issue_chosen.connect(told.append)
    click(pane.list, index(pane, "import-ai/218"))
    assert told == ["import-ai/218"]
    click(pane.list, index(pane, "import-ai/218"))
    assert told == ["import-ai/218", "import-ai/218"]


def test_a_click_on_a_heading_chooses_nothing(pane, qtbot):
    with qtbot.assertNotEmitted(pane.issue_chosen):
        click(pane.list, pane.list.rows.index(0))


def test_the_arrow_keys_choose(pane):
    told = []
    pane.issue_chosen.connect(told.append)
    click(pane.list, index(pane, "import-ai/218"))
    QTest.keyClick(pane.list, Key.Key_Down)
    QTest.keyClick(pane.list, Key.Key_Up)
    QTest.keyClick(pane.list, Key.Key_End)
    assert told == ["import-ai/218", "import-ai/217", "import-ai/218", "import-ai/letter"]


def test_return_opens_the_issue(pane, qtbot):
    click(pane.list, index(pane, "import-ai/218"))
    with qtbot.waitSignal(pane.issue_opened) as opened:
        QTest.keyClick(pane.list, Key.Key_Return)
    assert opened.args == ["import-ai/218"]


def test_the_window_can_step_through_the_issues(pane):
    pane.select_issue("import-ai/219")
    assert pane.step(1)
    assert pane.current_issue == "import-ai/218"
    assert pane.step(1)
    assert pane.current_issue == "import-ai/217"
    assert pane.step(1)
    assert not pane.step(1)
    assert pane.current_issue == "import-ai/letter"


def test_the_window_chooses_without_an_echo(pane, qtbot):
    with qtbot.assertNotEmitted(pane.issue_chosen):
        assert pane.select_issue("import-ai/217")
    assert pane.list.currentIndex() == index(pane, "import-ai/217")
    assert not pane.select_issue("import-ai/1")


def test_the_menu_is_asked_for_where_the_mouse_is(pane, qtbot):
    with qtbot.waitSignal(pane.menu_requested) as asked:
        pane.list.menu_requested.emit("import-ai/218", QPoint(5, 6))
    assert asked.args == ["import-ai/218", QPoint(5, 6)]


# What is listed


def test_the_button_unread_lists_what_is_unread(pane, qtbot):
    with qtbot.waitSignal(pane.view_chosen) as chosen:
        click(pane._segments.button("unread"))
    assert chosen.args == ["unread"]
    assert listed(pane) == ["OCTOBER 2020", "this-week-in-rust/361", "import-ai/219"]
    click(pane._segments.button("all"))
    assert len(listed(pane)) == 8


def test_the_buttons_are_reached_and_pressed_with_the_keyboard(pane):
    first = pane._segments.button("all")
    first.setFocus()
    QTest.keyClick(first, Key.Key_Right)
    assert pane.focusWidget() is pane._segments.button("unread")
    QTest.keyClick(pane.focusWidget(), Key.Key_Space)
    assert pane.view == "unread"


def test_all_starred_stories_stand_above_the_issues_that_have_some(pane, qtbot):
    click(pane._segments.button("starred"))
    assert listed(pane) == ["starred", "SEPTEMBER 2020", "import-ai/217"]
    with qtbot.waitSignal(pane.starred_chosen):
        click(pane.list, index(pane, "starred"))
    assert pane.current_issue == ""
    assert index(pane, "starred").data(SPOKEN) == "All starred stories, 1"


def test_the_issue_that_is_read_stays_among_the_unread_while_it_is_chosen(pane, shelf, qtbot):
    click(pane._segments.button("unread"))
    click(pane.list, index(pane, "import-ai/219"))
    pane.on_changed(shelf.read("import-ai/219"))
    assert "import-ai/219" in listed(pane)
    assert not index(pane, "import-ai/219").data(Role.UNREAD)
    assert pane._counts.text() == "2 newsletters · 1 unread issue"
    click(pane.list, index(pane, "this-week-in-rust/361"))
    qtbot.waitUntil(lambda: "import-ai/219" not in listed(pane))
    assert pane.current_issue == "this-week-in-rust/361"


def test_an_issue_chosen_from_elsewhere_is_listed_whatever_the_filter_says(pane):
    pane.set_view("unread")
    assert pane.select_issue("import-ai/217")
    assert "import-ai/217" in listed(pane)


def test_the_newsletter_is_chosen_from_the_menu(pane, qtbot):
    pane._fill_menu()
    action = next(a for a in pane._menu.actions() if a.data() == "this-week-in-rust")
    assert action.text() == "This Week in Rust\t1"
    with qtbot.waitSignal(pane.newsletter_chosen) as chosen:
        action.trigger()
    assert chosen.args == ["this-week-in-rust"]
    assert listed(pane) == ["OCTOBER 2020", "this-week-in-rust/361"]
    assert pane._name.text() == "This Week in Rust"
    assert pane._counts.text() == "1 issue · 1 unread"
    pane._fill_menu()
    assert [a.data() for a in pane._menu.actions() if a.isChecked()] == ["this-week-in-rust"]


def test_the_menu_offers_to_rename_the_newsletter(pane, qtbot):
    pane.set_newsletter("import-ai")
    pane._fill_menu()
    action = next(a for a in pane._menu.actions() if a.text() == "Rename “Import AI”…")
    with qtbot.waitSignal(pane.rename_requested) as asked:
        action.trigger()
    assert asked.args == ["import-ai"]


def test_an_ampersand_in_a_name_is_shown(pane, shelf):
    shelf.put(1, newsletter="Q & A")
    pane.reload()
    pane._fill_menu()
    assert "Q && A\t1" in [action.text() for action in pane._menu.actions()]


def test_an_empty_filter_says_why(pane, shelf):
    pane.on_changed(shelf.read(*shelf.outlines))
    pane.set_view("unread")
    assert pane.list.accessibleDescription() == "Everything is read"


def test_an_empty_library_says_so(qtbot):
    pane = IssuesPane(Shelf(), Icons(), themes()["light"])
    qtbot.addWidget(pane)
    pane.reload()
    assert pane.list.accessibleDescription() == "No issues yet"
    assert not pane.step(1)


# What changes


def test_a_change_of_state_reads_the_touched_issue_alone(pane, shelf):
    shelf.reads.clear()
    pane.on_changed(shelf.star("import-ai/218#1"))
    assert shelf.reads == ["import-ai/218"]
    assert index(pane, "import-ai/218").data(ROW).starred == 1


def test_a_change_of_many_issues_reads_the_list_once(pane, shelf):
    for number in range(300, 340):
        shelf.put(number, "2021-01-01")
    pane.reload()
    shelf.reads.clear()
    pane.on_changed(shelf.read(*shelf.outlines))
    assert shelf.reads == ["all"]
    assert pane._counts.text() == "2 newsletters · 0 unread issues"


def test_a_change_of_state_moves_nothing(pane, shelf, qtbot):
    rows = pane.list.rows
    pane.select_issue("import-ai/218")
    moved = []
    for signal in (rows.modelReset, rows.rowsInserted, rows.rowsRemoved):
        signal.connect(lambda *_: moved.append(1))
    with qtbot.waitSignal(rows.dataChanged) as changed:
        pane.on_changed(shelf.read("import-ai/218#1", read=False))
    assert changed.args[0].row() == changed.args[1].row() == rows.number_of("import-ai/218")
    assert not moved
    assert pane.list.currentIndex() == index(pane, "import-ai/218")


def test_new_issues_come_in_and_the_choice_stays(pane, shelf, qtbot):
    pane.select_issue("import-ai/218")
    with qtbot.assertNotEmitted(pane.issue_chosen):
        pane.on_changed(shelf.put(220, "2020-10-26") | shelf.put(200, "2019-01-01"))
        qtbot.waitUntil(lambda: "import-ai/220" in listed(pane))
    assert listed(pane)[-4:] == ["JANUARY 2019", "import-ai/200", "UNDATED", "import-ai/letter"]
    assert pane.list.currentIndex() == index(pane, "import-ai/218")
    assert pane.current_issue == "import-ai/218"


def test_many_changes_of_an_import_are_read_together(pane, shelf, qtbot):
    shelf.reads.clear()
    for number in range(300, 340):
        pane.on_changed(shelf.put(number, "2021-01-01"))
    qtbot.waitUntil(lambda: "import-ai/339" in listed(pane))
    assert len(shelf.reads) <= 4


def test_a_changed_title_is_shown(pane, shelf, qtbot):
    pane.on_changed(shelf.put(219, "2020-10-19", ["Another title"]))
    qtbot.waitUntil(lambda: index(pane, "import-ai/219").data(ROW).summary == "Another title")


def test_a_change_of_nothing_reads_nothing(pane, shelf):
    shelf.reads.clear()
    pane.on_changed(Change())
    assert shelf.reads == []


def test_the_library_itself_answers_the_pane(qtbot, tmp_path):
    library = make.library(tmp_path / "library", 5, newsletters=2)
    pane = IssuesPane(library, Icons(), themes()["light"])
    qtbot.addWidget(pane)
    pane.reload()
    assert len(pane._issues) == 5
    assert pane.step(1)
    keys = [story.key for story in library.stories(issue=pane.current_issue)]
    pane.on_changed(library.mark_read(keys, read=True).result())
    pane.on_changed(library.star(keys[:2], starred=True).result())
    row = index(pane, pane.current_issue).data(ROW)
    assert (row.unread, row.starred) == (False, 2)
    assert row in library.issues()
    library.close()


# How it looks


def pixel(pane, key, x, y):
    area = pane.list.visualRect(index(pane, key))
    return pane.list.viewport().grab().toImage().pixelColor(area.left() + x, area.top() + y)


def test_the_unread_dot_has_the_accent(pane):
    accent = QColor(themes()["light"].accent)
    assert pixel(pane, "import-ai/219", 19, 20) == accent
    assert pixel(pane, "import-ai/218", 19, 20) != accent


def test_a_theme_is_taken_on_at_once(pane):
    pane.select_issue("import-ai/218")
    pane.set_theme(themes()["dark"])
    assert pixel(pane, "import-ai/218", 16, 40) == QColor(themes()["dark"].selected)


@pytest.mark.parametrize("width", [120, 200, 900])
def test_any_width_is_painted(pane, shelf, width):
    pane.on_changed(
        shelf.put(1, "2020-10-30", ["نشرة الأسبوع الطويلة جدا جدا 🎉"], newsletter="科技爱好者周刊")
    )
    pane.reload()
    pane.resize(width, 400)
    assert not pane.grab().isNull()


# Many issues


def many(count):
    return [
        IssueRow(
            f"n/{n}",
            "n",
            f"Import AI {n}",
            "A line",
            f"{2026 - n // 365}-{12 - n % 365 // 31:02}-01",
            6,
            6,
            0,
        )
        for n in range(count)
    ]


def test_20_000_issues_are_on_the_screen_in_no_time(qtbot):
    load_fonts()
    shelf = Shelf()
    rows = many(20_000)
    shelf.issues = lambda *, newsletter="": rows
    shelf.newsletters = list
    pane = IssuesPane(shelf, Icons(), themes()["light"])
    qtbot.addWidget(pane)
    pane.resize(290, 800)
    pane.show()
    qtbot.waitExposed(pane)
    pane.grab()
    began = time.process_time()
    pane.reload()
    pane.grab()
    # The bar is at its end at once: nothing is laid out later, piece by piece.
    assert pane.list.verticalScrollBar().maximum() > 20_000 * 60
    assert time.process_time() - began < 0.15


def test_an_answer_of_the_model_is_a_look_up(qapp):
    model = IssuesModel()
    model.show(by_month(many(20_000)))
    spots = [model.index(n) for n in range(0, 20_000, 4)]
    began = time.process_time()
    for spot in spots:
        model.data(spot, Qt.ItemDataRole.DisplayRole)
        model.data(spot, ROW)
    assert (time.process_time() - began) / len(spots) < 50e-6


# The first look


def overview(shelf, first):
    rows, names = shelf.issues(), shelf.newsletters()
    months = sorted(Counter(row.published[:7] for row in rows).items(), reverse=True)
    return Overview(names, months, Counts(len(names), len(rows), 9, 4, 1), rows[:first])


@pytest.fixture
def begun(shelf, qtbot):
    """A pane that has read two of the five issues."""
    load_fonts()
    made = IssuesPane(shelf, Icons(), themes()["light"])
    qtbot.addWidget(made)
    made.resize(290, 700)
    made.begin(overview(shelf, 2))
    shelf.reads.clear()
    return made


def test_a_start_shows_the_newest_and_keeps_the_places_of_the_others(begun, shelf):
    heads = begun.grab().toImage()
    end = begun.list.verticalScrollBar().maximum()
    assert listed(begun)[:3] == ["OCTOBER 2020", "this-week-in-rust/361", "import-ai/219"]
    assert begun.partial
    assert shelf.reads == []
    words = [label.text() for label in begun.findChildren(ElidedLabel)]

    begun.take_rest(begun.read_rest())

    assert not begun.partial
    assert listed(begun)[3::2] == ["import-ai/218", "import-ai/217", "import-ai/letter"]
    assert begun.list.verticalScrollBar().maximum() == end
    assert [label.text() for label in begun.findChildren(ElidedLabel)] == words
    assert begun.grab().toImage() != heads


def test_what_comes_in_the_places_of_blanks_is_painted(begun, qtbot):
    begun.resize(290, 300)
    begun.show()
    qtbot.waitExposed(begun)
    bar = begun.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    seen = Paints(begun.list.viewport())
    begun.take_rest(begun.read_rest())
    qtbot.waitUntil(lambda: seen.count > 0)


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 - as Qt calls it
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_an_issue_that_a_start_has_not_read_is_chosen_all_the_same(begun):
    assert begun.select_issue("import-ai/217")
    assert begun.current_issue == "import-ai/217"
    assert not begun.partial
    begun.take_rest(({}, []))  # what was asked for before comes late
    assert begun.select_issue("import-ai/letter")


def test_the_other_issues_are_read_anew_where_one_came_between(begun, shelf):
    shelf.put(220, "2020-10-26")
    begun.take_rest(begun.read_rest())
    assert listed(begun)[1] == "import-ai/220"


@pytest.mark.parametrize(
    "ask", [lambda pane: pane.set_view("unread"), lambda pane: pane.set_newsletter("import-ai")]
)
def test_a_filter_is_over_all_issues_at_once(begun, ask):
    ask(begun)
    assert not begun.partial
    assert "import-ai/219" in listed(begun)


def test_a_place_without_its_issue_cannot_be_chosen(begun):
    blank = begun.list.rows.rowCount() - 1
    assert not begun.list.rows.can_choose(blank)
    assert begun.list.rows.index(blank).data() is None
