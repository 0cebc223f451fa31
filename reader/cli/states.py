"""`tearsheet star`, `unstar`, `read` and `unread`."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from reader.cli.console import count_of
from reader.cli.opened import opened

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reader.model import Change
    from reader.services.library import Library


_DONE = {
    "star": "Starred",
    "unstar": "Took the star from",
    "read": "Marked as read",
    "unread": "Marked as unread",
}
_HELP = {
    "star": "star stories",
    "unstar": "take their star",
    "read": "mark stories as read",
    "unread": "mark as unread",
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    for name, said in _HELP.items():
        command = commands.add_parser(name, help=said)
        command.add_argument(
            "stories", nargs="+", metavar="KEY", help="a story's key, a start of it, or its title"
        )
        command.set_defaults(command=partial(_mark, name))


def _mark(name: str, arguments: argparse.Namespace) -> int:
    """Mark every story named, or none of them when one cannot be found."""
    with opened(arguments) as library:
        keys = list(dict.fromkeys(library.find_story(story) for story in arguments.stories))
        _write(library, name, keys).result()
    print(f"{_DONE[name]}: {count_of(len(keys), 'story', 'stories')}.")
    return 0


def _write(library: Library, name: str, keys: list[str]) -> Future[Change]:
    if name in ("star", "unstar"):
        return library.star(keys, starred=name == "star")
    return library.mark_read(keys, read=name == "read")
