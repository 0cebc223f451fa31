"""The program: `tearsheet` in a terminal, `python -m reader`, or a double click."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with the words after its name; return the exit status."""
    from reader.cli import run

    return run(sys.argv[1:] if argv is None else list(argv))


if __name__ == "__main__":
    from multiprocessing import freeze_support

    freeze_support()  # a frozen build starts its workers by starting itself
    sys.exit(main())
