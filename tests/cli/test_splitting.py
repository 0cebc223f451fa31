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


def test_files_are_each_others_company_only_where_that_is_said(run, letters):
    text = (letters / "issue-1.md").read_text(encoding="utf-8")
    (letters / "issue-3.md").write_text(text, encoding="utf-8")
    (letters / "issue-4.md").write_text(text.partition("- [Sails")[0], encoding="utf-8")
    files = sorted(letters.iterdir())

    def titles(*words):
        issues = map(json.loads, run("split", "--json", *words, *files)[0].splitlines())
        return [[story["title"] for story in issue["stories"]] for issue in issues]

    assert titles()[-1] == ["The Boat 1: News"]
    assert titles("--together")[-1] == ["Oars"]
    assert titles("--together")[:-1] == titles()[:-1]
