"""The program as a whole: its usage, its way out, and what it loads."""

import os
import subprocess
import sys
import types

import pytest

import reader
from reader.cli import console
from reader.services.sample import sample_folder

COMMANDS = {
    "copies",
    "import",
    "follow",
    "refresh",
    "unfollow",
    "newsletters",
    "mailbox",
    "list",
    "show",
    "search",
    "star",
    "unstar",
    "read",
    "unread",
    "export",
    "split",
    "resplit",
    "forms",
    "older",
    "opml",
    "screenshot",
}


def test_its_version_and_its_help(run):
    assert run("--version") == (f"Tearsheet {reader.__version__}\n", "", 0)
    out, _, status = run("--help")
    assert status == 0
    assert {line.split()[0] for line in out.splitlines() if line.startswith("    ")} == COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(run, command):
    out, err, status = run(command, "--help")

    assert out.startswith(f"usage: tearsheet {command}")
    assert (err, status) == ("", 0)


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["list", "--fast"],
        ["star"],
        ["show"],
        ["list", "letters"],
        ["screenshot", "x.png", "--size", "big"],
    ],
)
def test_wrong_usage_is_one_sentence_and_status_2(run, words):
    out, err, status = run(*words)

    assert (out, status) == ("", 2)
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_what_is_no_command_and_no_file_is_said_to_be_neither(run):
    assert run("fly", "away") == (
        "",
        "There is no command “fly”, and no file or folder of that name. See: tearsheet --help\n",
        2,
    )


def test_the_library_can_be_elsewhere(run, letters, tmp_path):
    run("--library", tmp_path / "other", "import", letters)

    assert "The Boat 2" in run("--library", tmp_path / "other", "list")[0]
    assert "The Boat 2" in run("list", "--library", tmp_path / "other")[0]
    assert run("list")[0] == ""


def test_a_library_that_cannot_be_opened_is_one_sentence(run, tmp_path):
    (tmp_path / "file").touch()

    out, err, status = run("--library", tmp_path / "file", "list")

    assert (out, status) == ("", 1)
    assert err.count("\n") == 1


@pytest.fixture
def window(monkeypatch):
    """Stands in for the window: what it was opened with."""
    opened = []
    app = types.ModuleType("reader.ui.app")
    app.run = lambda library, paths: opened.append((library, paths)) or 0
    monkeypatch.setitem(sys.modules, "reader.ui.app", app)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return opened


def test_alone_it_opens_the_window_and_a_path_is_taken_in_there(run, window, letters, tmp_path):
    assert run() == ("", "", 0)
    assert run("--library", tmp_path / "other", letters)[2] == 0

    assert window == [(tmp_path / "library", []), (tmp_path / "other", [letters])]


def test_the_sample_is_taken_in_when_the_library_is_empty_and_only_then(run, window, letters):
    assert run("window", "--sample")[2] == 0
    run("import", letters)
    assert run("window", "--sample")[2] == 0

    assert [paths for _, paths in window] == [[sample_folder()], []]


def test_without_a_display_it_says_so_and_shows_the_same_in_the_terminal(run, window, letters, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    out, err, status = run(letters)

    assert window == []
    assert status == 0
    assert err == "There is no display to open a window on; here is the same in the terminal.\n"
    assert "The Boat 2" in out
    assert "1 of 2" in out
    assert "The library is empty" not in run()[1]


def test_a_screenshot_is_drawn_by_the_window(run, monkeypatch, tmp_path):
    drawn = []
    module = types.ModuleType("reader.ui.screenshot")
    module.screenshot = lambda path, **more: drawn.append((path, more)) or 0
    monkeypatch.setitem(sys.modules, "reader.ui.screenshot", module)

    status = run(
        "screenshot", "a.png", "--theme", "dark", "--scale", "2", "--size", "900x600", "--story", "x"
    )[2]

    assert status == 0
    assert drawn[0][1] == {
        "theme": "dark", "scale": 2.0, "size": (900, 600), "issue": "", "story": "x", "library": tmp_path / "library",
    }  # fmt: skip


def program(*words, code="", **more):
    script = code or "import sys; from reader.__main__ import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, words)], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"}, **more,
    )  # fmt: skip


LOADED = """
import sys
from reader.__main__ import main
status = main(sys.argv[1:])
print([name for name in sys.modules if name.partition(".")[0] in
    ("PySide6", "markdown", "selectolax", "yaml", "frontmatter", "platformdirs") or name.startswith("reader.parsing")])
sys.exit(status)
"""


@pytest.mark.parametrize(
    "words", [["list"], ["list", "stories", "--json"], ["show", "Oars"], ["search", "oars"], ["star", "Oars"]]
)
def test_what_only_reads_the_library_loads_neither_qt_nor_a_parser(filled, words):
    done = program(*words, code=LOADED)

    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "[]"


def test_taking_in_and_splitting_load_no_qt(letters):
    for words in (
        ["import", letters],
        ["split", letters / "issue-1.md"],
        ["export", "Oars", "--to", letters.parent / "out"],
    ):
        done = program(
            *words,
            code=LOADED.replace(
                '"markdown", "selectolax", "yaml", "frontmatter", "platformdirs"', ""
            ).replace(' or name.startswith("reader.parsing")', ""),
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1] == "[]"


def test_it_is_run_as_a_module(filled):
    done = subprocess.run(
        [sys.executable, "-m", "reader", "list"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        encoding="utf-8",
    )

    assert "The Boat 2" in done.stdout
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break in another way there")
def test_whoever_reads_may_go_away(filled):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "reader", "list", "stories"],
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)

    assert done.stderr == b""
    assert done.returncode == 141


def test_ctrl_c_is_quiet(run, monkeypatch):
    def pressed(*_words):
        raise KeyboardInterrupt

    monkeypatch.setattr("reader.cli._run", pressed)

    assert run("list") == ("", "", 130)


def test_an_alphabet_that_the_terminal_lacks_is_no_error(filled):
    done = subprocess.run(
        [sys.executable, "-m", "reader", "list", "stories"], capture_output=True, timeout=60, check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )  # fmt: skip

    assert done.returncode == 0
    assert "帆船的故事".encode() in done.stdout


def test_words_are_cut_and_wrapped_by_the_columns_they_take():
    assert console.fit("帆船的故事", 6) == "帆船… "
    assert console.fit("boat", 6) == "boat  "
    assert console.fit("e\u0301a", 2) == "e\u0301a"
    assert list(console.wrapped("one two three", 8, "- ", "  ")) == ["- one", "  two", "  three"]
    assert list(console.wrapped("帆船的故事", 6)) == ["帆船的", "故事"]
    assert list(console.wrapped("a\nb", 10, "> ", "> ")) == ["> a", "> b"]
    assert list(console.wrapped("unbreakably", 4, "- ", "  ")) == ["- unbreakably"]
