"""A program that is killed in the middle: what it had told is kept, and the next start ends what it began."""

import random
import subprocess
import sys
from pathlib import Path

import make
import pytest
from faults import faults

from reader.services.newsletters import bring_back, remove, removed, settle_removed

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys, pathlib, threading
sys.path[:0] = [{tests!r}, {root!r}]
import make
from reader.services.newsletters import bring_back, remove
library = make.library(pathlib.Path({directory!r}))

def star():
    for key in {keys!r}:
        library.star([key], starred=True).result()
        print(key, flush=True)

print("ready", flush=True)
threading.Thread(target=star, daemon=True).start()
{deed}
library.close()
"""


def killed(directory, deed, keys, stars):
    """Do it in another process, kill that after so many stars, and return the keys of those that it told."""
    places = {"tests": str(ROOT / "tests"), "root": str(ROOT), "directory": str(directory)}
    code = PROGRAM.format(keys=keys, deed=deed, **places)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        told = [process.stdout.readline() for _ in range(stars)]
        process.kill()
        told += process.stdout.read().splitlines(keepends=True)
        return [line.strip() for line in told if line.endswith("\n")]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("deed", ["remove(library, 'letter-1')", "bring_back(library, 'letter-1')"])
def test_a_removal_or_a_return_that_is_killed_is_ended_by_the_next_start(tmp_path, deed):
    library = make.library(tmp_path, 240, newsletters=2, words=30)
    keys = [row.key for row in library.stories(newsletter="letter-0")][:60]
    library.star([row.key for row in library.stories(newsletter="letter-1")][:9], starred=True).result()
    library.close()
    chance = random.Random(3)
    for _ in range(5):
        library = make.library(tmp_path)
        (bring_back if "remove" in deed else remove)(library, "letter-1")
        library.star(keys, starred=False).result()
        library.close()

        told = killed(tmp_path, deed, keys, chance.randrange(25))

        library = make.library(tmp_path, listener=make.Heard())
        settle_removed(library)
        assert library.notices == ()
        assert library.ask(faults) == []
        assert all(library.state(key).starred for key in told)
        here, gone = len(library.issues(newsletter="letter-1")), [one.issues for one in removed(library)]
        assert (here, gone) in ((120, []), (0, [120]))
        bring_back(library, "letter-1")
        assert len(library.stories(newsletter="letter-1", starred=True)) == 9
        library.close()
