"""`tearsheet split`: how files are split into stories, without taking them in."""

from __future__ import annotations

import argparse
import gc
from typing import Any

from reader.cli.console import print_json, printable, say_wrong

_MADE = 10_000
"""Objects after which garbage is looked for: of what a file is split into hardly anything is any."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser(
        "split",
        help="show how files are split into stories",
        description="Show the stories of files, without taking them into the library.",
    )
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--json", action="store_true", help="one JSON object a line, one for each file")
    command.add_argument(
        "--together",
        action="store_true",
        help="the files are issues of one newsletter: the form of most decides the odd one",
    )
    command.set_defaults(command=split)


def split(arguments: argparse.Namespace) -> int:
    """Print what each file is split into; 1 where one could not be read."""
    held = gc.get_threshold()
    gc.set_threshold(_MADE)
    try:
        return _print_all(arguments)
    finally:
        gc.set_threshold(*held)


def _print_all(arguments: argparse.Namespace) -> int:
    from reader.services.splitting import split_files

    status = 0
    for issue in split_files(arguments.files, together=arguments.together):
        if arguments.json:
            print_json([issue])
        elif "error" not in issue:
            _print(issue)
        if "error" in issue:
            status = say_wrong(f"{issue['file']}: {issue['error']}")
    return status


def _print(issue: dict[str, Any]) -> None:
    print(printable(f"{issue['title']}  ({issue['file']})"))
    for number, story in enumerate(issue["stories"], 1):
        section = f"{story['section']} / " if story["section"] else ""
        print(printable(f"{number:>4}  {section}{story['title']}"))
