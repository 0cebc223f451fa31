import pytest

from reader.model import shown_dek, shown_title


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Smarter than they appear:", "Smarter than they appear"),
        ("RL: a view", "RL: a view"),
        ("芯片：", "芯片"),
        (":", "Untitled"),
        ("Two\nlines", "Two lines"),
    ],
)
def test_a_title_loses_the_colon_it_ends_in(title, shown):
    assert shown_title(title) == shown


@pytest.mark.parametrize(
    ("dek", "shown"),
    [
        ("…Turns out…", "Turns out"),
        ("...Turns out... ", "Turns out"),
        ("Is it? Yes.", "Is it? Yes."),
        ("…", ""),
    ],
)
def test_a_dek_loses_the_dots_around_it(dek, shown):
    assert shown_dek(dek) == shown
