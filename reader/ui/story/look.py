"""What a page is told of pictures on the web, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


class Look(NamedTuple):
    """What is known of a picture on the web."""

    path: Path | None = None
    """Its file, where it was fetched."""
    size: tuple[int, int] = (0, 0)
    """Its width and height in pixels, where it was fetched."""
    told: str = "not loaded"
    """What stands after its host: "loading…"."""
    reason: str = ""
    """Why it could not be had, as a sentence."""
    loads: bool = False
    """Whether a click fetches it."""
    unseen: bool = False
    """Whether it only counts its readers, and no place is kept for it."""


class Pictures(Protocol):
    """Knows the pictures that were fetched, and draws in the background."""

    def look(self, address: str, newsletter: str) -> Look:
        """Return what is known of a picture of a newsletter, given its key."""

    def draw(self, work: Callable[[], QImage], done: Callable[[QImage], object]) -> object:
        """Run work on another thread, then done with what it made on this one."""
