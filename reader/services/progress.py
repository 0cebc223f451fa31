"""What long work tells while it runs, and what it could not do."""

from __future__ import annotations

from typing import NamedTuple


class Progress(NamedTuple):
    """How far the work has come."""

    done: int
    total: int
    name: str
    """The file that was dealt with last."""
    looking: bool = False
    """Whether the files are only looked at yet; the work on those that are new counts on its own."""


class Problem(NamedTuple):
    """A file that could not be dealt with, or of which there is something to say."""

    path: str
    reason: str
    """A sentence in the reader's words."""
