"""Issues from Maildirs, as mutt, Dovecot, mbsync and OfflineIMAP keep mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reader.importers import Report
from reader.importers.files import in_words
from reader.importers.mail import bytes_of
from reader.importers.messages.chosen import Chosen
from reader.importers.messages.states import state_of_flags
from reader.model import ImporterError, RawIssue

_FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)$")
"""Letters at the end of a file's name; where a colon cannot be in one, another sign stands for it."""
_DIGITS = re.compile(r"\d+")


class MaildirImporter:
    """Each file of "cur" and "new" is a message; of a mailbox only newsletters come in."""

    name = "maildir"
    reads_any = False

    def accepts(self, location: str) -> bool:
        return bool(_maildirs(Path(location)))

    def issues(self, location: str, report: Report) -> Iterator[RawIssue]:
        found = _maildirs(Path(location))
        if not found:
            report(ImporterError("There is no mailbox here.", location))
        for maildir in found:
            yield from _issues(maildir, report)


importer = MaildirImporter()


def _maildirs(path: Path) -> list[Path]:
    """Return the Maildir that a folder is and those that lie in it."""
    try:
        inner = sorted(folder for folder in path.iterdir() if folder.is_dir()) if path.is_dir() else []
        return [
            folder for folder in (path, *inner) if (folder / "cur").is_dir() and (folder / "new").is_dir()
        ]
    except OSError:
        return []


def _issues(maildir: Path, report: Report) -> Iterator[RawIssue]:
    chosen = Chosen(str(maildir), report)
    for file in _files(maildir, report):
        flags = _FLAGS.search(file.name)
        letters = flags[1] if flags else ""
        if "T" in letters:  # thrown away
            continue
        try:
            data = bytes_of(str(file))
        except ImporterError as error:
            report(error)
            continue
        if chosen.is_newsletter(data) and (raw := chosen.read(data, state_of_flags(letters))):
            yield raw
    chosen.end()


def _files(maildir: Path, report: Report) -> list[Path]:
    """Return the messages, the newest first: their names begin with the second at which they came."""
    files: list[Path] = []
    for folder in (maildir / "new", maildir / "cur"):
        try:
            files += (file for file in folder.iterdir() if not file.name.startswith("."))
        except OSError as error:
            report(ImporterError(f"The folder could not be listed. {in_words(error)}", str(folder)))
    return sorted(files, key=_age, reverse=True)


def _age(file: Path) -> tuple[int, str]:
    second = _DIGITS.match(file.name)
    return int(second[0]) if second else 0, file.name
