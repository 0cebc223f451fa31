"""Addresses of the web: which are whole ones, whose they are, and which of them lead to one page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

_WEB = re.compile(r"\s*https?://[^\s/?#]", re.IGNORECASE)
_CACHE = "cdn.ampproject.org"
_AMP_HOSTS = ("www.", "amp.", "m.")
_AMP_ENDS = ("/amp", "/amp.html")
_OF_THE_READER = re.compile(
    r"(?:utm|mtm)_.*|fbclid|gclid|mc_[ce]id|source|ref|amp|email|token|publication_id|post_id|isfreemail|triedredirect",
    re.IGNORECASE,
)
"""What a query says of the one who reads, and of who sent him; links in a text lose more, by a list."""


def canonical_address(address: str) -> str:
    """Return a web address as "host/path?query": without scheme, "www.", AMP, fragment, last slash.

    What is no address of a page, or only that of a whole site, is "".
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").rstrip(".")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # "http://["
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path = parts.path
    if host.endswith(_CACHE) and path.startswith("/c/"):
        return canonical_address("https://" + path.removeprefix("/c/").removeprefix("s/"))
    for part in _AMP_HOSTS:
        host = host.removeprefix(part) if host.count(".") > 1 else host
    path = path.rstrip("/")
    for end in _AMP_ENDS:
        path = path.removesuffix(end)
    query = urlencode(sorted(_told(parts.query)))
    page = path.rstrip("/") + (f"?{query}" if query else "")
    return f"{host}{port}{page}" if page else ""


def is_web(address: str) -> bool:
    """Say whether an address is a whole one of the web."""
    return _WEB.match(address) is not None


def host_of(address: str) -> str:
    """Return the host of a web address in lower case and without "www."; "" for what is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.") if is_web(address) else ""
    except ValueError:
        return ""


def joined_address(base: str, address: str) -> str:
    """Return where an address leads that stands in the page `base`; the address itself where that is none."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address


def _told(query: str) -> list[tuple[str, str]]:
    """Return what a query says of the page, and not of the one who reads it."""
    told = parse_qsl(query, keep_blank_values=True)
    return [(name, value) for name, value in told if not _OF_THE_READER.fullmatch(name)]
