import json

import pytest
from services.test_copies import apart_then_found


@pytest.fixture
def twice(library):
    """The library with one issue in it twice."""
    apart_then_found(library)
    library.settle()


def test_what_is_here_twice_is_named_and_becomes_one(run, library, twice):
    out, err, status = run("copies", "--dry-run")
    assert (out.splitlines()[-1], err, status) == ("1 of 2 issues is a copy of another.", "", 0)
    assert len(library.issue_keys()) == 2

    out, _, status = run("copies")

    first, last = out.splitlines()
    assert first.startswith("The Boat 7 (the-boat/7) = ")
    assert (last, status) == ("1 of 2 issues is a copy of another, and one with it now.", 0)
    assert library.issue_keys() == {"the-boat/7"}
    assert run("copies")[0] == "None of 1 issue is a copy of another.\n"


def test_each_issue_with_copies_is_an_object_a_line(run, library, twice):
    (line,) = run("copies", "--json")[0].splitlines()

    told = json.loads(line)
    assert (told["issue"], told["label"], len(told["copies"])) == ("the-boat/7", "The Boat 7", 1)
