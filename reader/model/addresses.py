"""Addresses of the web that lead to one page, however they are written."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

_CACHE = "cdn.ampproject.org"
_AMP_HOSTS = ("www.", "amp.", "m.")
_AMP_ENDS = ("/amp", "/amp.html")
_OF_THE_READER = frozenset(
    ("amp", "ref", "email", "token", "publication_id", "post_id", "isfreemail", "triedredirect")
)
"""What a query says of the one who reads; what counts him is gone from an issue's address already."""


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


def host_of(address: str) -> str:
    """Return the host of a web address without "www."; "" for what is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.") if "://" in address else ""
    except ValueError:
        return ""


def _told(query: str) -> list[tuple[str, str]]:
    """Return what a query says of the page, and not of the one who reads it."""
    told = parse_qsl(query, keep_blank_values=True)
    return [(name, value) for name, value in told if name.lower() not in _OF_THE_READER]
