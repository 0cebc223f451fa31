"""`tearsheet` alone, or with a path: the window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reader.cli.console import say_wrong
from reader.cli.opened import opened

_NEWEST = 20


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command; it need not be typed and is not listed."""
    command = commands.add_parser("window")
    command.add_argument("paths", nargs="*", metavar="PATH")
    command.add_argument("--sample", action="store_true", help="take in the sample when the library is empty")
    command.set_defaults(command=open_window)


def has_display() -> bool:
    """Whether a window can be opened: without a display Qt ends the whole program."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def open_window(arguments: argparse.Namespace) -> int:
    """Open the window and take the paths in; without a display show the same in the terminal."""
    paths = [*map(Path, arguments.paths), *_sample(arguments)]
    if not has_display():
        say_wrong("There is no display to open a window on; here is the same in the terminal.")
        return show_in_terminal(arguments, paths)
    from reader.paths import library_directory

    return int(arguments.window.open(library_directory(arguments.library), paths))


def show_in_terminal(arguments: argparse.Namespace, paths: Sequence[Path]) -> int:
    """Take the paths in; print what the three panes would show: issues, stories of the newest, the first."""
    from reader.cli.importing import take_paths_in
    from reader.cli.listing import EMPTY, print_issues
    from reader.cli.showing import show_issue, show_stories

    with opened(arguments, searching=True) as library:
        if paths:
            take_paths_in(library, paths, "", [])
        print_issues(library, _NEWEST)
        if not (issues := library.issues()):
            say_wrong(EMPTY)
            return 0
        print()
        show_issue(library, issues[0].key)
        print()
        show_stories(library, [row.key for row in library.stories(issue=issues[0].key)][:1])
    return 0


def _sample(arguments: argparse.Namespace) -> list[Path]:
    if not arguments.sample:
        return []
    from reader.services.sample import sample_folder

    with opened(arguments) as library:
        return [] if library.counts().issues else [sample_folder()]
