import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.story.matches import Finds, find_all, find_any


@pytest.mark.parametrize(
    ("words", "text", "spans"),
    [
        ("chip", "Chips and chip", [(0, 4), (10, 14)]),
        ("don't", "They don’t", [(5, 10)]),
        ("two words", "two\u2029words", [(0, 9)]),
        ("after", "🦀 after", [(3, 8)]),
        ("🦀", "a 🦀", [(2, 4)]),
        ("a.c", "abc a.c", [(4, 7)]),
        ("芯片", "新的芯片", [(2, 4)]),
        ("  ", "a b", []),
        ("", "a b", []),
    ],
)
def test_words_are_found_however_they_are_set(words, text, spans):
    assert find_all(words, text) == spans


@given(st.text(min_size=1), st.text())
def test_whatever_is_typed_is_only_looked_for(words, text):
    for start, end in find_all(words, text):
        assert 0 <= start < end <= len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize(
    ("words", "text", "spans"),
    [
        (["in", "chip"], "Inside a thin chip", [(0, 2), (14, 18)]),
        (["芯片"], "新的芯片", [(2, 4)]),
        (["a b"], "A\u2029b", [(0, 3)]),
        (["", " "], "a b", []),
        ([], "a b", []),
    ],
)
def test_what_was_searched_for_is_found_where_words_begin(words, text, spans):
    assert find_any(words, text) == spans


def test_behind_the_last_find_comes_the_first():
    finds = Finds(("x",), [(1, 2), (5, 6), (9, 10)])
    finds.choose_from(5)
    assert finds.place == (2, 3)
    finds.step(1)
    finds.step(1)
    assert finds.place == (1, 3)
    finds.step(-1)
    assert finds.span == (9, 10)
    finds.choose_from(11)
    assert finds.place == (1, 3)


def test_no_find_has_no_place():
    finds = Finds(("x",))
    finds.choose_from(0)
    finds.step(1)
    assert (finds.place, finds.span) == ((0, 0), None)
