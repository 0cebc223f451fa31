"""What is of the newsletter itself is no story, and what stands around a title is no part of it."""

import pytest

NEWS = """## News

- [The crane stands](https://e.org/crane), by Ann
- [Ropes are late](https://e.org/ropes)
- [A new lock](https://e.org/lock), by Joe
- [Tar is dear](https://e.org/tar)
- [Gulls counted](https://e.org/gulls)
"""
ITEMS = ["The crane stands", "Ropes are late", "A new lock", "Tar is dear", "Gulls counted"]
WORDS = "The port opens at noon, and the crane lifts its first load while the band plays."


def titles(found):
    return [story.title for story in found]


@pytest.mark.parametrize("name", ["Summary", "TL;DR", "At a glance", "摘要"])
def test_a_section_that_tells_the_issue_in_short_is_no_story(stories, name):
    assert titles(stories(f"## {name}\n\n{WORDS}\n\n{NEWS}")) == ITEMS


def test_a_summary_below_a_story_of_its_own_is_one(stories):
    found = stories(f"{NEWS}\n## The report\n\n### Summary\n\n{WORDS} [More](https://e.org/port).\n")
    assert titles(found) == [*ITEMS, "Summary"]


def test_a_section_that_only_says_what_it_is_for_is_no_story(stories):
    text = "Do you want to sing? This section highlights concerts that look for singers."
    assert titles(stories(f"{NEWS}\n## Singers\n\n{text}\n")) == ITEMS


def test_a_table_of_logos_of_sponsors_is_no_story(stories):
    logo = '<th><a href="https://{0}.example"><img src="https://{0}.example/l.png"><sub>{0}</sub></a></th>'
    logos = "".join(logo.format(name) for name in ("ropes", "tar", "salt"))
    assert titles(stories(f"{NEWS}\n## Sponsor\n\n<table><tr>{logos}</tr></table>\n")) == ITEMS


def test_what_a_sponsor_has_to_say_is_a_story(stories):
    *_, last = stories(f"{NEWS}\n## Sponsor\n\n[Salt & Co.](https://salt.example) salts your fish at sea.\n")
    assert last.sponsored


def test_signs_before_a_linked_title_are_no_part_of_it(stories):
    jobs = "\n\n".join(
        f"🧑‍✈️ [**{job} at the Harbour**](https://e.org/{job})\n\nWe look for hands that like the sea, and rain."
        for job in ("Pilot", "Baker")
    )
    found = stories(f"{NEWS}\n## Jobs\n\n{jobs}\n\n💡 [How to publish an offer?](https://e.org/offer)\n")
    assert titles(found) == [*ITEMS, "Pilot at the Harbour", "Baker at the Harbour"]
    assert found[-1].body == "We look for hands that like the sea, and rain."


def test_a_label_over_several_links_is_no_tag_of_the_first(stories):
    found = stories(
        NEWS
        + "- 📖 New charts: [north](https://e.org/n) + [south](https://e.org/s) + [east](https://e.org/e)\n"
        "- 📖 Podcast: [On salt](https://e.org/salt)\n"
    )
    assert found[-2].title.endswith("New charts: north + south + east")
    assert found[-1].title == "On salt"


def test_a_remark_in_brackets_after_a_linked_title_belongs_to_it(stories):
    numbered = "".join(
        f"{number}、[{name}](https://e.org/{name})（{name} of the Whole Wide Harbour）\n\nIt lifts and it lowers.\n\n"
        for number, name in enumerate(("Crane", "Lock", "Lamp"), 1)
    )
    assert titles(stories(f"## Tools\n\n{numbered}"))[0] == "Crane（Crane of the Whole Wide Harbour）"


def test_notes_below_a_rule_are_not_the_last_led_story_s(stories):
    led = "\n\n".join(
        f"**{name}.** The port [counts them](https://e.org/{name}) since 1890, in feet and in fathoms."
        for name in ("Ropes", "Gulls", "Tides")
    )
    note = "*Editor’s note: [All issues in one table](https://e.org/all).*"
    found = stories(
        f"{led}\n\n{note}\n\n---\n\n- **Update, 2021-03-06**: The first line is another one now.\n"
    )
    assert titles(found) == ["Ropes.", "Gulls.", "Tides."]
    assert found[-1].body.endswith("in fathoms.")


@pytest.mark.parametrize(
    "place", ["", "![The quay](https://e.org/quay.png)", "It has a lamp, and a bell too."]
)
def test_the_places_to_read_on_about_a_story_are_none(stories, place):
    tools = "".join(
        f"### [{name}](#{name})\n\n{place}\n\n- [Reddit](https://r.example/{name})\n"
        f"- [YouTube (the talk)](https://y.example/{name})\n\n---\n\n"
        for name in ("knot", "pulley", "crane", "lamp")
    )
    found = stories(f"## News\n\nThe ropes came, and the tar with them, at last.\n\n## New tools\n\n{tools}")
    assert titles(found) == ["News", "knot", "pulley", "crane", "lamp"]


def test_a_section_that_quotes_what_it_is_about_is_no_story(stories):
    found = stories(f"{NEWS}\n## Ships\n\n> This section is about ships, and who sails them.\n")
    assert titles(found) == ITEMS
