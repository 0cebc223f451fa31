import json


def test_each_file_is_one_object_in_order(run, letters):
    out, err, status = run("split", "--json", letters / "issue-2.md", letters / "issue-1.md")

    issues = [json.loads(line) for line in out.splitlines()]
    assert [issue["title"] for issue in issues] == ["The Boat 2: News", "The Boat 1: News"]
    assert [story["title"] for story in issues[1]["stories"]] == ["Oars", "Sails", "Ropes"]
    assert {"file", "title", "date", "truncated", "intro", "outro", "stories"} <= issues[0].keys()
    assert (err, status) == ("", 0)


def test_for_people_it_lists_titles(run, letters):
    out, _, _ = run("split", letters / "issue-1.md")

    assert [line.split()[-1] for line in out.splitlines()[1:]] == ["Oars", "Sails", "Ropes"]


def test_a_file_that_cannot_be_read_is_an_error_and_the_others_are_split(run, letters):
    out, err, status = run("split", "--json", letters / "gone.md", letters / "issue-1.md")

    assert len(out.splitlines()) == 2
    assert err == f"{letters / 'gone.md'}: It is no longer there.\n"
    assert status == 1
