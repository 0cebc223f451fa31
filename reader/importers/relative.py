"""Relative addresses in HTML, made whole: of links and of pictures."""

from __future__ import annotations

import re
from html import escape, unescape

from reader.model.addresses import is_web, joined_address

_LINKED = re.compile(r"<(?:a|area|img|source|video|audio|iframe)\b[^<>]*>", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?P<name>\s(?:href|src|poster|data-src|data-lazy-src|data-original)\s*=\s*)"
    r"(?:(?P<quote>[\"'])(?P<quoted>.*?)(?P=quote)|(?P<bare>[^\s\"'<>]+))",
    re.IGNORECASE | re.DOTALL,
)
_ABSOLUTE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|#|$)", re.IGNORECASE)


def absolute(html: str, base: str) -> str:
    """Return HTML in which the addresses of links and pictures are whole ones, seen from a web address."""

    def in_tag(tag: re.Match[str]) -> str:
        return _ADDRESS.sub(whole, tag[0])

    def whole(found: re.Match[str]) -> str:
        address = found["bare"] or found["quoted"]
        if _ABSOLUTE.match(address):
            return found[0]
        quote = found["quote"] or '"'
        return f"{found['name']}{quote}{escape(joined_address(base, unescape(address)))}{quote}"

    return _LINKED.sub(in_tag, html) if is_web(base) else html
