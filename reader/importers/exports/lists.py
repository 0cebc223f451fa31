"""Long lists in JSON files, read one after another, so that no file lies in memory whole."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from reader.importers.files import in_words
from reader.model import ImporterError

_CHUNK = 1 << 18
_LONGEST = 40_000_000
"""Characters of one thing of a list; what is longer is no issue."""
_SPACE = re.compile(r"[\s,]*")
_DAMAGED = "The list is damaged; what stands before that was read."


def objects(location: str, key: re.Pattern[str]) -> Iterator[dict[str, Any]]:
    """Yield the objects of the list under a key, or of the list that the file is.

    `key` matches what stands before the first object. Raise ImporterError where it is damaged or is none.
    """
    try:
        with Path(location).open("rb") as file:
            reader = _Reader(file, location)
            reader.go_to(key)
            yield from reader.objects()
    except OSError as error:
        raise ImporterError(in_words(error), location) from error


class _Reader:
    """A window on the text of a file, that moves on as it is read."""

    def __init__(self, file: IO[bytes], location: str) -> None:
        self._file = file
        self._location = location
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._text = ""
        self._ended = False

    def go_to(self, key: re.Pattern[str]) -> None:
        """Go to the first object of the list."""
        while not (match := key.search(self._text)):
            if self._ended or len(self._text) > _LONGEST:
                raise ImporterError("The file has no list of articles in it.", self._location)
            self._more()
        self._text = self._text[match.end() :]

    def objects(self) -> Iterator[dict[str, Any]]:
        decoder = json.JSONDecoder()
        at = 0
        while True:
            found, at = self._next(decoder, at)
            if found is None:
                return
            if isinstance(found, dict):
                yield found
            if at > _CHUNK:
                self._text, at = self._text[at:], 0

    def _next(self, decoder: json.JSONDecoder, at: int) -> tuple[Any, int]:
        """Return what stands next in the list and where it ends; None at the list's end."""
        while True:
            begins = self._begin(at)
            if self._text.startswith("]", begins):
                return None, begins
            try:
                found, ends = decoder.raw_decode(self._text, begins)
            except RecursionError as error:
                raise ImporterError(_DAMAGED, self._location) from error
            except ValueError as error:
                if self._ended or len(self._text) - at > _LONGEST:
                    raise ImporterError(_DAMAGED, self._location) from error
                self._more()
                continue
            return (found if found is not None else {}), ends

    def _begin(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def _more(self) -> None:
        """Read as much again as there is, so that a long object is not looked at too often."""
        data = self._file.read(max(_CHUNK, len(self._text)))
        self._ended = not data
        self._text += self._decoder.decode(data, final=self._ended).replace("\0", "")
