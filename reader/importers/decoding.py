"""From bytes to text: whatever encoding a file was left in."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"RIFF", "a sound or a picture"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_SAMPLE = 4096  # bytes that are looked at to tell what a file is
_STRAY = "stray-bytes-as-cp1252"


def kind_of_binary(data: bytes) -> str:
    """Return what a file is that is no text ("a PDF"), "" for a text."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data.startswith(tuple(bom for bom, _ in _BOMS)) or _wide_encoding(data):
        return ""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(
        sample.translate(None, bytes(range(1, 9)) + b"\x0e\x0f" + bytes(range(16, 27)))
    )
    return "a binary file" if 0 in sample or controls * 10 > len(sample) else ""


def decode(data: bytes, *, html: bool = False) -> tuple[str, str]:
    """Return the text and a warning ("" where there is nothing to say); no bytes are an error."""
    text, warning = _decoded(data, html=html)
    return text.replace("\0", ""), warning


def declared_encoding(data: bytes) -> str:
    """Return the encoding that an XML declaration names; "" for none."""
    match = _XML_CHARSET.match(data[:_SAMPLE])
    return match[1].decode("ascii") if match else ""


def _decoded(data: bytes, *, html: bool) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _tolerantly(data[len(bom) :], encoding)
    if encoding := _wide_encoding(data):
        return _tolerantly(data, encoding)
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        declared = _declared(data) if html else ""
    if declared:
        try:
            return data.decode(declared), ""
        except UnicodeDecodeError:
            pass
    return _legacy(data)


def _tolerantly(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace"), "Some characters of it could not be read."


def _wide_encoding(data: bytes) -> str:
    """Return the encoding of text in UTF-16 or UTF-32 without a mark, told by where its NULs stand."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    sample = sample[: len(sample) - len(sample) % 4]
    if len(sample) < 8 or 0 not in sample:
        return ""
    quarter = len(sample) // 4
    nuls = [sample[place::4].count(0) for place in range(4)]
    if nuls[0] == nuls[1] == quarter and nuls[2] > quarter // 2 and nuls[3] == 0:
        return "utf-32-be"
    if nuls[2] == nuls[3] == quarter and nuls[1] > quarter // 2 and nuls[0] == 0:
        return "utf-32-le"
    even, odd = nuls[0] + nuls[2], nuls[1] + nuls[3]
    if odd * 3 > quarter and odd > even * 8:
        return _plausible(sample, "utf-16-le")
    if even * 3 > quarter and even > odd * 8:
        return _plausible(sample, "utf-16-be")
    return ""


def _plausible(sample: bytes, encoding: str) -> str:
    text = sample.decode(encoding, errors="replace")
    odd = sum(
        1 for character in text if character == "\ufffd" or (character < " " and character not in "\t\n\r\f")
    )
    return encoding if odd * 20 <= len(text) else ""


def _declared(data: bytes) -> str:
    meta = _META_CHARSET.search(data[:_SAMPLE])
    said = declared_encoding(data) or (meta[1].decode("ascii") if meta else "")
    if not said:
        return ""
    try:
        name = codecs.lookup(said).name
    except LookupError:
        return ""
    if name.startswith(("utf-16", "utf-32")):
        return ""  # the bytes have shown already that they are none
    return "cp1252" if name in ("ascii", "iso8859-1") else name


def _legacy(data: bytes) -> tuple[str, str]:
    """Read what is not UTF-8: Latin-1 throughout, or UTF-8 into which other bytes strayed."""
    text = data.decode("utf-8", errors=_STRAY)
    sound = data.decode("utf-8", errors="ignore")
    if sound.isascii():
        return text, "It is not in UTF-8; read as Western European (Windows-1252)."
    strays = len(text) - len(sound)
    those = "One byte of it is" if strays == 1 else f"{strays} bytes of it are"
    return text, f"{those} not UTF-8; read as Western European (Windows-1252)."


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    # five bytes of it mean nothing
    return error.object[error.start : error.start + 1].decode("cp1252", errors="replace"), error.start + 1


codecs.register_error(_STRAY, _as_cp1252)
