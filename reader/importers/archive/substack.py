"""Substack: its archive as data, some issues at a time, and then the text of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from reader.importers.archive import Listed, Page
from reader.importers.archive.pages import issue_of, json_of, rows_of, text_of
from reader.importers.archive.places import Site, query_of, with_query
from reader.model import ImporterError, RawIssue
from reader.model.addresses import host_of
from reader.model.fetched import Fetched

_MADE_BY = re.compile(rb"<generator>\s*Substack|substackcdn\.com|\.substack\.com/", re.IGNORECASE)
_AT_ONCE = 12
"""What its own pages ask for; more than fifty it refuses."""
_FOR_ALL = ("", "everyone")
_LISTED = ("", "newsletter", "podcast", "restacked_newsletter")
"""The kinds of posts that are issues; a thread is a talk of readers."""


class Substack:
    """Asks Substack's archive, also of newsletters that have a domain of their own."""

    name = "substack"
    turn = 40
    newest_first = True

    def starts(self, site: Site, feed: Fetched | None) -> tuple[str, ...]:
        made = f".{host_of(site.feed)}".endswith(".substack.com")
        made = made or bool(feed and _MADE_BY.search(feed.body[:20_000]))
        place = f"{_home(site)}/api/v1/archive"
        return (with_query(place, sort="new", offset=0, limit=_AT_ONCE),) if made else ()

    def listed(self, site: Site, fetched: Fetched) -> Listed:
        rows = [row for row in rows_of(fetched) if isinstance(row.get("slug"), str)]
        shown = [row for row in rows if str(row.get("type") or "") in _LISTED]
        public = [row for row in shown if str(row.get("audience") or "") in _FOR_ALL]
        pages = tuple(_page(site, row) for row in public)
        offset = query_of(fetched.address, "offset")
        after = (int(offset) if offset.isdigit() else 0) + len(rows)
        more = (with_query(fetched.address, offset=after),) if rows else ()
        return Listed(pages=pages, more=more, closed=len(shown) - len(public))

    def read(self, fetched: Fetched) -> RawIssue:
        post = json_of(fetched)
        html = post.get("body_html") if isinstance(post, dict) else None
        if not isinstance(html, str) or not html.strip():
            raise ImporterError("Substack gave no text of this issue.", fetched.address)
        meta = {
            "title": text_of(post.get("title")),
            "subtitle": text_of(post.get("subtitle")),
            "date": text_of(post.get("post_date")),
            "author": _authors(post),
            "image": text_of(post.get("cover_image")),
        }
        return issue_of(text_of(post.get("canonical_url")) or fetched.address, html, meta)


way = Substack()


def _home(site: Site) -> str:
    return site.home.rstrip("/")


def _page(site: Site, row: Mapping[str, Any]) -> Page:
    """Return where an issue is known to be, and where its text is."""
    slug = quote(str(row["slug"]), safe="")
    address = text_of(row.get("canonical_url")) or f"{_home(site)}/p/{slug}"
    return Page(address, f"{_home(site)}/api/v1/posts/{slug}")


def _authors(post: Mapping[str, Any]) -> str:
    bylines = post.get("publishedBylines")
    names = (
        [text_of(one.get("name")) for one in bylines if isinstance(one, dict)]
        if isinstance(bylines, list)
        else []
    )
    return ", ".join(name for name in names if name)
