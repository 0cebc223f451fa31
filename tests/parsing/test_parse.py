import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Kind, Link, RawIssue, text_of
from reader.parsing import parse

BODY = """Cranes: Taller than they look:&hellip;It is mostly rope&hellip;The port has measured its cranes again, and found that they grew.

#######################

Tide tables leave paper:&hellip;Print VS pocket&hellip;The tide office prints its last table.Read more:The Table (tide office)."""
POST = f"""---

layout: post
category: product
title: "Harbour Letter 12: Cranes; tide tables"
date: 2020-10-19 05:16:27
link: https://e.org/12
image: https://e.org/12.png
domain: e.org
author: "Anna Berg"
icon: https://e.org/icon.png
excerpt: "{BODY}"

---

### Harbour Letter 12: Cranes; tide tables

{BODY}
"""


def raw(text, name="2020-10-19-e.org-x.md", markup="markdown", **more):
    return RawIssue(f"/letters/{name}", name, text, markup=markup, **more)


@pytest.fixture
def parsed():
    return parse(raw(POST, digest="abc"))


def test_every_fact_of_the_front_matter_is_used_or_kept(parsed):
    issue = parsed.issue
    assert (issue.title, issue.number, issue.author) == (
        "Harbour Letter 12: Cranes; tide tables",
        "12",
        "Anna Berg",
    )
    assert (issue.published, issue.url, issue.image) == (
        "2020-10-19T05:16:27",
        "https://e.org/12",
        "https://e.org/12.png",
    )
    assert issue.digest == "abc"
    assert issue.location == "/letters/2020-10-19-e.org-x.md"
    assert {key: issue.meta[key] for key in ("layout", "category", "domain", "icon")} == {
        "layout": "post",
        "category": "product",
        "domain": "e.org",
        "icon": "https://e.org/icon.png",
    }


def test_an_excerpt_that_is_the_body_again_comes_in_once(parsed):
    assert text_of(parsed.blocks).count("measured its cranes") == 1
    assert "excerpt" not in parsed.issue.meta


def test_an_excerpt_that_says_something_else_is_kept():
    parsed = parse(
        raw(
            "---\ntitle: A\nexcerpt: What this is about, in a few words of its own, for the list.\n---\nBody."
        )
    )
    assert parsed.issue.meta["excerpt"].startswith("What this is about")


def test_an_issue_that_is_all_in_its_excerpt_has_that_for_its_text():
    parsed = parse(raw("---\ntitle: A\nexcerpt: It was all in here.\n---\n"))
    assert text_of(parsed.blocks) == "It was all in here."
    assert [story.title for story in parsed.stories] == ["A"]


def test_entities_are_decoded_once(parsed):
    assert parsed.stories[0].dek == "…It is mostly rope…"
    assert "&" not in text_of(parsed.blocks)


def test_stories_have_keys_words_and_the_issues_key(parsed):
    assert parsed.issue.key == f"{parsed.issue.newsletter}/12"
    assert all(story.key.startswith(parsed.issue.key + "#") for story in parsed.stories)
    assert [story.words for story in parsed.stories] == [12, 13]


def test_a_source_whose_link_was_stripped_is_a_link_that_leads_nowhere(parsed):
    assert parsed.stories[1].links == (Link("", "The Table (tide office)", source=True),)
    assert parsed.blocks[-1].kind is Kind.SOURCE


def test_a_heading_that_says_the_title_again_is_no_story_and_no_section(parsed):
    assert [story.section for story in parsed.stories] == ["", ""]
    assert parsed.opening_end > 0


def test_a_text_that_is_cut_is_marked():
    assert parse(raw("---\ntitle: A\n---\nAnd then the first buoy that rep&hellip;\n")).issue.truncated
    assert not parse(raw("---\ntitle: A\n---\nAnd then it ended.\n")).issue.truncated


def test_the_title_is_the_first_heading_else_the_name():
    assert parse(raw("# A walk\n\nI went.")).issue.title == "A walk"
    assert parse(raw("I went.", name="2020-01-01-a-walk.md")).issue.title == "A walk"


def test_a_story_leads_to_the_link_of_its_title_and_counts_its_links():
    parsed = parse(raw("* [One](https://e.org/1), by [@a](https://e.org/a)\n* [Two](https://e.org/2)\n"))
    assert [story.url for story in parsed.stories] == ["https://e.org/1", "https://e.org/2"]
    assert parsed.stories[0].links == (Link("https://e.org/1", "One"), Link("https://e.org/a", "@a"))


def test_a_title_in_code_and_words_is_one_link():
    parsed = parse(raw("* [make `x` stable](https://e.org/1)\n* [two](https://e.org/2)\n"))
    assert parsed.stories[0].links == (Link("https://e.org/1", "make x stable"),)


def test_the_newsletter_that_the_reader_chose_is_kept():
    parsed = parse(raw(POST, newsletter="My Letters", newsletter_key="my-letters"))
    assert (parsed.newsletter_name, parsed.issue.newsletter) == ("My Letters", "my-letters")


def test_the_same_bytes_under_another_ending_are_the_same_stories():
    text = parse(raw(POST, name="x.txt"))
    assert [story.title for story in text.stories] == [story.title for story in parse(raw(POST)).stories]


@pytest.mark.parametrize("markup", ["markdown", "html", "text", "json"])
@pytest.mark.parametrize(
    "text", ["", "\x00", "\ud800", "---\n", "<", "> " * 3000, "- " * 3000, "{}", "[]", "null"]
)
def test_no_text_is_an_error(text, markup):
    parse(raw(text, markup=markup))


MARKS = [
    "# ", "## A", "\n", "\n\n", "* ", "  * ", "1. ", "> ", "**", "_", "[a](https://e.org)", "<p>", "<li>", "</div>", "***", "---", "word ",
    "Read more: ", "1、", "…a…", "Tech Tales:", "[x]", "&hellip;", "```", "| a | b |", "\\", "海", "title: x", "<!--", "{% a %}",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join), st.sampled_from(["markdown", "html"]))
def test_whatever_is_written_is_read_and_no_story_overlaps_another(text, markup):
    parsed = parse(raw(text, markup=markup))
    at = 0
    for story in parsed.stories:
        assert at <= story.start <= story.end <= len(text_of(parsed.blocks))
        at = story.end
    assert len({story.key for story in parsed.stories}) == len(parsed.stories)


def test_a_parsed_issue_can_be_sent_to_another_process(parsed):
    assert pickle.loads(pickle.dumps(parsed)) == parsed


def test_an_issue_of_many_stories_is_not_slow():
    items = "".join(f"* [Item {n}](https://e.org/{n}): about {n}\n" for n in range(3000))
    assert len(parse(raw(items)).stories) == 3000


@pytest.mark.parametrize("markup", ["html", "markdown"])
def test_an_issue_four_times_as_long_takes_less_than_eight_times_as_long(markup):
    """Work that grows with the square of the text takes sixteen times as long; the shortest of three runs tells."""
    items = {
        "html": "<h3><a href='https://e.org/1'>A boat on the water</a></h3><p>It sails, and <b>far</b>.</p>\n",
        "markdown": "### [A boat on the water](https://e.org/1)\n\nIt sails, and **far**.\n\n* One, two\n\n",
    }

    def seconds(times):
        issue, best = raw(items[markup] * times, markup=markup), 9.0
        for _ in range(3):
            began = time.process_time()
            parse(issue)
            best = min(best, time.process_time() - began)
        return best

    seconds(20)
    assert seconds(800) < 8 * seconds(200)
