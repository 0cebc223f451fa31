"""Where the window was left, as it is kept in the settings."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from PySide6.QtCore import QByteArray


@dataclass(frozen=True, slots=True)
class Session:
    """What a reader finds again after a restart."""

    geometry: str = ""
    """Qt's saved geometry, in base 64."""
    panes: list[int] = field(default_factory=list)
    """The widths of the three panes."""
    side: bool = True
    """Whether the issue list is shown."""
    menu_bar: bool = False
    view: str = "all"
    newsletter: str = ""
    issue: str = ""
    starred: bool = False
    """Whether the list of all starred stories was shown."""
    story: str = ""
    position: int = 0
    """How far the page was scrolled: a position in its text."""
    whole: bool = False


def read_session(stored: Mapping[str, Any]) -> Session:
    """Return the session that was stored; what does not fit is left out."""
    default = Session()
    kept = {
        f.name: stored[f.name]
        for f in fields(Session)
        if type(stored.get(f.name)) is type(getattr(default, f.name))
    }
    if not all(isinstance(width, int) and 0 <= width < 100_000 for width in kept.get("panes", [])):
        del kept["panes"]
    return Session(**kept)


def stored(session: Session) -> dict[str, Any]:
    """Return a session as the settings keep it."""
    return asdict(session)


def packed(geometry: QByteArray) -> str:
    """Return Qt's bytes as text."""
    return base64.b64encode(bytes(geometry.data())).decode()


def unpacked(geometry: str) -> QByteArray:
    """Return Qt's bytes out of text; nothing where it is damaged."""
    try:
        return QByteArray(base64.b64decode(geometry, validate=True))
    except (binascii.Error, ValueError):
        return QByteArray()
