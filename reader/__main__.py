"""The program: `tearsheet` in a terminal, `python -m reader`, or a double click."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with the words after its name; return the exit status."""
    from reader.cli import run

    return run(sys.argv[1:] if argv is None else list(argv), _Window())


class _Window:
    """The other face of the program, loaded when it is asked for: no command of the terminal needs Qt."""

    def open(self, library: Path, paths: Sequence[Path]) -> int:
        import gc

        # What a start makes, stays: looking through it for garbage would only take time. See app.run.
        gc.disable()
        from reader.ui.sources import leave_sources_unread

        leave_sources_unread()
        from reader.ui.app import run

        return run(library, paths)

    def draw(self, file: Path, **shown: object) -> int:
        from reader.ui.screenshot import screenshot

        return screenshot(file, **shown)  # type: ignore[arg-type]


if __name__ == "__main__":
    if hasattr(sys, "frozen"):  # a frozen build starts its workers by starting itself
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
