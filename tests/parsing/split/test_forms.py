"""The form of a newsletter's other issues: it decides an odd one where its pieces stand alone, and nothing else."""

import pytest

from reader.model.form import Form, form_named, shared_form
from reader.parsing.markdown import markdown_blocks
from reader.parsing.source import mended
from reader.parsing.split import split

ITEMS = Form("headings", frozenset({"items"}))
LED = Form("headings", frozenset({"led"}))
PARAGRAPHS = Form("headings", frozenset({"paragraphs"}))
RULES = Form("separators")
WHOLE = Form("whole")

WEEK = """Hello from the quay.

## News

- [The crane stands](https://e.org/crane), by Ann
- [Ropes are late](https://e.org/ropes)
- [A new lock](https://e.org/lock), by Joe

## Tools

- [knot](https://e.org/knot): ties and unties.
- [pulley](https://e.org/pulley): lifts.
"""
THIN = """Hello from the quay. It rained all week, and little came in.

## News

- [The crane stands](https://e.org/crane), by Ann

Thanks for reading!
"""
ESSAY = "\n\n".join(
    ["The tide came in slowly, as it does when nobody waits for it and the moon is far away."] * 12
) + ("\n\n## Notes\n\n- [A table of tides](https://e.org/tides)\n")


def titles(text, form=None):
    found = split(markdown_blocks(mended(text)), "The Quay 12", form)
    return [piece.title for piece in found.stories], found


def test_an_issue_says_by_which_signals_it_was_split():
    assert titles(WEEK)[1].form == ITEMS
    assert titles("**A:**\n\n…It rains…\n\nWords.\n\n***\n\n**B:**\n\n…It pours…\n\nWords.")[1].form == RULES
    assert titles("Just a letter, about nothing at all.")[1].form == WHOLE


@pytest.mark.parametrize("form", [ITEMS, RULES, Form("headings", frozenset({"led", "sections"}))])
def test_a_form_is_written_so_that_it_can_be_read(form):
    assert form_named(str(form)) == form
    assert form_named("") is None


def test_the_form_of_a_newsletter_is_that_of_most_of_its_issues():
    both = Form("headings", frozenset({"items", "sections"}))
    assert shared_form([ITEMS, both, WHOLE, ITEMS]) == ITEMS
    assert shared_form([ITEMS, WHOLE, WHOLE, WHOLE, RULES]) == WHOLE
    assert shared_form([ITEMS, ITEMS]) is None
    assert shared_form([ITEMS] * 3 + [RULES] * 3) is None
    assert shared_form([]) is None


def test_a_thin_issue_is_split_as_the_others_are():
    alone, found = titles(THIN)
    assert (len(alone), found.form.outer, found.company) == (1, "whole", None)

    together, found = titles(THIN, ITEMS)
    assert together == ["The crane stands"]
    assert (found.form, found.company) == (ITEMS, ITEMS)
    assert found.stories[0].section == "News"


def test_paragraphs_are_led_as_in_the_others():
    text = """# Data on the Quay

**Ropes by length.** The port [counts them](https://e.org/ropes) since 1890, in feet and in fathoms.

**Gulls.** Twelve observers [noted](https://e.org/gulls) every gull they saw from the mole in May.
"""
    assert titles(text)[1].form == WHOLE
    assert titles(text, LED)[0] == ["Ropes by length.", "Gulls."]


def test_few_separators_will_do_where_they_part_the_others():
    plain = (
        "A line of the letter that goes on for a while, as letters do, with no title at all above it. " * 3
    )
    crane, lock = "**The crane:**\n\n…It stands…", "**The lock:**\n\n…It holds…"
    text = "\n\n".join([crane, plain, "***", plain, "***", plain, "***", lock, plain])
    assert len(titles(text)[0]) == 1
    assert titles(text, RULES)[0] == ["The crane:", "The lock:"]


def test_a_title_with_its_dek_is_a_story_where_separators_part_the_others():
    text = f"Hello! This week is short.\n\n**The lock:**\n\n…It holds…\n\n{'The lock holds. ' * 40}"
    assert titles(text)[0] == ["The Quay 12"]
    assert titles(text, RULES)[0] == ["The lock:"]
    assert titles(text.replace("…It holds…", "It holds."), RULES)[0] == ["The Quay 12"]


def test_an_essay_stays_one_story_in_the_company_of_lists():
    alone, _ = titles(ESSAY)
    together, found = titles(ESSAY, ITEMS)
    assert together == alone
    assert len(alone) == 1
    assert found.form == WHOLE
    assert found.company == ITEMS


def test_sections_that_go_on_from_one_another_are_no_stories_in_any_company():
    text = (
        "## Then\n\nIt rained for long, and nobody came down to the quay, not even [Joe](https://e.org/joe)."
    )
    sections = Form("headings", frozenset({"sections"}))
    assert len(titles(f"{text}\n\n{text}", sections)[0]) == 1


def test_short_paragraphs_are_stories_in_the_company_of_such_and_long_ones_keep_their_heading():
    short = "## Ropes\n\nThe port [counts its ropes](https://e.org/ropes) since 1890, in feet."
    assert titles(short, PARAGRAPHS)[0] == ["The port counts its ropes since 1890, in feet."]
    assert titles(f"{short} {'They are long, and wet. ' * 20}", PARAGRAPHS)[0] == ["Ropes"]


@pytest.mark.parametrize("form", [None, RULES, LED, PARAGRAPHS, WHOLE])
def test_an_issue_that_is_a_list_stays_one_in_other_company(form):
    assert titles(WEEK, form)[0] == titles(WEEK)[0]
