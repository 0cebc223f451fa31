"""`tearsheet list`: the issues or the stories of the library."""

from __future__ import annotations

import argparse
import gc
from typing import TYPE_CHECKING

from reader.cli.console import print_json, print_lines, say_wrong
from reader.cli.opened import opened
from reader.cli.rows import issue_json, issue_lines, story_json, story_lines

if TYPE_CHECKING:
    from reader.model import IssueRow
    from reader.services.library import Library


EMPTY = "The library is empty. Take in a folder of issues with: tearsheet import FOLDER"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "list", help="list issues or stories", description="List issues (newest first) or stories."
    )
    command.add_argument("what", nargs="?", choices=("issues", "stories"), default="issues")
    command.add_argument("--newsletter", default="", metavar="NAME", help="only those of one newsletter")
    command.add_argument("--unread", action="store_true", help="only those with something to read")
    command.add_argument("--starred", action="store_true", help="only those with a star")
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.set_defaults(command=list_things)


def list_things(arguments: argparse.Namespace) -> int:
    """Print what was asked for; an empty library is said to be so, and is no error."""
    gc.disable()  # Twenty thousand rows are no garbage; looking through them takes a tenth of the time.
    try:
        with opened(arguments) as library:
            newsletter = library.find_newsletter(arguments.newsletter) if arguments.newsletter else ""
            printed = (_stories if arguments.what == "stories" else _issues)(library, arguments, newsletter)
            if not printed and not library.counts().issues:
                say_wrong(EMPTY)
    finally:
        gc.enable()
    return 0


def print_issues(library: Library, limit: int) -> None:
    """Print the newest issues."""
    rows = library.issues()[:limit]
    print_lines(issue_lines(rows))


def _issues(library: Library, arguments: argparse.Namespace, newsletter: str) -> int:
    rows = library.issues(view="starred" if arguments.starred else "all", newsletter=newsletter)
    if arguments.unread:
        rows = [row for row in rows if row.unread]
    _print_issues(rows, as_json=arguments.json)
    return len(rows)


def _print_issues(rows: list[IssueRow], *, as_json: bool) -> None:
    if as_json:
        print_json(map(issue_json, rows))
    else:
        print_lines(issue_lines(rows))


def _stories(library: Library, arguments: argparse.Namespace, newsletter: str) -> int:
    rows = library.stories(
        starred=True if arguments.starred else None,
        read=False if arguments.unread else None,
        newsletter=newsletter,
    )
    if arguments.json:
        print_json(map(story_json, rows))
    else:
        print_lines(story_lines(rows))
    return len(rows)
