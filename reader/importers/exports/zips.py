"""Zip archives from anywhere: nothing is unpacked to disk, and what would grow too large is refused.

It is loaded for archives alone, for it takes a while: ask `importers/files.is_zip` before.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from reader.importers.files import in_words
from reader.model import ImporterError

_MOST_FILES = 200_000
_MOST_BYTES = 8_000_000_000
"""Of all files of an archive, unpacked."""
_MOST_OF_ONE = 50_000_000
"""Bytes of one file that is read."""
_MOST_TIMES = 200
"""How many times larger than the archive its files may be; a text is 3 to 20 times."""
_SMALL = 100_000_000
"""Bytes that any archive may come to."""
_DAMAGED = "The zip archive is damaged."
_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    LookupError,
    RuntimeError,  # a password is asked for, or a way of packing that is not known
)


class Archive:
    """An archive that was found to be harmless."""

    def __init__(self, file: zipfile.ZipFile, location: str) -> None:
        self._file = file
        self._location = location
        self._paths = {info.filename: info for info in file.infolist() if not info.is_dir()}

    @property
    def paths(self) -> list[str]:
        """The paths of its files, as they lie in it."""
        return list(self._paths)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of it; raise ImporterError where they cannot be had, or are too many."""
        info = self._paths[path]
        if info.flag_bits & 1:
            raise ImporterError("The zip archive asks for a password.", self._location)
        try:
            with self._file.open(info) as file:
                data = file.read(_MOST_OF_ONE + 1)
        except OSError as error:
            raise ImporterError(in_words(error), self._location) from error
        except _ERRORS as error:
            raise ImporterError(f"{_DAMAGED[:-1]}: “{path}” cannot be read.", self._location) from error
        if len(data) > _MOST_OF_ONE:
            size = f"{_MOST_OF_ONE // 1_000_000} MB"
            raise ImporterError(f"“{path}” is too large: up to {size} are read.", self._location)
        return data


@contextmanager
def opened(location: str) -> Iterator[Archive]:
    """Open a zip archive; raise ImporterError where it is none, is damaged, or is made to do harm."""
    try:
        file = zipfile.ZipFile(location)
    except OSError as error:
        raise ImporterError(in_words(error), location) from error
    except _ERRORS as error:
        raise ImporterError(_DAMAGED, location) from error
    with file:
        if reason := _refused(file):
            raise ImporterError(reason, location)
        yield Archive(file, location)


def paths_of(location: str) -> list[str]:
    """Return the paths in a zip archive; none of what is no archive, or cannot be opened."""
    try:
        with zipfile.ZipFile(location) as file:
            return [info.filename for info in file.infolist() if not info.is_dir()]
    except (OSError, *_ERRORS):
        return []


def _refused(file: zipfile.ZipFile) -> str:
    """Return why an archive is not read, "" where it is."""
    infos = file.infolist()
    if len(infos) > _MOST_FILES:
        return f"The zip archive has too many files: up to {_MOST_FILES:,} are read."
    if any(_leads_out(info.filename) for info in infos):
        return "The zip archive was left out: its files name places outside of it."
    size = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if size > _MOST_BYTES:
        return f"The zip archive is too large: it unpacks to {size / 1e9:,.0f} GB."
    if size > _SMALL and size > packed * _MOST_TIMES:
        return f"The zip archive was left out: it unpacks to {size / max(packed, 1):,.0f} times its size."
    return ""


def _leads_out(path: str) -> bool:
    slashed = path.replace("\\", "/")
    return slashed.startswith("/") or ".." in PurePosixPath(slashed).parts or slashed[1:2] == ":"
