"""Answers that come compressed, inflated to so many bytes and no more."""

from __future__ import annotations

import zlib

_EITHER = 47  # zlib's number for "gzip or zlib, whichever it is"
_BARE = -15  # deflate without a header, as some servers send it


class TooLargeError(Exception):
    """More came, or came out of it, than may be."""


class BrokenError(Exception):
    """It is not compressed as it says, or breaks off."""


class Body:
    """What came in so far: at most so many bytes on the wire, and as many after inflating."""

    def __init__(self, coding: str, most: int) -> None:
        """Raise BrokenError where it is coded in a way that was not asked for."""
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise BrokenError
        self._most = most
        self._wire = 0
        self._bytes = bytearray()
        self._deflated = coding == "deflate"
        self._inflating = zlib.decompressobj(_EITHER) if coding not in ("", "identity") else None

    def add(self, chunk: bytes) -> None:
        """Take what came over the wire; raise TooLargeError or BrokenError."""
        self._wire += len(chunk)
        if self._wire > self._most:
            raise TooLargeError
        if self._inflating is None:
            self._keep(chunk)
            return
        try:
            self._inflate(chunk)
        except zlib.error as error:
            raise BrokenError from error

    def whole(self) -> bytes:
        """Return all of it; raise BrokenError where it broke off."""
        if self._inflating is not None and self._wire and not self._inflating.eof:
            raise BrokenError
        return bytes(self._bytes)

    def _inflate(self, chunk: bytes) -> None:
        while chunk:
            chunk = self._inflated(chunk)

    def _inflated(self, chunk: bytes) -> bytes:
        """Inflate a part, never to more than one byte over the limit; return what is left to inflate."""
        inflating = self._inflating
        if inflating is None:
            raise AssertionError("only what is compressed is inflated")
        if inflating.eof:  # gzip may have many parts, one after another; other bytes at its end are padding
            if not chunk.startswith(b"\x1f\x8b"):
                return b""
            inflating = self._inflating = zlib.decompressobj(_EITHER)
        try:
            self._keep(inflating.decompress(chunk, self._most - len(self._bytes) + 1))
        except zlib.error:
            if not self._deflated or self._bytes:
                raise
            self._deflated = False
            self._inflating = zlib.decompressobj(_BARE)
            return chunk
        return inflating.unconsumed_tail or inflating.unused_data

    def _keep(self, more: bytes) -> None:
        self._bytes += more
        if len(self._bytes) > self._most:
            raise TooLargeError
