"""What an exporter is given, and what it promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from reader.model import StoryPage

Layout = Literal["story", "issue", "all"]
"""A file for each story, for each issue, or one for all."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one file is to hold."""

    layout: Layout
    pages: tuple[StoryPage, ...]
    """At least one, in the order in which they are to stand."""
    created: str
    """The day of the export: ISO 8601."""
    title: str = ""
    """Of the file as a whole, where it holds more than one story."""

    @property
    def identity(self) -> str:
        """What the file is found again by, whatever it is called: a story's or an issue's key, or "*"."""
        keys = {"story": self.pages[0].row.key, "issue": self.pages[0].issue.key, "all": "*"}
        return keys[self.layout]


@dataclass(frozen=True, slots=True)
class Update:
    """A file as it is after another export into it."""

    content: bytes
    kept: tuple[str, ...] = ()
    """The keys of the stories that were left as they stood, for the reader has edited their text."""


class Exporter(Protocol):
    """Writes stories in one format. It knows no files: bytes come in and go out."""

    name: str
    label: str
    """What a person calls the format."""
    suffix: str
    """The ending of its files, with the dot."""

    def write(self, sheet: Sheet) -> bytes:
        """Return a new file."""

    def identity(self, content: bytes) -> str:
        """Return the identity of the sheet that a file, or its first 32 KB, is of; "" for none of ours."""

    def update(self, content: bytes, sheet: Sheet, *, force: bool = False) -> Update:
        """Return a file, written earlier for the same sheet, brought up to date.

        What the reader wrote into it stays. Text of ours that the reader has edited stays
        too, and is named, unless `force` is given. Writing the same again gives the same bytes.
        """
