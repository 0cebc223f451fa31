"""OPML: lists of newsletters to follow, as feed readers exchange them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from reader.importers import Report
from reader.importers.files import beginning, text_in
from reader.importers.tags import Tag, tags
from reader.model import ImporterError, RawIssue
from reader.model.addresses import is_web
from reader.model.subscription import Subscription

_OPML = re.compile(r"<opml[\s>]", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|feed:(?=//)", re.IGNORECASE)
_MOST = 20_000_000  # bytes; ten thousand newsletters are three million
_DEEPEST = 50  # groups within groups that are kept apart


class Opml(NamedTuple):
    """What an OPML file lists."""

    subscriptions: tuple[Subscription, ...]
    left_out: tuple[str, ...] = ()
    """What it lists that is no address of the web."""


class OpmlImporter:
    """Knows a list of newsletters, which holds no issues, and says what it is for."""

    name = "opml"
    reads_any = False

    def accepts(self, location: str) -> bool:
        return is_opml(location)

    def issues(self, location: str, report: Report) -> Iterator[RawIssue]:
        try:
            count = len(read_opml(location).subscriptions)
        except ImporterError as error:
            report(error)
        else:
            them = "a newsletter" if count == 1 else f"{count:,} newsletters"
            say = (
                f"This is a list of {them} to follow, not of issues. To follow them: File › Follow a List,"
                " or tearsheet opml import FILE."
            )
            report(ImporterError(say, location))
        yield from ()


importer = OpmlImporter()


def is_opml(location: str) -> bool:
    """Say whether what is at a place begins like a list of newsletters."""
    return bool(_OPML.search(beginning(location)))


def read_opml(location: str) -> Opml:
    """Return what an OPML file lists, each address once; raise ImporterError where it is none or is empty.

    It need not be well-formed, nor name its types and versions. A newsletter's name is its `title`, else
    its `text`; what encloses it is its group, else what its `category` says.
    """
    text = text_in(location, _MOST)
    if not _OPML.search(text):
        raise ImporterError("This is no OPML file, for nothing in it says so.", location)
    found: dict[str, Subscription] = {}
    left_out: list[str] = []
    for one in _listed(text):
        address = _address(one.address)
        if not is_web(address):
            left_out.append(one.address)
        elif (key := _same(address)) not in found:
            found[key] = one._replace(address=address)
    if not found:
        raise ImporterError("The list has no newsletters in it.", location)
    return Opml(tuple(found.values()), tuple(left_out))


def _listed(text: str) -> Iterator[Subscription]:
    groups: list[str] = []
    """The name of each outline that is open; "" for what is no group."""
    for tag in tags(text):
        if tag.name == "/outline":
            groups = groups[:-1]
        elif tag.name == "outline":
            address = _feed_of(tag)
            if address:
                yield _subscription(tag, address, tuple(filter(None, groups[:_DEEPEST])))
            if not tag.is_empty:
                groups.append("" if address else _name(tag, "text", "title"))


def _subscription(tag: Tag, address: str, groups: tuple[str, ...]) -> Subscription:
    first, _, _ = tag.attributes.get("category", "").partition(",")
    path = tuple(part for name in first.strip().strip("/").split("/") if (part := " ".join(name.split())))
    site = tag.attributes.get("htmlurl", "")
    return Subscription(
        address, _name(tag, "title", "text"), site if is_web(site) else "", groups or path[:_DEEPEST]
    )


def _feed_of(tag: Tag) -> str:
    """Return the address that an outline is for; old programs wrote it under another name, "" for none.

    A search that a program keeps among them is none.
    """
    kind = tag.attributes.get("type", "").lower()
    if kind == "vfolder":
        return ""
    other = tag.attributes.get("url", "") if kind in ("rss", "atom", "feed") else ""
    return tag.attributes.get("xmlurl") or other


def _name(tag: Tag, *keys: str) -> str:
    return next((name for key in keys if (name := " ".join(tag.attributes.get(key, "").split()))), "")


def _address(written: str) -> str:
    """Return an address that a browser understands: "feed://a.example" is "http://a.example"."""
    shortened = _FEED_SCHEME.sub("", written.strip())
    return f"http:{shortened}" if shortened.startswith("//") else shortened


def _same(address: str) -> str:
    """Return what is equal for two addresses of one place."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return parts._replace(scheme="", netloc=parts.netloc.lower(), path=parts.path or "/").geturl()
