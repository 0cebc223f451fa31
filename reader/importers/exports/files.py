"""Files of other programs: looked into to tell what they are, and read up to a size."""

from __future__ import annotations

from pathlib import Path

from reader.importers.decoding import decode, kind_of_binary
from reader.importers.folder import in_words
from reader.model import ImporterError

_BEGINNING = 8_192
"""Bytes that are looked at to tell what a file is."""


def beginning(location: str) -> str:
    """Return how a text file begins; "" for what is no file, no text, or cannot be read."""
    try:
        path = Path(location)
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            data = file.read(_BEGINNING)
    except (OSError, ValueError):
        return ""
    return "" if kind_of_binary(data) else decode(data, html=True)[0].removeprefix("\ufeff")


def is_zip(location: str) -> bool:
    """Say whether a file is a zip archive, by how it begins."""
    try:
        with Path(location).open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except (OSError, ValueError):
        return False


def whole(location: str, most: int) -> str:
    """Return the text of a file of up to so many bytes; raise ImporterError where it cannot be read."""
    try:
        with Path(location).open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ImporterError(in_words(error), location) from error
    if len(data) > most:
        raise ImporterError(f"The file is too large: up to {most // 1_000_000} MB are read.", location)
    if kind := kind_of_binary(data):
        raise ImporterError(f"This is {kind}, not a text.", location)
    return decode(data, html=True)[0].removeprefix("\ufeff")
