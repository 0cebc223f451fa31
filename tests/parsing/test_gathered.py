"""A file that holds many issues becomes that many."""

import pytest

from reader.model import RawIssue, file_of
from reader.parsing import parse
from reader.parsing.gathered import issues_in
from reader.parsing.heads import read_head

BODY = "\n".join(
    f"- [Boat {n}](https://e.org/{n}): words about a boat, in a sentence or two.\n" for n in range(12)
)
WEEKS = ["June 24 - June 30", "June 17 - June 23", "June 10 - June 16", "June 3 - June 9", "May 27 - June 2"]


def raw(text, name="BOATS.md"):
    return RawIssue(f"/letters/{name}", name, text)


def gathered(titles, above="# Boats of the Week\n\n", level=2):
    return above + "".join(f"{'#' * level} {title}\n\n{BODY}\n" for title in titles)


def names(text):
    return [file_of(one.location)[1] for one in issues_in(raw(text))]


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        (
            [f"Top Boats of the Week ({week}) - 2024" for week in WEEKS],
            ["06-24", "06-17", "06-10", "06-03", "05-27"],
        ),
        (
            [f"Week of {day} June 2024" for day in (1, 8, 15, 22, 29)],
            ["06-01", "06-08", "06-15", "06-22", "06-29"],
        ),
        (
            [f"2024-06-{day}" for day in ("01", "08", "15", "22", "29")],
            ["06-01", "06-08", "06-15", "06-22", "06-29"],
        ),
    ],
)
def test_headings_with_a_date_each_are_issues(titles, found):
    assert names(gathered(titles)) == [f"2024-{day}" for day in found]


@pytest.mark.parametrize(
    "titles", [[f"The Boat {n}: more" for n in range(9, 2, -1)], [f"第 {n} 期" for n in range(3, 10)]]
)
def test_headings_with_a_number_each_are_issues(titles):
    assert sorted(names(gathered(titles, level=1))) == [str(n) for n in range(3, 10)]


def test_each_has_its_title_its_date_a_key_and_the_newsletter_of_the_file():
    first, *_ = issues_in(raw(gathered([f"Top Boats of the Week ({week}) - 2024" for week in WEEKS])))
    parsed = parse(first)

    assert parsed.issue.title == "Top Boats of the Week (June 24 - June 30) - 2024"
    assert parsed.issue.published == "2024-06-24"
    assert parsed.issue.key == "boats-of-the-week/2024-06-24"
    assert parsed.newsletter_name == "Boats of the Week"
    assert len(parsed.stories) == 12
    assert read_head(first).folder == "/letters"


def test_what_stands_above_the_first_is_an_issue_of_its_own_and_no_word_is_lost():
    text = gathered(
        [f"The Boat {n}" for n in range(1, 7)], "---\ntitle: The Boat\n---\n\nAll the boats that were.\n\n"
    )
    *issues, above = issues_in(raw(text))

    assert [file_of(one.location)[1] for one in issues] == list("123456")
    assert (above.location, parse(above).issue.title) == ("/letters/BOATS.md", "The Boat")
    assert "All the boats" in above.text
    assert sum(one.text.count("words about a boat") for one in (*issues, above)) == text.count(
        "words about a boat"
    )


def test_an_issue_keeps_its_name_and_its_bytes_when_another_comes():
    before = issues_in(raw(gathered([f"The Boat {n}" for n in range(6, 0, -1)])))
    after = issues_in(raw(gathered([f"The Boat {n}" for n in range(7, 0, -1)])))

    assert {(one.location, one.digest) for one in before} < {(one.location, one.digest) for one in after}


@pytest.mark.parametrize(
    "titles",
    [
        ["Oars", "Sails", "Ropes", "Tar", "Paint", "Nails"],
        [f"Step {n}" for n in range(1, 8)],
        [f"{n}. A boat" for n in range(1, 8)],
        [f"June {n}, 2024" for n in range(3, 10)],
        [f"The Boat {n}" for n in range(1, 5)],
        [*(f"The Boat {n}" for n in range(1, 7)), "About"],
        [f"The Boat {n}" for n in (1, 2, 2, 3, 4, 5)],
        [f"The Boat {n}" for n in (3, 1, 9, 2, 8, 4, 7)],
    ],
)
def test_other_headings_are_those_of_one_issue(titles):
    assert names(gathered(titles)) == []


def test_short_texts_under_numbers_are_a_list_in_one_issue():
    text = "# Boats\n\n" + "".join(f"## The Boat {n}\n\nA line.\n\n" for n in range(400))
    assert names(text) == []


def test_headings_in_code_do_not_count():
    text = gathered([f"The Boat {n}" for n in range(1, 7)]).replace(
        "Boat 3](", "Boat 3](x)\n\n```\n# no\n```\n\n("
    )
    assert names(text) == list("123456")


def test_one_title_in_ten_may_be_another_or_say_the_same():
    titles = [f"The Boat {n}" for n in range(1, 25)]
    titles[4], titles[9] = "The Boats 5", "The Boat 9"
    titles.insert(12, "A summer without boats")

    assert names(gathered(titles)) == [*map(str, range(1, 9)), "9-2", "9", *map(str, range(11, 25))]
