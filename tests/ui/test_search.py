import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QToolButton
from ui.hand import click
from ui.shelf import Shelf, story_row

from reader.model import Change, Hit, State
from reader.services.themes import themes
from reader.ui.icons import Icons
from reader.ui.search.field import SearchField
from reader.ui.search.model import Found
from reader.ui.search.results import MOST, SearchResults
from reader.ui.search.snippet import SnippetStyle, fitting, paint_snippet
from reader.ui.style import font, load_fonts

Key = Qt.Key
LIGHT = themes()["light"]


class Searching:
    """A search that answers when the test says so."""

    def __init__(self):
        self.open = []

    def __call__(self, query, done):
        self.open.append((query, done))

    def answer(self, hits, which=0):
        query, done = self.open.pop(which)
        done(hits)
        return query


def hits(*numbers):
    return [
        Hit(story_row(position=n, title=f"Chips {n}:"), "a piece with chip in it", ((13, 17),))
        for n in numbers
    ]


@pytest.fixture
def searching():
    return Searching()


@pytest.fixture
def shelf():
    made = Shelf()
    made.put(219, stories=9)
    return made


@pytest.fixture
def results(shelf, searching, qtbot):
    load_fonts()
    made = SearchResults(shelf, searching, Icons(), LIGHT)
    tester = QAbstractItemModelTester(made.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.addWidget(made)
    made.resize(340, 600)
    made.show()
    qtbot.waitExposed(made)
    yield made
    del tester


@pytest.fixture
def field(qtbot):
    made = SearchField(Icons(), LIGHT)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def found(results):
    return [hit.story.position for hit in results.hits]


# The field


def test_what_is_typed_is_asked_once_after_a_moment(field, qtbot):
    asked = []
    field.asked.connect(asked.append)
    QTest.keyClicks(field, "chip")
    assert asked == []
    qtbot.waitUntil(lambda: asked == ["chip"])


def test_an_empty_field_is_told_of_at_once(field):
    asked = []
    field.setText("chip")
    field.ask_now()
    field.asked.connect(asked.append)
    QTest.keyClick(field, Key.Key_Escape)
    assert field.text() == ""
    assert asked == [""]


def test_a_button_clears_the_field_as_soon_as_there_is_text(field):
    field.setText("chip")
    (button,) = [b for b in field.findChildren(QToolButton) if b.defaultAction().text() == "Clear"]
    assert button.isVisible()
    button.click()
    assert field.text() == ""


@pytest.mark.parametrize("text", ["", "chip"])
def test_escape_clears_the_field_and_leaves_it(field, qtbot, text):
    field.setText(text)
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field, Key.Key_Escape)
    assert field.text() == ""


def test_down_goes_to_the_results_without_waiting(field, qtbot):
    QTest.keyClicks(field, "chip")
    with qtbot.waitSignals([field.asked, field.results_wanted]):
        QTest.keyClick(field, Key.Key_Down)


def test_down_in_an_empty_field_does_nothing(field, qtbot):
    with qtbot.assertNotEmitted(field.results_wanted):
        QTest.keyClick(field, Key.Key_Down)


def test_return_asks_and_opens(field, qtbot):
    QTest.keyClicks(field, "chip")
    with qtbot.waitSignals([field.asked, field.opened]):
        QTest.keyClick(field, Key.Key_Return)


def test_the_field_says_how_much_there_is_to_search(field):
    field.set_count(1932)
    assert field.placeholderText() == "Search 1,932 stories"
    field.set_count(0)
    assert field.placeholderText() == "Search"
    assert field.accessibleName() == "Search stories"


def test_a_filter_goes_behind_the_words(field):
    field.setText("chip ")
    field.add_filter("is:starred")
    assert field.text() == "chip is:starred "
    field.add_filter("newsletter:")
    assert field.text() == "chip is:starred newsletter:"


# The results


def test_what_is_typed_is_understood_as_a_query(results, searching):
    results.search("chip is:starred")
    query = searching.answer(hits(1, 2))
    assert (query.terms, query.starred) == (("chip",), True)
    assert found(results) == [1, 2]
    assert results._title.text() == "Search: chip is:starred"
    assert results._count.text() == "2 stories"


def test_an_answer_that_comes_late_is_dropped(results, searching):
    results.search("chi")
    results.search("chip")
    searching.answer(hits(3), which=1)
    searching.answer(hits(1, 2, 3, 4))
    assert found(results) == [3]


def test_the_results_of_before_stay_until_the_answer_is_there(results, searching):
    results.search("chi")
    searching.answer(hits(1, 2))
    results.search("chip")
    assert found(results) == [1, 2]


def test_an_empty_search_shows_nothing_and_asks_nothing(results, searching):
    results.search("chip")
    results.search("  ")
    searching.answer(hits(1))
    assert found(results) == []
    assert searching.open == []


def test_nothing_found_is_said(results, searching):
    results.search("xyzzy")
    searching.answer([])
    assert results.list.accessibleDescription() == "Nothing found for “xyzzy”"
    assert results._count.text() == "0 stories"


def test_there_may_be_more_than_is_listed(results, searching):
    results.search("chip")
    searching.answer(hits(*range(MOST)))
    assert results._count.text() == "50 stories or more"


def test_a_result_is_chosen_by_a_click_and_opened_by_return(results, searching, qtbot):
    results.search("chip")
    searching.answer(hits(1, 2))
    with qtbot.waitSignal(results.story_chosen) as chosen:
        click(results.list, results.list.rows.index(1))
    assert chosen.args == ["import-ai/219#2"]
    with qtbot.waitSignal(results.story_opened) as opened:
        QTest.keyClick(results.list, Key.Key_Return)
    assert opened.args == ["import-ai/219#2"]


def test_the_keyboard_comes_to_the_first_result(results, searching, qtbot):
    results.search("chip")
    searching.answer(hits(1, 2))
    with qtbot.waitSignal(results.story_chosen) as chosen:
        results.go_to_results()
    assert chosen.args == ["import-ai/219#1"]
    assert results.list.hasFocus()
    assert results.step(1)
    assert not results.step(1)
    assert results.selected_keys() == ["import-ai/219#2"]


def test_the_first_result_is_opened_when_none_is_chosen(results, searching, qtbot):
    results.search("chip")
    searching.answer(hits(4, 5))
    with qtbot.waitSignal(results.story_opened) as opened:
        results.open_chosen()
    assert opened.args == ["import-ai/219#4"]


def test_return_before_the_answer_opens_when_it_comes(results, searching, qtbot):
    results.search("chip")
    results.open_chosen()
    with qtbot.waitSignal(results.story_opened) as opened:
        searching.answer(hits(4))
    assert opened.args == ["import-ai/219#4"]


def test_down_before_the_answer_chooses_when_it_comes(results, searching, qtbot):
    results.search("chip")
    results.go_to_results()
    with qtbot.waitSignal(results.story_chosen) as chosen:
        searching.answer(hits(4))
    assert chosen.args == ["import-ai/219#4"]


def test_a_new_search_forgets_a_return_of_before(results, searching, qtbot):
    results.search("chip")
    results.open_chosen()
    results.search("chips")
    with qtbot.assertNotEmitted(results.story_opened):
        searching.answer(hits(4), which=1)


def test_a_star_is_shown_among_the_results(results, searching, shelf):
    results.search("chip")
    searching.answer(hits(1, 2))
    results.on_changed(shelf.star("import-ai/219#2"))
    assert [hit.story.state.starred for hit in results.hits] == [False, True]
    assert results.hits[1].snippet == "a piece with chip in it"
    results.on_changed(Change())


def test_the_filters_are_offered(results, qtbot):
    button = next(button for button in results._buttons if button.text() == "is:unread")
    with qtbot.waitSignal(results.filter_wanted) as wanted:
        click(button)
    assert wanted.args == ["is:unread"]


@pytest.mark.parametrize(("width", "lines"), [(340, 1), (230, 2), (130, 3)])
def test_filters_for_which_a_line_is_too_narrow_stand_in_the_next(results, qtbot, width, lines):
    results.setMinimumWidth(0)
    results.resize(width, 600)
    qtbot.waitUntil(lambda: results.width() == width)
    places = [button.geometry() for button in results._buttons]
    assert len({place.y() for place in places}) == lines
    assert all(place.right() < results.width() for place in places)
    assert all(
        place.width() >= button.sizeHint().width()
        for place, button in zip(places, results._buttons, strict=True)
    )
    assert max(place.bottom() for place in places) < results.list.y()


def test_a_result_says_in_one_sentence_what_it_is(results, searching):
    results.search("chip")
    searching.answer([Hit(story_row(title="Chips:", state=State(starred=True)), "a chip")])
    spoken = results.list.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Chips, unread, starred, Import AI 219 · 19 Oct 2020"
    assert results.list.accessibleName() == "Search results"


def test_the_menu_is_asked_for_where_the_mouse_is(results, searching, qtbot):
    results.search("chip")
    searching.answer(hits(1))
    with qtbot.waitSignal(results.menu_requested) as asked:
        results.list.menu_requested.emit("import-ai/219#1", QPoint(5, 6))
    assert asked.args == ["import-ai/219#1", QPoint(5, 6)]


# The snippet


def painted(text, marks, width=300):
    image = QImage(width, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    style = SnippetStyle(font(12), 17, 2, "#000000", "#000000", "#ff0000")
    paint_snippet(painter, (QPointF(0, 0), width), text, marks, style)
    painter.end()
    return image


def marked(image):
    red = QColor("#ff0000")
    spots = [
        (x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) == red
    ]
    return {x for x, _ in spots}, {y for _, y in spots}


def test_the_words_that_were_searched_for_are_marked(qapp):
    load_fonts()
    columns, rows = marked(painted("a chip", ((2, 6),)))
    assert min(columns) > 5
    assert max(rows) < 17
    assert marked(painted("a chip", ())) == (set(), set())


def test_an_emoji_before_a_word_does_not_shift_its_mark(qapp):
    load_fonts()
    plain, _ = marked(painted("ab chip and more words", ((3, 7),)))
    shifted, _ = marked(painted("🎉🎉🎉🎉 chip and more words", ((5, 9),)))
    assert abs(len(plain) - len(shifted)) <= 3


def test_a_snippet_that_does_not_fit_ends_in_dots(qapp):
    load_fonts()
    text = "words that go on " * 30
    shown = fitting(text, font(12), 200, 2)
    assert shown.endswith("…")
    assert text.startswith(shown[:-1])
    assert fitting("short", font(12), 200, 2) == "short"


def test_a_mark_beyond_what_fits_is_left_out(qapp):
    load_fonts()
    text = "words that go on " * 30
    assert marked(painted(text, ((480, 485),))) == (set(), set())


@pytest.mark.parametrize("said", ["", ".", " — "])
def test_a_result_without_words_says_where_it_leads(said):
    leads = story_row(url="https://www.example.org/maps/")
    assert Found(Hit(leads, said)).snippet == ("example.org/maps", ())
    assert Found(Hit(leads, "a chip", ((2, 6),))).snippet == ("a chip", ((2, 6),))


def test_results_are_painted_in_any_script(results, searching):
    results.search("chip")
    odd = ["عنوان طويل باللغة العربية عن الذكاء", "科技爱好者周刊：如何理解", "🎉" * 99, ""]
    searching.answer([Hit(story_row(position=n, title=t), t * 9, ((0, 3),)) for n, t in enumerate(odd)])
    for width in (90, 340, 900):
        results.resize(width, 400)
        assert not results.grab().isNull()


def test_a_title_without_words_has_a_name():
    assert Found(Hit(story_row(title=" : "), "")).title == "Untitled"
