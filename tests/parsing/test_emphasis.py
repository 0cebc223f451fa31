import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parsing.emphasis import loose_marks


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "**bold** and *italic* and ***both*** and __bold *in* bold__",
        "****One** and **two** more**",
        "*in **in** it*",
        "`**x` and [a](https://e.org/a_b*c) and <br class=_x> and \\*",
        "a_b_c and 5 * 3",
    ],
)
def test_marks_that_find_a_partner_are_not_loose(text):
    assert loose_marks(text) == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("**$5 if **through", 4),
        ("**\nTitle\n**", 4),
        ("**open", 2),
        ("A* and [@_ann]", 2),
        ("_one *two_ three*", 2),
        ("foo_bar_", 1),
    ],
)
def test_marks_that_would_be_printed_are_counted(text, count):
    assert loose_marks(text) == count


@given(st.lists(st.sampled_from(["**", "_", "*", "***", "a", " ", ".", "\n"]), max_size=40).map("".join))
def test_there_are_never_more_loose_marks_than_marks(text):
    assert 0 <= loose_marks(text) <= text.count("*") + text.count("_")
