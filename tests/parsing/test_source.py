import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parsing.source import mended


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("**  \nTitle?  \n**_…line…  \n_ Body.", "  \n**Title?**  \n*…line…*  \n Body."),
        ("in _the Gazette.  \n  \n_**Why:** So.", "in *the Gazette.*  \n  \n**Why:** So."),
        ("**Tales:\n\n\n\nSnow**\n*[2027]*", "**Tales:**\n\n\n\n**Snow**\n*[2027]*"),
        ("***…**\n\nWe see lies…*", "…\n\n*We see lies…*"),
        ("**Find out more** about **[ropes ](u)**.", "**Find out more** about **[ropes ](u)**."),
    ],
)
def test_emphasis_opens_before_words_and_closes_after_them(broken, whole):
    assert mended(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "**bold** and *italic* and ***both*** and `**code` and a_b_c",
        "* item\n* [x](https://e.org/a_b_c*d)\n  * deeper **x**",
        "5 * 3 * 2 = 30",
        "- **One**: [@_ann](https://e.org) has **x**\n- **Two**: by [@bea_](https://e.org)\n- **Three**: [@_cy](https://e.org)",
        "- ****Crane** gains **arms** this week**: **Crane** now lifts",
        "**Why A* is fast**: an A* search",
        "[Part _tide, _shore checks](https://e.org)",
        "never write count(*) alone\n\n![](b.webp)\n\nor count(*) again",
        "* by [@ann_](https://e.org)\n\n**Tools**\n\n* by [@bea_](https://e.org)",
        "an unclosed ** pair",
        "***\n\nText\n\n* * *",
        "```\n**x\n\n#########\n{% raw %}\n```\n",
        r"\*\*\* and \*this\*",
        "[one][two]\n\n[two]: https://e.org",
        "array[i][j]",
    ],
)
def test_whole_markdown_is_left_as_it_is(text):
    assert mended(text) == text


def test_a_row_of_number_signs_becomes_a_rule():
    assert mended("a\n\n###########\n\nb") == "a\n\n\n* * *\n\n\nb"
    assert mended("###### six") == "###### six"


def test_comments_of_templates_and_anchors_of_headings_are_no_text():
    text = "## Sea {#sea}\n\n{% comment %}<!--\n# no\n-->{% endcomment %}\nOne.\n{%- comment -%} no {%endcomment%}Two.\n"
    assert mended(text).split() == ["##", "Sea", "One.", "Two."]
    assert mended("{% comment %} so {% include x.md %}") == "{% comment %} so {% include x.md %}"


def test_the_words_of_lost_links_stay_and_are_bold_at_the_head_of_an_item():
    text = "- [Crane #1][] lifts [much][topic much] [so][x].\n\n[x]: https://e.org\n"
    assert mended(text) == "- **Crane #1** lifts much [so][x].\n\n[x]: https://e.org\n"


def test_a_lost_link_may_have_no_letters_of_its_own():
    text = "Ships [328][ship 328] and [390][dock] and row[10][2].\n\n[dock]: https://e.org\n"
    assert mended(text) == "Ships 328 and [390][dock] and row[10][2].\n\n[dock]: https://e.org\n"


@given(
    st.lists(
        st.sampled_from(["**", "_", "*", "a", " ", "\n", "\n\n", "  \n", "#", "- ", "`"]), max_size=30
    ).map("".join)
)
def test_no_letter_is_lost(text):
    assert [c for c in mended(text) if c.isalnum()] == [c for c in text if c.isalnum()]


def test_the_attributes_of_headings_go_and_other_braces_stay():
    text = "# Sea {: .wide #sea} #\n\nLand {.dry}\n----\n\nA {#word} in {.text} and a {: .last}\n"
    assert mended(text) == "# Sea\n\nLand\n----\n\nA {#word} in {.text} and a {: .last}\n"
