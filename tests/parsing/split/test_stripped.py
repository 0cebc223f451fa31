import pytest

from reader.model import Block, Mark, Run
from reader.parsing.split.stripped import restore_titles


def told(*texts):
    return [(b.text, b.runs[0].marks) for b in restore_titles([Block(runs=(Run(t),)) for t in texts])]


def test_title_and_line_and_body_that_run_together_come_apart():
    assert told("Ships: Slower than they seem:…The sea is wide…Long ago, ships were fast.") == [
        ("Ships: Slower than they seem:", Mark.BOLD),
        ("…The sea is wide…", Mark.ITALIC),
        ("Long ago, ships were fast.", Mark.NONE),
    ]


def test_a_tale_comes_apart_at_its_dateline():
    assert told("Tech Tales:The Lamp[North quay, 2040]It was dark.") == [
        ("Tech Tales:", Mark.BOLD),
        ("The Lamp", Mark.BOLD),
        ("[North quay, 2040]", Mark.ITALIC),
        ("It was dark.", Mark.NONE),
    ]


def test_a_dotted_paragraph_makes_a_title_of_the_line_above():
    assert told("Can ships sing?", "…They can…", "So they say.") == [
        ("Can ships sing?", Mark.BOLD),
        ("…They can…", Mark.ITALIC),
        ("So they say.", Mark.NONE),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He waited… and waited… and left.",
        "Note: this… goes on.",
        "…and so on, and so on… he said",
        "Plain text: no dots",
    ],
)
def test_dots_in_a_sentence_make_no_title(text):
    assert told(text) == [(text, Mark.NONE)]


def test_text_that_has_type_of_its_own_is_left_alone():
    block = Block(runs=(Run("Title:", Mark.BOLD), Run("…line…body")))
    assert list(restore_titles([block])) == [block]
