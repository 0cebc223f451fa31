import pytest

from reader.model import Block, Kind, Mark, Run
from reader.parsing.split.rejoin import rejoin_torn


def told(*blocks):
    return [
        b.text for b in rejoin_torn([b if isinstance(b, Block) else Block(runs=(Run(b),)) for b in blocks])
    ]


@pytest.mark.parametrize("tail", [".", ", and it rained", ") .", ": “The rest”", "; later"])
def test_a_paragraph_that_begins_with_a_closing_sign_goes_back(tail):
    assert told("It was here", tail) == ["It was here" + tail]


def test_a_link_cut_out_of_brackets_goes_back_between_them():
    link = Block(runs=(Run("Letter #4", href="https://example.org"),))
    assert told("As we said (", link, ").") == ["As we said (Letter #4)."]


def test_a_label_takes_the_link_below_it():
    label = Block(runs=(Run("Read more:", Mark.BOLD),))
    link = Block(runs=(Run("The Paper (arXiv)", href="https://example.org"),))
    assert told("Body.", label, link, ".") == ["Body.", "Read more: The Paper (arXiv)."]


def test_paragraphs_that_begin_with_words_or_dots_stay():
    assert told("One.", "Two.", "…three…", "(Four)", ".net five") == [
        "One.",
        "Two.",
        "…three…",
        "(Four)",
        ".net five",
    ]


def test_nothing_goes_back_over_a_heading_or_into_a_list():
    heading = Block(Kind.HEADING, (Run("H"),), level=2)
    item = Block(runs=(Run("item"),), depth=1, marker="-")
    assert told(heading, ".", item, ".") == ["H", ".", "item", "."]
