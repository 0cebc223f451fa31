import json

import pytest


@pytest.fixture
def five(letters):
    """A folder with four issues that are lists, and one that is too thin to tell."""
    text = (letters / "issue-1.md").read_text(encoding="utf-8")
    for number in (3, 4):
        again = text.replace("Boat 1", f"Boat {number}").replace("Oars", f"Oars {number}")
        (letters / f"issue-{number}.md").write_text(again, encoding="utf-8")
    thin = text.partition("- [Sails")[0].replace("Boat 1", "Boat 5")
    (letters / "issue-5.md").write_text(thin, encoding="utf-8")
    return letters


def test_forms_says_what_was_learnt(run, five):
    run("import", five)
    out, _, status = run("forms")

    assert status == 0
    assert out == "The Boat: headings: items (5 issues)\n    as the others  the-boat/5\n"


def test_forms_as_json_and_reset(run, five):
    run("import", five)
    out, err, status = run("forms", "The Boat", "--reset")
    assert (out, err, status) == ("Each issue is split by itself from now on; 1 issue changed.\n", "", 0)

    told = json.loads(run("forms", "--json")[0])
    assert told == {
        "newsletter": "the-boat",
        "name": "The Boat",
        "form": "headings: items",
        "issues": 5,
        "helped": [],
        "odd": ["the-boat/5"],
        "alone": True,
    }
    assert "each issue by itself" in run("forms")[0]

    out, _, _ = run("forms", "The Boat", "--learn")
    assert out == "Each issue is split in the company of the others from now on; 1 issue changed.\n"


def test_a_reset_needs_a_newsletter(run, five):
    assert run("forms", "--reset")[1:] == (
        "Say which newsletter: tearsheet forms NEWSLETTER --reset\n",
        1,
    )
