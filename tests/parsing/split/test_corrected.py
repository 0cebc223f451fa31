import make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import text_of
from reader.model.anchors import Anchors, anchor_of
from reader.model.correction import Correction, read_corrections, written_corrections
from reader.parsing.split import Piece
from reader.parsing.split.corrected import corrected

TEXT = """
Welcome aboard.

## News

## Oars

An oar is a lever. It turns in the water.

**Longer oars** are heavier.

## Sails

A sail is a wing.

## Tar

Tar keeps water out.

Thanks to all.
"""
BLOCKS = make.blocks(TEXT)
WHOLE = text_of(BLOCKS)


def piece(title, last, section="News"):
    start = WHOLE.index(title)
    return Piece(start, WHOLE.index(last) + len(last), title, ((start, start + len(title)),), section=section)


FOUND = (piece("Oars", "heavier."), piece("Sails", "a wing."), piece("Tar", "water out."))


def at(words):
    place = WHOLE.index(words)
    return {"at": anchor_of(WHOLE, place, len(WHOLE)), "near": place / len(WHOLE)}


def after(*corrections, blocks=BLOCKS, found=FOUND):
    pieces, gone = corrected(blocks, found, corrections)
    return [(one.title, text_of(blocks)[one.start : one.end].rpartition("\n")[2]) for one in pieces], gone


def titles(*corrections):
    return [title for title, _ in after(*corrections)[0]]


def test_a_merged_story_is_part_of_the_one_before():
    stories, gone = after(Correction("merge", **at("Sails")))
    assert stories == [("Oars", "A sail is a wing."), ("Tar", "Tar keeps water out.")]
    assert gone == ()


def test_the_first_story_has_none_before_it_to_be_merged_with():
    assert titles(Correction("merge", **at("Oars"))) == ["Oars", "Sails", "Tar"]


def test_a_story_begins_where_the_reader_says():
    pieces, _ = corrected(BLOCKS, FOUND, [Correction("split", **at("Longer oars"))])
    first, second = pieces[:2]
    assert WHOLE[first.start : first.end].endswith("turns in the water.")
    assert (second.title, second.section) == ("Longer oars", "News")
    assert WHOLE[second.start : second.end] == "Longer oars are heavier."
    assert second.heads == ((second.start, second.start + len("Longer oars")),)


def test_a_story_that_begins_within_a_paragraph_is_called_after_its_sentence():
    pieces, _ = corrected(BLOCKS, FOUND, [Correction("split", **at("It turns"))])
    assert pieces[1].title == "It turns in the water."
    assert pieces[1].title_derived
    assert WHOLE[: pieces[0].end].endswith("a lever.")


def test_a_story_gets_the_title_that_the_reader_gives():
    pieces, _ = corrected(BLOCKS, FOUND, [Correction("split", title="Turning", **at("It turns"))])
    assert (pieces[1].title, pieces[1].title_derived) == ("Turning", False)


@pytest.mark.parametrize(
    ("words", "title", "last"),
    [
        ("Welcome", "Welcome aboard.", "Welcome aboard."),
        ("Thanks", "Thanks to all.", "Thanks to all."),
    ],
)
def test_a_story_may_begin_outside_of_all_stories_and_takes_no_headings_of_the_next(words, title, last):
    stories, _ = after(Correction("split", **at(words)))
    assert (title, last) in stories
    assert len(stories) == 4


def test_nothing_begins_where_a_story_begins():
    assert titles(Correction("split", **at("Sails"))) == ["Oars", "Sails", "Tar"]


def test_a_story_that_is_left_out_is_none_and_can_be_begun_again():
    outside, split = Correction("outside", **at("Sails")), Correction("split", **at("Sails"))
    assert titles(outside) == ["Oars", "Tar"]
    assert corrected(BLOCKS, FOUND, [outside, split]) == (FOUND, ())


def test_a_story_that_was_merged_can_be_begun_again():
    corrections = Correction("merge", **at("Sails")), Correction("split", **at("Sails"))
    assert corrected(BLOCKS, FOUND, corrections) == (FOUND, ())


def test_a_renamed_story_keeps_its_text():
    pieces, _ = corrected(BLOCKS, FOUND, [Correction("rename", title="Pitch", **at("Tar"))])
    assert pieces[2] == FOUND[2]._replace(title="Pitch")


def test_corrections_of_words_that_are_gone_are_told_of():
    gone = Correction("merge", "anoarthatnobodyknows", "", 0.5)
    assert after(gone) == (after()[0], (gone,))


def test_a_correction_of_words_that_begin_no_story_any_more_changes_nothing_and_is_not_gone():
    assert after(Correction("merge", **at("Longer oars"))) == after()


def test_a_word_changed_behind_the_first_ones_does_not_lose_the_place():
    long = "A sail is a wing that stands on its end and takes the wind from either side"
    before, now = (
        make.blocks(TEXT.replace("A sail is a wing.", text)) for text in (long, long[:60] + " too")
    )
    anchor = anchor_of(text_of(before), text_of(before).index("Sails"), len(text_of(before)))
    text = text_of(now)
    found = [Piece(text.index(title), text.index(title) + 20, title) for title in ("Oars", "Sails", "Tar")]
    pieces, gone = corrected(now, found, [Correction("outside", anchor, "", 0.5)])
    assert ([one.title for one in pieces], gone) == (["Oars", "Tar"], ())


def test_of_equal_places_the_nearest_is_meant():
    blocks = make.blocks("\n\n".join(f"## Ad\n\nBuy boats.\n\n## Story {n}\n\nText {n}." for n in range(4)))
    text = text_of(blocks)
    starts = [n for n in range(len(text)) if text.startswith("Ad\n", n)]
    found = [Piece(start, start + 13, "Ad") for start in starts]
    near = starts[2] / len(text)
    pieces, _ = corrected(blocks, found, [Correction("outside", "adbuyboats", "", near)])
    assert [one.start for one in pieces] == [starts[0], starts[1], starts[3]]


def test_what_is_written_of_corrections_is_read_again_and_anything_else_passed_over():
    corrections = (Correction("split", "abc", "Title", 0.25), Correction("merge", "ab", "", 1))
    assert read_corrections(written_corrections(corrections)) == corrections
    assert read_corrections([["merge", "ab", "", 0.5], ["merge"], 7, ["merge", 1, "", 0]])[0].at == "ab"
    assert read_corrections("merge") == read_corrections(None) == ()


@given(st.text(st.sampled_from("aßİ é中 \n.-ﬁ")), st.integers(0, 40), st.integers(1, 90))
def test_letters_are_found_where_they_stand(text, start, length):
    anchor = anchor_of(text, start, start + length)
    place = Anchors(text).found(anchor, start / max(len(text), 1))
    if anchor:
        assert place is not None
        assert anchor_of(text, place, len(text)).startswith(anchor)
    else:
        assert place is None
