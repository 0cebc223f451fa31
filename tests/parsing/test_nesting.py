"""Thousands of levels of whatever can stand in itself come through, with their words and soon."""

import time

import pytest

from reader.model import RawIssue, text_of
from reader.parsing import parse

LEVELS = 10_000
STEPS = range(1_200)
IN_ONE_LINE = {
    "markdown": [
        "> ",
        "- ",
        "1. ",
        "> - ",
        "[",
        "[a](",
        "![",
        "*a ",
        "**_",
        "~~a ",
        "<div>\n\n",
        "<b>",
        "<p>",
    ],
    "html": [
        *("<div>", "<blockquote>", "<table><tr><td>", "<ul><li>", "<ol><li>", "<b>", "<i><b>", "<span>"),
        *(
            "<font>",
            '<a href="/x">',
            "<dl><dd>",
            "<section>",
            "<q>",
            "<sup>",
            "<h1>",
            "<p>",
            "<details>",
            "<x-y>",
        ),
    ],
    "rst": ["* ", "| ", "*", "`a ", "``a `", "[", "::"],
    "org": ["*", "*/", "[[", "- ", "#+begin_quote\n", "{"],
    "json": ['{"items":[', "[", '{"a":', '{"text":"<div>'],
}
IN_LINES = {
    "quotes": ("markdown", lambda at: ">" * at),
    "lists": ("markdown", lambda at: "  " * at + "- a"),
    "indented": ("rst", lambda at: " " * at + "a\n"),
    "directives": ("rst", lambda at: "   " * at + ".. note::\n"),
    "items": ("org", lambda at: "  " * at + "- a"),
}


def check(text, markup):
    began = time.process_time()
    parsed = parse(RawIssue("/letters/a.md", "a.md", text, markup))
    assert time.process_time() - began < 5
    assert "words" in text_of(parsed.blocks)
    assert parsed.stories


@pytest.mark.parametrize(
    ("markup", "sign"), [(markup, sign) for markup, signs in IN_ONE_LINE.items() for sign in signs]
)
def test_ten_thousand_levels_in_one_line_come_through(markup, sign):
    check(sign * LEVELS + "words", markup)


@pytest.mark.parametrize("form", IN_LINES)
def test_a_thousand_levels_of_lines_come_through(form):
    markup, line = IN_LINES[form]
    check("\n".join(map(line, STEPS)) + "\n\nwords", markup)


def test_brackets_that_close_again_come_through():
    check("[" * LEVELS + "words" + "](a)" * LEVELS, "markdown")
    check("<div>" * LEVELS + "words" + "</div>" * LEVELS, "html")
