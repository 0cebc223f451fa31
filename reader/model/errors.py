"""Every error that the program raises on purpose.

* ReaderError
  * ImporterError   a file or a place could not be read (FetchError: an address, see model/fetched.py)
  * ParsingError    a text could not be understood at all
  * StoreError      the library could not be opened or written
  * ExporterError   an export could not be written
  * NotFoundError   what was named is not in the library, or names more than one thing

The message says what happened in the reader's words; the cause is kept.
"""

from __future__ import annotations


class ReaderError(Exception):
    """Base of the errors that a person may be shown."""


class ImporterError(ReaderError):
    """A file or a place could not be read."""

    def __init__(self, reason: str, location: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.location = location


class ParsingError(ReaderError):
    """A text could not be understood at all."""


class StoreError(ReaderError):
    """The library could not be opened or written."""


class ExporterError(ReaderError):
    """An export could not be written."""


class NotFoundError(ReaderError):
    """What was named is not in the library, or names more than one thing."""
