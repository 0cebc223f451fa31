import json

import make
import pytest

from reader.cli.console import width
from reader.cli.page import block_lines


def test_a_story_is_set_to_be_read(run, library):
    library.put(
        make.issue(
            [
                make.story(
                    "Oars", "Made of [wood](https://w.org), as *ever*.\n\n- one\n\n- two", dek="Long ones"
                )
            ]
        )
    ).result()

    out, _, status = run("show", "Oars")

    assert status == 0
    assert out.splitlines()[2:] == [
        "Oars", "====", "Long ones", "", "Made of wood [1], as ever.", "", "• one", "• two", "", "[1] https://w.org",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Oars", "oars", "the-boat/1#oars"])
def test_a_story_is_named_by_its_title_or_any_start_of_its_key(run, filled, name):
    assert "words about the Oars" in run("show", name)[0]


def test_an_issue_shows_its_stories(run, filled):
    for name in ("the-boat/1", "The Boat 1"):
        out, _, _ = run("show", name)
        assert [word for word in ("Oars", "Sails", "Ropes", "Tar") if word in out] == [
            "Oars",
            "Sails",
            "Ropes",
        ]


def test_what_is_named_by_nothing_or_by_too_much_is_an_error(run, filled):
    assert run("show", "Masts") == ("", "There is no story “Masts”.\n", 1)
    out, err, status = run("show", "the-boat/")
    assert (out, status) == ("", 1)
    assert "more than one" in err


def test_json_is_the_same_line_as_in_a_list(run, filled):
    listed = run("list", "stories", "--json")[0].splitlines()

    assert run("show", "Tar", "--json")[0].splitlines() == listed[:1]
    assert run("show", "the-boat/1", "--json")[0].splitlines() == listed[2:]
    assert json.loads(listed[0])["title"] == "Tar"


def test_markdown_is_what_an_export_writes(run, filled):
    out, _, _ = run("show", "Sails", "--markdown")

    assert out.startswith("---\ntitle: Sails\n")
    assert "words about the Sails" in out


def test_blocks_of_every_kind_have_lines(run):
    blocks = make.blocks(
        "# Head\n\nWords "
        + "and words " * 20
        + "\n\n> Quoted\n\n> > - deep\n\n  - nested\n\n```py\nif x:\n\treturn\n```\n\n---\n\n中文"
        + "字" * 60
    )

    lines = list(block_lines(blocks, 40, []))

    assert all(width(line) <= 40 for line in lines)
    assert lines[1] == "# Head"
    assert "│ Quoted" in lines
    assert any(line.startswith("    if x:") for line in lines)
    assert sum("字" in line for line in lines) >= 3
