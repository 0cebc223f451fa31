"""How mailers write the address that a link of theirs leads on to."""

from __future__ import annotations

import base64
import binascii
import json
import re
from urllib.parse import unquote

from reader.model.addresses import is_web

_ENCODED = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_SHORTEST = 16  # signs of base64 that an address has at least
_PROOFPOINT_3 = re.compile(r"/v3/__(?P<address>.+?)__;(?P<stars>[A-Za-z0-9_-]*={0,2})!")
_STARS = re.compile(r"\*(?:\*(?P<count>.))?")
_ONE_SLASH = re.compile(r"(https?:/)(?=[^/])", re.IGNORECASE)
_COUNTS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""How URL Defense counts the signs that it took out in a row: "A" is two."""


def in_base64(path: str) -> str:
    """Return the address that is a segment of the path in base64; "" where none is."""
    return next(filter(is_web, map(_decoded, path.split("/"))), "")


def in_json(path: str) -> str:
    """Return the address that JSON in base64 has as "e" or "url"; a signature may follow it after a dot."""
    try:
        said = json.loads(_decoded(path.partition("/")[0].partition(".")[0]) or "null")
    except (ValueError, RecursionError):
        return ""
    if not isinstance(said, dict):
        return ""
    return next((url for key in ("e", "url") if isinstance(url := said.get(key), str) and is_web(url)), "")


def in_proofpoint(path: str, query: str, address: str) -> str:
    """Return the address that Proofpoint's URL Defense holds, in any of its three ways of writing one."""
    if path.startswith("/v3/"):
        return _third(address)
    given = dict(one.partition("=")[::2] for one in query.split("&"))
    written = given.get("u", "")
    if path.startswith("/v2/"):
        written = written.replace("-", "%").replace("_", "/")
    return unquote(written)


def _third(address: str) -> str:
    """Return the address in which "*" stands for a sign and "**A" for two; the signs follow in base64."""
    match = _PROOFPOINT_3.search(address)
    if match is None:
        return ""
    signs = iter(_decoded(match["stars"], shortest=0))

    def put_back(star: re.Match[str]) -> str:
        count = _COUNTS.find(star["count"]) + 2 if star["count"] else 1
        return "".join(sign for _, sign in zip(range(count), signs, strict=False))

    return _ONE_SLASH.sub(r"\1/", _STARS.sub(put_back, match["address"]), count=1)


def _decoded(written: str, *, shortest: int = _SHORTEST) -> str:
    if len(written) < shortest or not _ENCODED.fullmatch(written):
        return ""
    padded = written.rstrip("=").translate({ord("-"): "+", ord("_"): "/"})
    try:
        return base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
