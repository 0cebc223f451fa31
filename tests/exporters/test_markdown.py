"""The file that a story becomes."""

from dataclasses import replace

import make
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reader.exporters.gfm.properties import Known, digest, fenced, mended, parted
from reader.exporters.markdown import copied_markdown, spoken_date, story_markdown
from reader.model import State


def page(title="Chips are scarce", text="It has a body.", *, state=None, **more):
    return make.page(make.issue([make.story(title, text, **more)]), 1, state)


def head(text):
    return yaml.safe_load(parted(text)[0])


def test_a_story_becomes_front_matter_and_a_marked_text():
    state = State(starred=True, starred_at="2026-01-30T08:00:00Z", tags=("To read",))
    one = page(
        dek="Why that is",
        text="Sand *and* water.\n\nRead more: [Sand](https://example.org/s)",
        section="Hardware",
        state=state,
    )
    one = one._replace(issue=replace(one.issue, author="Ida Marsh and Ben Ott", title="Import AI 219: Chips"))

    text = story_markdown(one, "2026-01-31")

    assert text.split("<!--")[0] == (
        "---\n"
        "title: Chips are scarce\n"
        "source: https://example.org/s\n"
        "author:\n  - Ida Marsh\n  - Ben Ott\n"
        "published: 2020-10-19\n"
        "created: 2026-01-31\n"
        "description: Why that is\n"
        "tags:\n  - import-ai\n  - to-read\n"
        "newsletter: Import AI\n"
        'issue: "Import AI 219: Chips"\n'
        "issue_number: 219\n"
        "section: Hardware\n"
        f'story_id: "{one.row.key}"\n'
        "starred: true\n"
        "starred_at: 2026-01-30T08:00:00Z\n"
        "links:\n  - https://example.org/s\n"
        "---\n\n"
    )
    assert text.split("-->\n\n", 1)[1] == (
        "# Chips are scarce\n\n_Why that is_\n\nSand _and_ water.\n\n"
        "Read more: [Sand](https://example.org/s)\n\n<!-- tearsheet:end -->\n"
    )


def test_the_link_of_the_title_is_not_lost():
    assert "\n\nSource: <https://example.org/paper>\n\n" in story_markdown(
        page(url="https://example.org/paper")
    )


def test_the_link_of_the_title_is_not_said_twice():
    text = story_markdown(page(url="https://example.org/s", text="[Sand](https://example.org/s)"))

    assert "Source: " not in text


def test_a_copied_story_without_an_address_has_a_plain_title():
    assert copied_markdown(page("1. A *story*")).startswith("## 1. A \\*story\\*\n\n")


@pytest.mark.parametrize(
    ("published", "spoken"),
    [
        ("2020-10-19", "19 October 2020"),
        ("2020-01-02T03:04:05Z", "2 January 2020"),
        ("2020-13-02", "2020-13-02"),
        ("2020", "2020"),
        ("", ""),
    ],
)
def test_a_date_is_said_as_one_says_it(published, spoken):
    assert spoken_date(published) == spoken


@pytest.mark.parametrize(
    "title",
    [
        "yes",
        "null",
        "~",
        "1_000",
        "0x1F",
        "1e3",
        "12:30",
        "- dash",
        "# hash",
        "a: b",
        "a #b",
        "'q'",
        '"q"',
        "[x]",
        "{x}",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a`",
        "2020-10-19",
        "x:",
        "a\\nb",
        "竖排",
        "🛶",
        " ",
    ],
)
def test_a_text_stays_a_text_in_yaml(title):
    assert yaml.safe_load(parted(fenced({"title": title}))[0]) == {"title": title} or title == "2020-10-19"


@given(st.text(max_size=30), st.lists(st.text(max_size=10), max_size=3))
def test_every_text_stays_itself_in_yaml(title, tags):
    said = {"newsletter": "x" + title, "tags": ["t" + tag for tag in tags]}

    assert yaml.safe_load(parted(fenced(said))[0]) == said


@given(
    st.lists(
        st.sampled_from(
            ["mine: 1\n", "# a remark\n", "list:\n- a\n- b\n", "other: >\n  folded\n  text\n", "\n"]
        ),
        unique=True,
    )
)
def test_what_the_reader_added_to_front_matter_stays(lines):
    old = parted(fenced({"title": "A", "tags": ["t"], "starred": False}))[0]
    mixed = lines[0] + old + "".join(lines[1:]) if lines else old

    new = mended(mixed, {"title": "B", "tags": ["t"], "starred": True}, Known(digest(old), ("t",)))

    assert all(line in new for line in lines)
    assert yaml.safe_load(new)["title"] == "B"
    assert yaml.safe_load(new)["starred"] is True
