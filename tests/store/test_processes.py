import subprocess
import sys
from pathlib import Path

import make
import pytest

ROOT = Path(__file__).parents[2]

STARS = """
import sys, pathlib
sys.path[:0] = [{tests!r}, {root!r}]
import make
library = make.library(pathlib.Path({directory!r}))
keys = {keys!r}
for turn in range(1000):
    for key in keys:
        library.star([key], starred=turn % 2 == 0).result()
        print(f"{{turn % 2 == 0:d}} {{key}}", flush=True)
    if {once}:
        break
library.close()
"""


def starring(directory, keys, *, once=False):
    """A program that stars the stories, and unstars them, and so on, and tells of each that is on disk."""
    places = {"tests": str(ROOT / "tests"), "root": str(ROOT), "directory": str(directory)}
    code = STARS.format(keys=keys, once=once, **places)
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.timeout(300)
def test_no_star_that_was_told_is_lost_when_the_program_is_killed(tmp_path):
    made = make.library(tmp_path, 10)
    keys = sorted(row.key for row in made.stories())
    made.close()
    told = {}
    for turn in range(20):
        with starring(tmp_path, keys) as process:
            for _ in range(1 + turn * 3):
                starred, key = process.stdout.readline().split()
                told[key] = starred == "1"
            process.kill()
            rest = process.stdout.read().splitlines()
        told |= {
            line.split()[1]: line.split()[0] == "1"
            for line in rest
            if line.count(" ") == 1 and line.split()[1] in keys
        }
        library = make.library(tmp_path, listener=make.Heard())
        # The very last one may be on disk without having been told.
        assert sum(library.state(key).starred != starred for key, starred in told.items()) <= 1
        assert library.counts().starred == len(library.stories(starred=True))
        told = {key: library.state(key).starred for key in told}
        assert library.notices == ()
        library.close()
        # The database may be lost too: the journal alone has all of it.
        if turn % 7 == 0:
            for path in tmp_path.glob("library.*"):
                path.unlink()
            bare = make.library(tmp_path, listener=make.Heard())
            assert {key: bare.state(key).starred for key in told} == told
            for parsed in make.issues(10):
                bare.put(parsed).result()
            bare.close()


def test_two_programs_write_at_once_and_nothing_is_lost(tmp_path):
    ours = make.library(tmp_path, 12, listener=(heard := make.Heard()))
    keys = sorted(row.key for row in ours.stories())
    with starring(tmp_path, keys[0::2], once=True) as theirs:
        for key in keys[1::2]:
            ours.mark_read([key], read=True).result()
        for number in range(20):
            ours.put(make.issue(number=str(number))).result()
        out, err = theirs.communicate()
    assert err == ""
    assert len(out.splitlines()) == len(keys[0::2])
    assert heard.errors == []
    assert {row.key for row in ours.stories(starred=True)} == set(keys[0::2])
    assert {row.key for row in ours.stories(read=True)} == set(keys[1::2])
    assert ours.poll().stories == set(keys[0::2])
    ours.close()
    for path in tmp_path.glob("library.db*"):
        path.unlink()
    again = make.library(tmp_path, listener=make.Heard())
    assert {key for key in keys if again.state(key).starred} == set(keys[0::2])
    assert {key for key in keys if again.state(key).read} == set(keys[1::2])
    again.close()
