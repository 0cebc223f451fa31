"""The part of a scroll area that is painted on."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget


def own_viewport() -> QWidget:
    """Return a viewport like the one that Qt makes, but known to Python.

    To find out what Qt's own is, PySide loads the classes of forty kinds of widgets: 10 ms of a start.
    """
    made = QWidget()
    made.setBackgroundRole(QPalette.ColorRole.Base)
    made.setAutoFillBackground(True)
    return made
