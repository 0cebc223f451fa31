"""Imports in programs of their own: killed in the middle, or two at once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import make
import pytest

from reader.model import parse_query
from reader.services.importing import import_paths

ROOT = Path(__file__).parents[2]
IMPORTS = """
import pathlib, sys
sys.path[:0] = [{tests!r}, {root!r}]
import make
from reader.services.importing import import_paths
if __name__ == "__main__":
    library = make.library(pathlib.Path({library!r}))
    tell = lambda progress: progress.looking or (print(progress.done, flush=True), sys.stdin.readline())
    report = import_paths(library, [{letters!r}], progress=tell)
    library.close()
    print(f"{{report.added}} new, {{len(report.problems)}} problems")
"""
COUNT = 80
BODY = "Some words about it, and more of them, so that there is something to read.\n\n" * 20


@pytest.fixture
def letters(tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(1, COUNT + 1):
        write(folder, number)
    return folder


def write(folder, number, more=""):
    (folder / f"issue-{number}.md").write_text(
        f"---\ntitle: 'The Boat {number}: Boat{number:03}'\ndate: 2020-01-01\n---\n\n{BODY}{more}\n", "utf-8"
    )


def importing(directory, letters, stdin=subprocess.DEVNULL):
    """A program that imports the letters and tells of each file that it is done with.

    Given a pipe, it goes on to the next file when a line comes through that.
    """
    script = directory / "imports.py"
    places = {"tests": str(ROOT / "tests"), "root": str(ROOT), "letters": str(letters)}
    script.write_text(IMPORTS.format(library=str(directory / "library"), **places), "utf-8")
    return subprocess.Popen(
        [sys.executable, "-W", "error", script],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def is_whole(library):
    """Nothing is there twice, nothing by half, and each story can be found."""
    rows = library.stories()
    assert len({row.title for row in rows}) == len(rows) == library.counts().issues
    library.settle()
    for row in rows:
        assert [hit.story.key for hit in library.search(parse_query(row.title.split()[-1]))] == [row.key]
    return True


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs POSIX signals")
def test_an_import_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing(tmp_path, letters):
    starred = set()
    for turn, files in enumerate((1, 20, 7)):
        with importing(tmp_path, letters, subprocess.PIPE) as program:
            for number in range(files):
                assert program.stdout.readline()
                if number + 1 < files:
                    program.stdin.write("\n")
                    program.stdin.flush()
            os.killpg(program.pid, signal.SIGKILL)
        library = make.library(tmp_path / "library", listener=make.Heard())
        assert library.notices == ()
        assert {row.key for row in library.stories(starred=True)} == starred
        assert is_whole(library)
        if keys := [row.key for row in library.stories() if row.key not in starred]:
            library.star(keys[:1], starred=True).result()
            starred.add(keys[0])
        library.close()
        write(letters, COUNT - turn, f"A correction, number {turn}.\n")  # it has come in, or has not

    library = make.library(tmp_path / "library", listener=make.Heard())
    before = library.counts().issues
    report = import_paths(library, [letters])

    assert before < COUNT
    assert (report.added, report.problems) == (COUNT - before, ())
    assert library.counts().issues == COUNT
    assert {row.key for row in library.stories(starred=True)} == starred
    assert is_whole(library)
    library.close()


def test_two_programs_that_import_the_same_at_once_lose_nothing_and_double_nothing(tmp_path, letters):
    ours = make.library(tmp_path / "library", listener=(heard := make.Heard()))
    with importing(tmp_path, letters) as program:
        report = import_paths(ours, [letters])
        out, err = program.communicate()

    assert err == ""
    theirs = out.splitlines()[-1]
    assert theirs == f"{COUNT - report.added} new, 0 problems"
    assert report.problems == ()
    assert heard.errors == []
    assert ours.counts().issues == COUNT
    assert is_whole(ours)
    ours.close()


def test_a_worker_loads_neither_the_database_nor_the_window(letters):
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from reader.importers import importers
from reader.services.reading import FileJob, look, take
from reader.services.workers import Workers
for file in sys.argv[1:]:
    job = FileJob(importers()["folder"], file)
    print(look(job)[0].head.number, len(take(job).parsed.stories))
print(sorted({{name.partition(".")[0] for name in sys.modules}} & {{"sqlite3", "PySide6", "argparse"}}))
"""
    files = sorted(map(str, letters.iterdir()))[:1]
    said = subprocess.run([sys.executable, "-c", program, *files], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[1:] == ["[]"]
