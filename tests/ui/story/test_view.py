"""What the reader does with a story: links, finding, copying, the context menu."""

from itertools import pairwise

import make
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from ui.hand import click, press
from ui.story.conftest import words

from reader.model import OBJECT, Block, Kind, Link, Mark, Run, text_of
from reader.ui.story.lines import top_of
from reader.ui.story.table_window import TableWindow

LINK = "https://example.org/paper"
WITH_LINK = f"See [the paper]({LINK}) and [the code](https://example.org/code)."


def point_of(view, text):
    """The middle of the words as they stand on the screen."""
    at = view.story_document.toRawText().index(text)
    cursor = view.textCursor()
    cursor.setPosition(at + len(text) // 2)
    return view.cursorRect(cursor).center()


@pytest.mark.parametrize(
    ("button", "modifiers"),
    [
        (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier),
        (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier),
        (Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier),
    ],
    ids=["click", "Ctrl+click", "middle click"],
)
def test_a_click_on_a_link_asks_for_it_once(button, modifiers, view, page_of):
    asked = []
    view.link_activated.connect(asked.append)
    view.show_page(page_of(WITH_LINK))
    click(view.viewport(), point_of(view, "the paper"), button=button, modifiers=modifiers)
    assert asked == [LINK]
    assert view.story_document.toPlainText().endswith("the code.")


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "vbscript:x",
        "ftp://e.org",
    ],
)
def test_an_address_that_is_not_safe_is_not_followed(href, view, page_of, qtbot):
    view.show_page(page_of([Block(runs=(Run("a trap", href=href),))]))
    with qtbot.assertNotEmitted(view.link_activated):
        click(view.viewport(), point_of(view, "a trap"))
    assert "a trap" in view.toPlainText()


def test_a_place_on_the_newsletters_own_site_is_asked_for(view, page_of, qtbot):
    view.show_page(page_of([Block(runs=(Run("more", href="/en/more/"),))]))
    with qtbot.waitSignal(view.link_activated) as asked:
        click(view.viewport(), point_of(view, "more"))
    assert asked.args == ["/en/more/"]


def test_a_click_on_a_picture_that_is_not_loaded_asks_for_it(view, page_of, qtbot):
    address = "https://cdn.example.net/a.jpg"
    view.show_page(page_of([Block(runs=(Run(OBJECT, image=address),)), *make.blocks("Words.")]))
    place = view.story_document.find(OBJECT)
    middle = view.cursorRect(place).center() - QPoint(60, 0)
    with qtbot.waitSignal(view.link_activated) as asked:
        click(view.viewport(), middle)
    assert asked.args == [address]
    assert view.tip_of(address) == "Open the picture in the browser"
    assert view.tip_of(LINK) == ""


def test_links_are_reached_by_tab_and_opened_by_return(view, page_of, qtbot):
    view.show_page(page_of(WITH_LINK))
    view.setFocus()
    press(view, "Tab")
    assert view.selected_text() == "the paper"
    press(view, "Tab")
    assert view.selected_text() == "the code"
    with qtbot.waitSignal(view.link_activated) as asked:
        press(view, "Return")
    assert asked.args == ["https://example.org/code"]


def test_letters_are_left_to_the_window(view, page_of, qtbot):
    from PySide6.QtGui import QKeySequence, QShortcut

    view.show_page(page_of(WITH_LINK))
    view.setFocus()
    for key in ("J", "Space", "Return", "S"):
        shortcut = QShortcut(QKeySequence(key), view)
        with qtbot.waitSignal(shortcut.activated):
            press(view, key)
        shortcut.setEnabled(False)


def test_space_scrolls_when_no_one_else_wants_it(view, page_of):
    view.show_page(page_of(words(40)))
    view.setFocus()
    press(view, "Space")
    assert view.verticalScrollBar().value() > 400


def test_the_title_leads_to_the_story_and_the_links_are_told(view, page_of):
    view.show_page(page_of(WITH_LINK, leads="https://example.org/title"))
    assert view.anchorAt(point_of(view, "A title")) == "https://example.org/title"
    assert view.links() == [Link(LINK, "the paper"), Link("https://example.org/code", "the code")]


def test_what_the_story_says_of_its_links_comes_first(view, page_of):
    page = page_of(WITH_LINK)
    story = page.story._replace(links=(Link(LINK, "Paper", source=True),))
    view.show_page(page._replace(story=story))
    assert view.links() == [Link(LINK, "Paper", source=True)]
    view.show_nothing("Nothing.")
    assert view.links() == []


def test_neighbouring_runs_to_one_address_are_one_link(view, page_of):
    runs = (
        Run("a ", href=LINK),
        Run("paper", Mark.BOLD, href=LINK),
        Run(" and "),
        Run("trap", href="javascript:x"),
    )
    view.show_page(page_of([Block(Kind.SOURCE, runs)]))
    assert view.links() == [Link(LINK, "a paper", source=True)]


def test_the_pointer_on_a_link_tells_where_it_leads(view, page_of, qtbot):
    view.show_page(page_of(WITH_LINK))
    with qtbot.waitSignal(view.link_hovered) as told:
        QTest.mouseMove(view.viewport(), point_of(view, "the paper"))
    assert told.args == [LINK]
    assert [s.cursor.selectedText() for s in view.extraSelections()] == ["the paper"]
    with qtbot.waitSignal(view.link_hovered) as told:
        QTest.mouseMove(view.viewport(), QPoint(2, 2))
    assert told.args == [""]
    assert view.extraSelections() == []


def noted():
    return [
        Block(runs=(Run("Said"), Run("7", note="7"), Run(" so."))),
        *make.blocks(words(20)),
        Block(Kind.FOOTNOTE, (Run("By whom."),), marker="7"),
    ]


def test_a_footnote_is_gone_to_and_back(view, page_of, qtbot):
    view.show_page(page_of(noted()))
    with qtbot.assertNotEmitted(view.link_activated):
        view.follow("#note:7")
    bar = view.verticalScrollBar()
    note = top_of(view.story_document, view.story_document.anchors["#note:7"])
    assert bar.value() <= note <= bar.value() + view.viewport().height()
    click(view.viewport(), point_of(view, "↩"))
    assert bar.value() < 200


def test_a_footnote_is_shown_where_it_is_called(view, page_of, qtbot):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent

    view.show_page(page_of(noted()))
    point = point_of(view, "7 so")
    at = view.story_document.toRawText().index("7 so")
    cursor = view.textCursor()
    cursor.setPosition(at)
    point = view.cursorRect(cursor).center() + QPoint(3, -3)
    assert view.anchorAt(point) == "#note:7"
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, view.mapToGlobal(point)))
    assert QToolTip.text() == "By whom."
    QToolTip.hideText()


def test_an_address_within_the_page_that_is_not_there_does_nothing(view, page_of):
    view.show_page(page_of(words(20)))
    view.follow("#nowhere")
    assert view.verticalScrollBar().value() == 0


def turn_wheel(view, delta, modifiers):
    middle = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        view.viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_the_wheel_asks_for_larger_text_with_ctrl_and_scrolls_without(view, page_of):
    view.show_page(page_of(words(20)))
    asked = []
    view.text_size_requested.connect(asked.append)
    for delta in (120, 60, 60, -240):
        turn_wheel(view, delta, Qt.KeyboardModifier.ControlModifier)
    assert asked == [1, 1, -1, -1]
    assert view.verticalScrollBar().value() == 0
    turn_wheel(view, -120, Qt.KeyboardModifier.NoModifier)
    assert view.verticalScrollBar().value() > 0


def test_what_is_copied_reads_as_the_page_does(view, page_of):
    rows = ((((Run("Name"),)), (Run("Size"),)), ((Run("Menger"),), (Run("8"),)))
    body = [
        Block(Kind.CODE, (Run("if x:\n    y()"),)),
        *make.blocks("- one\n\n  - two 🦀"),
        Block(Kind.TABLE, rows=rows),
        Block(runs=(Run("First\u00a0line\nand second."),)),
    ]
    view.show_page(page_of(body, title_derived=True, dek="", total=1))
    view.selectAll()
    view.copy()
    assert QGuiApplication.clipboard().text() == (
        "Import AI 219  ·  1 min read\n\nif x:\n    y()\n\n- one\n  - two 🦀\n\nName\tSize\nMenger\t8\n\n"
        "First line\nand second."
    )


def test_a_part_of_a_line_is_copied_without_its_marker(view, page_of):
    view.show_page(page_of("- 🦀 some words"))
    at = view.story_document.toRawText().encode("utf-16-le").index("some".encode("utf-16-le")) // 2
    cursor = view.textCursor()
    cursor.setPosition(at)
    cursor.setPosition(at + 4, cursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    assert view.selected_text() == "some"


def entries(view, point):
    return {action.text(): action for action in view.menu_at(point).actions() if action.text()}


def test_the_context_menu_offers_what_stands_under_the_pointer(view, page_of, qtbot):
    view.show_page(page_of(WITH_LINK))
    assert list(entries(view, QPoint(5, 5))) == ["Copy", "Copy as Markdown", "Select All", "Find in Story…"]
    offered = entries(view, point_of(view, "the paper"))
    offered["Copy Link"].trigger()
    assert QGuiApplication.clipboard().text() == LINK
    with qtbot.waitSignal(view.link_activated):
        offered["Open Link"].trigger()
    with qtbot.waitSignal(view.copy_markdown_requested):
        offered["Copy as Markdown"].trigger()
    assert not offered["Copy"].isEnabled()
    offered["Select All"].trigger()
    assert entries(view, QPoint(5, 5))["Copy"].isEnabled()


def test_a_table_opens_in_a_window_of_its_own_and_esc_closes_it(view, page_of, qtbot):
    wide = Block(Kind.TABLE, rows=tuple(tuple((Run(f"cell {r} {c}"),) for c in range(14)) for r in range(3)))
    view.show_page(page_of([wide]))
    entries(view, point_of(view, "cell 1 1"))["Enlarge Table"].trigger()
    window = view.findChild(TableWindow)
    assert window.isVisible()
    assert window.view.document().size().width() > view.typography.column
    assert "Enlarge" not in window.view.toPlainText()
    press(window, "Esc")
    qtbot.waitUntil(lambda: view.findChild(TableWindow) is None)
    click(view.viewport(), point_of(view, "Enlarge table"))
    assert view.findChild(TableWindow).isVisible()


def test_of_a_long_table_the_page_shows_the_beginning_and_its_window_all(view, page_of, qtbot):
    long = Block(Kind.TABLE, rows=tuple(((Run(f"row {r}"),),) for r in range(300)))
    view.show_page(page_of([long, *make.blocks("After it.")]))
    view.write_all()
    assert "row 39" in view.toPlainText()
    assert "row 40" not in view.toPlainText()
    assert "After it." in view.toPlainText()
    view.find("260 more")
    click(view.viewport(), point_of(view, "260 more rows: open the table"))
    window = view.findChild(TableWindow)
    qtbot.waitUntil(lambda: "row 299" in window.view.toPlainText())


def test_the_window_of_a_long_table_shows_its_beginning_before_all_is_set(view, page_of, qtbot):
    long = Block(Kind.TABLE, rows=tuple(((Run(f"row {r}"),), (Run("and"),)) for r in range(2000)))
    view.show_page(page_of([long]))
    view.enlarge_table(0)
    page = view.findChild(TableWindow).view
    assert "row 3" in page.toPlainText()
    assert "row 1999" not in page.toPlainText()
    qtbot.waitUntil(lambda: "row 1999" in page.toPlainText())
    assert page.verticalScrollBar().value() == 0


def test_a_long_table_in_its_window_looks_like_one(view, page_of, qtbot):
    words = ["Name", *("a much longer name" if r == 8 else f"name {r}" for r in range(1, 20))]
    table = Block(Kind.TABLE, rows=tuple(((Run(word),), (Run("value"),)) for word in words))
    view.show_page(page_of([table]))
    view.enlarge_table(0)
    document = view.findChild(TableWindow).view.document()
    qtbot.waitUntil(lambda: "name 19" in document.toPlainText())
    layout, cells = document.documentLayout(), {}
    block = document.begin()
    while block.isValid():
        if block.text():
            cells.setdefault(block.text() == "value", []).append((layout.blockBoundingRect(block), block))
        block = block.next()
    assert len({place.x() for place, _ in cells[True]}) == 1
    tops = [place.y() for place, _ in cells[True]][1:]
    heights = [below - above for above, below in pairwise(tops)]
    assert max(heights) - min(heights) < 1
    assert [block.layout().lineCount() for _, block in cells[False]] == [1] * 20
    weights = [block.begin().fragment().charFormat().fontWeight() for _, block in cells[True]]
    assert weights[0] > weights[1] == max(weights[1:])


def test_the_next_find_is_gone_to_and_all_are_marked(view, page_of):
    page = page_of(words(30))
    view.show_page(page)
    assert view.find("Paragraph 2") == (1, 11)
    assert view.find("Paragraph 2") == (2, 11)
    assert view.find("Paragraph 2", backwards=True) == (1, 11)
    assert view.find("Paragraph 2", backwards=True) == (11, 11)
    assert "Paragraph 29" in text_of(page.body)[view.position() :][:2000]
    assert len(view.extraSelections()) == 12
    view.clear_find()
    assert view.extraSelections() == []
    assert view.selected_text() == "Paragraph 2"


def test_what_was_searched_for_is_not_looked_for_above_the_title(view, page_of):
    view.show_page(page_of(words(30) + "\n\nAn import of tea."))
    view.mark_words(["import"])
    assert {mark.cursor.selectedText() for mark in view.extraSelections()} == {"import"}
    assert view.verticalScrollBar().value() > 0


def test_typing_on_stays_at_the_find(view, page_of):
    view.show_page(page_of("chip one\n\nchips two\n\nchipset three"))
    assert view.find("c")[0] == 1
    assert view.find("chips") == (1, 2)
    assert view.find("chipse") == (1, 1)
    assert view.find("chipsex") == (0, 0)
    assert view.find("chip")[1] == 3


def test_finding_goes_on_from_where_the_reader_is(view, page_of):
    page = page_of(words(30))
    view.show_page(page)
    view.go_to(text_of(page.body).index("Paragraph 12"))
    assert view.find("Paragraph") == (13, 30)


def test_what_was_found_stays_found_in_another_theme(view, page_of):
    from reader.services.themes import themes

    view.show_page(page_of(words(30)))
    view.find("Paragraph 2")
    view.find("Paragraph 2")
    view.set_theme(themes()["dark"])
    assert view.find("Paragraph 2") == (3, 11)
    view.show_page(page_of("Another story."))
    assert view.extraSelections() == []


def test_closing_the_find_scrolls_nowhere(view, page_of):
    view.show_page(page_of(words(30)))
    view.find("Paragraph 0")
    view.verticalScrollBar().setValue(1500)
    view.clear_find()
    assert view.verticalScrollBar().value() == 1500


def test_the_text_can_be_heard(view, page_of):
    view.show_page(page_of("Some words."))
    spoken = QAccessible.queryAccessibleInterface(view)
    assert spoken.text(QAccessible.Text.Name) == "Story"
    text = spoken.textInterface()
    assert "Some words." in text.text(0, text.characterCount())


def test_what_is_dropped_on_the_page_is_left_to_the_window(view):
    assert not view.acceptDrops()
    assert not view.viewport().acceptDrops()
