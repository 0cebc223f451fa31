import os
import signal

from reader.services import importing as service


def test_a_folder_is_taken_in_and_what_came_of_it_is_said(run, letters):
    assert run("import", letters) == ("2 issues came in.\n", "", 0)
    assert run("import", letters) == ("0 issues came in, 2 unchanged.\n", "", 0)


def test_a_changed_file_is_said_to_be_updated(run, letters):
    run("import", letters)
    path = letters / "issue-1.md"
    path.write_text(path.read_text(encoding="utf-8").replace("some more", "much more"), encoding="utf-8")

    assert run("import", path) == ("0 issues came in, 1 updated.\n", "", 0)


def test_what_could_not_be_read_is_named_with_the_reason_and_the_rest_comes_in(run, letters):
    (letters / "empty.md").touch()

    out, err, status = run("import", letters)

    assert out == "2 issues came in, 1 left out.\n"
    assert err == f"{letters / 'empty.md'}: The file is empty.\n"
    assert status == 0


def test_where_nothing_comes_in_the_status_tells(run, tmp_path):
    out, err, status = run("import", tmp_path / "nowhere")

    assert (out, status) == ("No issues came in.\n", 1)
    assert err == f"{tmp_path / 'nowhere'}: There is nothing of that name.\n"


def test_a_folder_that_holds_nothing_that_is_read_is_said_to(run, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "letter.raw").write_text("From: me\n\nWords.\n", encoding="utf-8")

    out, err, status = run("import", folder)

    assert (out, status) == ("No issues came in.\n", 1)
    assert err == (
        f"{folder}: No issues were found here: "
        "Tearsheet reads .md, .markdown, .mdown, .rst, .org, .txt, .html, .htm and .eml files, mbox files and Maildirs. "
        "An export of another reader or site is opened by itself.\n"
    )


def test_what_came_in_and_was_odd_is_named_with_the_reason(run, tmp_path):
    path = tmp_path / "odd.md"
    path.write_text("---\ntitle: One: two\ndate: 2020-02-31\n---\nWords.\n", encoding="utf-8")

    out, err, status = run("import", path)

    assert (out, status) == ("1 issue came in.\n", 0)
    assert err.splitlines() == [
        f"{path}: The front matter is not valid YAML (line 2); it was read line by line.",
        f"{path}: There is no such date as “2020-02-31”.",
    ]


def test_the_newsletter_can_be_named(run, letters):
    run("import", letters, "--newsletter", "Boats & Co")

    assert "Boats & Co 2" in run("list")[0]


def test_ctrl_c_keeps_what_came_in(run, letters, monkeypatch, library):
    put = service._Import._keep

    def keep_and_press(self, job, parsed):
        put(self, job, parsed)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(service._Import, "_keep", keep_and_press)

    out, err, status = run("import", letters)

    assert (out, err, status) == (
        "1 issue came in. Stopped; the rest comes in with the next import.\n",
        "",
        130,
    )
    assert library.counts().issues == 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
