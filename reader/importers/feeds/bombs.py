"""XML that would grow without end: refused before anything reads it."""

from __future__ import annotations

import re

from reader.importers.decoding import declared_encoding
from reader.model import ImporterError

_ENTITY = re.compile(rb"<!ENTITY\s+([^>]{0,400})", re.IGNORECASE)
_PLAIN = re.compile(rb"[\w.-]+\s+(?:\"[^\"&%]{0,60}\"|'[^'&%]{0,60}'|[\"']&#\w{1,8};[\"'])\s*")
_OUTSIDE = re.compile(rb"(?:%\s*)?[\w.-]+\s+(?:PUBLIC|SYSTEM)\b")
_AS_ASCII = re.compile(
    r"(?:utf-?8|us-ascii|ascii|iso-8859-\d+|latin-?\d*|windows-125\d|cp125\d)", re.IGNORECASE
)
_REFUSED = "It declares entities that may grow without end; such files are not read."


def refuse_bombs(data: bytes) -> None:
    """Raise ImporterError where a document declares entities that stand for more than a sign or a word."""
    for written in _writings(data):
        for match in _ENTITY.finditer(written):
            if not (_PLAIN.fullmatch(match[1]) or _OUTSIDE.match(match[1])):
                raise ImporterError(_REFUSED)


def _writings(data: bytes) -> list[bytes]:
    """Return the bytes as they are, and as whatever reads them might read them."""
    found = [data]
    if b"\0" in data[:400]:  # UTF-16 and UTF-32
        found.append(data.replace(b"\0", b""))
    encoding = declared_encoding(found[-1])
    if encoding and not _AS_ASCII.fullmatch(encoding):
        try:
            found.append(data.decode(encoding, "replace").encode("utf-8", "replace"))
        except (LookupError, ValueError):
            return found
    return found
