from hypothesis import given
from hypothesis import strategies as st

from reader.ui.story.places import Places, set_text, units

TEXTS = st.lists(st.text(st.sampled_from("aé字🦀👩‍💻\n\u2029\ufdd0 "), max_size=12), min_size=1, max_size=6)


def laid(texts):
    """Places of texts that stand one after the other, in the text and in the document alike."""
    places, start, at = Places(), 0, 3
    for text in texts:
        places.add(start, at, text)
        start += len(text) + 1
        at += units(text) + 1
    return places, start


@given(TEXTS)
def test_a_position_is_found_in_the_document_and_back(texts):
    places, end = laid(texts)
    for position in range(end):
        assert places.position(places.at(position)) == position


@given(st.text(st.characters(exclude_categories=[])))
def test_what_the_document_holds_is_as_long_as_the_text(text):
    assert len(set_text(text)) == len(text)
    assert not set(set_text(text)) & {"\n", "\r", "\u2029", "\ufdd0", "\ufdd1", "\ufffc"}


def test_stretches_may_stand_in_another_order_than_in_the_text():
    places = Places()
    places.add(0, 0, "first")
    places.add(20, 6, "third")
    places.add(6, 12, "second, moved")
    assert [places.at(p) for p in (0, 8, 22)] == [0, 14, 8]
    assert [places.position(at) for at in (0, 14, 8)] == [0, 8, 22]


def test_what_stands_before_the_text_is_position_nought():
    places = Places()
    places.add(0, 10, "text")
    assert places.position(4) == 0
    assert Places().at(5) is None
