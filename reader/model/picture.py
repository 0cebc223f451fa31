"""What is known of a picture that is elsewhere, and what the pictures that are kept take."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

KEPT = "picture:"
"""The scheme of a picture that came inside its issue: its digest follows, and it can be had nowhere else."""


class Policy(StrEnum):
    """When the pictures of a newsletter are fetched."""

    ALWAYS = "always"
    ASK = "ask"
    """When the reader clicks on one."""
    NEVER = "never"


class Picture(NamedTuple):
    """A picture that is here, or why it is not."""

    address: str
    digest: str = ""
    """Of its file; "" where there is none."""
    kind: str = ""
    """ "png", "jpeg", "gif", "webp", "bmp" or "ico", as its bytes say."""
    width: int = 0
    """Pixels at which it is shown; a drawing's file has more of them, to be sharp on every screen."""
    height: int = 0
    size: int = 0
    """Bytes."""
    used: int = 0
    """Seconds since 1970 when it was shown last."""
    error: str = ""
    """Why it is not here, as a sentence; "" where it was not asked for."""
    tries: int = 0
    """How often in a row it could not be had."""
    due: int = 0
    """Seconds since 1970 from which on it may be asked for again by itself; `ONLY_ASKED` for never."""
    tracker: bool = False
    """Whether it only counts its readers: it is never shown, and never asked for again."""


ONLY_ASKED = -1


class Drawn(NamedTuple):
    """A drawing (SVG) as it looks."""

    data: bytes
    """A PNG."""
    width: int
    """How large the drawing says it is, in pixels; the PNG may have more."""
    height: int


class Kept(NamedTuple):
    """What the pictures of one newsletter take; those that two newsletters show count for both."""

    newsletter: str
    """Its key."""
    name: str
    pictures: int
    size: int
    """Bytes."""


class Usage(NamedTuple):
    """What all pictures that are kept take."""

    pictures: int
    size: int
    """Bytes; what several newsletters show counts once."""
    newsletters: tuple[Kept, ...]


def kept_address(data: bytes) -> str:
    """Return the address of a picture that comes inside an issue."""
    from reader.model.hashes import digest_of  # a start does without it

    return KEPT + digest_of(data)
