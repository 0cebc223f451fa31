import pickle
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.model import Block, Kind, Mark, Run, cut, leave_out, starts_of, text_of
from reader.model.block import outdented

words = st.text("ab …:\n", min_size=1, max_size=9)
blocks = st.lists(
    st.builds(lambda texts: Block(runs=tuple(Run(text) for text in texts)), st.lists(words, max_size=3)),
    max_size=6,
).map(tuple)


@given(blocks, st.data())
def test_what_is_cut_at_a_position_is_whole_again_when_joined(whole, data):
    text = text_of(whole)
    at = data.draw(st.integers(0, len(text)))
    squeezed = "".join(block.text for block in cut(whole, 0, at)) + "".join(
        block.text for block in cut(whole, at, len(text))
    )
    assert squeezed == "".join(block.text for block in whole)


@given(blocks)
def test_starts_point_at_the_text_of_each_block(whole):
    text = text_of(whole)
    for start, block in zip(starts_of(whole), whole, strict=True):
        assert text[start : start + len(block.text)] == block.text


def test_leaving_out_a_title_keeps_the_rest_and_its_marks():
    line = Block(
        runs=(Run("LSTMs: ", Mark.BOLD), Run("they "), Run("compose", href="https://a.example")),
        marker="-",
        depth=1,
    )
    (rest,) = leave_out((line,), 0, 19, [(0, 6)])
    assert rest.runs == (Run("they "), Run("compose", href="https://a.example"))
    assert rest.marker == ""
    assert rest.depth == 1


def test_code_is_never_cut_in_two():
    code = Block(Kind.CODE, (Run("a\nb"),))
    assert cut((code,), 1, 2) == (code,)


def test_the_dash_that_joined_a_title_to_its_text_goes_with_the_title():
    line = Block(
        runs=(Run("Old maps", href="https://a.example"), Run(" — To "), Run("orient", Mark.ITALIC)), depth=1
    )
    (rest,) = leave_out((line,), 0, 20, [(0, 8)])
    assert rest.text == "To orient"
    (chinese,) = leave_out((Block(runs=(Run("地图：很老"),)),), 0, 5, [(0, 2)])
    assert chinese.text == "很老"


def test_a_line_that_begins_with_a_dash_of_its_own_keeps_it():
    title, line = Block(runs=(Run("Title"),)), Block(runs=(Run("— said the fox"),))
    assert leave_out((title, line), 0, 20, [(0, 5)]) == (line,)


def test_an_item_alone_stands_at_the_margin_and_its_own_list_stays_a_list():
    rest, inner = Block(runs=(Run("rest"),), depth=1), Block(runs=(Run("inner"),), depth=2, marker="-")
    assert [block.depth for block in outdented((rest, inner))] == [0, 1]
    item = Block(runs=(Run("item"),), depth=1, marker="-")
    assert outdented((item,)) == (item,)


def test_a_block_that_was_asked_for_its_text_is_still_equal_to_one_that_was_not():
    one, other = (Block(runs=(Run("A "), Run("sea", Mark.BOLD))) for _ in range(2))
    assert one.text == one.text == "A sea"
    assert one == other
    assert pickle.loads(pickle.dumps(one)) == other
    assert replace(one, runs=(Run("The "), *one.runs[1:])).text == "The sea"
