"""What holds for every parse, whatever the bytes were: nothing is lost, doubled or out of its place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import RawIssue, leave_out, text_of
from reader.model.encoding import decode_blocks, decode_text, encode_shape, encode_text
from reader.parsing import parse

SIGNS = [
    *(
        "\x00",
        "\x07",
        "\x1b[31m",
        "\x85",
        "\xa0",
        "\xad",
        "\u200b",
        "\u200f",
        "\u2028",
        "\u202e",
        "\u2066",
        "\u2069",
    ),
    *(
        "\ufeff",
        "\ufffc",
        "\ufffd",
        "\ud800",
        "\udfff",
        "\U0010ffff",
        "e\u0301",
        "é",
        "海",
        "ß",
        "İ",
        "ﬁ",
        "\r",
        "\t",
        "\n",
    ),
    *(
        "\n\n",
        "\n> ",
        "\n- ",
        "\n1. ",
        "\n    ",
        "\n# ",
        "\n***\n",
        "\n---\n",
        "---\n",
        "+++\n",
        "title: a\n",
        "\n===\n",
    ),
    *(
        "**",
        "_",
        "`",
        "```",
        "[",
        "](https://e.org)",
        "![",
        "](b.png)",
        "[^1]",
        "\n[^1]: ",
        "|",
        "\n|-|-|\n",
        "{% a %}",
    ),
    *(
        "<p>",
        "</p>",
        "<b>",
        "<table><tr><td>",
        "</table>",
        "<li>",
        "<pre>",
        "<br>",
        "<img src=a>",
        "<!--",
        "-->",
        "<a",
    ),
    *(
        "&amp;",
        "&#0;",
        "&#xD800;",
        "&lt;",
        "`_",
        ".. a::\n",
        "::\n\n  ",
        "[[https://e.org][",
        "]]",
        "\n* ",
        "#+a: b\n",
    ),
    *(
        '{"title": "',
        '"items": [',
        "]",
        "}",
        "Tech Tales:",
        "…",
        "Read more: A (b).",
        "1、",
        "Words are here. ",
        "a",
        " ",
    ),
]
texts = st.lists(st.sampled_from(SIGNS) | st.text(max_size=6), max_size=30).map("".join)


def letters(text):
    return sorted(letter for letter in text if letter.isalnum())


@settings(max_examples=400, deadline=2_000)
@given(texts, st.sampled_from(["markdown", "html", "rst", "org", "text", "json"]))
def test_garbage_is_an_issue_whose_stories_are_in_order(text, markup):
    parsed = parse(RawIssue("/letters/a.md", "a.md", text, markup))
    whole, at = text_of(parsed.blocks), 0
    for story in parsed.stories:
        assert at <= story.start <= story.end <= len(whole)
        at = story.end
        assert all(story.start <= start <= end <= story.end for start, end in story.heads)
        heads = "".join(whole[start:end] for start, end in story.heads)
        body = text_of(leave_out(parsed.blocks, story.start, story.end, story.heads))
        assert letters(heads + body) == letters(whole[story.start : story.end])
    assert len({story.key for story in parsed.stories}) == len(parsed.stories)
    assert parsed.stories or not letters(whole)
    kept = decode_text(encode_text(parsed.blocks))
    assert decode_blocks(kept, encode_shape(parsed.blocks)) == parsed.blocks


@settings(max_examples=200, deadline=2_000)
@given(texts)
def test_every_letter_of_a_plain_text_is_in_its_issue(text):
    parsed = parse(RawIssue("/letters/a.txt", "a.txt", f"Words first.\n\n{text}", "text"))
    assert letters(text_of(parsed.blocks)) == letters(f"Words first.{text}")
