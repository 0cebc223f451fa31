"""Issues from files of mail: .eml as anybody saves them, .emlx as Apple Mail keeps a whole mailbox."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers.expat import ExpatError

from reader.importers import Report
from reader.importers.files import bytes_in, first_bytes
from reader.importers.folder import is_known_text, walk
from reader.importers.messages.chosen import Chosen
from reader.importers.messages.headers import looks_like_mail
from reader.importers.messages.reading import LIMIT, read_message
from reader.importers.names import is_mail_name
from reader.model import ImporterError, RawIssue, State

_HEAD = 65_536  # bytes that tell a message
_LENGTH = re.compile(rb"\s*(\d{1,10})[ \t]*\r?\n")
_MOST_FLAGS = 100_000  # bytes
_READ, _FLAGGED = 1, 16  # bits of Apple's flags


class MailImporter:
    """One file is one message. Of a mailbox of Apple Mail only newsletters come in."""

    name = "mail"
    reads_any = False

    def accepts(self, location: str) -> bool:
        path = Path(location)
        return is_mail_name(path.name) or path.is_dir() or _is_message(path)

    def locations(self, location: str, report: Report) -> Iterator[str]:
        if not Path(location).is_dir():
            yield from (file.path for file in walk(location, report))
            return
        chosen = Chosen(location, report)
        for file in walk(location, report, is_mail_name):
            if file.name.lower().endswith(".emlx"):
                if chosen.is_newsletter(first_bytes(file.path, _HEAD)):
                    yield file.path
            elif is_mail_name(file.name):
                yield file.path
        chosen.end()

    def read(self, location: str) -> RawIssue:
        data = bytes_of(location)
        if not location.lower().endswith(".emlx"):
            return read_message(data, location)
        message, state = _parted(data, location)
        return read_message(message, location)._replace(state=state)


importer = MailImporter()


def bytes_of(location: str) -> bytes:
    """Return a message's file; raise ImporterError where it is too large for one or cannot be read."""
    data = bytes_in(location, LIMIT)
    if not data.strip():
        raise ImporterError("The file is empty.", location)
    return data


def _is_message(path: Path) -> bool:
    """Say whether a file without an ending that tells is a message."""
    if is_known_text(path.name):
        return False
    head = first_bytes(str(path), _HEAD)
    return looks_like_mail(head) and not head.startswith(b"From ")  # that is a mailbox


def _parted(data: bytes, location: str) -> tuple[bytes, State]:
    """Part an .emlx into its message and what was done with it; raise ImporterError where it is none."""
    length = _LENGTH.match(data)
    if length is None:
        raise ImporterError("This is not a mail of Apple Mail.", location)
    end = length.end() + int(length[1])
    flags = _flags(data[end : end + _MOST_FLAGS])
    return data[length.end() : end], State(read=bool(flags & _READ), starred=bool(flags & _FLAGGED))


def _flags(data: bytes) -> int:
    try:
        said = plistlib.loads(data.strip()) if data.strip() else {}
    except (ValueError, ExpatError, TypeError, AttributeError, IndexError, OverflowError):
        return 0
    flags = said.get("flags", 0) if isinstance(said, dict) else 0
    return flags if isinstance(flags, int) else 0
