"""Pictures that are there to count who opens an issue: known by where they are."""

from __future__ import annotations

import re
import tomllib
from urllib.parse import urlsplit

from reader.paths import resource


class PictureTrackers:
    """The list in resources/picture_trackers.toml."""

    def __init__(self) -> None:
        listed = tomllib.loads(resource("picture_trackers.toml").read_text(encoding="utf-8"))
        self._hosts = frozenset(listed["hosts"])
        self._paths = re.compile("|".join(f"(?:{path})" for path in listed["paths"]), re.IGNORECASE)

    def know(self, address: str) -> bool:
        """Whether an address is one that only counts."""
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").rstrip(".")
        except ValueError:
            return False
        names = host.split(".")
        if any(".".join(names[at:]) in self._hosts for at in range(len(names))):
            return True
        return bool(host) and bool(
            self._paths.search(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        )
