"""Digests: by what a text or a file is known to be the same as before."""

from __future__ import annotations

import hashlib


def digest_of(content: str | bytes) -> str:
    """Return the SHA-256 of some content in 64 hexadecimal digits; half a surrogate pair is no error."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def name_from(content: str | bytes) -> str:
    """Return a name for some content, the same wherever it is met: 16 hexadecimal digits."""
    return digest_of(content)[:16]
