"""Small questions asked of the painted page."""

import make
import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from ui.story.conftest import LIGHT, words

from reader.model import Block, Kind, Mark, Run
from reader.services.themes import themes

HEBREW = "שלום עולם זו פסקה"


@pytest.fixture
def seen(view, page_of):
    """Show blocks and take a picture of the page: what is at a point, and where a colour is."""

    def look(body, theme=LIGHT):
        view.set_theme(theme)
        view.show_page(page_of(body, title_derived=True, dek="", total=1))
        QApplication.processEvents()
        return view.viewport().grab().toImage()

    return look


def pixels(image):
    """The picture as an array of 0xRRGGBB, rows first."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return flat[:, : image.width()] & 0xFFFFFF


def columns(image, colour):
    """The columns of the picture that have the colour."""
    return np.flatnonzero((pixels(image) == int(colour[1:], 16)).any(axis=0)).tolist()


def rows(image, colour):
    """The rows of the picture that have the colour."""
    return np.flatnonzero((pixels(image) == int(colour[1:], 16)).any(axis=1)).tolist()


def edges(view):
    """Where the column of the text begins and ends, in pixels."""
    frame = view.story_document.rootFrame().frameFormat()
    return frame.leftMargin(), view.viewport().width() - frame.rightMargin()


def test_code_stands_on_a_box_as_wide_as_the_column(seen, view):
    image = seen([Block(Kind.CODE, (Run("x"),))])
    found = columns(image, LIGHT.code_ground)
    left, right = edges(view)
    assert found[0] == pytest.approx(left, abs=1)
    assert found[-1] == pytest.approx(right, abs=2)
    corner = rows(image, LIGHT.code_ground)[0]
    assert image.pixelColor(found[0], corner).name() != LIGHT.code_ground


def test_code_in_a_line_stands_on_a_chip(seen):
    image = seen(make.blocks("Words `code` words."))
    found = columns(image, LIGHT.code_ground)
    assert 25 < found[-1] - found[0] < 70


def test_marked_words_stand_on_the_marks_colour(seen):
    assert columns(seen([Block(runs=(Run("marked", Mark.HIGHLIGHT),))]), LIGHT.mark)


@pytest.mark.parametrize(("text", "right"), [("Words of a quote.", False), (HEBREW, True)])
def test_a_quotes_bar_stands_where_its_lines_begin(text, right, seen):
    image = seen([Block(runs=(Run(text),), quote=1)])
    found = columns(image, LIGHT.quote_bar)
    assert len(found) == 3
    assert (found[0] > image.width() / 2) is right


def test_a_quote_in_a_quote_has_two_bars(seen):
    image = seen([Block(runs=(Run("outer"),), quote=1), Block(runs=(Run("inner"),), quote=2)])
    found = columns(image, LIGHT.quote_bar)
    assert len(found) in range(5, 8)
    assert found[-1] - found[0] > 20


def test_the_bar_of_a_long_quote_goes_through_the_whole_page(seen, view):
    seen([Block(runs=(Run(words(3).replace("\n\n", " ")),), quote=1) for _ in range(10)])
    view.verticalScrollBar().setValue(700)
    QApplication.processEvents()
    image = view.viewport().grab().toImage()
    left = columns(image, LIGHT.quote_bar)[1]
    assert all(image.pixelColor(left, y).name() == LIGHT.quote_bar for y in range(image.height()))


@pytest.mark.parametrize(("text", "right"), [("Item", False), (HEBREW, True)])
@pytest.mark.parametrize("marker", ["-", "12.", "[ ]", "[x]"])
def test_a_marker_stands_outside_the_lines_it_marks(marker, text, right, seen, view):
    plain = seen([Block(runs=(Run(text),), depth=1)])
    marked = seen([Block(runs=(Run(text),), depth=1, marker=marker)])
    differing = np.flatnonzero((pixels(plain) != pixels(marked)).any(axis=0)).tolist()
    first, last = edges(view)
    indent = 1.45 * 19
    assert differing
    if right:
        assert min(differing) >= last - indent - 1
    else:
        assert max(differing) <= first + indent


def test_a_rule_is_short_and_in_the_middle(seen, view):
    image = seen(make.blocks("Words.\n\n---\n\nWords."))
    found = columns(image, LIGHT.rule)
    assert found[0] > image.width() * 0.3
    assert (found[0] + found[-1]) / 2 == pytest.approx(sum(edges(view)) / 2, abs=3)


@pytest.mark.parametrize("name", sorted(themes()))
def test_every_theme_paints_its_own_page(name, seen):
    theme = themes()[name]
    image = seen(make.blocks("Words.\n\n> quoted"), theme)
    assert image.pixelColor(2, 2).name() == theme.page
    assert columns(image, theme.quote_bar)


def test_an_image_is_shown_where_it_stands(view, page_of, picture):
    from reader.model import OBJECT

    location = picture("photo.png", 200, 100, "#00ff00")
    view.show_page(page_of([Block(runs=(Run(OBJECT, image="photo.png"),))], location=location))
    QApplication.processEvents()
    image = view.viewport().grab().toImage()
    assert len(columns(image, "#00ff00")) == 200
    assert len(rows(image, "#00ff00")) == 100
