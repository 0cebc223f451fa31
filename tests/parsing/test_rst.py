"""reStructuredText, in a file of its own or in one that calls itself Markdown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Kind, RawIssue
from reader.parsing import parse
from reader.parsing.rst import is_rst, rst_to_markdown


def blocks(text, name="a.rst", markup="rst"):
    return parse(RawIssue(f"/letters/{name}", name, text, markup)).blocks


def links(found):
    return [(run.text, run.href) for block in found for run in block.all_runs if run.href]


def headings(found):
    return [(block.level, block.text) for block in found if block.kind is Kind.HEADING]


def test_titles_are_headings_in_the_order_their_lines_first_come():
    text = "======\nA boat\n======\n\nOars\n####\n\nRed\n~~~\n\nSails\n#####\n\nWords of the sails.\n"
    assert headings(blocks(text)) == [(1, "A boat"), (2, "Oars"), (3, "Red"), (2, "Sails")]


def test_links_are_read_in_each_way_they_are_written():
    text = (
        "The `red oars <https://e.org/red>`_, `sails`_, ropes_ and `tar\nbarrels <https://e.org/tar>`__;"
        " `this one`__ too.\n\n.. _sails: https://e.org/s\n.. _ropes: https://e.org/r\n__ https://e.org/t\n"
    )
    assert links(blocks(text)) == [
        ("red oars", "https://e.org/red"),
        ("sails", "https://e.org/s"),
        ("ropes", "https://e.org/r"),
        ("tar barrels", "https://e.org/tar"),
        ("this one", "https://e.org/t"),
    ]


def test_directives_are_pictures_code_and_notes_and_comments_are_no_text():
    text = (
        ".. image:: boat.png\n   :alt: A boat\n\n.. code-block:: python\n\n   import oars\n\n"
        ".. note:: Mind the paint.\n\n.. A comment.\n   It goes on.\n\nLook::\n\n    x < y\n\nEnd of it.\n"
    )
    found = blocks(text)
    assert [(run.image, run.alt) for block in found for run in block.runs if run.image] == [
        ("boat.png", "A boat")
    ]
    assert [(block.lang, block.text) for block in found if block.kind is Kind.CODE] == [
        ("python", "import oars"),
        ("", "x < y"),
    ]
    assert [block.text for block in found if block.quote] == ["Mind the paint."]
    assert [block.text for block in found][-2:] == ["x < y", "End of it."]
    assert "comment" not in " ".join(block.text for block in found)


def test_lists_go_on_and_what_stands_in_elsewhere_is_a_quote():
    found = blocks(
        "* One\n  goes on.\n\n  And on.\n* Two\n\n#. First\n#. Second\n\nWords.\n\n   Said by one.\n"
    )
    assert [(block.text, block.depth) for block in found[:3]] == [
        ("One goes on.", 1),
        ("And on.", 1),
        ("Two", 1),
    ]
    assert [block.text for block in found if block.quote] == ["Said by one."]
    assert [block.marker for block in found if block.text in ("First", "Second")] == ["1.", "2."]


def test_angle_brackets_are_words_and_doubled_backticks_are_code():
    (block,) = blocks("Use ``a <b>`` or <b> and *not* `so`.\n")
    assert block.text == "Use a <b> or <b> and not so."


def test_the_words_between_two_pairs_of_colons_are_no_role():
    (block,) = blocks("See :doc:`sails <x>` and Oars::Masts::`hulls`.\n")
    assert block.text == "See sails and Oars::Masts::hulls."


MARKDOWN = "\n\n".join(
    [
        "# The Boat 12",
        "Oars\n####",
        "* `Red oars <https://e.org/red>`_ by `paint`, and [a link](/x).",
        "Sails\n#####",
        "* `Blue sails <https://e.org/blue>`_: they <b>last</b>.",
        "```\n`no <https://e.org/no>`_\n####\n```",
    ]
)


def test_markdown_with_links_of_rst_has_its_headings_too_and_stays_markdown_elsewhere():
    found = blocks(MARKDOWN, "a.md", "markdown")

    assert headings(found) == [(1, "The Boat 12"), (1, "Oars"), (1, "Sails")]
    assert links(found) == [
        ("Red oars", "https://e.org/red"),
        ("a link", "/x"),
        ("Blue sails", "https://e.org/blue"),
    ]
    assert found[-1].text == "`no <https://e.org/no>`_\n####"


@pytest.mark.parametrize(
    "text",
    [
        "Code `a <b>` and `c`_d and `x`_ here.",
        "```\n`red <https://e.org/red>`_\n```\n",
        "[a](https://e.org) [b](https://e.org/b) and how RST has it: `x <https://e.org>`_",
    ],
)
def test_ordinary_markdown_is_none(text):
    assert not is_rst(text)


@given(
    st.lists(st.sampled_from(["Oars", "\n", "\n\n", "====", "----", "* ", "  ", "::", "`a`_", ".", "``b``"]))
)
def test_no_word_is_lost(parts):
    text = "".join(parts)
    for strict in (True, False):
        assert re.findall(r"\w", rst_to_markdown(text, strict=strict)).count("O") == text.count("O")


def test_a_long_text_is_read_in_a_moment():
    assert rst_to_markdown("`a " * 50_000)
    assert rst_to_markdown("a\n==\n" * 20_000)
    assert rst_to_markdown("a::\n\n  b\n\n" * 20_000)
