from dataclasses import replace

import make
from ui.story.conftest import words

from reader.model import Block, Kind, Mark, Run, text_of
from reader.ui.story.sheet import (
    NOWHERE,
    Role,
    issue_sheet,
    message_sheet,
    shown_date,
    story_sheet,
)


def said(sheet, role):
    return [passage.block.text for passage in sheet.passages if passage.role is role]


def test_a_date_is_written_out_and_what_is_no_date_stays():
    assert shown_date("2020-10-19T10:00:00Z") == "19 October 2020"
    assert shown_date("spring 2020") == "spring 2020"
    assert shown_date("") == ""


def in_line(*facts):
    """Facts side by side, so that a line breaks between them only."""
    return "\u00a0\u00a0·  ".join(fact.replace(" ", "\u00a0") for fact in facts)


def test_the_kicker_says_issue_section_number_and_minutes(page_of):
    sheet = story_sheet(page_of("Some words.", section="Research", words=460, position=2))
    assert said(sheet, Role.KICKER) == [in_line("Import AI 219", "Research", "Story 2 of 5", "2 min read")]
    assert said(sheet, Role.TITLE) == ["A title"]
    assert said(sheet, Role.DEK) == ["A dek"]


def test_the_only_story_of_an_issue_is_not_numbered(page_of):
    sheet = story_sheet(page_of("Some words.", total=1))
    assert said(sheet, Role.KICKER) == [in_line("Import AI 219", "1 min read")]


def test_a_title_that_is_the_first_sentence_is_not_read_twice(page_of):
    assert said(story_sheet(page_of("A title: and more.", title_derived=True)), Role.TITLE) == []


def test_sources_are_gathered_at_the_end_and_keep_their_positions(page_of):
    page = page_of("One.\n\nRead more: [A](https://a.example)\n\nTwo.\n\nRead more: [B](https://b.example)")
    passages = story_sheet(page).passages
    assert [p.block.text for p in passages[-5:]] == [
        "One.",
        "Two.",
        "Sources",
        "Read more: A",
        "Read more: B",
    ]
    text = text_of(page.body)
    for passage in passages:
        if passage.start != NOWHERE:
            assert text[passage.start :].startswith(passage.block.text)


def test_a_cut_copy_says_so_after_its_last_story_only(page_of):
    last = page_of("Words…", truncated=True, position=5, url="https://example.org/219")
    assert said(story_sheet(last), Role.NOTICE) == ["This copy ends here. Open the original."]
    assert story_sheet(last).passages[-1].block.runs[-1].href == "https://example.org/219"
    assert said(story_sheet(page_of("Words…", truncated=True, position=4)), Role.NOTICE) == []


def test_a_cut_copy_without_an_address_offers_none(page_of):
    assert said(story_sheet(page_of("Words…", truncated=True, position=5, url="")), Role.NOTICE) == [
        "This copy ends here."
    ]


def test_a_whole_issue_keeps_every_block_in_its_place(issue_of):
    page = issue_of(make.issue([make.story("One", words(3)), make.story("Two", words(3))], opening="Hello."))
    inside = [p for p in issue_sheet(page).passages if p.start != NOWHERE]
    assert "\n".join(p.block.text for p in inside) == text_of(page.blocks)


def test_a_whole_issue_that_says_its_title_says_it_once(issue_of):
    parsed = make.issue(["One"], opening="### Import AI 219: Climate", title="Import AI 219: Climate")
    sheet = issue_sheet(issue_of(parsed))
    assert said(sheet, Role.TITLE) == ["Import AI 219: Climate"]
    assert sheet.passages[0].start == 0


def as_set(sheet):
    return [sheet.at(index) for index in range(len(sheet.passages))]


def issue_with_heads(blocks, *heads):
    parsed = make.issue(["x"])
    story = parsed.stories[0]._replace(start=0, end=len(text_of(blocks)), heads=heads)
    return replace(parsed, blocks=tuple(blocks), stories=(story,))


def test_a_title_that_runs_into_the_text_is_bold_where_it_stands(issue_of):
    parsed = issue_with_heads([Block(runs=(Run("Chips: …faster… Google has made"),))], (0, 6), (7, 15))
    passage = as_set(issue_sheet(issue_of(parsed)))[-1]
    assert passage.role is Role.TEXT
    assert [(run.text, run.marks) for run in passage.block.runs] == [
        ("Chips:", Mark.LEAD),
        (" ", Mark.NONE),
        ("…faster…", Mark.ITALIC),
        (" Google has made", Mark.NONE),
    ]


def test_a_title_that_is_a_paragraph_becomes_a_heading_and_its_dek_a_dek(issue_of):
    lines = [
        Block(runs=(Run("Chips:", Mark.BOLD),)),
        Block(runs=(Run("…faster…", Mark.ITALIC),)),
        Block(runs=(Run("Text."),)),
    ]
    sheet = issue_sheet(issue_of(issue_with_heads(lines, (0, 6), (7, 15))))
    assert [p.role for p in as_set(sheet)[-3:]] == [Role.HEADING_2, Role.DEK, Role.TEXT]


def test_a_heading_stays_the_heading_it_was(issue_of):
    lines = [Block(Kind.HEADING, (Run("Chips"),), level=3), Block(runs=(Run("Text."),))]
    assert as_set(issue_sheet(issue_of(issue_with_heads(lines, (0, 5)))))[-2].role is Role.HEADING_3


def test_each_line_of_a_message_is_a_paragraph():
    sheet = message_sheet("Nothing here.\nPress J.")
    assert said(sheet, Role.MESSAGE) == ["Nothing here.", "Press J."]
    assert sheet.is_message


def test_a_story_that_only_leads_elsewhere_says_where():
    parsed = make.issue([make.story("Ropes", "It holds.", url="https://www.example.org/knots/bowline/")])
    address = next(p for p in story_sheet(make.page(parsed)).passages if p.role is Role.META)
    assert address.block.runs == (
        Run("example.org/knots/bowline", href="https://www.example.org/knots/bowline/"),
    )
    cited = make.issue(
        [make.story("Ropes", "It [holds](https://example.org/a).", url="https://example.org/a")]
    )
    assert not [p for p in story_sheet(make.page(cited)).passages if p.role is Role.META]
