"""Where stories begin in a whole issue, and how that is painted."""

import make
import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from ui.story.conftest import LIGHT, words

from reader.services.themes import themes
from reader.ui.story.borders import BETWEEN, CLOSING, OPENING, borders_of

TWO = [make.story("One", "Words of it."), make.story("Two", "More words.")]


def told(page, start=0):
    """The numbers and the names of the borders, in order."""
    return [border.number or border.name for border in borders_of(page, start)]


def test_a_border_stands_where_each_story_begins(issue_of):
    page = issue_of(make.issue(TWO))
    assert [border.position for border in borders_of(page)] == [story.start for story in page.stories]
    assert told(page) == [1, 2]


def test_an_opening_and_a_closing_have_borders_of_their_own(issue_of):
    page = issue_of(make.issue(TWO, opening="Hello.", closing="Goodbye."))
    assert told(page) == [OPENING, 1, 2, CLOSING]
    assert borders_of(page)[0].position == 0


def test_the_title_of_the_issue_is_no_opening(issue_of):
    page = issue_of(make.issue(TWO, opening="# Import AI 219"))
    assert told(page, len("Import AI 219")) == [1, 2]


def test_a_heading_above_a_story_is_not_outside_of_the_stories(issue_of):
    parsed = make.issue([TWO[0], make.story("Two", "Words.")], opening="Hello.\n\n## News")
    assert told(issue_of(parsed)) == [OPENING, 1, 2]
    assert told(issue_of(make.issue(TWO, opening="## News"))) == [1, 2]


def test_what_stands_between_two_stories_is_marked(issue_of):
    page = issue_of(make.issue([*TWO, make.story("Three")]))
    assert told(page._replace(stories=(page.stories[0], page.stories[2]))) == [1, BETWEEN, 2]


def test_an_issue_that_is_one_story_has_no_borders(issue_of):
    assert told(issue_of(make.issue(TWO[:1]))) == []
    assert told(issue_of(make.issue([]))) == []


@pytest.fixture
def seen(view, issue_of):
    """Show a whole issue and take a picture of the page, as an array of 0xRRGGBB."""

    def look(parsed, theme=LIGHT):
        view.set_theme(theme)
        view.show_issue(issue_of(parsed))
        QApplication.processEvents()
        image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        flat = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
        return flat[:, : image.width()] & 0xFFFFFF

    return look


def margin(view, picture):
    """The rows of the margin left of the column in which something is painted."""
    left = int(view.story_document.rootFrame().frameFormat().leftMargin()) - 2
    ground = int(view.typography.theme.page[1:], 16)
    return np.flatnonzero((picture[:, :left] != ground).any(axis=1)).tolist()


def lines(view, picture):
    """The rows of the picture that hold a line as wide as the column."""
    frame = view.story_document.rootFrame().frameFormat()
    left, right = int(frame.leftMargin()) + 1, picture.shape[1] - int(frame.rightMargin()) - 1
    rule = int(view.typography.theme.rule[1:], 16)
    return np.flatnonzero((picture[:, left:right] == rule).all(axis=1)).tolist()


@pytest.mark.parametrize("name", ["light", "dark", "sepia"])
def test_numbers_stand_in_the_margin_and_a_line_between_two_stories(name, seen, view):
    picture = seen(make.issue(TWO), themes()[name])
    assert len(margin(view, picture)) > 12
    assert len(lines(view, picture)) == 1


def test_a_story_page_has_nothing_in_its_margin(view, page_of, seen):
    seen(make.issue(TWO))
    view.show_page(page_of(words(2)))
    QApplication.processEvents()
    assert view.story_document.sheet.borders == ()


def test_numbers_stay_in_the_page_where_the_margin_is_narrow(seen, view):
    view.resize(300, 600)
    picture = seen(make.issue(TWO))
    ground = int(LIGHT.page[1:], 16)
    assert margin(view, picture)
    assert (picture[:, 0] == ground).all()


def test_no_second_line_stands_where_the_issue_has_a_rule(seen, view):
    picture = seen(make.issue([make.story("One", "Words.\n\n---"), TWO[1]]))
    assert lines(view, picture) == []


def test_the_items_of_a_list_have_numbers_and_no_lines(seen, view, issue_of):
    parsed = make.issue(["One"], closing="- A first\n\n- A second")
    first = len(parsed.blocks[0].text) + len(parsed.blocks[1].text) + 2
    items = [first, first + len("A first") + 1]
    placed = tuple(
        story_at(parsed, start, start + length) for start, length in zip(items, (7, 8), strict=True)
    )
    picture = seen(make.replace(parsed, stories=placed))
    assert [border.number for border in view.sheet.borders] == [0, 1, 2]
    assert len(lines(view, picture)) == 0
    assert margin(view, picture)


def story_at(parsed, start, end):
    return parsed.stories[0]._replace(key=f"k{start}", start=start, end=end, heads=())
