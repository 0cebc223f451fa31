"""What was done with a message where it comes from: the marks of mbox files, Maildirs and Google's labels."""

from __future__ import annotations

from reader.importers.messages.headers import Header
from reader.model import State

_READ, _MARKED, _DELETED = 0x0001, 0x0004, 0x0008
"""Bits of X-Mozilla-Status."""


def state_in(header: Header) -> State:
    """Return what the header says: Status and X-Status, X-Mozilla-Status, X-Gmail-Labels."""
    mozilla = _mozilla(header)
    status, more = header.get("status", ""), header.get("x-status", "")
    labels = {label.strip(' "').casefold() for label in header.get("x-gmail-labels", "").split(",")}
    read = "R" in status or bool(mozilla & _READ) or ("x-gmail-labels" in header and "unread" not in labels)
    return State(read=read, starred="F" in more or bool(mozilla & _MARKED) or "starred" in labels)


def is_deleted(header: Header) -> bool:
    """Say whether a message was thrown away: its bytes only stay until the mailbox is tidied."""
    return bool(_mozilla(header) & _DELETED) or "D" in header.get("x-status", "")


def state_of_flags(flags: str) -> State:
    """Return what the letters at the end of a Maildir file's name say."""
    return State(read="S" in flags, starred="F" in flags)


def _mozilla(header: Header) -> int:
    try:
        return int(header.get("x-mozilla-status", "0"), 16)
    except ValueError:
        return 0
