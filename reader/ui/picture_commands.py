"""What the reader said of the pictures of a newsletter, and how to undo it."""

from __future__ import annotations

from functools import partial

from reader.model.picture import Policy
from reader.services.picture_cache import policy_of, set_policy
from reader.ui.commands import ChangeCommand, Writes


class SetPicturePolicy(ChangeCommand[Policy]):
    """Load the pictures of a newsletter always, when they are asked for, or never."""

    def __init__(self, writes: Writes, newsletter: str, policy: Policy) -> None:
        before = policy_of(writes.library, newsletter)
        write = partial(set_policy, writes.library, newsletter)
        super().__init__("Pictures of a Newsletter", writes, write, (before, policy))
