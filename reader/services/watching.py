"""Watching: which files of the opened folders are not what they were."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.importers.folder import Listing, WholeFile, is_issue_name, listed
from reader.importers.names import is_mail_name, is_mbox_name

_RESTED_NS = 2_000_000_000
"""A folder in which something changed less long before it was listed may change again unseen."""
_SLICE = 200
"""Files that are looked at in one go: half a millisecond."""
_BREATH_S = 0.001
_TRUSTED = 15
"""Looks after which every folder is listed again: some drives do not date their folders."""


class Look(NamedTuple):
    """How a file was found: when it was written last, in nanoseconds, and its size in bytes."""

    written: int
    size: int


class _Listed(NamedTuple):
    """A folder as it was listed, and when something in it had come, gone or been renamed."""

    changed: int
    listing: Listing


@dataclass
class Watch:
    """What is known of the files of some folders; each `look` compares.

    A file that is still being written is left for a later look: it is told of only when
    two looks in a row find it the same. What is gone is not told of: its issue stays.
    """

    folders: tuple[str, ...]
    _told: dict[str, Look] = field(default_factory=dict)
    _last: dict[str, Look] = field(default_factory=dict)
    _listed: dict[str, _Listed] = field(default_factory=dict)
    _looks: int = 0

    @property
    def restless(self) -> bool:
        """Whether a file was new or different at the last look, so that another look is due soon."""
        return any(self._told.get(path) != look for path, look in self._last.items())

    def settle(self) -> None:
        """Take everything as it is now for known: the folders are about to be imported."""
        self._last = self._found()
        self._told = dict(self._last)

    def look(self) -> list[str]:
        """Return the files that are new or changed, and at rest. Cheap: no file is opened."""
        now, last, told = self._found(), self._last, self._told
        changed = [path for path, look in now.items() if last.get(path) == look and told.get(path) != look]
        if len(told) > len(now) or told.keys() - now.keys():
            self._told = told = {path: look for path, look in told.items() if path in now}
        told.update((path, now[path]) for path in changed)
        self._last = now
        return changed

    def liveliest(self, most: int) -> list[str]:
        """Return the folders in which something came or went last, those that are watched first."""
        inner = sorted(self._listed, key=lambda folder: self._listed[folder].changed, reverse=True)
        there = [folder for folder in self.folders if folder in self._listed]
        return list(dict.fromkeys([*there, *inner]))[:most]

    def _found(self) -> dict[str, Look]:
        if self._looks % _TRUSTED == 0:
            self._listed.clear()
        self._looks += 1
        entered: set[tuple[int, int]] = set()
        return {path: look for folder in self.folders for path, look in self._files(folder, entered)}

    def _files(self, folder: str, entered: set[tuple[int, int]]) -> Iterator[tuple[str, Look]]:
        try:
            status = os.stat(folder)  # noqa: PTH116 - ten thousand paths cost more than the looking
            listing = self._listing(folder, status.st_mtime_ns)
        except OSError:  # a drive that is away is no error, and what cannot be listed the import tells of
            self._listed.pop(folder, None)
            return
        if (status.st_dev, status.st_ino) in entered:
            return
        entered.add((status.st_dev, status.st_ino))
        for number, file in enumerate(listing.files, 1):
            if number % _SLICE == 0:
                # A window that wants to draw gets its turn: a thread that never waits gives way only when the
                # interpreter makes it, and drawing needs that several times.
                time.sleep(_BREATH_S)  # noqa: TID251
            try:
                found = file.stat() if isinstance(file, WholeFile) else os.stat(file.path)  # noqa: PTH116
            except OSError:  # it went away in this very moment
                continue
            yield file.path, Look(found.st_mtime_ns, found.st_size)
        for inner in listing.folders:
            yield from self._files(inner, entered)

    def _listing(self, folder: str, changed: int) -> Listing:
        """Return what is in a folder: as it was listed before where nothing came, went or was renamed."""
        known = self._listed.get(folder)
        if known is not None and known.changed == changed:
            return known.listing
        listing = listed(folder, _may_be_issues)
        whole = any(isinstance(file, WholeFile) for file in listing.files)
        rested = time.time_ns() - changed > _RESTED_NS
        self._listed[folder] = _Listed(changed if rested and not whole else 0, listing)
        return listing


def _may_be_issues(name: str) -> bool:
    return is_issue_name(name) or is_mail_name(name) or is_mbox_name(name)
