from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.parsing.front_matter import read_front_matter

HEADERS = {
    "yaml": "---\ntitle: 'Import AI 219'\ndate: 2020-10-19 05:16:27\n---\n",
    "toml": '+++\ntitle = "Import AI 219"\ndate = "2020-10-19 05:16:27"\n+++\n',
    "json": '{"title": "Import AI 219", "date": "2020-10-19 05:16:27"}\n\n',
    "pelican": "Title: Import AI 219\nDate: 2020-10-19 05:16:27\n\n",
    "rst": ":title: Import AI 219\n:date: 2020-10-19 05:16:27\n\n",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_every_way_to_write_a_header_gives_the_same(header):
    front = read_front_matter(header + "Body.\n")

    assert front.meta == {"title": "Import AI 219", "date": "2020-10-19 05:16:27"}
    assert front.body == "Body.\n"
    assert front.warnings == ()


@pytest.mark.parametrize("before", ["\ufeff", "\n\n", "\ufeff\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_end_are_no_hindrance(before, newline):
    front = read_front_matter((before + "---\ntitle: A\n---\nOne.\nTwo.\n").replace("\n", newline))

    assert front.meta == {"title": "A"}
    assert front.body == "One.\nTwo.\n"


def test_an_empty_line_after_the_fence_and_a_quoted_value_of_many_lines_are_read():
    text = (
        '---\n\nlayout: post\ntitle:  "Import AI 219: Chips"\nimage: \ndate:   2020-10-19 05:16:27\n'
        'excerpt: "First words.&nbsp;\n\n\n\nRead more:\n\n\n\n####\n\n\n\nLast words."\n\n---\n\n### Body\n'
    )

    front = read_front_matter(text)

    assert front.meta["title"] == "Import AI 219: Chips"
    assert front.meta["image"] == ""
    assert front.meta["date"] == "2020-10-19 05:16:27"
    assert "First words.&nbsp;" in front.meta["excerpt"]
    assert front.meta["excerpt"].endswith("Last words.")
    assert front.body == "\n### Body\n"


def test_a_rule_inside_a_quoted_value_does_not_end_the_header():
    front = read_front_matter('---\ntitle: A\nexcerpt: "One\n---\ntwo"\ndate: 2020-01-01\n---\nBody.\n')

    assert front.meta["date"] == "2020-01-01"
    assert front.body == "Body.\n"


def test_a_quote_that_is_never_closed_does_not_swallow_the_body():
    front = read_front_matter('---\ntitle: "A\n---\nBody.\n')

    assert front.meta == {"title": '"A'}
    assert front.body == "Body.\n"
    assert len(front.warnings) == 1


def test_an_unquoted_colon_is_read_line_by_line_with_a_warning():
    front = read_front_matter(
        "---\ntitle: Import AI 219: Climate\ndate: 2020-10-19\ntags: [a, 'b']\n---\nBody.\n"
    )

    assert front.meta == {"title": "Import AI 219: Climate", "date": "2020-10-19", "tags": "a, b"}
    assert front.body == "Body.\n"
    assert front.warnings == ("The front matter is not valid YAML (line 2); it was read line by line.",)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("date: 2020-02-31", {"date": "2020-02-31"}),
        ("date: 2015-11-17 16:16:01 -0600", {"date": "2015-11-17 16:16:01 -0600"}),
        ("yes: no", {"yes": "no"}),
        ("title: ! 'Issue #5'", {"title": "Issue #5"}),
        ("title: 'It''s'", {"title": "It's"}),
        ("title: null", {"title": ""}),
        ("draft: false", {"draft": "false"}),
        ("tags:\n- a\n- b c", {"tags": "a, b c"}),
        ("tags: []", {"tags": ""}),
        ("author:\n  name: Ann\n  mail: [a@b.c]", {"author.name": "Ann", "author.mail": "a@b.c"}),
        ("Title: A", {"title": "A"}),
        ("title:\tA", {"title": "A"}),
        ("title: A\n\tdate: 2020-01-01", {"title": "A\ndate: 2020-01-01"}),
        ("title: A\n: nothing", {"title": "A\n: nothing"}),
        ("title: &a A\ntags: *a", {"title": "A", "tags": "A"}),
        ("title: !!python/object/apply:os.system ['ls']", {"title": "ls"}),
        ("title: A\n? [x, y]\n: z", {"title": "A\n? [x, y]\n: z"}),
    ],
)
def test_what_yaml_makes_of_a_value_is_the_text_that_was_written(written, read):
    front = read_front_matter(f"---\n{written}\n---\nBody.")

    assert front.meta == read
    assert front.body == "Body."


def test_toml_that_is_none_is_read_line_by_line():
    front = read_front_matter('+++\ntitle = "A"\ndate = 2020-02-31\n+++\nBody.\n')

    assert front.meta == {"title": "A", "date": "2020-02-31"}
    assert front.body == "Body.\n"
    assert front.warnings


def test_toml_keeps_dates_and_tables():
    front = read_front_matter(
        '+++\ndate = 2020-10-19T05:16:27\ntags = ["a", "b"]\n[author]\nname = "Ann"\n+++\nB\n'
    )

    assert front.meta == {"date": "2020-10-19T05:16:27", "tags": "a, b", "author.name": "Ann"}


def test_a_pelican_value_goes_on_in_indented_lines():
    front = read_front_matter("Title: A\nSummary: One\n    two\nTags: rust\n\nBody.")

    assert front.meta == {"title": "A", "summary": "One, two", "tags": "rust"}


def test_a_heading_above_a_field_list_is_the_title_and_stays_in_the_body():
    front = read_front_matter("My issue\n########\n\n:date: 2020-01-01\n:tags: a,\n    b\n\nBody.")

    assert front.meta == {"title": "My issue", "date": "2020-01-01", "tags": "a, b"}
    assert front.body == "My issue\n========\n\nBody."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello.\n",
        "---\n\nA rule above prose. And more.\n\n---\n\nThe end.\n",
        "---\nNote: the office is closed today.\n---\nMore.\n",
        "---\nHello there\n",
        "---\ntitle: never closed\n",
        "--- \n",
        "{% include head.html %}\nHello.\n",
        '{"title": "all of it is JSON"}',
        "{braces} in prose\n\nMore.\n",
        "Note: the office is closed.\n\nMore.\n",
        "Question: why?\nAnswer: because.\n\nMore.\n",
        "+++ no fence\nx\n+++\n",
        "Title without a colon\n=====\n\nBody\n",
        "* * *\n\ntitle: x\n\n* * *\n",
    ],
)
def test_a_text_without_a_header_is_all_body(text):
    front = read_front_matter(text)

    assert front.meta == {}
    assert front.body == text
    assert front.warnings == ()


LAUGHS = (
    "a: &a ["
    + "x, " * 9
    + "x]\n"
    + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [" + ", ".join([f"*{chr(97 + n)}"] * 10) + "]\n" for n in range(9)
    )
)


@pytest.mark.parametrize(
    "header",
    [
        LAUGHS,
        "title: A\nx: " + "[" * 60_000,
        "title: A\nx:\n" + "- " * 60_000,
        "title: A\nx: " + "{a: " * 60_000,
        "title: A\n" + "? " * 60_000,
        "title: A\nx: &x [*x]",
        "title: A\n" + "y: z\n" * 100_000,
        "title: A\nx: " + "y" * 400_000,
    ],
    ids=["laughs", "brackets", "dashes", "braces", "questions", "circle", "many", "long"],
)
@pytest.mark.timeout(10)
def test_a_hostile_header_costs_neither_the_body_nor_the_time(header):
    front = read_front_matter(f"---\n{header}\n---\nBody.\n")

    assert front.body == "Body.\n"
    assert sum(len(value) for value in front.meta.values()) < 1_000_000


@pytest.mark.parametrize(
    "header",
    ['{"a": [' + "1, " * 6_000 + "1]}", '{"a": "' + "y" * 400_000 + '"}', '{"a":' * 980 + "1" + "}" * 980],
    ids=["many", "long", "deep"],
)
def test_an_object_that_is_too_much_for_a_header_is_text(header):
    front = read_front_matter(f"{header}\n\nBody.\n")

    assert front.meta == {}
    assert front.body.endswith("}\n\nBody.\n")


@settings(max_examples=300, deadline=timedelta(seconds=2))
@given(
    st.text(alphabet=st.sampled_from("-+{}[]\"':&*!?|> \n\tab#=,.~\ufeff"), max_size=80),
    st.sampled_from(["", "---\n", "+++\n", "{", "Title: ", ":date: "]),
)
def test_no_text_is_an_error_and_none_is_lost(text, start):
    whole = (start + text).removeprefix("\ufeff")

    front = read_front_matter(start + text)

    assert whole.endswith(front.body) or front.body.startswith(whole.split("\n")[0])
    assert front.meta or front.body == whole
