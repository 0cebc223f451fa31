"""Copies of an issue, and what changed between two of them, as they are shown."""

from __future__ import annotations

from typing import NamedTuple

from reader.model.block import Blocks


class CopyRow(NamedTuple):
    """A line of the list of an issue's copies."""

    location: str
    source: str
    """Where it is from, in words: "a mail of 3 March 2024", "the folder letters", "boats.example"."""
    title: str
    published: str
    words: int
    truncated: bool
    """Whether it is cut off before it ends."""
    shown: bool


class Edit(NamedTuple):
    """An issue as it was when it was read, and as it is now."""

    issue: str
    label: str
    title: str
    published: str
    location: str
    root: str
    before: Blocks
    now: Blocks
    until: str
    """When the earlier text was replaced: ISO 8601, UTC."""
