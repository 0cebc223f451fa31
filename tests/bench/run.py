"""Measure speed and memory on seeded data, and say how each figure stands to its limit.

    run.py [--quick] [NAME ...]      names: window issue story search star scroll imports list splitting

Ratios are taken within one run, because machines are noisy. --quick uses a tenth of the data.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# What is installed is compiled; a start that compiles every module first would say nothing.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import make  # noqa: E402 - the path is set above
from bench import letters, screen  # noqa: E402

ISSUES = 20_000
STARTS = 11
"""How often a bare window and ours are started in turn: on a busy machine a few times say little."""


@dataclass(frozen=True)
class Figure:
    """What was measured, and what it may be at most (or at least, where more is better)."""

    name: str
    value: float
    unit: str
    limit: float
    more_is_better: bool = False

    @property
    def holds(self) -> bool:
        return self.value >= self.limit if self.more_is_better else self.value <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.more_is_better else "≤"
        verdict = "ok" if self.holds else "MISSED"
        return f"{self.name:58} {self.value:10.2f} {self.unit:9} {sign} {self.limit:<8g} {verdict}"


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def timed(call, *arguments, clock=time.perf_counter):
    began = clock()
    call(*arguments)
    return (clock() - began) * 1000


class Bench:
    """The measures, each a method that yields figures, over one library that is made once."""

    def __init__(self, folder: Path, issues: int, keep: Path | None = None) -> None:
        self.folder = folder
        self.issues = issues
        self.directory = (keep or folder) / f"library-of-{issues}"
        os.environ["TEARSHEET_SETTINGS"] = str(folder / "settings")
        os.environ["PYTHONPYCACHEPREFIX"] = str((keep or folder) / "compiled")

    def prepare(self):
        began = time.perf_counter()
        library = make.library(self.directory, 0 if self.directory.exists() else self.issues, words=60)
        counts = library.counts()
        library.close()
        spent = time.perf_counter() - began
        print(f"library: {counts.issues} issues, {counts.stories} stories, made in {spent:.0f} s", flush=True)

    # Whole processes

    def window(self):
        if not screen.available():
            print("window: left out, there is no Xvfb here")
            return
        ours = [sys.executable, "-m", "reader", "--library", str(self.directory)]
        bare = [sys.executable, str(HERE / "bare_window.py")]
        environment = {"TEARSHEET_SETTINGS": str(self.folder / "settings")}
        screen.settle(bare)
        screen.settle(ours, environment)
        runs = [(screen.settle(bare), screen.settle(ours, environment)) for _ in range(STARTS)]
        ratio = statistics.median(o.seconds / b.seconds for b, o in runs)
        seconds = statistics.median(o.seconds for _, o in runs)
        yield Figure(f"window settled ({seconds:.2f} s) over a bare window", ratio, "times", 1.8)
        yield Figure("memory of the window", statistics.median(o.megabytes for _, o in runs), "MB", 120)

    def list(self):
        command = [sys.executable, "-m", "reader", "--library", str(self.directory), "list"]
        times = [timed(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(7)]
        yield Figure("tearsheet list", statistics.median(times), "ms", 250)

    # In the window

    def issue(self):
        from bench import reading

        with reading.opened(self.directory) as hand:
            times = [hand.show_issue(row) for row in self.rows(hand)]
            yield Figure("an issue shown after its click", statistics.median(times), "ms", 30)

    def story(self):
        from bench import reading

        with reading.opened(self.directory) as hand:
            times = [hand.next_story() for _ in range(60)]
            yield Figure("a story shown", statistics.median(times), "ms", 15)

    def scroll(self):
        from bench import reading

        with reading.opened(self.directory) as hand:
            hand.show_long_issue()
            times = hand.scroll(200)
            yield Figure("a frame of scrolling, p95", percentile(times, 0.95), "ms", 16)

    def rows(self, hand):
        """Rows of the issue list that hold an issue, a few apart."""
        model = hand.issues.model()
        rows = range(3, model.rowCount(), max(1, model.rowCount() // 30))
        return [row for row in rows if model.can_choose(row)]

    # The library

    def search(self):
        from reader.model import parse_query

        typed = [
            "chip",
            "model desi",
            "the",
            "th",
            "t",
            "is:unread mod",
            "zo xiar",
            "而方",
            "newsletter:letter the",
            "an",
        ]
        typed += make.Prose(7).words[11:200:4]
        library = make.library(self.directory)
        beginnings = [word[:n] for word in typed for n in range(1, len(word) + 1)]
        times = [timed(library.search, parse_query(text)) for text in beginnings]
        library.close()
        yield Figure("search as you type, p95", percentile(times, 0.95), "ms", 30)
        yield Figure("search as you type, p50", statistics.median(times), "ms", 30)

    def star(self):
        from reader.services.importing import import_paths

        posts = letters.write_markdown(self.folder / "beside", 300)
        library = make.library(self.folder / "stars", 50)
        keys = [row.key for row in library.stories()]
        done, times = threading.Event(), []
        arguments = {"progress": lambda _: None, "cancelled": lambda: False}

        def bring_in():
            import_paths(library, [posts], **arguments)
            done.set()

        threading.Thread(target=bring_in).start()
        number = 0
        while not done.is_set():
            key = keys[number % len(keys)]
            times.append(timed(lambda key=key, on=number % 2 == 0: library.star([key], starred=on).result()))
            number += 1
            done.wait(0.02)
        library.close()
        yield Figure(
            f"a star on disk during an import, p99 of {len(times)}", percentile(times, 0.99), "ms", 60
        )

    def imports(self):
        from reader.services.importing import import_paths

        for name, write, least in (
            ("HTML", letters.write_html, 100),
            ("Markdown", letters.write_markdown, 40),
        ):
            folder = write(self.folder / name, 400 if self.issues >= ISSUES else 100)
            library = make.library(self.folder / f"library-{name}")
            began = time.perf_counter()
            report = import_paths(library, [folder], progress=lambda _: None, cancelled=lambda: False)
            spent = time.perf_counter() - began
            library.close()
            size = sum(path.stat().st_size for path in folder.iterdir()) / report.added / 1000
            title = f"import of {report.added} {name} issues of {size:.0f} kB"
            yield Figure(title, report.added / spent, "issues/s", least, more_is_better=True)

    def splitting(self):
        from reader.parsing.html import html_blocks
        from reader.parsing.markdown import markdown_blocks
        from reader.parsing.split import split

        for name, blocks, most in (
            ("HTML issue", html_blocks(letters.page(60_000)), 3),
            ("Markdown issue", markdown_blocks(letters.post(60_000)), 3),
            ("list of links", markdown_blocks(letters.listing(60_000)), 3),
        ):
            times = [timed(split, blocks, "Letter 1", clock=time.process_time) for _ in range(100)]
            yield Figure(f"splitting of a 60 kB {name}", statistics.median(times), "ms", most)


MEASURES = ("window", "list", "issue", "story", "scroll", "search", "star", "imports", "splitting")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="a tenth of the data")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--keep", type=Path, help="a folder to keep the data in, for the next run")
    chosen = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        bench = Bench(Path(folder), ISSUES // 10 if chosen.quick else ISSUES, chosen.keep)
        bench.prepare()
        for name in chosen.names or MEASURES:
            for figure in getattr(bench, name)():
                print(json.dumps(vars(figure)) if chosen.json else figure, flush=True)
                failed += not figure.holds
    return 1 if failed else 0


if __name__ == "__main__":
    # Import spawns processes that import this file again.
    sys.exit(main())
