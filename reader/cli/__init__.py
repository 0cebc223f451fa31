"""The program in a terminal: one file for each group of commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from reader.cli.arguments import COMMANDS, parser
from reader.cli.console import hush, prepare_output, say_wrong


class Window(Protocol):
    """The window, as the terminal asks for it."""

    def open(self, library: Path, paths: Sequence[Path]) -> int:
        """Show the window of a library and take the paths in; return the exit status when it is closed."""

    def draw(self, file: Path, **shown: object) -> int:
        """Draw the window into a picture; return the exit status."""


def run(words: Sequence[str], window: Window) -> int:
    """Run one command; return 0, 1 for what could not be done, 2 for wrong usage, 130 after Ctrl+C."""
    prepare_output()
    try:
        return _run(list(words), window)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read has gone: "tearsheet list | head"
        hush()
        return 141


def _run(words: list[str], window: Window) -> int:
    from reader.model.errors import ReaderError

    words, command = _with_command(words)
    if command and command not in COMMANDS:
        say_wrong(
            f"There is no command “{command}”, and no file or folder of that name. See: tearsheet --help"
        )
        return 2
    try:
        arguments = parser(command).parse_args(words, argparse.Namespace(window=window))
    except SystemExit as exit_:  # argparse has said what is wrong, or has helped
        return int(exit_.code or 0)
    try:
        status = int(arguments.command(arguments))
        if sys.stdout:  # a window started by a double click on Windows has none
            sys.stdout.flush()
    except ReaderError as error:
        return say_wrong(str(error))
    return status


def _with_command(words: list[str]) -> tuple[list[str], str]:
    """Return the words and the command in them.

    The command that opens the window is put before a path, or where there is no command at all.
    """
    at = 0
    while at < len(words) and words[at].startswith("-"):
        if words[at] in ("-h", "--help", "--version"):
            return words, ""
        at += 2 if words[at] == "--library" else 1
    if at >= len(words):
        return [*words, "window"], "window"
    if words[at] not in COMMANDS and Path(words[at]).exists():
        return [*words[:at], "window", *words[at:]], "window"
    return words, words[at]
