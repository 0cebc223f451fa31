"""Pictures made of nothing, and a network that has only what a test puts on it."""

import struct
import threading
import zlib

from fetched import answered

from reader.model.fetched import FetchError


def png(width=320, height=200, *, tone=90, extra=b""):
    """A PNG of one colour, with `extra` bytes in a chunk that nobody reads."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([tone]) * width) * height, 1)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + (chunk(b"teXt", extra) if extra else b"")
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def png_head(width, height):
    """A PNG that says to be that large, and has nothing in it."""
    return png(1, 1)[:16] + struct.pack(">II", width, height) + png(1, 1)[24:]


def gif(width=40, height=30):
    return (
        b"GIF89a"
        + struct.pack("<HH", width, height)
        + b"\xf0\0\0\0\0\0\xff\xff\xff"
        + (b",\0\0\0\0" + struct.pack("<HH", width, height) + b"\0\x02\x02\x44\x01\0;")
    )


def jpeg_head(width=640, height=480):
    exif = b"\xff\xe1" + struct.pack(">H", 10) + b"Exif\0\0\0\0"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + exif + frame + b"\xff\xd9"


def webp_head(width, height):
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + size


def bmp_head(width, height):
    return b"BM" + bytes(12) + struct.pack("<Iii", 40, width, -height) + bytes(16)


def ico_head(width, height):
    return b"\0\0\x01\0\x01\0" + bytes([width % 256, height % 256]) + bytes(14)


SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60">
<rect width="120" height="60" fill="#ff0000"/></svg>"""


class Web:
    """Answers with what is put on it: bytes, or an error to raise; anything else is not found."""

    def __init__(self, pages=None):
        self.pages = dict(pages or {})
        self.asked = []
        self.gate = threading.Event()
        """Nothing is answered before it is set."""
        self.gate.set()

    def close(self):
        """Keep nothing open."""

    def get(self, address, *, accept="", etag="", modified="", most_bytes=0):
        self.asked.append(address)
        assert self.gate.wait(20)
        answer = answered(self.pages.get(address), address, "text/html")
        if len(answer.body) > most_bytes > 0:
            raise FetchError("It is larger than 25 MB.", address)
        return answer
