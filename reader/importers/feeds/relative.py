"""Relative addresses in the HTML of an entry, made whole."""

from __future__ import annotations

import re

from reader.model.addresses import is_web, joined_address

_RELATIVE = re.compile(
    r"(?:href|src|poster)\s*=\s*[\"']?(?![a-z][a-z0-9+.-]{1,20}:|[\"'#>\s])", re.IGNORECASE
)
_ATTRIBUTES = ("href", "src", "poster")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def resolved(html: str, base: str) -> str:
    """Return HTML whose addresses are whole; what has no relative ones stays as it is."""
    if not is_web(base) or not _RELATIVE.search(html):
        return html
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(html).body
    if body is None:
        return html
    for node in body.css("[href], [src], [poster]"):
        for name in _ATTRIBUTES:
            value = node.attributes.get(name)
            if value and not value.startswith("#") and not _SCHEME.match(value):
                node.attrs[name] = joined_address(base, value)
    return body.inner_html or ""
