"""Newsletters that are followed: by what address, and how that was answered the last time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from reader.model.issue import RawIssue

if TYPE_CHECKING:
    from reader.model.rows import IssuePage

_LOGIN = re.compile(r"//[^/]*@")


class Followed(NamedTuple):
    """An address that is followed."""

    address: str
    """As it is asked: with the name and the password that it may hold. See `without_password`."""
    newsletter: str
    """The newsletter's key."""
    name: str
    """The newsletter's name as it is shown."""
    site: str = ""
    """The address of the newsletter's page; "" where that is not known."""
    checked: str = ""
    """When it was asked last, ISO 8601 in UTC; "" for never."""
    result: str = ""
    """What came of that, as a sentence: "3 new issues."."""
    error: str = ""
    """Why the last refresh failed, as a sentence; "" where it went well."""
    due: float = 0.0
    """When it is asked next by itself, in seconds since 1970."""
    stopped: bool = False
    """Whether it said that it is gone for good; it is asked no longer, but by its name."""
    private: bool = False
    """Whether it may be in the reader's own network: it was when the reader followed it."""


class Offer(NamedTuple):
    """An address that a site offers to follow."""

    address: str
    title: str


class Preview(NamedTuple):
    """What following an address would bring."""

    address: str
    """The address that would be followed."""
    name: str
    site: str = ""
    issues: int = 0
    """How many it holds now."""
    newest: IssuePage | None = None
    """The newest of them, split into its stories; None where it holds none."""
    offers: tuple[Offer, ...] = ()
    """What else the site offers."""
    known: str = ""
    """The key of the newsletter where the address is followed already, "" otherwise."""
    raws: tuple[RawIssue, ...] = ()
    """The issues, which come in when it is followed."""
    etag: str = ""
    modified: str = ""
    """What the server said of this answer, to be asked later whether it has changed."""
    private: bool = False
    """Whether it is in the reader's own network."""


def without_password(address: str) -> str:
    """Return an address as it may be shown: without a name and a password in it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return _LOGIN.sub("//", address)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=place)) if place != parts.netloc else address
