"""`tearsheet import`: take files and folders in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli.console import complain, count_of
from reader.cli.opened import opened
from reader.cli.stopping import stopping, teller, wipe

if TYPE_CHECKING:
    from pathlib import Path

    from reader.services.importing import Progress, Report
    from reader.services.library import Library


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "import",
        help="take files and folders in",
        description="Take in files and folders of Markdown, HTML, text and mail, mbox files and Maildirs."
        " What has not changed stays.",
    )
    command.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder and all that is in it")
    command.add_argument(
        "--newsletter", default="", metavar="NAME", help="the newsletter that all of it belongs to"
    )
    command.set_defaults(command=take_in)


def take_in(arguments: argparse.Namespace) -> int:
    """Take the paths in, and say what came of it; 1 where nothing could be taken in, 130 when stopped."""
    with opened(arguments, searching=True) as library, stopping() as stopped:
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
        progress=teller(_words),
        cancelled=lambda: bool(stopped),
    )
    wipe()
    complain(report)
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


def _words(progress: Progress) -> str:
    doing = "Looking at" if progress.looking else "Taking in"
    return f"{doing} {progress.done:,} of {progress.total:,}" if progress.total else f"{doing} files…"
