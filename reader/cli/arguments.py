"""What may be typed after the program's name."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import NoReturn

from reader import __version__

COMMANDS = {
    "import": "importing",
    "follow": "following",
    "refresh": "following",
    "older": "older",
    "unfollow": "following",
    "newsletters": "following",
    "mailbox": "mailbox",
    "list": "listing",
    "show": "showing",
    "search": "searching",
    "star": "states",
    "unstar": "states",
    "read": "states",
    "unread": "states",
    "export": "exporting",
    "split": "splitting",
    "resplit": "resplitting",
    "forms": "forms",
    "opml": "opml",
    "copies": "copies",
    "screenshot": "pictures",
    "window": "window",
}
"""The module that has each command."""
_NAMELESS = """\
With no command the window opens; with the path of a file or a folder it opens and takes that in.
A story or an issue is named by its key, by any start of it that names only one, or by its title in quotes.
"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        sentence = message[:1].upper() + message[1:]
        print(f"{sentence}. See: {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def parser(command: str = "") -> argparse.ArgumentParser:
    """Return the parser of one command, or of all; `arguments.command(arguments)` then runs what was typed.

    Only the command that was typed is loaded, so that it starts soon.
    """
    whole = _Parser(
        prog="tearsheet",
        description="Read newsletters story by story.",
        epilog=_NAMELESS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"Tearsheet {__version__}")
    whole.add_argument("--library", metavar="DIR", help="the library's directory (else $TEARSHEET_LIBRARY)")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    for module in [COMMANDS[command]] if command in COMMANDS else dict.fromkeys(COMMANDS.values()):
        import_module(f"reader.cli.{module}").add(commands)
    for choice in commands.choices.values():  # it may be said after the command too
        choice.add_argument("--library", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return whole
