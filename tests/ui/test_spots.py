import make

from reader.model import text_of
from reader.ui.spots import Spot, found, place_in, spot_in, spot_of

BODY = "One of them.\n\nTwo of them.\n\nOne of them."


def whole():
    parsed = make.issue(["Before", make.story("Title", BODY, dek="A dek")])
    return parsed, make.page(parsed, 2)


def test_a_spot_of_a_story_is_found_in_its_issue():
    parsed, page = whole()
    text = text_of(parsed.blocks)
    at = text_of(page.body).index("Two")
    assert text[found(spot_of(page, at), text) :].startswith("Two of them.")


def test_of_equal_words_those_that_are_nearest_are_meant():
    parsed, page = whole()
    text = text_of(parsed.blocks)
    last = text_of(page.body).rindex("One")
    assert found(spot_of(page, last), text) == text.rindex("One of them.")
    assert found(spot_of(page, 1), text) == text.index("ne of them.")


def test_the_top_of_a_story_is_its_title():
    parsed, page = whole()
    assert found(spot_of(page, 0), text_of(parsed.blocks)) == page.story.start


def test_a_place_of_the_issue_is_found_in_the_story():
    parsed, page = whole()
    text = text_of(parsed.blocks)
    assert place_in(page, text, text.index("Two")) == text_of(page.body).index("Two")
    assert place_in(page, text, text.rindex("One")) == text_of(page.body).rindex("One")


def test_a_place_in_the_head_of_a_story_is_its_top():
    parsed, page = whole()
    text = text_of(parsed.blocks)
    assert place_in(page, text, text.index("Title")) == 0
    assert place_in(page, text, text.index("A dek") + 2) == 0


def test_where_nothing_is_said_the_next_words_are_meant():
    blocks = make.blocks("First.\n\n---\n\nSecond.")
    assert spot_in(blocks, len("First.") + 1) == Spot("Second.", len("First.") + 2)


def test_words_that_are_gone_are_where_they_were():
    assert found(Spot("gone", 3), "other words") == 3
    assert found(Spot("gone", 99), "other") == 5
