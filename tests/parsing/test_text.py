import pytest

from reader.model import OBJECT, Block, Kind, Run
from reader.parsing.text import is_cut, plain_text, word_count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Chips are fast - very fast.", 5),
        ("one\ttwo\nthree", 3),
        ("火山が噴火した", 4),
        ("用 Rust 写 the kernel", 4),
        ("— … ###", 0),
        ("한국어 뉴스", 3),
    ],
)
def test_a_cjk_character_counts_as_half_a_word(text, words):
    assert word_count(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Google has built a small ro…",
        "Google has built a small ro...",
        "and then [...]",
        "and then [&hellip;]".replace("&hellip;", "…"),
        "and then […]  \n",
        "The rest of it… Read more",
        "The rest of it... Continue reading →",
        "The rest of it [...] Read more: The long story",
    ],
)
def test_a_text_that_stops_in_the_middle_is_cut(text):
    assert is_cut(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It ends here.",
        "It … goes on, and ends.",
        "Read more: LSTMs Compose (arXiv).",
        "Thanks for reading!",
    ],
)
def test_a_text_that_ends_is_not_cut(text):
    assert not is_cut(text)


def test_plain_text_has_markers_and_no_pictures():
    blocks = (
        Block(Kind.HEADING, (Run("Chips"),), level=2),
        Block(runs=(Run("Fast "), Run(OBJECT, image="a.png"), Run("ones."))),
        Block(Kind.RULE),
        Block(runs=(Run(OBJECT, image="b.png"),)),
        Block(runs=(Run("one"),), depth=1, marker="-"),
        Block(runs=(Run("two"),), depth=2, marker="1."),
    )
    assert plain_text(blocks) == "Chips\n\nFast ones.\n\n- one\n  1. two"


@pytest.mark.timeout(10)
@pytest.mark.parametrize("sign", ["!", "[", "…", "|"])
def test_a_long_row_of_signs_is_counted_at_once(sign):
    assert word_count(f"one {sign * 1_000_000} {sign}two{sign}") == 2
