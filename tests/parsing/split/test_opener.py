"""An essay above the first heading is a story where it has a title and is more than a greeting."""

import pytest

ESSAY = (
    "The tide came in slowly, as it does when nobody waits for it and the moon is far away from the quay.\n\n"
    * 4
)
NEWS = """## News

- [The crane stands](https://e.org/crane), by Ann
- [Ropes are late](https://e.org/ropes)
- [A new lock](https://e.org/lock), by Joe
- [Tar is dear](https://e.org/tar)
- [Gulls counted](https://e.org/gulls)
"""


def titles(found):
    return [story.title for story in found]


def test_an_essay_under_a_bold_title_above_the_first_heading_is_a_story(stories):
    found = stories(f"**All tides are one**\n\n{ESSAY}{NEWS}")
    assert titles(found)[:2] == ["All tides are one", "The crane stands"]
    assert len(found) == 6
    assert found[0].section == ""
    assert found[0].body.startswith("The tide came in")
    assert found[0].body.endswith("from the quay.")


def test_it_ends_at_a_rule_and_a_quote_below_its_title_is_its_dek(stories):
    found = stories(
        f"**All tides are one**\n\n> Tides of May.\n\n{ESSAY}---\n\nThe contents follow.\n\n{NEWS}"
    )
    assert (found[0].dek, found[0].body[:8]) == ("Tides of May.", "The tide")
    assert found[0].body.endswith("from the quay.")


@pytest.mark.parametrize(
    "opening", [f"Hello!\n\n{ESSAY}", f"**Good morning!**\n\n{ESSAY[:90]}", "**Number 12**\n\n"]
)
def test_a_greeting_is_none(stories, opening):
    assert titles(stories(opening + NEWS))[0] == "The crane stands"


def test_items_above_the_first_heading_are_stories_and_what_is_over_them_leads_in(stories):
    found = stories(f"**Short notes**\n\n{ESSAY}\n{NEWS.removeprefix('## News')}\n\n{NEWS}")
    assert titles(found) == [story.title for story in stories(NEWS)] * 2


def test_what_stands_above_sections_of_one_text_makes_no_story_of_it(stories):
    found = stories(f"**All tides are one**\n\n{ESSAY}## Background\n\n{ESSAY}## Conclusion\n\n{ESSAY}")
    assert len(found) == 1
