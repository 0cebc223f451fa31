import pytest

from reader.ui.style import font, load_fonts
from reader.ui.text_lines import TextLines


@pytest.fixture
def lines(qapp):
    load_fonts()
    return TextLines()


@pytest.fixture
def letter(lines):
    return font(14)


def test_a_short_text_is_one_line(lines, letter):
    assert lines.lines("Short", letter, 200) == ("Short",)
    assert lines.count("Short", letter, 200) == 1


def test_no_text_is_no_line(lines, letter):
    assert lines.lines("", letter, 200) == ()
    assert lines.count("", letter, 200) == 0


def test_a_long_text_is_two_lines_and_dots(lines, letter):
    text = "words that go on " * 20
    broken = lines.lines(text.strip(), letter, 200)
    assert len(broken) == lines.count(text, letter, 200) == 2
    assert broken[1].endswith("…")
    assert not broken[0].endswith("…")
    assert all(lines.width(line, letter) <= 200 for line in broken)


def test_a_text_that_just_fits_on_two_lines_has_no_dots(lines, letter):
    assert lines.lines("seven words on two short lines here", letter, 150)[1].endswith("here")


def test_a_word_too_long_for_a_line_is_broken(lines, letter):
    broken = lines.lines("Donaudampfschifffahrtsgesellschaft" * 2, letter, 200)
    assert len(broken) == 2
    assert all(lines.width(line, letter) <= 200 for line in broken)


def test_emoji_do_not_shift_the_break(lines, letter):
    broken = lines.lines("🎉🎉🎉 party words that then go on to the second line", letter, 200)
    assert " ".join(broken) == "🎉🎉🎉 party words that then go on to the second line"


def test_what_is_counted_is_what_is_broken(lines, letter):
    text = "A heading of some length: with 中文 and emoji 🎉 in it"
    for width in range(60, 600, 7):
        assert lines.count(text, letter, width) == len(lines.lines(text, letter, width))


def test_more_than_two_lines_may_be_asked_for(lines, letter):
    text = "words that go on " * 20
    assert lines.count(text, letter, 200, 4) == len(lines.lines(text, letter, 200, 4)) == 4


def test_what_is_cut_is_known_to_be(lines, letter):
    assert lines.cut("words that go on " * 20, letter, 200)
    assert not lines.cut("Short", letter, 200)
    assert not lines.cut("Short and going on…", letter, 200)
    assert not lines.cut("", letter, 200)


def test_a_label_that_is_cut_keeps_its_number(lines, letter):
    shown = lines.label("The Newsletter of All Newsletters 219", letter, 150)
    assert shown.endswith("… 219")
    assert shown.startswith("The News")
    assert lines.width(shown, letter) <= 150
    assert lines.label("Short 7", letter, 200) == "Short 7"
    assert lines.label("A title without a number that is cut", letter, 100).endswith("…")
