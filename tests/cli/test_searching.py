import json


def test_what_is_found_is_shown_with_a_snippet(run, filled):
    out, err, status = run("search", "sails")

    assert out.splitlines()[0] == "Sails"
    assert "The Boat 1  2020-01-01  the-boat/1#sails" in out.splitlines()[1]
    assert "words about the Sails" in out
    assert (err, status) == ("", 0)


def test_json_limits_and_filters(run, filled):
    run("star", "Oars")

    def found(*words):
        return [json.loads(line)["title"] for line in run("search", *words, "--json")[0].splitlines()]

    assert len(found("words")) == 5
    assert len(found("words", "--limit", "2")) == 2
    assert found("words", "is:starred") == ["Oars"]
    assert found("故事") == ["帆船的故事"]


def test_nothing_found_is_said_and_is_no_error(run, filled):
    assert run("search", "zeppelin") == ("", "Nothing was found.\n", 0)
    assert run("search", "zeppelin", "--json") == ("", "", 0)


def test_a_limit_that_is_none_is_wrong_usage(run):
    assert run("search", "x", "--limit", "0")[2] == 2
