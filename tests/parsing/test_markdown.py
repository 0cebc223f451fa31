import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.model import OBJECT, Block, Kind, Mark, Run, text_of
from reader.parsing.html import fragment_blocks
from reader.parsing.markdown import markdown_blocks, plain_blocks

ALIKE = {
    "two spaces nest": "- a\n  - b\n    - c\n- d",
    "three spaces nest under a number": "1. a\n   - b\n   - c\n2. d",
    "four spaces nest": "* a\n    * b\n        * c",
    "tabs nest": "-\ta\n\t-\tb",
    "a list straight after a paragraph": "Some words:\n- a\n- b\n\nAfter.",
    "a number inside a paragraph is none": "The year was\n2019. It was cold.",
    "a one begins a list in a paragraph": "Three things:\n1. a\n2. b",
    "plus bullets": "+ a\n+ b\n\n  more of b\n+ c",
    "lazy lines": "> quoted\nand on\n\n- item\nand on",
    "an item of two paragraphs": "- a\n\n  b\n\n- c",
    "code in an item": "1. a\n\n   ```rust\n   fn main() {\n       go()\n   }\n   ```\n2. b",
    "a quote in an item": "- a\n  > b\n  > c",
    "a list in a quote": "> - a\n> - b\n>\n> c",
    "setext headings": "Title\n=====\n\nPart\n---\n\nText",
    "headings need a space": "#tag and\n##more\n\n## Heading ##\n### Sharp C#",
    "a heading ends a paragraph": "words\n# Heading\nwords",
    "rules": "a\n\n***\n\nb\n\n- - -\n\nc\n___\nd",
    "a rule in a list": "- a\n\n---\n\n- b",
    "pictures by reference": "![A boat][b] and [![A][b]](https://a.example), ![b][].\n\n[b]: https://b.example/b.png",
    "references at the end": "See [the paper][p], [p][] and [P].\n\n[p]: https://a.example/paper 'Title'\n[q]: <https://b.example>",
    "a reference nobody defined": "An [unknown][one] and [another] one.",
    "links with brackets": "[a [b] c](https://a.example/x_(y)_z) and [d](<https://b.example/a b>)",
    "a picture in a link": "[![alt *text*](cover.png)](https://a.example)",
    "an address in angles": "<https://a.example/a_b_c>",
    "bold, italic, both": "**bold** *it* ***both*** __bold__ _it_ snake_case_word 2 * 3 * 4",
    "code spans": "`a` ``b ` c`` `*no*` \\`d\\`",
    "escapes": "\\*no\\* \\# no \\[no\\](x) a\\_b 1\\. x",
    "entities": "&hellip; &rsquo; &amp;amp; &lt;b&gt; &copy; &#8212; AT&T",
    "breaks": "one  \ntwo\\\nthree\nfour",
    "a table": "| a | b |\n|:--|--:|\n| 1 | `x \\| y` |\n| 2 |\n\nAfter",
    "a table straight after a paragraph's lines": "a | b\n--|--\n1 | 2\n3 | 4",
    "struck": "~~gone~~ and here",
    "html blocks": "<div align=center>\n\n**bold**\n\n</div>\n\n<p>raw *stays*</p>\n\nlast",
    "html in lines": 'a <b>bold</b> <a href="https://a.example">link</a> <br> end',
    "comments": "a <!-- hidden --> b\n\n<!-- hidden\n\ntoo -->\n\nc",
    "indented code": "a\n\n    code\n      more\n\n    end\n\nb",
    "a fence nobody closes": "a\n\n```py\nx = 1\n\ny = 2",
    "tildes": "~~~\n```\n~~~\nb",
    "an empty item": "- a\n-\n- c",
    "numbers go on": "3. a\n4. b\n\nwords\n\n5. c",
    "brackets before links": "* [ZH] [火山](https://a.example)\n* [video] words",
    "cjk": "**火山**在喷发。[链接](https://a.example/)\n- 一\n- 二",
}


def facts(blocks):
    return [
        (
            block.kind,
            block.level,
            block.quote,
            block.depth,
            block.marker,
            block.lang,
            " ".join(block.text.split()),
            block.aligns,
        )
        for block in blocks
    ]


def styles(blocks):
    return [[(run.text, run.marks, run.href, run.image) for run in block.all_runs] for block in blocks]


@pytest.mark.parametrize("text", ALIKE.values(), ids=ALIKE)
def test_it_reads_as_another_reader_of_github_markdown_does(text):
    oracle = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    expected = fragment_blocks(oracle.render(text))
    assert facts(markdown_blocks(text)) == facts(expected)
    assert styles(markdown_blocks(text)) == styles(expected)


def only(text):
    (block,) = markdown_blocks(text)
    return block


def texts(text):
    return [block.text for block in markdown_blocks(text)]


def test_a_line_of_many_number_signs_stands_for_itself():
    assert texts("one\n\n####################\n\ntwo") == ["one", "####################", "two"]
    assert texts("one\n##########\ntwo") == ["one", "##########", "two"]
    assert only("##########Google speeds up").text == "##########Google speeds up"


def test_asterisks_that_were_escaped_are_a_rule_all_the_same():
    assert [block.kind for block in markdown_blocks("a\n\n\\*\\*\\*\n\nb")] == [
        Kind.PARAGRAPH,
        Kind.RULE,
        Kind.PARAGRAPH,
    ]


def test_tasks_have_boxes_for_markers():
    assert [block.marker for block in markdown_blocks("- [ ] a\n- [x] b\n1. [X] c\n- [y] d")] == [
        "[ ]",
        "[x]",
        "[x]",
        "-",
    ]


def test_a_footnote_is_called_by_its_label_and_stands_where_it_was_written():
    call, note, more, after = markdown_blocks(
        "Words[^1] here.\n\n[^1]: The *note*.\n\n    More of it.\n\nAfter."
    )
    assert call.runs[1] == Run("1", Mark.SUPER, note="1")
    assert (note.kind, note.marker, note.text) == (Kind.FOOTNOTE, "1", "The note.")
    assert (more.kind, more.marker) == (Kind.FOOTNOTE, "")
    assert after.kind is Kind.PARAGRAPH


def test_a_footnote_that_nobody_calls_is_kept():
    assert only("[^x]: Alone.") == Block(Kind.FOOTNOTE, (Run("Alone."),), marker="x")


def test_a_long_label_of_a_footnote_becomes_a_number():
    blocks = markdown_blocks("A[^long-label].\n\n[^long-label]: Note.")
    assert blocks[0].runs[1].note == blocks[1].marker == "1"


def test_terms_have_definitions():
    blocks = markdown_blocks("Apple\n:   A fruit.\n:   A firm.\n\nPear\n: Another.")
    assert [(block.kind, block.text) for block in blocks] == [
        (Kind.TERM, "Apple"),
        (Kind.DEFINITION, "A fruit."),
        (Kind.DEFINITION, "A firm."),
        (Kind.TERM, "Pear"),
        (Kind.DEFINITION, "Another."),
    ]


def test_a_colon_in_a_list_defines_nothing():
    assert [block.kind for block in markdown_blocks("- **Speed**\n  : It is fast.")] == [Kind.PARAGRAPH]


def test_bare_addresses_are_links_without_the_sentence_around_them():
    block = only("See https://a.example/x_y_z. Or (www.b.example/q(1)), or mail jane@c.example.")
    assert [(run.text, run.href) for run in block.runs if run.href] == [
        ("https://a.example/x_y_z", "https://a.example/x_y_z"),
        ("www.b.example/q(1)", "http://www.b.example/q(1)"),
        ("jane@c.example", "mailto:jane@c.example"),
    ]


def test_an_address_that_is_a_links_text_is_one_link():
    block = only("[https://a.example](https://b.example)")
    assert block.runs == (Run("https://a.example", href="https://b.example"),)


@pytest.mark.parametrize("text", ["if a == b and c == d", "a==b==c", "== =="])
def test_equal_signs_are_no_highlight(text):
    assert only(text).runs == (Run(text),)


def test_two_equal_signs_highlight():
    assert only("a ==bright== word").runs[1] == Run("bright", Mark.HIGHLIGHT)


def test_words_in_angles_are_words():
    assert only("A Vec<T> of Option<Foo>").text == "A Vec<T> of Option<Foo>"
    assert texts("The <title> tag.\n\nMore.") == ["The <title> tag.", "More."]


@pytest.mark.parametrize(
    "line",
    [
        "{% include newsletter.html %}",
        '{{< figure src="x.png" >}}',
        "<Support />",
        '<Image src={cover} alt="x" />',
        "<Tabs>",
        "</Tabs>",
        'import Support from "../_support.mdx";',
        "export const meta = { a: 1 };",
        "{:.center}",
        "<Image\n  src={cover}\n/>",
    ],
)
def test_what_the_sites_generator_reads_is_no_text(line):
    assert texts(f"before\n\n{line}\n\nafter") == ["before", "after"]


def test_a_tag_of_a_template_in_a_line_is_no_text_but_in_code_it_is():
    assert only('It ends. {% assign timestamp="1:04" %}').text == "It ends."
    assert only("Write `{% raw %}` there.").text == "Write {% raw %} there."


def test_highlighted_code_of_a_template_is_code():
    assert only("{% highlight swift %}\nlet a = 1\n\nlet b = 2\n{% endhighlight %}") == Block(
        Kind.CODE, (Run("let a = 1\n\nlet b = 2"),), lang="swift"
    )


def test_the_anchor_of_a_heading_is_no_text():
    assert [
        block.text for block in markdown_blocks("## News {#news}\n\n## Tools {: #tools }\n\nPart {#p}\n---")
    ] == [
        "News",
        "Tools",
        "Part",
    ]


def test_code_keeps_its_tabs_and_its_entities():
    assert only("```go\nif x {\n\treturn &amp;y\n}\n```").text == "if x {\n\treturn &amp;y\n}"


def test_entities_are_decoded_once():
    assert only("a&hellip; &amp;hellip; it&rsquo;s").text == "a… &hellip; it’s"


def test_an_image_is_a_character_of_the_text():
    block = only('Look: ![A *cat*](cat.png "Title")')
    assert block.text == f"Look: {OBJECT}"
    assert block.runs[1] == Run(OBJECT, image="cat.png", alt="A *cat*")


def test_text_without_markup_is_parted_at_empty_lines():
    assert plain_blocks("one\ntwo\r\n\r\n  \n*three*\n") == (
        Block(runs=(Run("one\ntwo"),)),
        Block(runs=(Run("*three*"),)),
    )


@settings(deadline=None)
@given(st.text(st.sampled_from("ab \n\t*_`[]()<>#-+1.|:~=!\\&;/@{}%^\"'\x00\x02\x03\ud800火\xa0")))
def test_no_text_is_too_odd(text):
    blocks = markdown_blocks(text)
    for block in blocks:
        assert block.text or block.kind is Kind.RULE
    letters = [letter for letter in text_of(blocks) if letter == "火"]
    assert len(letters) <= text.count("火")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "- a",
                "  - b",
                "> c",
                "1. d",
                "",
                "    e",
                "```",
                "f",
                "---",
                "<div>",
                "</div>",
                "| g |",
                "|--|",
            ]
        )
    )
)
def test_no_word_is_lost_or_doubled_however_blocks_are_nested(lines):
    source = "\n".join(lines)
    text = text_of(markdown_blocks(source))
    for letter in "cf":
        assert text.count(letter) == source.count(letter)


PATHOLOGICAL = {
    "open brackets": "[",
    "open pictures": "![",
    "open links": "[a](",
    "nested quotes": "> ",
    "nested bullets": "- ",
    "stars": "*a **b ",
    "underscores": "_a __b ",
    "backticks": "`a ``b ",
    "open tags": "<a ",
    "unclosed bold tags": "<b>",
    "open comments": "<!-- ",
    "struck": "~~a ",
    "highlighted": "==a ",
    "templates": "{% a ",
    "escapes": "\\*",
    "addresses": "https://a.example/b ",
    "references": "[a]: b\n",
    "cells": "| a ",
    "items": "- a\n",
    "one long line": "word ",
    "one long word": "a",
    "null bytes": "\x00a",
    "lone surrogates": "\ud800 ",
}


@pytest.mark.parametrize("piece", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_time_grows_with_the_text_and_not_with_its_square(piece):
    def seconds(size):
        text = piece * (size // len(piece))
        start = time.process_time()
        markdown_blocks(text)
        return time.process_time() - start

    seconds(2_000)
    small = max(seconds(12_000), 0.01)
    assert min(seconds(48_000), seconds(48_000)) < 12 * small  # Linear is 4, quadratic 16.


@pytest.mark.parametrize("sign", ["> ", "- ", "1. ", "*", "[", "<div>", "<b>"])
def test_ten_thousand_levels_are_read(sign):
    assert "end" in text_of(markdown_blocks(sign * 10_000 + "end"))


def test_a_line_of_a_megabyte_is_read():
    text = "Some **bold** words and [a link](https://a.example). " * 20_000
    (block,) = markdown_blocks(text)
    assert block.text.count("bold words and a link") == 20_000
