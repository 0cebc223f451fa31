"""Sections under headings: stories, or the parts of one text."""

import pytest

LONG = "It is long and it goes on, as texts about the sea will do, and there is much in it of ropes. " * 8


def sections(*names, between="\n\n", end=""):
    return between.join(f"## {name}\n\n{LONG}\n\n{LONG}{end}" for name in names)


HEADLINES = ("Ropes grow longer by the year", "A crane is sold for scrap", "Fog closes the whole harbour")


def count(stories, text, title="An issue"):
    return len(stories(text, title))


def test_sections_without_any_sign_are_one_text(stories):
    assert count(stories, sections(*HEADLINES)) == 1


def test_sections_behind_separators_are_stories(stories):
    assert count(stories, sections(*HEADLINES, between="\n\n---\n\n")) == 3


def test_sections_that_end_with_a_source_are_stories(stories):
    found = stories(sections(*HEADLINES, end="\n\nRead more: The Paper (Press)."), "An issue")
    assert [story.title for story in found] == list(HEADLINES)


def test_sections_that_the_title_announces_are_stories(stories):
    assert count(stories, sections(*HEADLINES), "Harbour 12: Longer ropes; fog; a crane") == 3


def test_a_title_of_one_topic_announces_nothing(stories):
    assert count(stories, sections(*HEADLINES), "What ropes and fog and cranes have in common") == 1


@pytest.mark.parametrize(
    "name", ["Introduction", "Conclusion", "Part 2: The fog", "Step 3", "What’s next?", "TL;DR"]
)
def test_a_heading_that_names_a_part_makes_all_of_it_one_text(stories, name):
    assert count(stories, sections(name, *HEADLINES, between="\n\n---\n\n")) == 1


def test_bold_lines_serve_where_there_are_no_headings(stories):
    text = "\n\n".join(f"**{name}**\n\n{LONG}\n\nRead more: The Paper (Press)." for name in HEADLINES)
    assert [story.title for story in stories(text, "An issue")] == list(HEADLINES)


def test_bold_lines_of_an_essay_part_nothing(stories):
    text = "\n\n".join(f"**{name}**\n\n{LONG}" for name in HEADLINES)
    assert count(stories, text) == 1
