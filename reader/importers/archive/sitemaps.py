"""Sitemaps: what a site tells search engines, of which only that is asked for which looks like its issues."""

from __future__ import annotations

import re
import zlib
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from reader.importers.archive import Listed, Page
from reader.importers.archive.places import Alike, Site, root_of
from reader.importers.page import page_issue
from reader.model import ImporterError, RawIssue
from reader.model.addresses import joined_address
from reader.model.fetched import Fetched

_PLACES = ("robots.txt", "sitemap.xml", "sitemap_index.xml", "sitemap-index.xml", "wp-sitemap.xml")
_ROBOTS = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_ENTRY = re.compile(r"<(?:\w+:)?(?P<kind>url|sitemap)\s*>", re.IGNORECASE)
_LOC = re.compile(r"<(?:\w+:)?loc\s*>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,2000}?)\s*(?:\]\]>)?\s*<", re.IGNORECASE)
_LASTMOD = re.compile(r"<(?:\w+:)?lastmod\s*>\s*([0-9T:.+Z-]{4,40})", re.IGNORECASE)
_OTHERS = re.compile(r"page(?!d)|tag|categor|author|user|image|video|product|taxonom", re.IGNORECASE)
_POSTS = re.compile(r"post|issue|newsletter|article|archive|news", re.IGNORECASE)
_MOST_BYTES = 50_000_000
"""What a sitemap may have at most, by the rules of sitemaps."""


class _Entry(NamedTuple):
    """A line of a sitemap: a page, or another sitemap."""

    is_sitemap: bool
    address: str
    changed: str
    """As it is written there; "" where it is not."""


class Sitemaps:
    """Goes through all that a site says it has; nothing in it says which is older."""

    name = "sitemaps"
    turn = 50
    newest_first = False

    def starts(self, site: Site, feed: Fetched | None) -> tuple[str, ...]:  # noqa: ARG002 - no feed is needed
        root = root_of(site.home)
        return tuple(f"{root}/{place}" for place in _PLACES) if site.issues else ()

    def listed(self, site: Site, fetched: Fetched) -> Listed:
        text = _text(fetched)
        if urlsplit(fetched.address).path.endswith("/robots.txt"):
            return Listed(
                more=tuple(joined_address(fetched.address, found) for found in _ROBOTS.findall(text))
            )
        entries = sorted(_entries(text), key=lambda entry: entry.changed, reverse=True)
        if not entries:
            raise ImporterError("This is no sitemap.", fetched.address)
        alike = Alike(site.issues)
        pages = (entry.address for entry in entries if not entry.is_sitemap and entry.address in alike)
        more = [entry.address for entry in entries if entry.is_sitemap]
        return Listed(pages=tuple(Page(page, page) for page in pages), more=_of_posts(more))

    def read(self, fetched: Fetched) -> RawIssue:
        return page_issue(fetched)


way = Sitemaps()


def _of_posts(sitemaps: list[str]) -> tuple[str, ...]:
    """Return those of a site's sitemaps in which its issues may be, by how they are called."""
    named = [(place, urlsplit(place).path.rpartition("/")[2]) for place in sitemaps]
    posts = [place for place, name in named if _POSTS.search(name) and not _OTHERS.search(name)]
    return tuple(posts or [place for place, name in named if not _OTHERS.search(name)] or sitemaps)


def _entries(text: str) -> list[_Entry]:
    starts = [*_ENTRY.finditer(text)]
    ends = [*(start.start() for start in starts[1:]), len(text)]
    found = []
    for start, end in zip(starts, ends, strict=False):
        if place := _LOC.search(text, start.end(), end):
            changed = _LASTMOD.search(text, start.end(), end)
            kind = start["kind"].lower() == "sitemap"
            found.append(_Entry(kind, unescape(place[1]), changed[1] if changed else ""))
    return found


def _text(fetched: Fetched) -> str:
    """Return a sitemap as text; one that is a gzip file is unpacked, up to what a sitemap may have."""
    data = fetched.body
    if data.startswith(b"\x1f\x8b"):
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            data = unpacking.decompress(data, _MOST_BYTES)
        except zlib.error as error:
            raise ImporterError("This sitemap is damaged.", fetched.address) from error
        if unpacking.unconsumed_tail:
            raise ImporterError("This sitemap is larger than any may be.", fetched.address)
    return data.decode("utf-8", "replace")
