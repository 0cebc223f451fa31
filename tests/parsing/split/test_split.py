"""What holds for every split, whatever the text: no word is lost, no story overlaps another, nothing is slow."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Block, Kind, Mark, Run, leave_out, text_of
from reader.parsing.markdown import markdown_blocks
from reader.parsing.source import mended
from reader.parsing.split import heal, split

PIECES = [
    "Title:", "…the line under it…", "***", "####################", "Read more: A Paper (arXiv).", "Why this matters: It does.",
    "Tech Tales:", "[USA, 2040]", ".", "\n", "\n\n", " ", "1、", "（1）", "- ", "（完）", "Thanks for reading!", "told Nature.How big?",
    "Ships: Slow:…The sea…Long ago.", "\ufffc", "No news.", "a", "海", "**", "_",
]  # fmt: skip

texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=6).map("".join)
runs = st.builds(
    Run,
    text=texts,
    marks=st.sampled_from([Mark.NONE, Mark.BOLD, Mark.ITALIC, Mark.BOLD | Mark.ITALIC, Mark.CODE]),
    href=st.sampled_from(["", "https://example.org", "#here"]),
)
some_blocks = st.lists(
    st.builds(
        Block,
        kind=st.sampled_from(
            [Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.HEADING, Kind.CODE, Kind.RULE]
        ),
        runs=st.lists(runs, max_size=4).map(tuple),
        level=st.integers(0, 6),
        quote=st.integers(0, 1),
        depth=st.integers(0, 2),
        marker=st.sampled_from(["", "-", "1."]),
    ),
    max_size=14,
).map(tuple)


def letters(text):
    return "".join(character for character in text if character.isalnum())


@given(some_blocks)
def test_healing_keeps_every_letter_in_its_place(blocks):
    assert letters(text_of(heal(blocks))) == letters(text_of(blocks))


@settings(max_examples=300)
@given(some_blocks, st.sampled_from(["", "Title", "An issue"]))
def test_opening_stories_and_closing_hold_every_word(blocks, title):
    found = split(blocks, title)
    text, at = text_of(found.blocks), 0
    assert letters(text) == letters(text_of(blocks))
    for piece in found.stories:
        assert at <= piece.start <= piece.end <= len(text)
        at = piece.end
        assert all(piece.start <= start <= end <= piece.end for start, end in piece.heads)
        body = text_of(leave_out(found.blocks, piece.start, piece.end, piece.heads))
        said = "".join(text[start:end] for start, end in sorted(piece.heads)) + body
        assert sorted(letters(said)) == sorted(letters(text[piece.start : piece.end]))


@given(some_blocks)
def test_what_is_healed_once_is_whole(blocks):
    once = heal(blocks)
    assert letters(text_of(heal(once))) == letters(text_of(once))


@given(some_blocks)
def test_an_issue_that_has_text_has_a_story(blocks):
    if letters(text_of(blocks)):
        assert split(blocks, "An issue").stories


def test_positions_count_in_the_text_that_is_kept():
    found = split(markdown_blocks("## A\n\n* [One](https://e.org/1)\n* [Two](https://e.org/2)\n"))
    text = text_of(found.blocks)
    assert [text[piece.start : piece.end] for piece in found.stories] == ["One", "Two"]


HARD = {
    "one line of stars": "*" * 2_000,
    "one line of number signs": "#" * 2_000,
    "rows": "***\n\n" * 400,
    "brackets": "[" * 2_000,
    "labels": "Tech Tales: " * 200,
    "citing": "Read more: x (y). " * 100,
    "glued": "told.Why this matters: so " * 80,
    "dots": "a:…b…" * 400,
    "bold lines": "**a**\n" * 300,
    "empty lines": "a\n\n" * 600,
    "items": "* [a](https://e.org)\n" * 120,
    "numbers": "1、a\n\n" * 400,
    "underscores": "_ " * 1_000,
    "spaces": "a" + " " * 2_000 + "b",
    "templates": "{% x " * 400,
}


@pytest.mark.parametrize("name", HARD)
def test_twice_the_text_takes_about_twice_the_time(name):
    """Quadratic work takes four times as long for twice the text; the shortest of three runs tells."""

    def seconds(times):
        text = mended(HARD[name] * times)
        blocks = tuple(Block(runs=(Run(part),)) for part in text.split("\n\n"))
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            mended(HARD[name] * times)
            split(blocks, "An issue")
            best = min(best, time.process_time() - began)
        return best

    seconds(2)
    assert seconds(12) < 3.2 * seconds(6) + 0.03


@pytest.mark.parametrize(
    "text", ["*" * 1_000_000, "a" * 1_000_000, "a: " * 330_000, "[x" * 500_000, "\x00" * 1000, "\ud800 x"]
)
def test_a_line_of_a_megabyte_comes_through_as_one_story(text):
    began = time.process_time()
    found = split((Block(runs=(Run(text),)),), "An issue")
    assert len(found.stories) == (1 if letters(text) else len(found.stories))
    assert time.process_time() - began < 5


def test_a_label_in_the_head_of_a_story_begins_no_other():
    bold, address = Mark.BOLD, "https://example.org"
    found = split(
        (
            Block(Kind.HEADING, (Run("News"),), level=2),
            Block(runs=(Run("The sails of the boats", bold, address),)),
            Block(runs=(Run("They are red."),)),
            Block(runs=(Run("Short stories:", bold, address),)),
            Block(runs=(Run("Fiction:", bold),)),
            Block(runs=(Run("The sea is long."),)),
        )
    )
    assert [piece.title for piece in found.stories] == ["The sails of the boats", "Fiction:"]
    assert all(
        piece.start <= start <= end <= piece.end for piece in found.stories for start, end in piece.heads
    )
