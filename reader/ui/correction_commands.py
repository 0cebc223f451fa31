"""What the reader corrected of how issues are split, which sections he hid, and how to undo it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from functools import partial

from PySide6.QtGui import QUndoCommand

from reader.model import Change
from reader.model.correction import Correction
from reader.ui.commands import ChangeCommand, Writes

Corrections = Mapping[str, Sequence[Correction]]
"""All corrections of some issues, by the issues' keys."""
Written = Callable[[Sequence["Future[Change]"]], object]
"""Is given the writes that were asked for, one for each issue."""


class CorrectIssues(QUndoCommand):
    """Correct how issues are split; to undo is to have the corrections of before, and no others."""

    def __init__(self, text: str, writes: Writes, corrections: Corrections, written: Written) -> None:
        super().__init__(text)
        self._writes = writes
        self._after = corrections
        self._written = written
        self._before = {key: writes.library.corrections(key) for key in corrections}

    def redo(self) -> None:
        self._correct(self._after)

    def undo(self) -> None:
        self._correct(self._before)

    def _correct(self, corrections: Corrections) -> None:
        # An issue a job: whoever presses S meanwhile waits for no more than one.
        futures = [self._writes.library.correct({key: given}) for key, given in corrections.items()]
        self._writes.begun(futures[-1])
        self._written(futures)


class HideSections(ChangeCommand[frozenset[str]]):
    """Hide sections of a newsletter, or show them again."""

    def __init__(self, text: str, writes: Writes, newsletter: str, sections: Collection[str]) -> None:
        before = writes.library.hidden_sections(newsletter)
        write = partial(writes.library.hide_sections, newsletter)
        super().__init__(text, writes, write, (before, frozenset(sections)))
