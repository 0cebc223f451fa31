import pytest

from reader.model import RawIssue
from reader.parsing.heads import plain_title, read_facts, read_head, readable_name


def raw(text, name="a.md", markup="markdown", folder="/letters"):
    return RawIssue(f"{folder}/{name}", name, text, markup)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: One\n---\n# Two\n", "One"),
        ("Words first.\n\n# Two *and* `three` ##\n", "Two and three"),
        ("Two\n===\n\nText", "Two"),
        ("<h1 align=center>Two &amp;amp; three</h1>\n", "Two & three"),
        ("```\n# no\n```\n# Yes\n", "Yes"),
        ("<!-- # no -->\n# Yes\n", "Yes"),
        ("## Not the title\n", "The week"),
        ("---\ntitle: ''\n---\nText\n", "The week"),
        ("---\ntitle: 'A [link](http://x.y) &amp; **more**'\n---\n", "A link & more"),
        ("---\ntitle: snake_case_name and 2 * 3 * 4\n---\n", "snake_case_name and 2 * 3 * 4"),
    ],
)
def test_the_title_is_the_front_matters_else_the_first_heading_else_the_name(text, title):
    assert read_head(raw(text, "2020-10-19-the-week.md")).title == title


def test_a_page_says_its_title_author_and_date_in_its_head():
    page = (
        '<html><head><title>Import AI 12: Chips</title><meta name="author" content="Ann &amp; Bob">'
        "<meta property='article:published_time' content='2020-10-19T05:16:27Z'>"
        '<link rel="canonical" href="https://www.example.com/12"></head><body><h1>Other</h1></body></html>'
    )
    head = read_head(raw(page, "original.html", "html"))

    assert (head.title, head.number, head.prefix) == ("Import AI 12: Chips", "12", "Import AI")
    assert (head.author, head.domain) == ("Ann & Bob", "example.com")
    assert read_facts(raw(page, "x.html", "html")).meta["article:published_time"] == "2020-10-19T05:16:27Z"


def test_an_impossible_date_is_among_the_warnings():
    assert read_facts(raw("---\ntitle: A\ndate: 2020-02-31\n---\n")).warnings == (
        "There is no such date as “2020-02-31”.",
    )


def test_the_number_comes_from_the_front_matter_the_title_or_the_name():
    assert read_head(raw("---\nissue: '#007'\n---\n# A 9: b\n")).number == "7"
    assert read_head(raw("# My Letter 9: b\n", "issue-5.md")).number == "9"
    assert read_head(raw("Text", "issue-5.md")).number == "5"


@pytest.mark.parametrize(
    ("written", "domain"),
    [
        ("domain: www.jack-clark.net", "jack-clark.net"),
        ("link: https://Example.com/a?b", "example.com"),
        ("link: https://github.com/a/b", ""),
        ("link: https://bit.ly/1", ""),
        ("feed: https://importai.substack.com/feed", "importai.substack.com"),
        ("link: http://[broken", ""),
        ("domain: localhost", ""),
    ],
)
def test_the_domain_is_the_newsletters_and_not_one_that_anyone_uses(written, domain):
    assert read_head(raw(f"---\ntitle: A\n{written}\n---\n")).domain == domain


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2020-10-19-the-week_in-ai.md", "The week in ai"),
        ("Week411.md", "Week 411"),
        ("a b-c.txt", "A b-c"),
        ("周刊.md", "周刊"),
        ("2020-10-19.md", "2020-10-19"),
        (".md", ".md"),
    ],
)
def test_a_files_name_is_made_readable(name, title):
    assert readable_name(name) == title


def test_a_title_of_any_length_is_cut_and_quickly_read():
    assert len(plain_title("*[(<" * 100_000)) <= 400


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 'The oars {#oars}'\n---\nText\n",
        "# The oars {#oars}\n\nText\n",
        "# The oars {: .wide #the-oars data-x=1 } #\n\nText\n",
        "The oars {.unnumbered}\n========\n\nText\n",
    ],
)
def test_the_attributes_of_a_heading_are_no_part_of_the_title(text):
    assert read_head(raw(text)).title == "The oars"


def test_braces_that_are_no_attributes_stay_in_the_title():
    assert read_head(raw("# What {#each item} does\n")).title == "What {#each item} does"
    assert read_head(raw("# Sets {a, b}\n")).title == "Sets {a, b}"
    assert read_head(raw("# {#only}\n")).title == "{#only}"


@pytest.mark.parametrize("name", ["original.html", "index.html", "source.md"])
def test_a_file_whose_name_says_nothing_is_called_and_numbered_as_its_folder(name):
    markup = "html" if name.endswith("html") else "markdown"

    head = read_head(raw("<p>Words.</p>", name, markup, "/letters/boats/issue-6"))

    assert (head.title, head.number) == ("Issue 6", "6")
    assert (
        read_head(raw("<p>Words.</p>", name, markup, "/letters/boats/2020-10-19-the-oars")).title
        == "The oars"
    )
