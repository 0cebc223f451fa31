"""What a picture is, told from its first bytes and from nothing that is said about it."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from typing import NamedTuple

_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG's frame, which says how large it is."""
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers of a JPEG that nothing belongs to."""
_FIRST = 2048
"""Bytes in which something says what it is."""
_DOT = 2
"""Pixels."""
_SVG = re.compile(rb"<(?:\w+:)?svg[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body|script|title|meta)\b", re.IGNORECASE)
_OTHER: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\s*%PDF"), "a PDF"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "an AVIF picture"),
    (re.compile(rb"....ftyp(?:hei|mif)", re.DOTALL), "a HEIC picture"),
    (re.compile(rb"\xff\x0a|\0\0\0\x0cJXL "), "a JPEG XL picture"),
    (re.compile(rb"II\*\0|MM\0\*"), "a TIFF picture"),
)


class PictureHead(NamedTuple):
    """What a picture's first bytes say of it."""

    kind: str
    """ "png", "jpeg", "gif", "webp", "bmp", "ico" or "svg"."""
    width: int = 0
    """Pixels; 0 for a drawing, which has none."""
    height: int = 0


def picture_head(data: bytes) -> PictureHead | None:
    """Return what a picture's head says, None where it is none that can be shown, or its head is broken."""
    for kind, (signature, size_of) in _KINDS.items():
        if signature.match(data):
            try:
                width, height = size_of(data)
            except (struct.error, IndexError):
                return None
            return PictureHead(kind, width, height) if width > 0 and height > 0 else None
    return PictureHead("svg") if _is_svg(data) else None


def is_dot(width: int, height: int) -> bool:
    """Say whether a picture is so small that it only holds a place, or counts its readers."""
    return width <= _DOT and height <= _DOT


def what_it_is(data: bytes) -> str:
    """Name what came in place of a picture: "a web page", "a PDF", "nothing"."""
    if not data.strip():
        return "nothing"
    found = next((words for pattern, words in _OTHER if pattern.match(data)), "")
    if found:
        return found
    if _PAGE.search(data[:_FIRST]):
        return "a web page"
    return "a damaged picture" if any(kind.match(data) for kind, _ in _KINDS.values()) else "no picture"


def _is_svg(data: bytes) -> bool:
    head = data[:_FIRST].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE svg")) and bool(
        _SVG.search(data[:_FIRST])
    )


def _png(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _bmp(data: bytes) -> tuple[int, int]:
    if struct.unpack_from("<I", data, 14)[0] == 12:
        width, height = struct.unpack_from("<HH", data, 18)
    else:
        width, height = struct.unpack_from("<ii", data, 18)
    return width, abs(height)  # one that stands on its head has less than nothing


def _ico(data: bytes) -> tuple[int, int]:
    # 0 stands for 256.
    count = struct.unpack_from("<H", data, 4)[0]
    sizes = [(data[6 + 16 * n] or 256, data[7 + 16 * n] or 256) for n in range(min(count, 64))]
    return max(sizes, default=(0, 0))


def _webp(data: bytes) -> tuple[int, int]:
    form = data[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if form == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while True:
        if data[at] != 0xFF:
            raise IndexError
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _BARE:
            at += 2
        elif marker in _SOF:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        else:
            at += 2 + max(struct.unpack_from(">H", data, at + 2)[0], 2)


_Size = Callable[[bytes], tuple[int, int]]
_KINDS: Mapping[str, tuple[re.Pattern[bytes], _Size]] = {
    "png": (re.compile(rb"\x89PNG\r\n\x1a\n....IHDR", re.DOTALL), _png),
    "jpeg": (re.compile(rb"\xff\xd8\xff"), _jpeg),
    "gif": (re.compile(rb"GIF8[79]a"), _gif),
    "webp": (re.compile(rb"RIFF....WEBPVP8[ LX]", re.DOTALL), _webp),
    "bmp": (re.compile(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL), _bmp),
    "ico": (re.compile(rb"\0\0\x01\0[^\0]\0|\0\0\x01\0\0[^\0]"), _ico),
}
