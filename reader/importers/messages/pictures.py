"""Pictures that a message brings along."""

from __future__ import annotations

import hashlib
import re
from email.message import Message
from typing import NamedTuple
from urllib.parse import unquote

from reader.importers.messages.body import bytes_of

_CALLED = re.compile(r"\bcid:([^\s\"'<>)]{1,300})", re.IGNORECASE)
_ENDINGS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"))
_MOST_BYTES = 4_000_000
_MOST_TOGETHER = 16_000_000

Pictures = tuple[tuple[str, bytes], ...]


class Illustrated(NamedTuple):
    """A text and the pictures that it names."""

    html: str
    pictures: Pictures = ()


def with_pictures(html: str, message: Message) -> Illustrated:
    """Name each picture by the digest of its bytes ("cid/3f….png"); what is none that can be shown stays.

    So a picture that every issue brings along is one picture.
    """
    called = {unquote(found) for found in _CALLED.findall(html)} if "cid:" in html.lower() else set()
    if not called:
        return Illustrated(html)
    names: dict[str, str] = {}
    found: dict[str, bytes] = {}
    for part in message.walk():
        identifier = str(part.get("content-id", "")).strip().strip("<>").strip()
        if identifier not in called or part.is_multipart():
            continue
        data = bytes_of(part)
        ending = _ending(data)
        if (
            ending
            and len(data) <= _MOST_BYTES
            and sum(map(len, found.values())) + len(data) <= _MOST_TOGETHER
        ):
            names[identifier] = name = f"cid/{hashlib.sha256(data).hexdigest()[:32]}.{ending}"
            found[name] = data
    named = _CALLED.sub(lambda call: names.get(unquote(call[1]), call[0]), html)
    return Illustrated(named, tuple(found.items()))


def _ending(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((ending for magic, ending in _ENDINGS if data.startswith(magic)), "")
