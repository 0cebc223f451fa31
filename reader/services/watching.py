"""Watching: which files of the opened folders are not what they were."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reader.importers.folder import is_issue_name, walk
from reader.importers.mail import is_mail_name
from reader.importers.mbox import is_mbox_name
from reader.model import ImporterError


@dataclass(frozen=True, slots=True)
class Look:
    """How a file was found: when it was written last, in nanoseconds, and its size in bytes."""

    written: int
    size: int


@dataclass
class Watch:
    """What is known of the files of some folders; each `look` compares.

    A file that is still being written is left for a later look: it is told of only when
    two looks in a row find it the same. What is gone is not told of: its issue stays.
    """

    folders: tuple[str, ...]
    _told: dict[str, Look] = field(default_factory=dict)
    _last: dict[str, Look] = field(default_factory=dict)

    @property
    def restless(self) -> bool:
        """Whether a file was new or different at the last look, so that another look is due soon."""
        return any(self._told.get(path) != look for path, look in self._last.items())

    def settle(self) -> None:
        """Take everything as it is now for known: the folders are about to be imported."""
        self._last = dict(_files(self.folders))
        self._told = dict(self._last)

    def look(self) -> list[str]:
        """Return the files that are new or changed, and at rest. Cheap: no file is opened."""
        now = dict(_files(self.folders))
        resting = {path: look for path, look in now.items() if self._last.get(path) == look}
        changed = [path for path, look in resting.items() if self._told.get(path) != look]
        self._told = {path: look for path, look in self._told.items() if path in now} | {
            path: resting[path] for path in changed
        }
        self._last = now
        return changed


def _files(folders: Iterable[str]) -> Iterator[tuple[str, Look]]:
    for folder in folders:
        if not os.path.isdir(folder):  # noqa: PTH112 - a drive that is away is no error
            continue
        for entry in walk(folder, _ignore, _may_be_issues):
            try:
                status = entry.stat()
            except OSError:  # it went away in this very moment
                continue
            yield entry.path, Look(status.st_mtime_ns, status.st_size)


def _may_be_issues(name: str) -> bool:
    return is_issue_name(name) or is_mail_name(name) or is_mbox_name(name)


def _ignore(_error: ImporterError) -> None:
    """Leave what cannot be listed: the import has told of it."""
