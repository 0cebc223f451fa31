"""Org, in a file of its own or in one that calls itself Markdown."""

import pytest

from reader.model import Kind, Mark, RawIssue
from reader.parsing import parse
from reader.parsing.org import is_org, org_to_markdown


def parsed(text, name="a.org", markup="org"):
    return parse(RawIssue(f"/letters/{name}", name, text, markup))


def blocks(text, *more):
    return parsed(text, *more).blocks


def links(found):
    return [(run.text, run.href) for block in found for run in block.all_runs if run.href]


def headings(found):
    return [(block.level, block.text) for block in found if block.kind is Kind.HEADING]


def test_its_settings_are_the_front_matter():
    issue = parsed("#+TITLE: The Boat 12\n#+date: <2020-01-02 Thu>\n#+author: Ann\n\nWords.\n")

    assert (issue.issue.title, issue.issue.number, issue.issue.published) == (
        "The Boat 12",
        "12",
        "2020-01-02",
    )
    assert issue.issue.author == "Ann"
    assert [block.text for block in issue.blocks] == ["Words."]


def test_headings_have_their_words_alone_and_drawers_are_no_text():
    text = (
        "* TODO [#A] Oars :wood:red:\n:PROPERTIES:\n:ID: 1\n:END:\nSCHEDULED: <2020-01-02>\nWords.\n** More\n"
    )
    found = blocks(text)
    assert headings(found) == [(1, "Oars"), (2, "More")]
    assert [block.text for block in found] == ["Oars", "Words.", "More"]


def test_links_and_pictures():
    found = blocks(
        "See [[https://e.org/a][red *oars*]], [[https://e.org/b]] and [[file:boat.png]], [[*Oars][there]].\n"
    )
    assert links(found) == [
        ("red ", "https://e.org/a"),
        ("oars", "https://e.org/a"),
        ("https://e.org/b", "https://e.org/b"),
    ]
    assert [run.image for run in found[0].runs if run.image] == ["boat.png"]
    assert found[0].text.endswith("there.")


def test_emphasis_is_read_where_words_begin_and_end():
    (block,) = blocks(
        "A *bold* /slanted/ =code= ~verb~ +old+ word, a/b/c and 2*3*4 and https://e.org/x/y/.\n"
    )
    assert [(run.text, run.marks) for run in block.runs if run.marks] == [
        ("bold", Mark.BOLD),
        ("slanted", Mark.ITALIC),
        ("code", Mark.CODE),
        ("verb", Mark.CODE),
        ("old", Mark.STRIKE),
    ]
    assert "a/b/c and 2*3*4" in block.text


def test_blocks_lists_tables_and_notes():
    text = (
        "#+BEGIN_SRC python :results\n  print('*a*')\n#+END_SRC\n\n#+begin_quote\nSaid.\n#+end_quote\n\n"
        "- One\n  - Two :: three\n- [X] Done\n\n| a | b |\n|---+---|\n| 1 | 2 |\n\nText[fn:1].\n\n[fn:1] A note.\n"
        "# a comment\n#+BEGIN_COMMENT\nno\n#+END_COMMENT\n"
    )
    found = blocks(text)
    assert [(block.lang, block.text) for block in found if block.kind is Kind.CODE] == [
        ("python", "print('*a*')")
    ]
    assert [block.text for block in found if block.quote] == ["Said."]
    assert [(block.depth, block.text) for block in found if block.depth] == [
        (1, "One"),
        (2, "Two three"),
        (1, "Done"),
    ]
    assert len([block for block in found if block.kind is Kind.TABLE]) == 1
    assert [block.text for block in found if block.kind is Kind.FOOTNOTE] == ["A note."]
    assert not {"no", "a comment"} & {block.text for block in found}


def test_markdown_with_links_of_org_has_its_headings_too():
    text = (
        "# The Boat 12\n\n* Oars\n\n- [[https://e.org/red][Red oars]] and *these*.\n- [[https://e.org/blue][Blue]]\n\n"
        "* Sails\n\nWords of [[https://e.org/sails][sails]].\n"
    )
    found = blocks(text, "a.md", "markdown")

    assert headings(found) == [(1, "The Boat 12"), (1, "Oars"), (1, "Sails")]
    assert [href for _, href in links(found)] == [
        f"https://e.org/{name}" for name in ("red", "blue", "sails")
    ]
    assert Mark.ITALIC in [run.marks for block in found for run in block.runs]


def test_stars_that_follow_each_other_are_a_list():
    found = blocks("* [[https://e.org/a][One]]\n* [[https://e.org/b][Two]]\n* Three\n", "a.md", "markdown")
    assert [(block.kind, block.depth) for block in found] == [(Kind.PARAGRAPH, 1)] * 3


@pytest.mark.parametrize(
    "text",
    [
        "A [[wiki link]] and [[a page][its name]].",
        "```\n[[https://e.org][x]]\n```\n",
        "[a](https://e.org) [b](https://e.org/b) and how Org has it: [[https://e.org][x]]",
        "if [[ -f x ]]; then",
    ],
)
def test_ordinary_markdown_is_none(text):
    assert not is_org(text)


def test_a_long_text_is_read_in_a_moment():
    assert org_to_markdown("*a " * 20_000)
    assert org_to_markdown("#+begin_src\n" * 5_000)
    assert org_to_markdown(":PROPERTIES:\n" * 5_000)


def test_a_link_inside_of_code_and_control_characters_do_no_harm():
    assert [block.text for block in blocks("A =[[https://e.org][b]]= and \x0299\x03 words.\n")] == [
        "A [b](<https://e.org>) and 99 words."
    ]
