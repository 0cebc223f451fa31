"""Pictures that a message, or a page saved as one, brings along."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from email.message import Message
from html import unescape
from urllib.parse import unquote

from reader.importers.messages.body import bytes_of

_SOURCE = re.compile(
    r"""(?P<before>\bsrc\s*=\s*["']?)(?P<address>(?:cid:|https?://)[^\s"'<>]{1,2000})""", re.IGNORECASE
)
_KINDS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"))
_MOST_BYTES = 2_000_000
_MOST_TOGETHER = 16_000_000
INSIDE = "data:image/"
"""How the address of a picture begins that is written into the text."""


def with_pictures(html: str, message: Message) -> str:
    """Return the text with its pictures written into it as data; what cannot be shown stays called.

    It calls them by their identifiers ("cid:…", RFC 2392) or by where they came from (RFC 2557).
    """
    called = {_plain(found["address"]) for found in _SOURCE.finditer(html)}
    pictures: dict[str, str] = {}
    together = 0
    for part in message.walk() if called else ():
        names = called.intersection(_names(part))
        if not names or part.is_multipart():
            continue
        data = bytes_of(part)
        kind = _kind(data)
        if kind and len(data) <= _MOST_BYTES and together + len(data) <= _MOST_TOGETHER:
            together += len(data)
            pictures |= dict.fromkeys(names, f"{INSIDE}{kind};base64,{b64encode(data).decode()}")
    if not pictures:
        return html

    def shown(found: re.Match[str]) -> str:
        picture = pictures.get(_plain(found["address"]))
        return f"{found['before']}{picture}" if picture else found[0]

    return _SOURCE.sub(shown, html)


def _names(part: Message) -> Iterator[str]:
    """Yield what a text may call a part by."""
    if identifier := str(part.get("content-id", "")).strip().strip("<>").strip():
        yield f"cid:{identifier}"
    if location := "".join(str(part.get("content-location", "")).split()):
        yield location


def _plain(address: str) -> str:
    address = unescape(address)
    return f"cid:{unquote(address[4:])}" if address[:4].lower() == "cid:" else address


def _kind(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in _KINDS if data.startswith(magic)), "")
