"""Which messages of a mailbox come in: those that went out to subscribers. What stays out is told once."""

from __future__ import annotations

from typing import Final

from reader.importers import Report
from reader.importers.messages.headers import is_of_newsletter
from reader.importers.messages.reading import name_of_message, read_message
from reader.model import ImporterError, RawIssue, State, part_of


class Chosen:
    """Reads the messages of one mailbox, and counts those that are no newsletters."""

    def __init__(self, mailbox: str, report: Report) -> None:
        self._mailbox: Final = mailbox
        self._report = report
        self._left_out = 0

    def is_newsletter(self, message: bytes) -> bool:
        """Say whether a message comes in; count it where it does not."""
        comes = is_of_newsletter(message)
        self._left_out += not comes
        return comes

    def read(self, message: bytes, state: State, received: str = "") -> RawIssue | None:
        """Return a message as an issue; None where it cannot be read, which is reported."""
        location = part_of(self._mailbox, name_of_message(message))
        try:
            return read_message(message, location, received=received)._replace(state=state)
        except ImporterError as error:
            self._report(error)
            return None

    def end(self) -> None:
        """Tell what stayed out, if anything did."""
        if self._left_out:
            self._report(not_chosen(self._left_out, self._mailbox))


def not_chosen(count: int, mailbox: str) -> ImporterError:
    """Return what is told of the mails of a mailbox that stayed out."""
    what = "mail that is no newsletter was" if count == 1 else "mails that are no newsletters were"
    return ImporterError(f"{count:,} {what} left out.", mailbox)
