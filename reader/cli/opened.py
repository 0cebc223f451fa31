"""The library as a command has it: opened for as long as the command takes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model import Change
    from reader.services.library import Library


class _Silent:
    """Hears every write; a command waits for its own."""

    def changed(self, change: Change) -> None:
        """Do nothing: nothing is shown that would have to be drawn again."""

    def failed(self, error: BaseException) -> None:
        """Say nothing: the command that wrote has the error already."""


@contextmanager
def opened(arguments: argparse.Namespace, *, searching: bool = False) -> Iterator[Library]:
    """Open the library that the words name, and close it when the command is done.

    Only who is `searching`, or takes issues in, needs the search index; the others start sooner without.
    """
    from reader.paths import library_directory
    from reader.services.library import open_library

    library = open_library(library_directory(arguments.library), _Silent(), searching=searching)
    try:
        yield library
    finally:
        library.close()
