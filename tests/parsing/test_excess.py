"""No text takes long: what is far more than an issue can be is read as it is written."""

import time

import pytest

from reader.model import Kind, RawIssue, text_of
from reader.parsing import parse
from reader.parsing.excess import blocks_as_written, is_excess

UNITS = {
    "markdown": ["**a** ", "a b\n\n", "[a](https://e.org) ", "> - a\n", "| a |\n"],
    "html": ["<b>a</b> ", "<p>a</p>", "<table><tr><td>a", "&amp;"],
    "rst": ["A\n==\n\n`a <https://e.org>`_ b\n\n"],
    "org": ["* A\n- [[https://e.org][a]] *b*\n"],
    "text": ["a\n\n"],
    "json": ['{"title": "a"},'],
}


@pytest.mark.parametrize(("markup", "unit"), [(markup, unit) for markup in UNITS for unit in UNITS[markup]])
def test_megabytes_of_markup_come_through_soon(markup, unit):
    text = unit * (2_500_000 // len(unit))
    began = time.process_time()
    parsed = parse(RawIssue("/a/b.md", "b.md", text, markup))
    assert time.process_time() - began < 5
    assert len(parsed.stories) == 1
    assert text_of(parsed.blocks).count("a") == text.count("a") - text.count("<table>") - text.count("&amp;")


def test_megabytes_that_stand_under_a_key_come_through_soon():
    began = time.process_time()
    parsed = parse(RawIssue("/a/b.json", "b.json", '{"text": "' + "**a " * 600_000 + '"}', "json"))
    assert time.process_time() - began < 5
    assert len(parsed.stories) == 1


def test_a_long_issue_is_read_as_any_other():
    story = "## A story\n\nIt has *some* words, and [a link](https://example.org/story).\n" + "Words. " * 60
    text = "\n\n".join([story] * 2_000)
    assert len(text) > 900_000
    assert not is_excess(text, "markdown")


def test_a_small_text_is_read_whatever_it_holds():
    assert not is_excess("[" * 300_000, "markdown")
    assert is_excess("[" * 300_001, "markdown")


def test_of_html_the_words_are_kept_and_what_is_no_text_goes():
    (block,) = blocks_as_written("<p>One &amp; <b>two</b></p><script>evil()</script><p>Three\x00</p>", "html")
    assert block.kind is Kind.CODE
    assert block.text.split() == ["One", "&", "two", "Three"]


def test_nothing_written_is_nothing_read():
    assert blocks_as_written("\n\x00\n", "markdown") == ()
    assert blocks_as_written("", "html") == ()
