"""Pictures that lie beside an issue, or elsewhere in the folder that was opened; nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

MOST_BYTES = 64 * 1024 * 1024
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:|^//")
_SERVED = ("", "static", "public", "source")
"""Where in a site's folder its generator has the files that are served as they are."""


def local_file(source: str, location: str, root: str = "") -> Path | None:
    """Return the file that a picture's address names for the issue at a location, else None.

    It lies inside the root, the folder that was opened, or, where none was, inside the issue's own:
    no way out of that ("../", a link) is followed. An address that begins with "/" is one of the site,
    whose folder is any around the issue up to the root. An address with a scheme or a host, and a path
    that is absolute already, name nothing.
    """
    if not source or not location or _SCHEME.match(source) or "://" in location:
        return None
    name = unquote(urlsplit(source).path)
    if not name or "\0" in name or "\\" in name[:1] or Path(name.lstrip("/")).is_absolute():
        return None
    try:
        inside = Path(root or Path(location).parent).resolve()
        folder = Path(location).parent.resolve()
        found = (path.resolve() for path in _candidates(name, folder, inside))
        return next((path for path in found if path.is_relative_to(inside) and _may_be_read(path)), None)
    except (OSError, ValueError, RuntimeError):
        return None


def _candidates(name: str, folder: Path, inside: Path) -> Iterator[Path]:
    if not name.startswith("/"):
        yield folder / name
        return
    for site in (folder, *folder.parents):
        if site.is_relative_to(inside):
            yield from (site / served / name.lstrip("/") for served in _SERVED)


def _may_be_read(path: Path) -> bool:
    return path.is_file() and path.stat().st_size <= MOST_BYTES
