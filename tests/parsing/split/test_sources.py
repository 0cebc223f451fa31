import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Block, Kind, Mark, Run
from reader.parsing.split.sources import is_source, mark_sources
from reader.parsing.split.words import CITING, CITING_WORD


def told(text):
    return [(b.kind, b.text) for b in mark_sources([Block(runs=(Run(text),))])]


@pytest.mark.parametrize(
    "text",
    [
        "Read more: Ropes (Harbour Press).",
        "Read the paper: Silent Gates (PDF).",
        "Get the data here (GitHub).",
        "Check out the research: Gates (arXiv).",
        "Find out more at the site: Gates (official website).",
    ],
)
def test_a_line_that_only_cites_is_a_source(text):
    assert told(text) == [(Kind.SOURCE, text)]


@pytest.mark.parametrize(
    "text",
    [
        "Read more books.",
        "Get the most out of your week: sleep, eat and walk.",
        "Via Appia is a road.",
        "Sources say it is so.",
    ],
)
def test_a_sentence_that_begins_alike_is_none(text):
    assert told(text) == [(Kind.PARAGRAPH, text)]


def test_sources_at_the_end_of_a_paragraph_are_cut_off_one_by_one():
    assert told("It works.Read more:Ropes (Press).  Read the paper: Gates (PDF).") == [
        (Kind.PARAGRAPH, "It works."),
        (Kind.SOURCE, "Read more: Ropes (Press)."),
        (Kind.SOURCE, "Read the paper: Gates (PDF)."),
    ]


def test_citing_in_the_middle_of_a_paragraph_stays_there():
    text = "It works. Read more: Ropes (Press). And then the rain came down on all of them."
    assert told(text) == [(Kind.PARAGRAPH, text)]


def test_a_linked_source_needs_no_bracket():
    link = Run("the whole of the paper on ropes", href="https://example.org")
    assert is_source(Block(runs=(Run("Read more: "), link)))
    assert not is_source(
        Block(
            runs=(
                Run("Watch the sea for long enough and you will find, as "),
                Run("they", href="https://e.org"),
            )
        )
    )


def test_list_items_are_no_sources():
    item = Block(runs=(Run("Read more: Ropes (Press)."),), depth=1, marker="-")
    assert list(mark_sources([item])) == [item]


def test_the_space_after_the_colon_comes_back():
    assert told("Read more:Ropes (Harbour Press).") == [(Kind.SOURCE, "Read more: Ropes (Harbour Press).")]
    linked = Block(
        runs=(
            Run("Read more:", Mark.BOLD),
            Run("How Rope Stretches", href="https://e.org/r"),
            Run(" (Press)."),
        )
    )
    (source,) = mark_sources([linked])
    assert source.text == "Read more: How Rope Stretches (Press)."
    assert source.runs[1] == linked.runs[1]


@given(st.from_regex(CITING))
def test_every_way_to_cite_begins_with_a_word_that_is_looked_for(text):
    assert CITING_WORD.search(text)
