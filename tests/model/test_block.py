from hypothesis import given
from hypothesis import strategies as st

from reader.model import Block, Kind, Mark, Run, cut, leave_out, starts_of, text_of

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
