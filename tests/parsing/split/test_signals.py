"""What each signal sees and what it does not; how they are weighed is told in test_choose.py."""

import pytest

from reader.parsing.split import closings, items, led, linked, numbers, paragraphs, sections, separated
from reader.parsing.split.outline import outline_of
from reader.parsing.split.page import Draft, Head, letters, lines_of, words


@pytest.fixture
def lines(healed):
    return lambda text: lines_of(healed(text))


def texts(found, places):
    return [found[at].text for at in places]


def test_numbers_count_on_in_one_form(lines):
    found = lines("1、a\n\n（1）x\n\n2、b\n\n7、c\n\n3、d")
    assert texts(found, numbers.numbered(found, 0, len(found))) == ["1、a", "2、b", "3、d"]


def test_numbers_run_on_from_any_number(lines):
    found = lines("12、a\n\n13、b")
    assert len(numbers.numbered(found, 0, len(found))) == 2


@pytest.mark.parametrize("text", ["2020 was long", "3.5 litres", "1,000 boats", "Part 1、"])
def test_other_numbers_are_none(lines, text):
    found = lines(text)
    assert numbers.numbered(found, 0, len(found)) == []


def test_only_the_items_at_the_top_are_seen_and_empty_ones_are_not(lines):
    found = lines("* a\n  * b\n* c\n\n> * d\n")
    assert texts(found, items.top_items(found, 0, len(found))) == ["a", "c"]


def test_items_without_links_are_stories_only_in_company(lines):
    found = lines("* **One:** it is here, and it is long enough\n* **Two:** it is there\n")
    top = items.top_items(found, 0, len(found))
    assert not items.are_stories(found, top)
    assert items.are_stories(found, top, linked=False)


def test_ways_to_read_on_are_no_stories(lines):
    found = lines(
        "This brings bindings for all of it, first-class ones.\n\n- [Forum](https://e.org/1)\n- [Code](https://e.org/2)\n"
    )
    assert not items.are_stories(found, items.top_items(found, 0, len(found)))


def test_bare_versions_are_no_stories(lines):
    found = lines("- [v0.15.4](https://e.org/1)\n- [release 0.15.3](https://e.org/2)\n")
    assert not items.are_stories(found, items.top_items(found, 0, len(found)))


def test_an_item_keeps_what_is_indented_under_it(lines):
    found = lines(
        "* [a](https://e.org/1)\n\n  more of a\n\n  > and a quote\n* [b](https://e.org/2)\n\nNot b.\n"
    )
    drafts = items.by_items(found, len(found), items.top_items(found, 0, len(found)))
    assert [draft.last - draft.first for draft in drafts] == [3, 2 if drafts[1].last == len(found) else 1]


def test_led_paragraphs_need_company(lines):
    text = "**A.** See [it](https://e.org).\n\n**B.** See [it](https://e.org).\n\n"
    few, many = lines(text), lines(text * 2)
    assert led.led(few, 0, len(few)) == []
    assert len(led.led(many, 0, len(many))) == 4


def test_a_linked_title_is_bold_and_all_link(lines):
    found = lines(
        "**[A title that is a link](https://e.org)**\n\nText.\n\n[Only a link, not bold](https://e.org)\n\n**Only bold, no link**\n"
    )
    assert texts(found, linked.linked_titles(found, 0, len(found))) == ["A title that is a link"]


def test_short_linking_paragraphs_that_stand_alone_are_a_digest(lines):
    alone = lines(
        "[Anna](https://e.org) wrote.\n\n[Berta](https://e.org) spoke.\n\n[Carla](https://e.org) ran.\n"
    )
    bound = lines(
        "[Anna](https://e.org) wrote.\n\nBut [she](https://e.org) spoke.\n\nThen [she](https://e.org) ran.\n"
    )
    assert paragraphs.is_paragraph_digest(alone, 0, len(alone))
    assert not paragraphs.is_paragraph_digest(bound, 0, len(bound))


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for reading!",
        "See ya! 👋",
        "（完）",
        "[Submit your suggestions for next week](https://e.org)!",
        "*This letter is edited by: [anna](https://e.org).*",
        "If you are running a rope event please add it.",
        "Rope nominations? Other thoughts? Write to [me](mailto:a@e.org).",
        "*Hosting is sponsored by [Pier](https://e.org).*",
        "[Last](https://e.org/1) | [Feedback](https://e.org/2) | [Next](https://e.org/3)",
    ],
)
def test_lines_that_take_leave_or_call_are_closings(lines, text):
    assert closings.is_closing(lines(text)[0])


@pytest.mark.parametrize(
    "text", ["Thanks to Anna for the rope.", "Sharks follow ships.", "The vote was held | it was lost"]
)
def test_lines_that_tell_are_none(lines, text):
    assert not closings.is_closing(lines(text)[0])


def test_a_story_loses_its_closings_but_not_its_head(lines):
    found = lines("**Title**\n\nText.\n\n---\n\nThanks for reading!\n")
    assert closings.trimmed(found, Draft(0, len(found), Head("Title", (found[0].span,)))).last == 2
    assert closings.trimmed(found[-1:], Draft(0, 1, Head("Thanks"))).last == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*No RFCs were approved this week.*",
        "Nothing this time.",
        "It works so:\n\n*None.*",
        "The **North Pier** has no new ships.",
        "No ships today. Tell [us](https://e.org) of yours!",
    ],
)
def test_a_section_that_says_there_is_nothing_is_empty(lines, text):
    found = lines(text)
    assert sections.is_bare(found, 0, len(found))


@pytest.mark.parametrize(
    "text",
    [
        "- **Ropes**: they hold\n- **Knots**: they slip\n\n  - No answer was given.",
        "No more [ropes](https://e.org) on the pier.",
        f"{'The rope is long. ' * 20}\n\nNo one knows why.",
    ],
)
def test_a_section_whose_last_line_only_begins_so_is_not(lines, text):
    found = lines(text)
    assert not sections.is_bare(found, 0, len(found))


def test_a_linked_heading_is_no_empty_section_where_headings_are_links(lines):
    found = lines(
        "## Ropes\n\n### [One](https://e.org/1)\n\n### [Two](https://e.org/2)\n\nText.\n\n### Three\n"
    )
    regions = outline_of(found, "")[2:]
    assert sections.are_links(found, regions)
    assert not sections.are_links(found, [*regions, regions[2]])
    assert [sections.is_empty(found, region, links=True) for region in regions] == [False, False, True]
    assert sections.is_empty(found, regions[0])


def test_a_section_that_speaks_of_every_issue_leads_in(lines):
    found = lines(
        "## Call\n\nEvery week we list what needs hands. See [here](https://e.org).\n\n## Crane\n\nThis week's crane."
    )
    regions = outline_of(found, "")[1:]
    assert [sections.leads_in(found, region) for region in regions] == [True, False]


def test_an_entry_under_a_linked_heading_does_not_lead_in(lines):
    found = lines("## [Knots, part 9](https://e.org)\n\nTwo knots to tie. Have fun every week.\n")
    assert not sections.leads_in(found, outline_of(found, "")[1])


def test_separators_part_only_what_opens_with_titles(lines):
    assert separated.by_separators(lines("a\n\n***\n\nb\n\n***\n\nc")) == []
    assert len(separated.by_separators(lines("**A:**\n\na\n\n***\n\n**B:**\n\nb\n\n***\n\n**C:**\n\nc"))) == 3


def test_an_untitled_piece_belongs_to_the_story_before(lines):
    found = lines("**A:**\n\na\n\n***\n\nmore a\n\n***\n\n**B:**\n\nb\n\n***\n\n**C:**\n\nc")
    drafts = separated.by_separators(found)
    assert [draft.head.title for draft in drafts] == ["A:", "B:", "C:"]
    assert "more a" in [line.text for line in found[drafts[0].first : drafts[0].last]]


def test_words_are_counted_in_any_script(lines):
    assert words(lines("three little words")) == 3
    assert words(lines("四个汉字")) == 3


def test_letters_are_what_two_writings_share():
    assert letters("The Cranes: 12!") == letters("the cranes 12")


def test_paragraphs_that_open_with_a_linked_title_are_stories(lines):
    found = lines(
        "".join(
            f"[The long story {n}](https://e.org/{n}) – It is told here, at length.\n\n" for n in range(4)
        )
    )
    assert [draft.head.title for draft in led.by_leads(found, len(found), led.led(found, 0, len(found)))] == [
        f"The long story {n}" for n in range(4)
    ]


def test_paragraphs_that_open_with_the_name_of_a_person_are_not(lines):
    found = lines(
        "".join(f"[Anna Berg {n}](https://e.org/{n}) wrote [a post](https://e.org/p).\n\n" for n in range(4))
    )
    assert led.led(found, 0, len(found)) == []


def test_several_lines_that_are_all_link_are_titles_without_being_bold(lines):
    text = "[The long story {n}](https://e.org/{n})\n\nIt is told here.\n\n[Read more](https://e.org/{n})\n\n"
    few, many = lines(text.format(n=1) * 2), lines(text.format(n=1) * 3)
    assert linked.linked_titles(few, 0, len(few)) == []
    assert texts(many, linked.linked_titles(many, 0, len(many))) == ["The long story 1"] * 3


def test_items_over_text_that_is_not_indented_are_its_titles(lines):
    text = "* [Rope](https://e.org/1)\n\nIt is long, see:\n\n- [a](https://e.org/2)\n- b\n\nAnd it holds.\n\n* [Knot](https://e.org/3)\n\nIt slips.\n"
    found = lines(text)
    assert texts(found, items.headed(found, 0, len(found), items.top_items(found, 0, len(found)))) == [
        "Rope",
        "Knot",
    ]


@pytest.mark.parametrize(
    "end", ["If you are running a fair please add it to the list.", "It was a long week."]
)
def test_a_list_over_one_last_paragraph_has_no_such_titles(lines, end):
    found = lines(f"* [Rope fair](https://e.org/1)\n* [Knot fair](https://e.org/2)\n\n{end} {end}\n")
    assert items.headed(found, 0, len(found), items.top_items(found, 0, len(found))) == []


def test_points_within_a_text_under_an_item_are_no_titles(lines):
    text = "* [Crane bought](https://e.org/1)\n\nThe reasons are told here.\n\n1. It lifts\n2. It turns\n\nThat is what they say of it.\n"
    found = lines(text)
    assert texts(found, items.headed(found, 0, len(found), items.top_items(found, 0, len(found)))) == [
        "Crane bought"
    ]


def test_titles_with_deks_part_stories_where_the_separators_are_lost(stories):
    words = "The port opens at noon, and the crane lifts its first load while the band plays on."
    pieces = [
        f"**{name}:**\n\n…It is about {name}…\n\n{words}\n\n**Why it lifts:** {words}" for name in "ABC"
    ]
    found = stories("Hello and welcome.\n\n" + "\n\n".join(pieces))
    assert [(story.title, story.dek) for story in found] == [
        *(("A:", "…It is about A…"), ("B:", "…It is about B…"), ("C:", "…It is about C…"))
    ]


def test_two_titles_with_deks_may_stand_in_one_text(stories):
    words = "The port opens at noon, and the crane lifts its first load while the band plays on."
    text = "\n\n".join(f"**{name}**\n\n…It is about {name}…\n\n{words}" for name in ("Tides", "Moons"))
    assert len(stories(f"{words}\n\n{text}\n\n{words}")) == 1
