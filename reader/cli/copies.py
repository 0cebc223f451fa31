"""`tearsheet copies`: find the issues that are in the library more than once, and make one of each."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reader.cli.console import count_of, print_json, printable
from reader.cli.opened import opened
from reader.cli.stopping import stopping, teller, wipe

if TYPE_CHECKING:
    from reader.services.copies import Found, Same
    from reader.services.progress import Progress


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "copies",
        help="find issues that are here twice, and make one of them",
        description="Look for issues that came in twice (by mail and from the web, say) before they were"
        " known as copies, and make one of them. The fullest text is shown, the others are kept; stars,"
        " notes, tags and what was read are united.",
    )
    command.add_argument("--dry-run", action="store_true", help="only say what would be united")
    command.add_argument("--json", action="store_true", help="one JSON object a line, one for each issue")
    command.set_defaults(command=copies)


def copies(arguments: argparse.Namespace) -> int:
    """Look for copies, and say what became one; 130 when stopped."""
    from reader.services.copies import find_copies

    with opened(arguments, searching=True) as library, stopping() as stopped:
        found = find_copies(
            library,
            dry_run=arguments.dry_run,
            progress=teller(_words),
            cancelled=lambda: bool(stopped),
        )
    wipe()
    if arguments.json:
        print_json(map(_as_json, found.same))
    else:
        _print(found, dry_run=arguments.dry_run)
    return 130 if found.cancelled else 0


def _words(progress: Progress) -> str:
    return f"Looking at {progress.done:,} of {progress.total:,}"


def _as_json(one: Same) -> dict[str, object]:
    others = [{"issue": key, "label": label} for key, label in one.others]
    return {"issue": one.key, "label": one.label, "copies": others}


def _print(found: Found, *, dry_run: bool) -> None:
    for one in found.same:
        for key, label in one.others:
            print(printable(f"{one.label} ({one.key}) = {label} ({key})"))
    print(_sentence(found, dry_run=dry_run))


def _sentence(found: Found, *, dry_run: bool) -> str:
    """Return what came of it: "3 of 412 issues are copies of others, and one with them now."."""
    count = sum(len(one.others) for one in found.same)
    stopped = " Stopped; the rest stays as it was." if found.cancelled else ""
    if not count:
        return f"None of {count_of(found.issues, 'issue')} is a copy of another.{stopped}"
    copy = "is a copy of another" if count == 1 else "are copies of others"
    done = "" if dry_run else ", and one with it now" if count == 1 else ", and one with them now"
    return f"{count:,} of {count_of(found.issues, 'issue')} {copy}{done}.{stopped}"
