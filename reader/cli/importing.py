"""`tearsheet import`: take files and folders in."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reader.cli.console import columns, count_of, fit, say_wrong
from reader.cli.opened import opened

if TYPE_CHECKING:
    from pathlib import Path

    from reader.services.importing import Progress, Report
    from reader.services.library import Library


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "import",
        help="take files and folders in",
        description="Take in files and folders of Markdown, HTML and text. What has not changed stays.",
    )
    command.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder and all that is in it")
    command.add_argument(
        "--newsletter", default="", metavar="NAME", help="the newsletter that all of it belongs to"
    )
    command.set_defaults(command=take_in)


def take_in(arguments: argparse.Namespace) -> int:
    """Take the paths in, and say what came of it; 1 where nothing could be taken in, 130 when stopped."""
    with opened(arguments, searching=True) as library, _stop() as stopped:
        report = take_paths_in(library, arguments.paths, arguments.newsletter, stopped)
    if report.cancelled:
        return 130
    return 1 if report.problems and not _any_came(report) else 0


def take_paths_in(
    library: Library, paths: Sequence[str | Path], newsletter: str, stopped: list[int]
) -> Report:
    """Take the paths in with progress on stderr, and print what came of it."""
    from reader.services.importing import import_paths

    report = import_paths(
        library,
        paths,
        newsletter=newsletter,
        progress=_show if sys.stderr.isatty() else _show_nothing,
        cancelled=lambda: bool(stopped),
    )
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    for problem in (*report.warnings, *report.problems):
        say_wrong(f"{problem.path}: {problem.reason}")
    print(sentence(report))
    return report


def sentence(report: Report) -> str:
    """Return what came of an import: "12 issues came in, 1 updated, 400 unchanged"."""
    if not _any_came(report) and report.problems:
        return "No issues came in."
    parts = [f"{count_of(report.added, 'issue')} came in"]
    if report.updated:
        parts.append(f"{report.updated:,} updated")
    if report.unchanged:
        parts.append(f"{report.unchanged:,} unchanged")
    if report.problems:
        parts.append(f"{len(report.problems):,} left out")
    stopped = " Stopped; the rest comes in with the next import." if report.cancelled else ""
    return ", ".join(parts) + "." + stopped


def _any_came(report: Report) -> bool:
    return bool(report.added or report.updated or report.unchanged)


@contextmanager
def _stop() -> Iterator[list[int]]:
    """Let the first Ctrl+C stop the import after the issue under way; the second ends the program."""
    pressed: list[int] = []

    def press(number: int, frame: Any) -> None:
        if pressed:
            signal.default_int_handler(number, frame)
        pressed.append(number)

    try:
        before = signal.signal(signal.SIGINT, press)
    except ValueError:  # not the main thread: whoever runs us there stops us
        yield pressed
        return
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _show(progress: Progress) -> None:
    doing = "Looking at" if progress.looking else "Taking in"
    far = f"{progress.done:,} of {progress.total:,}" if progress.total else "files…"
    line = fit(f"{doing} {far}  {progress.name}", min(columns(), 100) - 1)
    print(f"\r{line}", end="", file=sys.stderr, flush=True)


def _show_nothing(_progress: Progress) -> None:
    return
