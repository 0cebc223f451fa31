import make
import pytest

from reader.__main__ import main


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def library(tmp_path):
    """The library that every command opens; a test may look into it, and write."""
    opened = make.library(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture
def run(capsys):
    """Run the program with some words; what it printed, what it complained of, and its exit status."""

    def run(*words):
        capsys.readouterr()
        status = main([str(word) for word in words])
        printed = capsys.readouterr()
        return printed.out, printed.err, status

    return run


@pytest.fixture
def letters(tmp_path):
    """A folder with two issues of three and two stories."""
    folder = tmp_path / "The Boat"
    folder.mkdir()
    for number, names in ((1, ("Oars", "Sails", "Ropes")), (2, ("Tar", "帆船的故事"))):
        stories = "".join(
            f"- [{name}](https://example.com/{name}): words about the {name}, and some more.\n"
            for name in names
        )
        text = f"---\ntitle: 'The Boat {number}: News'\ndate: 2020-01-0{number}\n---\n\n## News\n\n{stories}"
        (folder / f"issue-{number}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def filled(run, letters):
    """The two issues, taken in."""
    run("import", letters)
