"""File names that every system takes, made of titles."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
"""How long a name may be, in bytes of UTF-8, its ending included."""

_FORBIDDEN = re.compile(
    '[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffc\ufffd\ud800-\udfff]'
)
_SPACE = re.compile(r"\s+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_JOINERS = "\u200d\ufe0e\ufe0f"


def safe_name(title: str, suffix: str, tail: str = "") -> str:
    """Return a file name for a title, valid on Windows, macOS and Linux; "Untitled" where nothing is left.

    Emoji, accents and every script are kept. `tail` is put before the suffix and never cut off.
    """
    text = _SPACE.sub(" ", _FORBIDDEN.sub(" ", title.replace(": ", " - ").replace("\n", " ")))
    text = unicodedata.normalize("NFC", text).strip(" .")
    text = re.sub(r"^-\s+|\s+-$", "", text)
    text = _cut(text, LONGEST - len((tail + suffix).encode())).strip(" .") or "Untitled"
    if _RESERVED.match(text):
        text = f"_{text}"
    return f"{text}{tail}{suffix}"


def folded(name: str) -> str:
    """Return what is equal for two names that some system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _cut(text: str, most: int) -> str:
    """Return a text of at most so many bytes, cut between two words where there is such a place near."""
    if len(text.encode()) <= most:
        return text
    short = text.encode()[:most].decode("utf-8", "ignore")
    following = text[len(short)]
    while short and (unicodedata.combining(following) or following in _JOINERS or short[-1] in _JOINERS):
        short, following = short[:-1], short[-1]
    at = short.rfind(" ")
    return short[:at] if following != " " and at > len(short) * 2 // 3 else short
