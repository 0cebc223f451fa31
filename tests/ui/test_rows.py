import random
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView
from ui.hand import click, press

from reader.services.themes import themes
from reader.ui.icons import Icons
from reader.ui.row_paint import RowDelegate
from reader.ui.rows import ROW, RowsModel
from reader.ui.rows_view import RowsView

Key = Qt.Key


@dataclass(frozen=True)
class Line:
    key: str
    text: str = ""


@dataclass(frozen=True)
class Head:
    key: str
    text: str = ""


ANSWERS = {
    Line: {Qt.ItemDataRole.DisplayRole: lambda row: row.text or row.key},
    Head: {Qt.ItemDataRole.DisplayRole: lambda row: row.text},
}


def lines(keys):
    return [Head(key) if key.isupper() else Line(key) for key in keys]


@pytest.fixture
def rows(qapp):
    made = RowsModel(ANSWERS, heads=(Head,))
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    del tester


def keys(rows):
    return "".join(row.key for row in rows.rows)


class Plain(RowDelegate):
    def paint_row(self, painter, place, row, look):
        self._paint_ground(painter, QRectF(place), look, "#336699")
        painter.drawText(place, row.text or row.key)


@pytest.fixture
def view(rows, qtbot):
    made = RowsView(rows, lambda _: [30 if isinstance(row, Head) else 50 for row in rows.rows])
    made.setItemDelegate(Plain(themes()["light"], Icons(), made))
    qtbot.addWidget(made)
    made.resize(200, 200)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


# The model


def test_a_list_becomes_another_by_telling_of_what_differs(rows, qtbot):
    chance = random.Random(7)
    rows.show(lines("abcdef"))
    for _ in range(150):
        wanted = chance.sample("abcdefghijklmnop", chance.randint(0, 12))
        rows.update(lines(wanted))
        assert keys(rows) == "".join(wanted)
        assert [rows.number_of(key) for key in wanted] == list(range(len(wanted)))


def test_an_index_that_is_held_follows_its_row(rows):
    from PySide6.QtCore import QPersistentModelIndex

    rows.show(lines("abcdef"))
    held = QPersistentModelIndex(rows.index(3))
    rows.update(lines("xyacdf"))
    assert held.data(ROW).key == "d"


def test_only_the_rows_that_differ_are_told_of(rows, qtbot):
    rows.show(lines("abcdef"))
    told = []
    rows.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    for signal in (rows.rowsInserted, rows.rowsRemoved, rows.modelReset):
        signal.connect(lambda *_: told.append("moved"))
    wanted = lines("abcdef")
    wanted[2], wanted[3], wanted[5] = Line("c", "new"), Line("d", "new"), Line("f", "new")
    rows.update(wanted)
    assert told == [(2, 3), (5, 5)]


def test_a_row_is_replaced_in_its_place(rows, qtbot):
    rows.show(lines("abc"))
    with qtbot.waitSignal(rows.dataChanged):
        assert rows.replace(Line("b", "better"))
    assert rows.index(1).data() == "better"
    assert not rows.replace(Line("z"))


def test_a_row_that_is_equal_is_not_told_of(rows, qtbot):
    rows.show(lines("abc"))
    with qtbot.assertNotEmitted(rows.dataChanged):
        rows.replace(Line("b"))


def test_a_heading_cannot_be_chosen(rows):
    rows.show(lines("Aab"))
    assert not rows.flags(rows.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert rows.flags(rows.index(1)) & Qt.ItemFlag.ItemIsSelectable


# The view


def test_rows_of_different_heights_stand_one_under_another(view, rows):
    rows.show(lines("AabBc"))
    tops = [view.visualRect(rows.index(n)).top() for n in range(5)]
    assert tops == [0, 30, 80, 130, 160]
    assert view.indexAt(QPoint(10, 79)).row() == 1
    assert view.indexAt(QPoint(10, 80)).row() == 2
    assert not view.indexAt(QPoint(10, 500)).isValid()


def test_the_keys_step_over_headings(view, rows):
    rows.show(lines("AabBcd"))
    view.setCurrentIndex(rows.index(2))
    QTest.keyClick(view, Key.Key_Down)
    assert view.currentIndex().row() == 4
    QTest.keyClick(view, Key.Key_Up)
    assert view.currentIndex().row() == 2
    QTest.keyClick(view, Key.Key_Home)
    assert view.currentIndex().row() == 1
    QTest.keyClick(view, Key.Key_Up)
    assert view.currentIndex().row() == 1
    QTest.keyClick(view, Key.Key_End)
    assert view.currentIndex().row() == 5


def test_a_page_further_is_one_view_further(view, rows):
    rows.show(lines("abcdefghijklmnop"))
    view.setCurrentIndex(rows.index(0))
    QTest.keyClick(view, Key.Key_PageDown)
    assert view.currentIndex().row() == 4
    for _ in range(9):
        QTest.keyClick(view, Key.Key_PageDown)
    assert view.currentIndex().row() == 15
    QTest.keyClick(view, Key.Key_PageUp)
    assert view.currentIndex().row() == 11


def test_the_first_key_in_a_fresh_list_chooses_its_first_row(view, rows):
    rows.show(lines("Aab"))
    QTest.keyClick(view, Key.Key_Down)
    assert view.currentIndex().row() == 1


def test_a_letter_chooses_nothing(view, rows):
    rows.show(lines("abcs"))
    view.setCurrentIndex(rows.index(0))
    QTest.keyClick(view, Key.Key_S)
    assert view.currentIndex().row() == 0


def test_a_heading_comes_into_view_with_the_row_under_it(view, rows):
    rows.show(lines("AabcBdefgh"))
    view.setCurrentIndex(rows.index(9))
    view.setCurrentIndex(rows.index(5))
    assert view.visualRect(rows.index(4)).top() >= 0
    view.setCurrentIndex(rows.index(1))
    assert view.verticalScrollBar().value() == 0


def test_a_row_that_is_followed_stands_well_within_the_view(view, rows):
    rows.show(lines("abcdefghijklmnopqrst"))
    view.resize(200, 320)

    def around(key):
        view.choose(key)
        place = view.visualRect(view.currentIndex())
        return place.top() // 50, (view.viewport().height() - place.bottom() - 1) // 50

    for key in "cdefghijklmnopqr":
        above, below = around(key)
        assert min(above, below) >= 2, key
    assert around("t")[1] == 0
    for key in "rqponmlkjihgfedc":
        above, below = around(key)
        assert min(above, below) >= 2, key
    assert around("a")[0] == 0


def test_the_chosen_row_stays_in_sight_when_the_view_gets_smaller(view, rows, qtbot):
    rows.show(lines("abcdefghijklmnopqrst"))
    view.resize(200, 600)
    view.choose("k")
    for height in (300, 90):
        view.resize(200, height)
        place = view.visualRect(view.currentIndex())
        assert view.viewport().rect().contains(place)


def test_a_row_that_was_scrolled_away_from_is_not_come_back_to(view, rows):
    rows.show(lines("abcdefghijklmnopqrst"))
    view.choose("b")
    view.verticalScrollBar().setValue(500)
    view.resize(200, 150)
    assert view.verticalScrollBar().value() == 500


def test_what_comes_in_above_moves_nothing_in_sight(view, rows, qtbot):
    rows.show(lines("abcdefghijklmnop"))
    view.verticalScrollBar().setValue(170)
    before = view.visualRect(rows.index_of("f")).top()
    rows.update(lines("xyzabcdefghijklmnop"))
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() == 320)
    assert view.visualRect(rows.index_of("f")).top() == before


def test_the_chosen_row_stays_where_it_is_when_rows_come_in_around_it(view, rows, qtbot):
    rows.show(lines("acegikmoqsuwy"))
    view.choose("k")
    view.verticalScrollBar().setValue(170)
    before = view.visualRect(rows.index_of("k")).y()
    assert 0 < before < view.height() - 50
    rows.update(lines("abcdefghijklmnopqrstuvwxyz"))
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() != 170)
    assert view.visualRect(rows.index_of("k")).y() == before


def test_at_the_very_top_what_is_new_is_seen(view, rows, qtbot):
    rows.show(lines("abcdefghijklmnop"))
    rows.update(lines("xabcdefghijklmnop"))
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == 17 * 50 - view.viewport().height())
    assert view.verticalScrollBar().value() == 0


def test_a_range_is_chosen_with_shift_and_a_click(view, rows):
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    rows.show(lines("abBc"))
    click(view, rows.index(3))
    click(view, rows.index(0), modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert sorted(index.row() for index in view.selectedIndexes()) == [0, 1, 3]
    click(view, rows.index(1), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert sorted(index.row() for index in view.selectedIndexes()) == [0, 3]


def test_a_click_on_a_heading_or_below_the_last_row_leaves_the_choice(view, rows):
    rows.show(lines("Aa"))
    click(view, rows.index(1))
    click(view, rows.index(0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 150))
    assert view.currentIndex().row() == 1
    assert [index.row() for index in view.selectedIndexes()] == [1]


def test_shift_and_down_widens_the_choice(view, rows):
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    rows.show(lines("abcdefgh"))
    click(view, rows.index(1))
    press(view, "Shift+Down")
    press(view, "Shift+Down")
    assert sorted(index.row() for index in view.selectedIndexes()) == [1, 2, 3]


def test_all_can_be_chosen_and_headings_are_not_among_them(view, rows):
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    rows.show(lines("AabBc"))
    view.selectAll()
    assert sorted(index.row() for index in view.selectedIndexes()) == [1, 2, 4]


def test_a_right_click_asks_for_the_menu_of_its_row(view, rows, qtbot):
    rows.show(lines("abc"))
    from PySide6.QtGui import QContextMenuEvent
    from PySide6.QtWidgets import QApplication

    spot = view.visualRect(rows.index(1)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, view.viewport().mapToGlobal(spot))
    with qtbot.waitSignal(view.menu_requested) as asked:
        QApplication.sendEvent(view.viewport(), event)
    assert asked.args[0] == "b"


def test_the_row_that_the_reader_goes_to_is_told_of_once(view, rows):
    told = []
    view.row_chosen.connect(told.append)
    rows.show(lines("Aabc"))
    click(view, rows.index(2))
    QTest.keyClick(view, Key.Key_Down)
    assert told == ["b", "c"]
    click(view, rows.index(3))
    assert told == ["b", "c", "c"]


def test_what_the_program_chooses_is_not_told_of(view, rows, qtbot):
    rows.show(lines("abcdefghijkl"))
    with qtbot.assertNotEmitted(view.row_chosen):
        view.choose("c")
        with view.quietly():
            rows.update(lines("abd"))
        view.choose("")
    assert not view.currentIndex().isValid()
    assert view.selected_keys() == []


def test_a_row_may_be_chosen_without_scrolling_to_it(view, rows):
    rows.show(lines("abcdefghijkl"))
    view.choose("l", scroll=False)
    assert view.verticalScrollBar().value() == 0
    view.choose("a")
    view.choose("l")
    assert view.verticalScrollBar().value() > 0


def test_an_empty_list_says_so_to_the_eye_and_to_the_ear(view, rows):
    before = view.grab().toImage()
    view.set_empty_text("No issues yet")
    assert view.grab().toImage() != before
    assert view.accessibleDescription() == "No issues yet"


def test_a_list_that_fills_says_no_longer_that_it_is_empty(view, rows):
    view.set_empty_text("No issues yet")
    rows.show(lines("abc"))
    assert view.accessibleDescription() == ""


def test_the_screen_reader_hears_a_list(view, rows):
    rows.show(lines("abc"))
    spoken = QAccessible.queryAccessibleInterface(view)
    assert spoken.role() == QAccessible.Role.List
    assert spoken.childCount() == 3
    assert spoken.child(1).text(QAccessible.Text.Name) == "b"


def test_heights_are_asked_for_once_for_all_rows(rows, qtbot):
    asked = []

    def heights(width):
        asked.append(width)
        return [20] * len(rows.rows)

    view = RowsView(rows, heights)
    view.setItemDelegate(Plain(themes()["light"], Icons(), view))
    qtbot.addWidget(view)
    rows.show(lines("abcdefghijklmnop"))
    view.resize(200, 100)
    view.show()
    qtbot.waitExposed(view)
    asked.clear()
    for value in range(0, 100, 10):
        view.verticalScrollBar().setValue(value)
        view.grab()
    assert asked == []


@pytest.mark.parametrize(("wrap", "again"), [(True, [200]), (False, [])])
def test_rows_that_wrap_are_measured_anew_in_another_width(rows, qtbot, wrap, again):
    asked = []

    def heights(width):
        asked.append(width)
        return [20] * len(rows.rows)

    view = RowsView(rows, heights, wrap=wrap)
    view.setItemDelegate(Plain(themes()["light"], Icons(), view))
    qtbot.addWidget(view)
    rows.show(lines("abc"))
    view.resize(100, 100)
    view.show()
    qtbot.waitExposed(view)
    asked.clear()
    view.resize(200, 100)
    assert asked == again
    assert view.visualRect(rows.index(1)) == QRect(0, 20, 200, 20)


def test_the_selection_outlives_a_change_of_rows(view, rows):
    rows.show(lines("abcdef"))
    view.setCurrentIndex(rows.index(2))
    rows.update(lines("xbcf"))
    assert view.currentIndex().data(ROW).key == "c"
    assert view.selectionModel().isSelected(rows.index_of("c"))


def test_a_choice_made_without_the_mouse_is_painted(view, rows):
    rows.show(lines("abc"))
    before = view.grab().toImage()
    view.selectionModel().select(rows.index(1), QItemSelectionModel.SelectionFlag.Select)
    assert view.grab().toImage() != before
