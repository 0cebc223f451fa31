"""What works behind the window's actions, in one hand."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QUndoStack

from reader.services.library import Library
from reader.ui.appearance import Appearance
from reader.ui.background import Background
from reader.ui.exporting import Exporting
from reader.ui.importing import Importing
from reader.ui.links import Links
from reader.ui.marks import Marks
from reader.ui.pictures import Pictures
from reader.ui.preferences import Preferences
from reader.ui.reading import Reading
from reader.ui.searching import Searching


class Presenters(NamedTuple):
    """One object for each concern of the window."""

    library: Library
    background: Background
    preferences: Preferences
    appearance: Appearance
    undo_stack: QUndoStack
    reading: Reading
    searching: Searching
    importing: Importing
    exporting: Exporting
    marks: Marks
    links: Links
    pictures: Pictures
