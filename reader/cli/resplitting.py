"""`tearsheet resplit`: split what is in the library again, with the splitter as it is now."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reader.cli.console import count_of, print_json, printable, say_wrong
from reader.cli.opened import opened
from reader.cli.stopping import stopping, teller, wipe

if TYPE_CHECKING:
    from reader.services.resplitting import Changed, Progress, Resplit


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "resplit",
        help="split what is in the library again",
        description="Split issues of the library again, as this version of the program does. Stars, notes,"
        " tags and what was read go with the stories, and what you corrected stays corrected.",
    )
    command.add_argument("newsletter", nargs="?", default="", metavar="NEWSLETTER", help="only its issues")
    command.add_argument("--dry-run", action="store_true", help="only say what would change")
    command.add_argument("--json", action="store_true", help="one JSON object a line, one for each issue")
    command.set_defaults(command=resplit)


def resplit(arguments: argparse.Namespace) -> int:
    """Split again, and say what moved; 1 where an issue could not be split, 130 when stopped."""
    from reader.services.resplitting import resplit

    with opened(arguments, searching=True) as library, stopping() as stopped:
        key = library.find_newsletter(arguments.newsletter) if arguments.newsletter else ""
        report = resplit(
            library,
            key,
            dry_run=arguments.dry_run,
            progress=teller(_words),
            cancelled=lambda: bool(stopped),
        )
    wipe()
    for problem in (*report.warnings, *report.problems):
        say_wrong(f"{problem.path}: {problem.reason}")
    if arguments.json:
        print_json(map(_as_json, report.changed))
    else:
        _print(report, dry_run=arguments.dry_run)
    if report.cancelled:
        return 130
    return 1 if report.problems else 0


def _words(progress: Progress) -> str:
    return f"Splitting {progress.done:,} of {progress.total:,}"


def _as_json(one: Changed) -> dict[str, object]:
    return {
        "issue": one.issue,
        "label": one.label,
        "stories": one.stories,
        "moved": [{"before": before, "after": after} for before, after in one.moved],
        "gone": list(one.gone),
    }


def _print(report: Resplit, *, dry_run: bool) -> None:
    for one in report.changed:
        print(printable(f"{one.label}: {count_of(one.stories, 'story', 'stories')} now"))
        for before, after in one.moved:
            print(printable(f"  {before} → {after}"))
        for title in one.gone:
            print(printable(f"  {title} is no story any more; what you did with it is kept."))
    print(_sentence(report, dry_run=dry_run))


def _sentence(report: Resplit, *, dry_run: bool) -> str:
    """Return what came of it: "3 of 412 issues are split differently now."."""
    count = f"{len(report.changed):,} of {count_of(report.issues, 'issue')}"
    one = len(report.changed) == 1
    said = "would be split differently" if dry_run else f"{'is' if one else 'are'} split differently now"
    stopped = " Stopped; the rest stays as it was." if report.cancelled else ""
    return f"{count} {said}.{stopped}" if report.changed else f"{_all(report)}{stopped}"


def _all(report: Resplit) -> str:
    if report.issues == 1:
        return "1 issue is split as before."
    return f"All {report.issues:,} issues are split as before." if report.issues else "There are no issues."
