"""The characters of a message: what its bytes mean, whatever charset they say they are in."""

from __future__ import annotations

import codecs

from reader.importers.decoding import decode

_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
"""What mailers mean when they name a charset: a larger one of the same bytes, as browsers read it too."""
_NO_CHARSETS = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"))


def decoded(data: bytes, charset: str = "", *, html: bool = False) -> str:
    """Return the text of any bytes; where the charset is unknown, not said or wrong, they tell it."""
    codec = _codec(charset)
    if not codec or _is_utf8(data) or codec.startswith(("utf-16", "utf-32")):
        return _told_by_bytes(data, codec, html=html)
    try:
        return data.decode(codec).replace("\0", "")
    except (UnicodeError, LookupError, ValueError):
        return _told_by_bytes(data, "", html=html) if codec == "utf-8" else _mostly(data, codec)


def _is_utf8(data: bytes) -> bool:
    """Say whether bytes beyond ASCII are valid UTF-8: hardly anything else ever is."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _codec(charset: str) -> str:
    """Return the codec for a charset; "" for one that is unknown or that is none of text."""
    try:
        name = codecs.lookup(charset.strip(" \"'").removeprefix("x-")).name
        b"".decode(name)
    except (LookupError, UnicodeError, ValueError, TypeError):
        return ""
    return "" if name in _NO_CHARSETS else _WIDER.get(name, name)


def _told_by_bytes(data: bytes, codec: str, *, html: bool) -> str:
    if codec.startswith(("utf-16", "utf-32")) and not data.isascii():
        return data.decode(codec, errors="replace").replace("\0", "")
    return decode(data, html=html)[0]


def _mostly(data: bytes, codec: str) -> str:
    """Decode with a codec that does not know some of the bytes, if it knows nearly all."""
    text = data.decode(codec, errors="replace")
    lost = text.count("\ufffd")
    return text.replace("\0", "") if lost * 20 <= len(text) else decode(data)[0]
