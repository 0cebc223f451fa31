def test_starred_stories_become_one_file_each(run, filled, tmp_path):
    run("star", "Oars", "Tar")

    out, err, status = run("export", "--starred", "--to", tmp_path / "out")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["Oars.md", "Tar.md"]
    assert sorted(out.splitlines()) == [str(tmp_path / "out" / name) for name in ("Oars.md", "Tar.md")]
    assert (err, status) == ("Exported 2 files to out.\n", 0)
    again = run("export", "--starred", "--to", tmp_path / "out")
    assert again[1] == "Nothing has changed: 2 files in out are up to date.\n"


def test_an_issue_a_search_or_named_stories_in_one_file(run, filled, tmp_path):
    run("export", "--issue", "the-boat/1", "--single", "--to", tmp_path / "issue.md")
    run("export", "--search", "Sails", "--to", tmp_path / "found.md")
    run("export", "Oars", "Tar", "--to", tmp_path / "named.md")

    text = {
        name: (tmp_path / f"{name}.md").read_text(encoding="utf-8") for name in ("issue", "found", "named")
    }
    assert [word in text["issue"] for word in ("the Oars", "the Sails", "the Ropes", "the Tar")] == [
        True
    ] * 3 + [False]
    assert [word in text["found"] for word in ("the Oars", "the Sails")] == [False, True]
    assert [word in text["named"] for word in ("the Oars", "the Tar", "the Sails")] == [True, True, False]


def test_a_file_that_was_not_exported_is_left_unless_it_is_said(run, filled, tmp_path):
    path = tmp_path / "mine.md"
    path.write_text("My own.\n", encoding="utf-8")

    out, err, status = run("export", "Oars", "--to", path)
    assert path.read_text(encoding="utf-8") == "My own.\n"
    assert (out, status) == ("", 1)
    assert err.startswith(f"{path} was left as it is")

    assert run("export", "Oars", "--to", path, "--overwrite")[2] == 0
    assert "the Oars" in path.read_text(encoding="utf-8")


def test_nothing_to_export_is_an_error_and_nowhere_to_put_it_wrong_usage(run, filled, tmp_path):
    assert run("export", "--starred", "--to", tmp_path / "out") == (
        "",
        "There are no stories to export.\n",
        1,
    )
    assert run("export", "Oars")[2] == 2
    assert run("export", "--to", tmp_path / "out")[2] == 2
    assert run("export", "Oars", "--starred", "--to", tmp_path / "out")[2] == 2
