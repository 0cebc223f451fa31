import pytest

from reader.model import Block, Kind, Mark, Run
from reader.parsing.split.separators import rule_separators


def shapes(*runs):
    return [(b.kind, b.text) for b in rule_separators([Block(runs=runs)])]


@pytest.mark.parametrize("row", ["***", "* * *", r"\*\*\*", "---", "- - - -", "#" * 50, "•••", "⁂", " *** "])
def test_a_row_of_signs_becomes_a_rule_without_text(row):
    assert shapes(Run(row)) == [(Kind.RULE, "")]


def test_a_row_that_is_glued_to_the_text_is_cut_off():
    assert shapes(Run("It ended (Nature)." + "#" * 40 + " Next")) == [
        (Kind.PARAGRAPH, "It ended (Nature)."),
        (Kind.RULE, ""),
        (Kind.PARAGRAPH, "Next"),
    ]


def test_a_row_on_a_line_of_a_bold_run_is_cut_out_of_it():
    found = list(rule_separators([Block(runs=(Run("***\nA title:", Mark.BOLD),))]))
    assert [b.kind for b in found] == [Kind.RULE, Kind.PARAGRAPH]
    assert found[1].runs == (Run("A title:", Mark.BOLD),)


@pytest.mark.parametrize("text", ["C# and F#", "a -- b", "5 * 3 * 2", "Issue ###", "well... ", "**"])
def test_signs_within_a_sentence_stay(text):
    assert shapes(Run(text)) == [(Kind.PARAGRAPH, text)]


def test_code_is_left_alone():
    code = Block(Kind.CODE, (Run("a\n---\nb"),))
    assert list(rule_separators([code])) == [code]
