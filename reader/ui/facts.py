"""What is there just now, and so which actions make sense."""

from __future__ import annotations

from reader.model import Counts
from reader.ui.actions import Need
from reader.ui.deeds import Deeds
from reader.ui.presenters import Presenters


def needs_met(presenters: Presenters, deeds: Deeds, counts: Counts) -> frozenset[Need]:
    """Return the needs of actions that are met."""
    reading = presenters.reading
    outlined = reading.issue != "" and not reading.previewing
    row = reading.row if outlined else None
    shown = reading.shown_row
    facts = {
        Need.LIBRARY: counts.issues > 0,
        Need.ISSUE: bool(reading.issue),
        Need.STORY: bool(reading.story),
        Need.STORIES: bool(reading.story or deeds.chosen()),
        Need.PAGE: reading.issue != "" or reading.story != "",
        Need.STARRED: counts.starred > 0,
        Need.OUTLINE: outlined,
        Need.CUT: shown is not None,
        Need.SECTION: row is not None and row.section != "",
        Need.COPIES: reading.issue != "" and reading.copies > 1,
        Need.EDITED: reading.issue != "" and reading.is_edited,
    }
    return frozenset(need for need, met in facts.items() if met)
