"""`tearsheet` alone, or with a path: the window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reader.cli.console import say_wrong
from reader.cli.importing import take_paths_in
from reader.cli.listing import EMPTY, print_issues
from reader.cli.opened import opened

NAMES = ("window",)

_NEWEST = 20


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command; it need not be typed and is not listed."""
    command = commands.add_parser("window")
    command.add_argument("paths", nargs="*", metavar="PATH")
    command.set_defaults(command=open_window)


def has_display() -> bool:
    """Whether a window can be opened: without a display Qt ends the whole program."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def open_window(arguments: argparse.Namespace) -> int:
    """Open the window and take the paths in; without a display do in the terminal what can be done there."""
    if not has_display():
        say_wrong("There is no display to open a window on; here are the newest issues instead.")
        return show_in_terminal(arguments, arguments.paths)
    from reader.paths import library_directory

    return int(arguments.window.open(library_directory(arguments.library), list(map(Path, arguments.paths))))


def show_in_terminal(arguments: argparse.Namespace, paths: Sequence[str]) -> int:
    """Take the paths in and print the newest issues of the library."""
    with opened(arguments) as library:
        if paths:
            take_paths_in(library, paths, "", [])
        print_issues(library, _NEWEST)
        if not library.counts().issues:
            say_wrong(EMPTY)
    return 0
