"""Where the window was left, as it is kept in the settings."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QByteArray


class Session(NamedTuple):
    """What a reader finds again after a restart."""

    geometry: str = ""
    """Qt's saved geometry, in base 64."""
    panes: tuple[int, ...] = ()
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
    kept = {
        name: stored[name]
        for name, default in Session._field_defaults.items()
        if type(stored.get(name)) is type(default)
    }
    widths = stored.get("panes")
    if isinstance(widths, list) and all(isinstance(width, int) and 0 <= width < 100_000 for width in widths):
        kept["panes"] = tuple(widths)
    return Session(**kept)


def stored(session: Session) -> dict[str, Any]:
    """Return a session as the settings keep it."""
    return session._asdict() | {"panes": list(session.panes)}


def packed(geometry: QByteArray) -> str:
    """Return Qt's bytes as text."""
    return base64.b64encode(bytes(geometry.data())).decode()


def unpacked(geometry: str) -> QByteArray:
    """Return Qt's bytes out of text; nothing where it is damaged."""
    try:
        return QByteArray(base64.b64decode(geometry, validate=True))
    except (binascii.Error, ValueError):
        return QByteArray()
