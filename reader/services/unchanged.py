"""Which files are what they were when they were last read, told without opening them."""

from __future__ import annotations

import json
import time
from pathlib import Path

_FILE = "files.json"
_RESTED_NS = 2_000_000_000  # a file written later than this before the look may change again unseen


class Unchanged:
    """Remembers when a file was written and how large it was as its bytes were read.

    It only saves work: whatever cannot be read of it, or is lost, is read from the files again.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / _FILE
        self._known = _load(self._path)
        self._seen: dict[str, tuple[int, int]] = {}
        self._dirty = False

    def is_unchanged(self, location: str, digest: str) -> bool:
        """Say whether the file is still the one that had the digest; "" is the digest of none."""
        try:
            status = Path(location).stat()
        except OSError:
            return False
        if time.time_ns() - status.st_mtime_ns > _RESTED_NS:
            self._seen[location] = (status.st_mtime_ns, status.st_size)
        return bool(digest) and self._known.get(location) == [status.st_mtime_ns, status.st_size, digest]

    def remember(self, location: str, digest: str) -> None:
        """Note that the file, as it was when it was asked for, has the digest."""
        if seen := self._seen.get(location):
            self._known[location] = [*seen, digest]
            self._dirty = True

    def save(self) -> None:
        """Write it down; where that fails the files are read again the next time."""
        if not self._dirty:
            return
        temporary = self._path.with_suffix(".new")
        try:
            temporary.write_text(json.dumps(self._known), encoding="utf-8")
            temporary.replace(self._path)
        except OSError:
            return


def _load(path: Path) -> dict[str, list[int | str]]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}
