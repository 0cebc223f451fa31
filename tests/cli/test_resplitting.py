import json

import pytest

from reader.parsing.split import Piece
from reader.services import resplitting


@pytest.fixture
def older(library, filled, monkeypatch):
    """The library as an older splitter would have split it: the first issue is one story, with a star."""
    library.start()
    key = library.find_issue("The Boat 1")
    page = library.whole(key)
    parts = page.stories
    whole = Piece(parts[0].start, parts[-1].end, "All of it")
    split = resplitting.split

    def old(blocks, title, form, **more):
        found = split(blocks, title, form, **more)
        return found._replace(stories=(whole,)) if title == page.issue.title else found

    with monkeypatch.context() as patched:
        patched.setattr(resplitting, "split", old)
        resplitting.resplit(library)
    (only,) = library.whole(key).stories
    library.star([only.key], starred=True).result()
    library.settle()
    return key


def test_what_is_in_the_library_is_split_again_and_stars_go_along(run, library, older):
    out, err, status = run("resplit")

    assert out.splitlines() == [
        "The Boat 1: 3 stories now",
        "  All of it → Oars",
        "1 of 2 issues is split differently now.",
    ]
    assert (err, status) == ("", 0)
    assert [row.title for row in library.stories(starred=True)] == ["Oars"]
    assert run("resplit")[0] == "All 2 issues are split as before.\n"


def test_a_dry_run_says_the_same_and_changes_nothing(run, library, older):
    out, _, status = run("resplit", "--dry-run", "The Boat")

    assert "  All of it → Oars\n" in out
    assert out.endswith("1 of 2 issues would be split differently.\n")
    assert status == 0
    assert [row.title for row in library.stories(starred=True)] == ["All of it"]


def test_each_issue_that_changes_is_one_object(run, older):
    out, _, _ = run("resplit", "--json")

    (line,) = out.splitlines()
    assert json.loads(line) == {
        "issue": older,
        "label": "The Boat 1",
        "stories": 3,
        "moved": [{"before": "All of it", "after": "Oars"}],
        "gone": [],
    }


def test_a_newsletter_that_is_not_there_is_an_error(run, filled):
    out, err, status = run("resplit", "Nobody")

    assert (out, status) == ("", 1)
    assert err == "There is no newsletter “Nobody”.\n"


def test_an_empty_library_has_nothing_to_split(run):
    assert run("resplit") == ("There are no issues.\n", "", 0)
