"""Which addresses may stay: http, https, mailto, places within the issue and relative ones."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

# As browsers do: a scheme may be written with tabs and newlines in it.
_IGNORED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffc\ufffd\ud800-\udfff]+"
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_KEPT = re.compile(r"picture:[0-9a-f]{64}")
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_HOST_ONLY = re.compile(r"[/\\]{2}(?=[^/\\])")
_SEGMENT_END = re.compile(r"[/?#]")
_UNSAFE = re.compile(r'[\s<>"`]')


def clean_link(address: str | None) -> str:
    """Return the address of a link if it is harmless, else "".

    Harmless are http, https, mailto, "#…" and relative addresses. "//host" is read as https.
    """
    address = _IGNORED.sub("", address or "").strip()
    if not address or _WEB.match(address):
        return _quoted(address)
    if _HOST_ONLY.match(address):
        return _quoted("https:" + address.replace("\\", "/"))
    if address.lower().startswith("www."):
        return _quoted("https://" + address)
    scheme = _scheme(address)
    if scheme == "mailto":
        return _quoted(address) if "@" in address else ""
    # Before the first slash a relative address has no colon: what has one is a scheme to somebody.
    relative = not scheme and ":" not in _SEGMENT_END.split(address, maxsplit=1)[0]
    return _quoted(address) if relative else ""


def clean_image(address: str | None) -> str:
    """Return the address of a picture if it is http, https, relative or one that is kept, else ""."""
    if address and _KEPT.fullmatch(address):
        return address
    address = clean_link(address)
    return "" if address.startswith(("#", "mailto:")) else address


def _scheme(address: str) -> str:
    """Return the scheme in lower case, seen also through entities and percent signs."""
    for _ in range(4):  # Whoever opens the address may decode once more than we did.
        if match := _SCHEME.match(address):
            return match[1].lower()
        decoded = _IGNORED.sub("", html.unescape(unquote(address))).strip()
        if decoded == address:
            return ""
        address = decoded
    return "unknown"


def _quoted(address: str) -> str:
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
