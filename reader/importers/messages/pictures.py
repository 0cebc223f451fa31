"""Pictures that a message brings along."""

from __future__ import annotations

import re
from base64 import b64encode
from email.message import Message
from urllib.parse import unquote

from reader.importers.messages.body import bytes_of

_CALLED = re.compile(r"\bcid:([^\s\"'<>)]{1,300})", re.IGNORECASE)
_KINDS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"))
_MOST_BYTES = 2_000_000
_MOST_TOGETHER = 16_000_000
INSIDE = "data:image/"
"""How the address of a picture begins that is written into the text."""


def with_pictures(html: str, message: Message) -> str:
    """Return the text with its pictures written into it as data; what cannot be shown stays called."""
    called = {unquote(found) for found in _CALLED.findall(html)} if "cid:" in html.lower() else set()
    found: dict[str, str] = {}
    together = 0
    for part in message.walk() if called else ():
        identifier = str(part.get("content-id", "")).strip().strip("<>").strip()
        if identifier not in called or part.is_multipart():
            continue
        data = bytes_of(part)
        kind = _kind(data)
        if kind and len(data) <= _MOST_BYTES and together + len(data) <= _MOST_TOGETHER:
            together += len(data)
            found[identifier] = f"{INSIDE}{kind};base64,{b64encode(data).decode()}"
    return _CALLED.sub(lambda call: found.get(unquote(call[1]), call[0]), html) if found else html


def _kind(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in _KINDS if data.startswith(magic)), "")
