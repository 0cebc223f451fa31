"""Files: how they begin, what is in them up to a size, and why they cannot be read."""

from __future__ import annotations

import stat
from pathlib import Path

from reader.importers.decoding import decode, kind_of_binary
from reader.model import ImporterError

_BEGINNING = 8_192
"""Bytes that are looked at to tell what a file of text is."""


def first_bytes(location: str, most: int) -> bytes:
    """Return the first bytes of a file; none of what is no file, or cannot be read."""
    try:
        path = Path(location)
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(most)
    except (OSError, ValueError):
        return b""


def beginning(location: str) -> str:
    """Return how a text file begins; "" for what is no file, no text, or cannot be read."""
    data = first_bytes(location, _BEGINNING)
    return "" if kind_of_binary(data) else decode(data, html=True)[0].removeprefix("\ufeff")


def is_zip(location: str) -> bool:
    """Say whether a file is a zip archive, by how it begins."""
    return first_bytes(location, 4) == b"PK\x03\x04"


def bytes_in(location: str, most: int) -> bytes:
    """Return what is in a file of up to so many bytes; raise ImporterError where it cannot be read."""
    path = Path(location)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ImporterError("This is not a file.", location)
        if status.st_size > most:
            size, limit = f"{status.st_size / 1e6:,.0f} MB", f"{most // 1_000_000} MB"
            raise ImporterError(f"The file is too large: {size}; up to {limit} are read.", location)
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise ImporterError(in_words(error), location) from error


def text_in(location: str, most: int) -> str:
    """Return the text in a file of up to so many bytes; raise ImporterError where it is none."""
    data = bytes_in(location, most)
    if kind := kind_of_binary(data):
        raise ImporterError(f"This is {kind}, not a text.", location)
    return decode(data, html=True)[0].removeprefix("\ufeff")


def in_words(error: OSError) -> str:
    """Return why a file could not be read, as the reader would say it."""
    if isinstance(error, FileNotFoundError):
        return "It is no longer there."
    if isinstance(error, PermissionError):
        return "You have no permission to read it."
    if isinstance(error, NotADirectoryError):
        return "It is not a folder."
    return f"It could not be read: {error.strerror or error}."
