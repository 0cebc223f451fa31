"""Whatever a text repeats, twice of it takes about twice the time, and a megabyte in one line comes through."""

import time

import pytest

from reader.model import RawIssue, text_of
from reader.parsing import parse

MARKUPS = ("markdown", "html", "rst", "org", "text", "json")
REPEATED = [
    *("[[[[", "****", "_a_a", "<a<a", "|||", ">>>", "``` ```", "#", "&amp;", "![](", "- - -", "&#x41;"),
    *("[](", "[a][", "[^1]", "<!--", "<b></i>", "<div>", "<td>", "<ul><li>", "www.a.", "a@", "::", "`a <"),
    *("[[x][", "/a", "{% ", "{{ ", "**a ", "((", "…", "Read more: ", "Get the ", "\xa0", "`_", "``..", "..*"),
    *("```+``\\|;", "=_", "~>", "+|<|", "-:a:*", "}}_", ")\n\n", "\n> ", "\n- ", "\n1. ", "\na\n===", "`{:$"),
    *("**a** _b_ \\\n", "**a**  \n", "_…a…_<br>", "[a](https://e.org)  \n"),
    *(
        "\n.. _",
        "\n.. a",
        "\n|a",
        "\n#+begin_src",
        "\n:PROPERTIES:",
        "\n: a",
        "a: b\n",
        '{"a":',
        "(*",
        "`=::a:>#",
    ),
]
HEADERS = {
    "yaml": ("---\n", "\n---\nText."),
    "toml": ("+++\n", "\n+++\nText."),
    "template": ("{ ", "1"),
    "json": ('{"a": "', '"}\n\nText.'),
}


def seconds(text, markup, times=1):
    """Return how long a text takes: the shortest of so many times."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        parse(RawIssue("/letters/a.md", "a.md", text, markup))
        taken.append(time.process_time() - began)
    return min(taken)


def grows_too_fast(before, repeated, after, markup):
    """Tell whether four times the text takes far more than four times as long, and long at all."""
    short, long = (f"{before}{repeated * (size // len(repeated))}{after}" for size in (2_000, 8_000))
    if seconds(long, markup) < 0.15:
        return False
    return seconds(long, markup, 3) > max(0.15, 7 * seconds(short, markup, 3))


@pytest.mark.parametrize("markup", MARKUPS)
def test_the_time_of_a_body_grows_with_its_length(markup):
    assert [sign for sign in REPEATED if grows_too_fast("", sign, "", markup)] == []


@pytest.mark.parametrize("header", HEADERS)
def test_the_time_of_front_matter_grows_with_its_length(header):
    before, after = HEADERS[header]
    assert [sign for sign in REPEATED if grows_too_fast(before, sign, after, "markdown")] == []


LINES = ["a", "a ", "**a", "<b>", "海", "\x00a", "\u202ea", "\ud800 a", "# ", "&amp; a", "| a ", "`"]


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("sign", LINES)
def test_a_line_of_a_megabyte_is_a_story_at_most(markup, sign):
    began = time.process_time()
    parsed = parse(RawIssue("/letters/a.md", "a.md", sign * (1_000_000 // len(sign)), markup))
    assert time.process_time() - began < 5
    has_text = any(letter.isalnum() for letter in text_of(parsed.blocks))
    assert len(parsed.stories) == 1 if has_text else len(parsed.stories) <= 1
