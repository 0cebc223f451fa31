"""Where the program keeps what is the reader's, and where it finds what is its own."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent
_NAME = "tearsheet"


def resource(name: str) -> Path:
    """Return the path of a file under resources/: in a checkout, a wheel or a frozen build."""
    installed = _PACKAGE / "resources"
    root = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return root / name


def library_directory(chosen: str | os.PathLike[str] | None = None) -> Path:
    """Return the library's directory: the one chosen, else $TEARSHEET_LIBRARY, else the platform's."""
    given = chosen or os.environ.get("TEARSHEET_LIBRARY")
    if given:
        return Path(given).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir(_NAME, appauthor=False))


def settings_directory() -> Path:
    """Return the directory that holds the settings: $TEARSHEET_SETTINGS, else the platform's."""
    if given := os.environ.get("TEARSHEET_SETTINGS"):
        return Path(given).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_config_dir(_NAME, appauthor=False))
