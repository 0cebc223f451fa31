"""What the reader said of the pictures of a newsletter, and how to undo it."""

from __future__ import annotations

from PySide6.QtGui import QUndoCommand

from reader.model.picture import Policy
from reader.services.picture_cache import policy_of, set_policy
from reader.ui.commands import Writes


class SetPicturePolicy(QUndoCommand):
    """Load the pictures of a newsletter always, when they are asked for, or never."""

    def __init__(self, writes: Writes, newsletter: str, policy: Policy) -> None:
        super().__init__("Pictures of a Newsletter")
        self._writes = writes
        self._newsletter = newsletter
        self._before = policy_of(writes.library, newsletter)
        self._after = policy

    def redo(self) -> None:
        self._writes.begun(set_policy(self._writes.library, self._newsletter, self._after))

    def undo(self) -> None:
        self._writes.begun(set_policy(self._writes.library, self._newsletter, self._before))
