"""Long work in a terminal: Ctrl+C stops it after what is under way, and a line says how far it is."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reader.cli.console import columns, fit

if TYPE_CHECKING:
    from reader.services.progress import Progress


@contextmanager
def stopping() -> Iterator[list[int]]:
    """Let the first Ctrl+C fill the list, for the work to stop; the second ends the program."""
    pressed: list[int] = []

    def press(number: int, frame: Any) -> None:
        if pressed:
            signal.default_int_handler(number, frame)
        pressed.append(number)

    try:
        before = signal.signal(signal.SIGINT, press)
    except ValueError:  # not the main thread: whoever runs us there stops us
        yield pressed
        return
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def teller(words: Callable[[Progress], str]) -> Callable[[Progress], None]:
    """Return what shows how far the work has come, in such words; where nobody sees it, nothing."""

    def show(progress: Progress) -> None:
        if sys.stderr.isatty():
            line = fit(f"{words(progress)}  {progress.name}", min(columns(), 100) - 1)
            print(f"\r{line}", end="", file=sys.stderr, flush=True)

    return show


def wipe() -> None:
    """Take away the line that said how far the work was."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
