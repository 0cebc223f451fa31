"""Feeds: RSS, RDF, Atom and JSON Feed, from the network or from a file. Each entry is an issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.importers import Report
from reader.importers.files import bytes_in, first_bytes
from reader.model import ImporterError, RawIssue

if TYPE_CHECKING:
    from reader.importers.feeds.shape import Feed
    from reader.model.fetched import Fetched

MOST_BYTES = 128_000_000
"""What a feed may have: one with the whole of ten years has 84 MB."""
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.6, */*;q=0.5"
)
_BEGINNING = 4_096
_TITLE_LENGTH = 200
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_NONE = re.compile(rb"wordpress\.org/export|<(?:!doctype\s+)?html[\s>]|\{%", re.IGNORECASE)
"""What looks like a feed and is something else: an export, a page, a template that makes a feed."""
_JSON = re.compile(rb"\s*\{.*jsonfeed\.org(?:/|\\/)version", re.DOTALL)


def read_feed(data: bytes, address: str, content_type: str = "") -> Feed:
    """Return the feed that some bytes are, as they came from that address; raise ImporterError.

    `content_type` is what the server said of them, which may name an encoding.
    """
    from reader.importers.feeds.json_feed import read_json
    from reader.importers.feeds.xml import read_xml
    from reader.model.following import without_password

    shown = without_password(address)
    try:
        json = data[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        feed = read_json(data, shown) if json else read_xml(data, shown, content_type)
    except ImporterError as error:
        error.location = error.location or shown
        raise
    except Exception as error:
        raise ImporterError(f"This feed could not be understood ({type(error).__name__}).", shown) from error
    title = feed.title[:_TITLE_LENGTH].strip() or _host(shown)
    return feed._replace(title=title, issues=tuple(raw._replace(newsletter=title) for raw in feed.issues))


def read_answer(answer: Fetched) -> Feed:
    """Return the feed that an address answered; raise ImporterError where that is none."""
    return read_feed(answer.body, answer.address, answer.headers.get("content-type", answer.media_type))


class FeedImporter:
    """Reads feeds that lie on the disk."""

    name = "feed"
    reads_any = False

    def accepts(self, location: str) -> bool:
        return looks_like_feed(first_bytes(location, _BEGINNING))

    def issues(self, location: str, report: Report) -> Iterator[RawIssue]:
        try:
            feed = read_feed(bytes_in(location, MOST_BYTES), location)
        except ImporterError as error:
            report(error)
            return
        yield from feed.issues


def looks_like_feed(beginning: bytes) -> bool:
    """Say whether a file that begins so is a feed."""
    start = beginning[:_BEGINNING].replace(b"\0", b"")
    if _JSON.match(start.lstrip(b"\xef\xbb\xbf")):
        return True
    return bool(_ROOT.search(start)) and not _NONE.search(start)


def _host(address: str) -> str:
    host = urlsplit(address).hostname if "://" in address else ""
    return (host or Path(address).stem).removeprefix("www.") or "Newsletter"


importer = FeedImporter()
