"""Where the reader is: positions, scrolling, the end, the story in view."""

import time

import make
import pytest
from PySide6.QtWidgets import QApplication
from ui.story.conftest import LIGHT, words

from reader.model import Block, Run, text_of
from reader.services.themes import themes
from reader.ui.story import StoryView

THEMES = themes()


def top_line(view):
    """The text of the first line that is wholly visible."""
    from reader.ui.story.lines import line_from

    at = line_from(view.story_document, view.verticalScrollBar().value())
    block = view.story_document.findBlock(at)
    line = block.layout().lineForTextPosition(at - block.position())
    return block.text()[line.textStart() : line.textStart() + line.textLength()]


def test_a_story_begins_at_position_nought(view, page_of):
    view.show_page(page_of(words(30)))
    assert (view.position(), view.verticalScrollBar().value()) == (0, 0)


def test_a_place_that_was_gone_to_is_at_the_top(view, page_of):
    page = page_of(words(30))
    at = text_of(page.body).index("Paragraph 12")
    view.show_page(page)
    view.go_to(at)
    assert view.position() == at
    view.write_all()  # a busy machine may not have come so far
    assert top_line(view).startswith("Paragraph 12")


def test_the_position_is_that_of_the_first_whole_line(view, page_of):
    page = page_of(words(30))
    view.show_page(page)
    view.verticalScrollBar().setValue(900)
    assert text_of(page.body)[view.position() :].startswith(top_line(view))


@pytest.mark.parametrize(
    "change",
    [
        lambda view: view.set_theme(THEMES["dark"]),
        lambda view: view.set_text_size(26),
        lambda view: view.set_text_size(12),
        lambda view: view.set_measure(50),
        lambda view: view.resize(500, 500),
    ],
    ids=["theme", "larger", "smaller", "measure", "size"],
)
def test_the_same_text_stays_at_the_top_whatever_changes(change, view, page_of, qtbot):
    page = page_of(words(40))
    at = text_of(page.body).index("Paragraph 20")
    view.show_page(page)
    view.go_to(at)
    qtbot.waitUntil(lambda: top_line(view).startswith("Paragraph 20"))
    change(view)
    assert view.position() == at
    qtbot.waitUntil(lambda: view.story_document.written)
    assert view.position() == at
    assert top_line(view).startswith("Paragraph 20")


def test_the_place_does_not_wander_while_the_window_is_dragged(view, page_of):
    page = page_of(words(40))
    view.show_page(page)
    view.verticalScrollBar().setValue(1500)
    at = view.position()
    for width in [*range(800, 400, -37), *range(400, 800, 53), 800]:
        view.resize(width, 600)
    assert view.position() == at


def test_what_is_not_yet_written_is_gone_to_as_soon_as_it_is(view, issue_of, qtbot):
    parsed = make.issue([make.story(f"Story {n}", words(40)) for n in range(40)])
    view.show_issue(issue_of(parsed))
    assert not view.story_document.written
    assert view.go_to_story(parsed.stories[30].key)
    assert view.position() == parsed.stories[30].start
    qtbot.waitUntil(lambda: top_line(view) == "Story 30")
    qtbot.waitUntil(lambda: view.story_document.written)
    assert top_line(view) == "Story 30"


def test_a_story_that_the_issue_has_not_is_not_gone_to(view, issue_of):
    view.show_issue(issue_of(make.issue(["One"])))
    assert not view.go_to_story("no/such#story")


def test_a_page_is_scrolled_less_two_lines_until_the_end_is_seen(view, page_of, qtbot):
    view.show_page(page_of(words(30)))
    qtbot.waitUntil(lambda: view.story_document.written)
    steps = 0
    while view.scroll_page():
        steps += 1
        assert steps < 50
    assert steps > 5
    assert view.at_end()
    assert not view.scroll_page()


def test_scrolling_by_pages_leaves_no_line_out(view, page_of, qtbot):
    view.show_page(page_of(words(30)))
    qtbot.waitUntil(lambda: view.story_document.written)
    height, bar = view.viewport().height(), view.verticalScrollBar()
    while not view.at_end():
        before = bar.value()
        view.scroll_page()
        assert bar.value() <= before + height - 2 * view.typography.size


def test_the_end_of_a_short_story_is_reached_when_it_is_seen(view, page_of, qtbot):
    with qtbot.waitSignal(view.end_reached):
        view.show_page(page_of("Short."))


def test_the_end_of_a_long_story_is_reached_by_scrolling_and_told_once(view, page_of, qtbot):
    told = []
    view.end_reached.connect(lambda: told.append(1))
    view.show_page(page_of(words(30)))
    QApplication.processEvents()
    assert told == []
    for _ in range(3):
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
        QApplication.processEvents()
        view.verticalScrollBar().setValue(0)
        QApplication.processEvents()
    assert told == [1]
    with qtbot.waitSignal(view.end_reached):
        view.show_page(page_of("Another, short."))


def test_nothing_is_read_in_a_hidden_window(qtbot, fonts, page_of):
    view = StoryView(LIGHT)
    qtbot.addWidget(view)
    view.resize(800, 600)
    with qtbot.assertNotEmitted(view.end_reached, wait=50):
        view.show_page(page_of("Short."))
    with qtbot.waitSignal(view.end_reached):
        view.show()


def test_a_message_has_no_end_to_reach(view, qtbot):
    with qtbot.assertNotEmitted(view.end_reached, wait=50):
        view.show_nothing("No story is chosen.")


def test_the_place_is_told_when_scrolling_has_stopped(view, page_of, qtbot):
    view.show_page(page_of(words(30)))
    with qtbot.waitSignal(view.position_changed) as told:
        for value in range(0, 800, 40):
            view.verticalScrollBar().setValue(value)
    assert told.args == [view.position()]


def test_going_somewhere_is_no_scrolling(view, page_of, qtbot):
    page = page_of(words(30))
    view.show_page(page)
    with qtbot.assertNotEmitted(view.position_changed, wait=300):
        view.go_to(text_of(page.body).index("Paragraph 12"))


def test_the_story_in_view_follows_the_scroll(view, issue_of, qtbot):
    parsed = make.issue(
        [make.story(f"Story {n}", words(8)) for n in range(4)], opening="Hello.\n\n" + words(8)
    )
    told = []
    view.story_in_view.connect(told.append)
    view.show_issue(issue_of(parsed))
    qtbot.waitUntil(lambda: view.story_document.written)
    assert told == []
    while not view.at_end():
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 40)
    assert told == [story.key for story in parsed.stories]
    view.go_to_story(parsed.stories[1].key)
    assert told[-1] == parsed.stories[1].key
    view.verticalScrollBar().setValue(0)
    assert told[-1] == ""


def test_a_message_stands_in_the_middle(view):
    view.show_nothing("No story is chosen.\nPress J.")
    block = view.story_document.firstBlock()
    top = view.story_document.documentLayout().blockBoundingRect(block).center().y()
    assert 0.35 * view.height() < top < 0.5 * view.height()
    view.resize(800, 1000)
    top = view.story_document.documentLayout().blockBoundingRect(block).center().y()
    assert 350 < top < 500


def test_a_line_holds_as_many_characters_as_the_measure_says(view, page_of):
    view.resize(1400, 600)
    view.show_page(page_of("the quick brown fox jumps over a lazy dog and rests in the shade " * 20))
    for measure in (50, 66, 110):
        view.set_measure(measure)
        layout = view.story_document.lastBlock().layout()
        lengths = [layout.lineAt(n).textLength() for n in range(layout.lineCount() - 1)]
        assert measure - 8 < sum(lengths) / len(lengths) <= measure + 2


def test_margins_give_way_in_a_narrow_pane(view, page_of):
    view.show_page(page_of(words(3)))
    view.resize(420, 600)
    assert view.story_document.rootFrame().frameFormat().leftMargin() <= 20


def test_five_thousand_blocks_never_freeze_the_window(view, issue_of, qtbot):
    parsed = make.issue([make.story(f"Story {n}", "Some words of it.\n\n" * 249) for n in range(20)])
    assert len(parsed.blocks) == 5000
    view.show_issue(issue_of(parsed))
    slowest = 0.0
    while not view.story_document.written:
        # The processor's time, not the clock's: the machine may have other things to do.
        before = time.thread_time()
        QApplication.processEvents()
        slowest = max(slowest, time.thread_time() - before)
    # A slice is 5 ms of type and about as much of layout.
    assert slowest < 0.15
    assert view.story_document.blockCount() >= 5000


def test_nothing_breaks_in_two_thousand_repaints(view, page_of):
    body = [
        *make.blocks(words(5) + "\n\n> quoted `code`\n\n- item\n\n```\ncode\n```\n\n---"),
        Block(runs=(Run("הלו"),)),
    ]
    view.resize(300, 300)
    view.show_page(page_of(body * 3))
    view.write_all()
    bar = view.verticalScrollBar()
    for n in range(2000):
        if n % 400 == 0:
            view.set_theme(THEMES["dark" if n % 800 else "sepia"])
        bar.setValue(n * 7 % max(1, bar.maximum()))
        view.viewport().repaint()
    assert view.toPlainText()


def test_pages_turned_fast_leave_no_documents_behind(view, page_of, issue_of, qtbot):
    from reader.ui.story.document import StoryDocument

    page, whole = page_of(words(5)), issue_of(make.issue([make.story("One", words(300))]))
    for n in range(60):
        view.show_page(page) if n % 2 else view.show_issue(whole)
    qtbot.waitUntil(lambda: len(view.findChildren(StoryDocument)) == 1)


def test_the_text_does_not_step_aside_for_the_scroll_bar(view, page_of):
    def left():
        return view.story_document.rootFrame().frameFormat().leftMargin()

    view.show_page(page_of("Short."))
    QApplication.processEvents()
    assert not view.verticalScrollBar().isVisible()
    alone = left()
    view.show_page(page_of(words(40)))
    QApplication.processEvents()
    assert view.verticalScrollBar().isVisible()
    assert left() == alone
