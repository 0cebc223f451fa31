"""A picture of the window, drawn without a screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from reader.model import ReaderError

_PATIENCE_MS = 20_000


def screenshot(  # noqa: PLR0913 - what is in the picture
    path: Path,
    *,
    library: Path,
    theme: str = "",
    scale: float = 1.0,
    size: tuple[int, int] = (1440, 900),
    issue: str = "",
    story: str = "",
) -> int:
    """Draw the real window, with an issue or a story named as in the terminal; return the exit code."""
    # Before Qt is imported: it looks at these once.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = f"{scale:g}"
    from reader.ui.app import make_application
    from reader.ui.stage import Stage

    make_application()
    try:
        stage = Stage(library, theme)
        try:
            stage.show(size, issue, story)
            saved = stage.draw(path, _PATIENCE_MS)
        finally:
            stage.close()
    except ReaderError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the terminal's command
        return 1
    if not saved:
        print(f"The picture could not be written to {path}.", file=sys.stderr)  # noqa: T201
    return 0 if saved else 1
