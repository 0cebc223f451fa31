"""`tearsheet older`: get the issues that are older than what a newsletter's feed holds."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reader.cli.console import complain, count_of, print_json, printable, status_of
from reader.cli.opened import opened
from reader.cli.stopping import stopping, teller, wipe

if TYPE_CHECKING:
    from reader.services.importing import Report
    from reader.services.library import Library
    from reader.services.progress import Progress


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "older",
        help="get the older issues of a newsletter that is followed",
        description="Get the issues of a newsletter that its site still has and its feed holds no more. A"
        " site is asked one thing a second. Ctrl+C stops; the next time it goes on from there.",
    )
    command.add_argument("newsletter", metavar="NEWSLETTER", help="its name, its key, or the address")
    command.add_argument("--limit", type=_count, default=0, metavar="N", help="at most so many issues")
    command.add_argument("--json", action="store_true", help="print what came of it as one JSON object")
    command.set_defaults(command=older)


def older(arguments: argparse.Namespace) -> int:
    """Get older issues; 1 where something did not come in, 130 when stopped."""
    from reader.services import following

    with opened(arguments, searching=True) as library, stopping() as stopped:
        status = 0
        for one in following.followed_as(library, arguments.newsletter):
            report = take_older(library, one.address, arguments.limit, stopped)
            _tell(one.name, report, as_json=arguments.json)
            status = status or status_of(report)
    return status


def take_older(library: Library, address: str, limit: int, stopped: list[int]) -> Report:
    """Get the older issues of what is followed at an address, with progress on stderr; complain there too."""
    from reader.services import following
    from reader.services.older import older

    with following.fetcher_for(library, lambda: bool(stopped)) as fetches:
        report = older(
            library,
            address,
            fetches=fetches,
            limit=limit,
            progress=teller(_words),
            cancelled=lambda: bool(stopped),
        )
    wipe()
    complain(report)
    return report


def sentence(report: Report) -> str:
    """Return what came of it: "120 older issues came in, 3 did not."."""
    if not report.added and not report.problems and not report.cancelled:
        return "There are no older issues that are not here."
    failed = f", {len(report.problems):,} did not" if report.problems else ""
    stopped = " Stopped; the rest comes the next time." if report.cancelled else ""
    return f"{count_of(report.added, 'older issue')} came in{failed}.{stopped}"


def _tell(name: str, report: Report, *, as_json: bool) -> None:
    if as_json:
        told = {"added": report.added, "updated": report.updated, "cancelled": report.cancelled}
        problems = [problem._asdict() for problem in report.problems]
        print_json([{"newsletter": name, **told, "problems": problems}])
    else:
        print(printable(f"{name}: {sentence(report)}"))


def _words(progress: Progress) -> str:
    return f"{progress.done:,} of at least {progress.total:,} older issues"


def _count(typed: str) -> int:
    number = int(typed)
    if number < 1:
        raise argparse.ArgumentTypeError("the limit is a number from 1 on")
    return number
