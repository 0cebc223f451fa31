import json

import make

from reader.cli.console import width

STORY = [
    "key",
    "issue",
    "newsletter",
    "title",
    "dek",
    "section",
    "position",
    "words",
    "read",
    "starred",
    "published",
    "url",
]


def test_issues_are_listed_newest_first_and_aligned(run, filled):
    out, err, status = run("list")

    first, second = out.splitlines()
    assert "2020-01-02  The Boat 2  0/2" in first
    assert "2020-01-01  The Boat 1  0/3" in second
    assert first.index("the-boat/2") == second.index("the-boat/1")
    assert (err, status) == ("", 0)
    assert run("list", "issues")[0] == out


def test_stories_are_json_objects_of_just_these_fields(run, filled):
    out, _, _ = run("list", "stories", "--json")

    stories = [json.loads(line) for line in out.splitlines()]
    assert [story["title"] for story in stories] == ["Tar", "帆船的故事", "Oars", "Sails", "Ropes"]
    assert all(list(story) == STORY for story in stories)
    first = stories[0]
    assert (first["issue"], first["newsletter"], first["position"]) == ("the-boat/2", "The Boat", 1)
    assert (first["read"], first["starred"], first["published"]) == (False, False, "2020-01-02")
    assert first["url"] == "https://example.com/Tar"
    assert first["words"] > 3


def test_issues_as_json_are_one_object_a_line(run, filled):
    out, _, _ = run("list", "--json")

    assert [json.loads(line)["key"] for line in out.splitlines()] == ["the-boat/2", "the-boat/1"]


def test_only_the_unread_only_the_starred_only_one_newsletter(run, filled):
    run("star", "Oars")
    run("read", "Tar", "帆船的故事")

    def listed(*words):
        return [
            json.loads(line)["title"] for line in run("list", "stories", "--json", *words)[0].splitlines()
        ]

    assert listed("--starred") == ["Oars"]
    assert listed("--unread") == ["Oars", "Sails", "Ropes"]
    assert listed("--newsletter", "boat") == ["Tar", "帆船的故事", "Oars", "Sails", "Ropes"]
    assert "The Boat 2" not in run("list", "--unread")[0]
    assert "The Boat 2" not in run("list", "--starred")[0]
    assert run("list", "--newsletter", "nobody") == ("", "There is no newsletter “nobody”.\n", 1)


def test_an_empty_library_says_so_and_is_no_error(run):
    assert run("list") == (
        "",
        "The library is empty. Take in a folder of issues with: tearsheet import FOLDER\n",
        0,
    )


def test_no_line_is_wider_than_the_terminal_and_wide_characters_count_twice(run, library, monkeypatch):
    for parsed in make.issues(12, seed=3):
        library.put(parsed).result()

    for columns in (60, 100, 160):
        monkeypatch.setenv("COLUMNS", str(columns))
        out, _, _ = run("list", "stories")
        titled = [line for line in out.splitlines() if " min" in line]
        assert len(titled) > 20
        assert len({width(line.partition(" min")[0]) for line in titled}) == 1
        assert all(width(line) <= columns for line in titled)


def test_a_title_cannot_talk_to_the_terminal(run, library):
    library.put(make.issue([make.story("\x1b[31mred\x07\u202eback")])).result()

    out, _, _ = run("list", "stories")

    assert not {"\x1b", "\x07", "\u202e"} & set(out)
    assert "[31mred" in out
