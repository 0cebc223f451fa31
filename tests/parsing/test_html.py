import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import OBJECT, Block, Kind, Mark, Run, text_of
from reader.parsing.html import html_blocks


def only(html):
    (block,) = html_blocks(html)
    return block


def shape(html):
    return [(block.kind, block.quote, block.depth, block.marker, block.text) for block in html_blocks(html)]


def texts(html):
    return [block.text for block in html_blocks(html)]


def page(article, around=""):
    return f"<!doctype html><html><head><title>T</title></head><body>{around}<main><article>{article}</article></main></body></html>"


LONG = "<p>" + "The words of the article go on and on. " * 20 + "</p>"


def test_text_is_set_in_runs():
    block = only(
        '<p>Some <b>bold <i>both</i></b> and <a href="https://a.example">a <code>link</code></a>.</p>'
    )
    assert block.runs == (
        Run("Some "),
        Run("bold ", Mark.BOLD),
        Run("both", Mark.BOLD | Mark.ITALIC),
        Run(" and "),
        Run("a ", href="https://a.example"),
        Run("link", Mark.CODE, "https://a.example"),
        Run("."),
    )


@pytest.mark.parametrize(
    ("tag", "mark"),
    [
        ("strong", Mark.BOLD),
        ("em", Mark.ITALIC),
        ("kbd", Mark.CODE),
        ("del", Mark.STRIKE),
        ("mark", Mark.HIGHLIGHT),
        ("sub", Mark.SUB),
        ("sup", Mark.SUPER),
        ("u", Mark.UNDERLINE),
        ("small", Mark.SMALL),
    ],
)
def test_each_mark_has_its_elements(tag, mark):
    assert only(f"<{tag}>x</{tag}>").runs == (Run("x", mark),)


def test_mails_set_their_marks_as_styles():
    assert only('<span style="font-weight: 700">x</span>').runs == (Run("x", Mark.BOLD),)
    assert only('<p><b style="font-weight:normal">x</b></p>').runs == (Run("x"),)
    assert only('<span style="font-style:italic">x</span>').runs == (Run("x", Mark.ITALIC),)


def test_white_space_is_one_space_and_none_at_the_ends():
    assert only("<p>  a\n\n b <b> c</b> </p>").text == "a b c"


def test_a_break_is_a_new_line_and_two_are_a_new_paragraph():
    assert texts("<p>a <br> b<br><br>c<br/></p>") == ["a\nb", "c"]
    assert only("<h2>a<br>b</h2>").text == "a b"


def test_lists_nest_and_the_first_block_of_an_item_has_its_marker():
    html = "<ul><li>a<ol start=3><li>b<p>more</p></li><li value=7>c</li><li>d</li></ol>rest</li><li><p>e</p></li></ul>"
    assert shape(html) == [
        (Kind.PARAGRAPH, 0, 1, "-", "a"),
        (Kind.PARAGRAPH, 0, 2, "3.", "b"),
        (Kind.PARAGRAPH, 0, 2, "", "more"),
        (Kind.PARAGRAPH, 0, 2, "7.", "c"),
        (Kind.PARAGRAPH, 0, 2, "8.", "d"),
        (Kind.PARAGRAPH, 0, 1, "", "rest"),
        (Kind.PARAGRAPH, 0, 1, "-", "e"),
    ]


def test_a_box_to_tick_makes_a_task():
    html = "<ul><li><input type=checkbox disabled> a</li><li><p><input type=checkbox checked> b</p></li><li>c <input type=checkbox></li></ul>"
    assert [block.marker for block in html_blocks(html)] == ["[ ]", "[x]", "-"]


def test_quotes_nest():
    assert [
        block[:3]
        for block in shape("<blockquote>a<blockquote><p>b</p></blockquote><ul><li>c</ul></blockquote>d")
    ] == [
        (Kind.PARAGRAPH, 1, 0),
        (Kind.PARAGRAPH, 2, 0),
        (Kind.PARAGRAPH, 1, 1),
        (Kind.PARAGRAPH, 0, 0),
    ]


def test_code_keeps_its_lines_and_says_its_language():
    block = only(
        '<div class="highlight highlight-source-swift"><pre>\nlet a = 1\n\n  <b>go</b>()<br>end\n</pre></div>'
    )
    assert block == Block(Kind.CODE, (Run("let a = 1\n\n  go()\nend"),), lang="swift")
    assert only('<pre><code class="language-C++">x</code></pre>').lang == "c++"


def test_a_table_of_data_has_rows_and_alignments():
    block = only(
        "<table><tr><th>a<th align=right>b<th style='text-align: center'>c</tr>"
        "<tr><td>1<td colspan=2><p>2</p><p><b>3</b></p></tr><tr><td>4</table>"
    )
    assert block.kind is Kind.TABLE
    assert block.aligns == ("", "right", "center")
    assert block.text == "a\tb\tc\n1\t2\n3\t\n4\t\t"
    assert block.rows[1][1] == (Run("2"), Run("\n"), Run("3", Mark.BOLD))


@pytest.mark.parametrize(
    "html",
    [
        "<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>",
        "<table><tr><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>",
        "<table><tr><td><table><tr><td>a<td>b</table><td>c<tr><td>d<td></table>",
        "<table><tr><td><h2>a</h2><p>b</p><td>c<tr><td>d<td></table>",
        "<table><tr><td>a<td>b<td>c<td>d</table>",
    ],
)
def test_a_table_that_only_lays_out_is_what_is_in_it(html):
    assert texts(html) == ["a", "b", "c", "d"]


def test_a_picture_is_a_character_with_its_words_and_its_link():
    block = only('<a href="https://a.example"><img src="cover.png" alt=" A\n cat "></a>')
    assert block.runs == (Run(OBJECT, href="https://a.example", image="cover.png", alt="A cat"),)


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ('width="640" height="360"', (640, 360)),
        ('width="640px"', (640, 0)),
        ('width="99.6" height="auto"', (100, 0)),
        ('width="100%" height="-5"', (0, 0)),
        ('width="999999999" height="1e9"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_picture_knows_the_size_that_its_markup_gives_it(said, size):
    (block,) = html_blocks(f'<p>Words <img src="https://e.org/a.png" {said}></p>')
    assert (block.runs[1].width, block.runs[1].height) == size


def test_a_picture_that_loads_late_is_found():
    assert (
        only('<img src="data:image/gif;base64,R0lGOD" data-src="https://a.example/x.png">').runs[0].image
        == "https://a.example/x.png"
    )
    assert (
        only('<img srcset="https://a.example/1.png 1x, https://a.example/2.png 2x">').runs[0].image
        == "https://a.example/1.png"
    )


@pytest.mark.parametrize(
    "how",
    ["width=1 height=1", "width='1px'", "height=0", "style='width: 1px; height: 1px'", "style=max-height:0"],
)
def test_a_picture_that_counts_its_readers_is_left_out(how):
    assert html_blocks(f"<p><img src='https://a.example/o.gif' {how}></p>") == ()


@pytest.mark.parametrize("how", ["width=10", "width='100%'", "style='width:100px'", "height=1.5em"])
def test_a_picture_that_is_seen_stays(how):
    assert only(f"<img src='https://a.example/o.gif' {how}>").text == OBJECT


def test_an_emoji_drawn_as_a_picture_is_a_letter():
    assert only('<p>Go <img class="wp-emoji" alt="🚀" src="https://a.example/1f680.png"></p>').text == "Go 🚀"


def test_a_caption_follows_its_picture():
    assert [
        block[0] for block in shape("<figure><img src=a.png><figcaption>A cat</figcaption></figure>")
    ] == [Kind.PARAGRAPH, Kind.CAPTION]


def test_terms_definitions_details_and_rules():
    html = "<dl><dt>a<dd>b<p>c</p></dl><details><summary>d</summary><p>e</p></details><hr><p>* * *</p>"
    assert [block[0] for block in shape(html)] == [
        Kind.TERM,
        Kind.DEFINITION,
        Kind.DEFINITION,
        Kind.PARAGRAPH,
        Kind.PARAGRAPH,
        Kind.RULE,
        Kind.RULE,
    ]


def test_quotation_marks_are_written_out():
    assert only("<p>He said <q>no</q>.</p>").text == "He said “no”."


NOTES = {
    "as Markdown writes them": (
        '<p>Words<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>.</p>'
        '<div class="footnote"><hr><ol><li id="fn:1"><p>The note.&#160;<a href="#fnref:1">↩</a></p><p>More.</p></li></ol></div>'
    ),
    "with the number in the note": (
        '<p>Words<a id="footnote-anchor-1" href="#footnote-1">1</a>.</p>'
        '<div><a id="footnote-1" href="#footnote-anchor-1">1</a><div><p>The note.</p><p>More.</p></div></div>'
    ),
    "with brackets": (
        '<p>Words<a href="#_ftn1" name="_ftnref1">[1]</a>.</p><div id="_ftn1"><p><a href="#_ftnref1">[1]</a> The note.</p><p>More.</p></div>'
    ),
}


@pytest.mark.parametrize("html", NOTES.values(), ids=NOTES)
def test_a_note_is_called_and_stands_by_itself(html):
    call, note, more = html_blocks(html)
    assert call.runs == (Run("Words"), Run("1", Mark.SUPER, note="1"), Run("."))
    assert (note.kind, note.marker, note.depth, note.text) == (Kind.FOOTNOTE, "1", 0, "The note.")
    assert (more.kind, more.marker, more.text) == (Kind.FOOTNOTE, "", "More.")


def test_a_link_within_the_issue_is_no_note():
    block = html_blocks('<p><a href="#note-on-chips">Chips</a></p><h2 id="note-on-chips">Chips</h2>')[0]
    assert block.runs == (Run("Chips", href="#note-on-chips"),)


def test_direction_is_kept_where_it_is_said():
    blocks = html_blocks('<p>a</p><div dir="rtl"><p>b</p><p dir=ltr>c</p><p dir=auto>d</p></div>')
    assert [block.direction for block in blocks] == ["", "rtl", "ltr", "rtl"]
    assert html_blocks(f'<html dir="rtl"><body>{LONG}</body></html>')[0].direction == "rtl"
    assert html_blocks(f'<html dir="ltr"><body>{LONG}</body></html>')[0].direction == ""


@pytest.mark.parametrize(
    "how",
    [
        "hidden",
        "style='display:none'",
        "style='DISPLAY : none !important'",
        "style='visibility:hidden'",
        "style='mso-hide:all'",
        "style='max-height:0px;overflow:hidden'",
        "style='font-size:0'",
        "class='preheader'",
        "class='x sr-only'",
        "aria-hidden=true",
    ],
)
def test_what_is_not_seen_is_not_read(how):
    assert texts(f"<div {how}>preview <b>words</b></div><p>text</p>") == ["text"]


@pytest.mark.parametrize(
    "html",
    [
        "<table style='font-size:0'><tr><td style='font-size:14px'>text</td></tr></table>",
        "<div hidden=until-found>text</div>",
        f"<div aria-hidden=true>text {'words ' * 200}</div>",
        "<p style='font-size:0.9em'>text</p>",
        "<p style='background-display:none-such'>text</p>",
    ],
)
def test_what_is_seen_is_read(html):
    assert text_of(html_blocks(html)).startswith("text")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("one.&nbsp; Two", "one. Two"),
        ("one&nbsp;two", "one two"),
        ("&nbsp;&nbsp;one", "one"),
        ("10&nbsp;km and 5&nbsp;%", "10\xa0km and 5\xa0%"),
        ("1&nbsp;000&nbsp;people", "1\xa0000 people"),
        ("Quoi&nbsp;? «&nbsp;Oui&nbsp;»&nbsp;!", "Quoi\xa0? «\xa0Oui\xa0»\xa0!"),
        ("J.&nbsp;Clark", "J.\xa0Clark"),
        ("in 2020&nbsp;it was, and 18.7&nbsp;and", "in 2020 it was, and 18.7 and"),
        ("3&nbsp;GB in 5&nbsp;min", "3\xa0GB in 5\xa0min"),
    ],
)
def test_a_no_break_space_stays_where_it_keeps_words_together(written, read):
    assert only(f"<p>{written}</p>").text == read


def test_a_paragraph_of_no_break_spaces_is_none():
    assert html_blocks("<p>&nbsp;</p><p> &nbsp; <br></p>") == ()


AROUND = (
    "<header><a href=/>Home</a></header><nav><ul><li>About</ul></nav><aside>Other issues</aside>"
    "<div class='sidebar'>Follow us</div><div id=comments><p>First!</p></div><footer>Imprint</footer>"
)


def test_of_a_page_the_article_is_read():
    html = page(
        f"<header><h1>Issue 219</h1></header>{LONG}<div class='share-buttons'>Share</div><aside>A remark.</aside>",
        AROUND,
    )
    found = texts(html)
    assert found[0] == "Issue 219"
    assert found[-1] == "A remark."
    assert len(found) == 3


def test_a_page_without_an_article_is_read_whole():
    html = f"<html><body>{AROUND}<div>{LONG}</div><div><p>More of it.</p></div></body></html>"
    assert texts(html)[1:] == ["More of it."]


def test_a_part_that_is_named_like_furniture_but_holds_the_text_stays():
    html = f"<html><body><div class='subscribe-page'><form>{LONG}<input></form></div></body></html>"
    assert len(texts(html)) == 1


def test_a_small_article_beside_a_large_text_is_not_taken_for_it():
    html = f"<html><body><div>{LONG}{LONG}</div><article>A teaser.</article></body></html>"
    assert len(texts(html)) == 3


def test_in_a_fragment_nothing_is_taken_for_furniture():
    assert texts("<nav>a</nav><footer>b</footer><div class=share>c</div>") == ["a", "b", "c"]


def test_elements_inside_elements_that_are_taken_out_do_no_harm():
    nested = (
        "<nav class=menu><div class=share><nav><style>x</style></nav><svg><style>y</style></svg></div></nav>"
        * 50
    )
    assert len(texts(page(LONG, nested))) == 1


def test_stand_ins_and_controls_in_the_text_are_no_text():
    assert only("<p>a\ufffcb\xadc&#1;d\ufeffe</p>").text == "abcde"


@settings(deadline=None)
@given(
    st.text(st.sampled_from("ab <>/=\"'&;#!-x\n\t\x00\ud800火\xa0"), max_size=60),
    st.sampled_from(["", "<html><body>"]),
)
def test_no_html_is_too_odd(text, before):
    for block in html_blocks(before + text):
        assert block.text or block.kind is Kind.RULE


TAGS = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "<li>",
    "</ul>",
    "<b>",
    "</b>",
    "<table><tr><td>",
    "</table>",
    "<blockquote>",
    "<pre>",
    "</pre>",
    "<a href=x>",
    "火",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=30))
def test_no_word_is_lost_or_doubled_however_elements_are_nested(parts):
    html = "".join(parts)
    assert text_of(html_blocks(html)).count("火") == html.count("火")


PATHOLOGICAL = {
    "divisions": "<div>",
    "fonts and paragraphs": "<font color=red><p>a",
    "bold and paragraphs": "<b><i><p>a",
    "tables": "<table><tr><td>",
    "lists": "<ul><li>a",
    "quotes": "<blockquote>",
    "open tags": "<a href=",
    "open comments": "<!--",
    "breaks": "a<br>",
    "no-break spaces": "a&nbsp;",
    "calls of notes": '<sup id=r1><a href="#fn1">1</a></sup><i id=fn1>',
    "headers": "<header>a",
    "hidden": "<div style='font-size:0'>",
    "one long word": "a",
    "null bytes": "\x00a",
}


@pytest.mark.parametrize("before", ["", "<html><body>"], ids=["fragment", "page"])
@pytest.mark.parametrize("piece", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_time_grows_with_the_html_and_not_with_its_square(piece, before):
    def seconds(size):
        html = before + piece * (size // len(piece))
        start = time.process_time()
        html_blocks(html)
        return time.process_time() - start

    seconds(2_000)
    small = max(seconds(25_000), 0.01)
    assert min(seconds(100_000), seconds(100_000)) < 12 * small  # Linear is 4, quadratic 16.


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul", "table", "span", "section"])
def test_ten_thousand_levels_are_read(tag):
    assert text_of(html_blocks(f"<{tag}>" * 10_000 + "end")) == "end"
    assert (
        text_of(html_blocks(f"<{tag}>" * 10_000 + "end" + f"</{tag}>" * 10_000 + "<p>after</p>"))
        == "end\nafter"
    )
