"""Issues from mbox files, as Thunderbird, Apple Mail, mutt and Google's Takeout write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from reader.importers import Report
from reader.importers.files import first_bytes, in_words
from reader.importers.folder import is_known_text
from reader.importers.messages.chosen import Chosen
from reader.importers.messages.headers import as_moment, header_of, looks_like_mail
from reader.importers.messages.reading import LIMIT, head
from reader.importers.messages.states import is_deleted, state_in
from reader.importers.names import is_mbox_name
from reader.model import ImporterError, RawIssue

_LINE = 1 << 20  # bytes; a longer line comes in pieces
_FIRST = b"From "
_HEAD = 4096  # bytes that tell a mailbox
_BORDER = re.compile(rb"From [^\r\n]*\d{1,2}:\d\d(?::\d\d)?[^\r\n]*\d{4}|From (?:-|\?\?\?@\?\?\?) ")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


class MboxImporter:
    """One file holds many messages; of a mailbox only newsletters come in."""

    name = "mbox"
    reads_any = False

    def accepts(self, location: str) -> bool:
        return bool(_mailboxes(Path(location)))

    def issues(self, location: str, report: Report) -> Iterator[RawIssue]:
        found = _mailboxes(Path(location))
        if not found:
            report(ImporterError("There is no mailbox here.", location))
        for path in found:
            yield from _issues(path, report)


importer = MboxImporter()


def messages_in(file: BinaryIO, most: int = LIMIT) -> Iterator[tuple[bytes, bytes]]:
    """Yield the line above each message and its bytes, unquoted; of one longer than `most` its beginning.

    Only one message lies in memory at a time.
    """
    lines: list[bytes] = []
    above, size, blank = b"", 0, True
    while line := file.readline(_LINE):
        if blank and line.startswith(_FIRST) and (_BORDER.match(line) or not above):
            if above:
                yield above, _unquoted(lines)
            lines, above, size = [], line.rstrip(), 0
        elif size <= most:
            lines.append(line)
            size += len(line)
        blank = line in (b"\n", b"\r\n")
    if above:
        yield above, _unquoted(lines)


def _unquoted(lines: list[bytes]) -> bytes:
    message = b"".join(lines)
    return _QUOTED.sub(rb"\1", message) if b">From " in message else message


def _mailboxes(path: Path) -> list[Path]:
    """Return the mbox that a file is, or those that a folder has: only what begins as one does."""
    try:
        if path.is_file():
            return [path] if _begins_as_mbox(path) else []
        found = [file for file in path.iterdir() if _may_be_mailbox(file)] if path.is_dir() else []
    except OSError:
        return []
    return sorted(file for file in found if _begins_as_mbox(file))


def _may_be_mailbox(file: Path) -> bool:
    """Say whether a file in a folder may be one: named so, or Thunderbird's with its index beside it."""
    named = is_mbox_name(file.name) or file.name == "mbox"
    return file.is_file() and (named or file.with_name(f"{file.name}.msf").exists())


def _begins_as_mbox(path: Path) -> bool:
    """Say whether a file begins with the line above a message, and not with words like "From the harbour"."""
    if is_known_text(path.name) and path.suffix.lower() != ".txt":
        return False
    head = first_bytes(str(path), _HEAD)
    return head.startswith(_FIRST) and bool(_BORDER.match(head) or looks_like_mail(head))


def _issues(path: Path, report: Report) -> Iterator[RawIssue]:
    chosen = Chosen(str(path), report)
    try:
        with path.open("rb", buffering=_LINE) as file:
            for above, message in messages_in(file):
                if not chosen.is_newsletter(message):
                    continue
                header = header_of(head(message))
                received = _received(above)
                if not is_deleted(header) and (raw := chosen.read(message, state_in(header), received)):
                    yield raw
    except OSError as error:
        report(ImporterError(in_words(error), str(path)))
    chosen.end()


def _received(above: bytes) -> str:
    """Return the date in the line above a message ("From a@b Sat Jan  3 01:05:34 1996") as ISO 8601."""
    found = re.search(
        r"([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d(?::\d\d)?)(?: [A-Z+\-\d:]+)? (\d{4})", above.decode("latin-1")
    )
    return as_moment(f"{found[2]} {found[1]} {found[4]} {found[3]}") if found else ""
