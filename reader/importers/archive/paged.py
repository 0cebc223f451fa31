"""Feeds that go on in other documents: RFC 5005, and the next page of a JSON Feed."""

from __future__ import annotations

import json
import re

from reader.importers.archive import Listed
from reader.importers.archive.pages import listed_in_feed
from reader.importers.archive.places import Site
from reader.importers.page import page_issue
from reader.importers.tags import attributes_of
from reader.model import RawIssue
from reader.model.addresses import joined_address
from reader.model.fetched import Fetched

_LINK = re.compile(r"<(?:\w+:)?link\b([^<>]{1,2000})/?>", re.IGNORECASE)
_ITEM = re.compile(r"<(?:\w+:)?(?:entry|item)\b", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:\w+:)?(?:entry|item)\s*>", re.IGNORECASE)
_EARLIER = ("prev-archive", "next")
"""Section 4 of the RFC, then section 3: an archived document never changes, a page may."""


class PagedFeed:
    """Follows a feed to its earlier documents."""

    name = "paged"
    turn = 10
    newest_first = True

    def starts(self, site: Site, feed: Fetched | None) -> tuple[str, ...]:  # noqa: ARG002 - the feed says it
        return earlier_documents(feed) if feed else ()

    def listed(self, site: Site, fetched: Fetched) -> Listed:  # noqa: ARG002 - every page says how it goes on
        return listed_in_feed(fetched, earlier_documents(fetched)[:1])

    def read(self, fetched: Fetched) -> RawIssue:
        return page_issue(fetched)


way = PagedFeed()


def earlier_documents(feed: Fetched) -> tuple[str, ...]:
    """Return where a feed says that it goes on to what is older, the surest place first."""
    text = feed.body.decode("utf-8", "replace")
    if text.lstrip("\ufeff \n\r\t").startswith("{"):
        return _next_page(text, feed.address)
    links: dict[str, str] = {}
    for match in _LINK.finditer(_outside_items(text)):
        values = attributes_of(match[1])
        links.setdefault(values.get("rel", "").lower(), values.get("href", ""))
    found = (joined_address(feed.address, links[rel]) for rel in _EARLIER if links.get(rel))
    return tuple(address for address in found if address != feed.address)


def _outside_items(text: str) -> str:
    """Return what a feed says of itself: what stands before its items, and after them."""
    first = _ITEM.search(text)
    if not first:
        return text
    end = first.start()
    for last in _ITEM_END.finditer(text, end):
        end = last.end()
    return text[: first.start()] + text[end:]


def _next_page(text: str, address: str) -> tuple[str, ...]:
    try:
        feed = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return ()
    following = feed.get("next_url") if isinstance(feed, dict) else None
    return (joined_address(address, following),) if isinstance(following, str) and following else ()
