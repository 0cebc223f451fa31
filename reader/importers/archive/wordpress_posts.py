"""WordPress posts: it answers programs with them, twenty at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reader.importers.archive import Listed
from reader.importers.archive.pages import issue_of, rows_of, text_of
from reader.importers.archive.places import Site, query_of, with_query
from reader.importers.archive.wordpress import is_wordpress
from reader.importers.page import page_issue
from reader.model import RawIssue
from reader.model.fetched import Fetched

_PER_PAGE = 20
"""Issues of a page of the list; a hundred would be one answer of many megabytes."""


class WordPressPosts:
    """Asks WordPress for its posts as data; the feed may hold summaries, or say the same on every page."""

    name = "wordpress"
    turn = 30
    newest_first = True

    def starts(self, site: Site, feed: Fetched | None) -> tuple[str, ...]:
        place = f"{site.home.rstrip('/')}/wp-json/wp/v2/posts"
        return (with_query(place, per_page=_PER_PAGE, page=1),) if feed and is_wordpress(feed) else ()

    def listed(self, site: Site, fetched: Fetched) -> Listed:  # noqa: ARG002 - the address says where it goes on
        issues = tuple(_post(row) for row in rows_of(fetched) if isinstance(row.get("link"), str))
        number = int(query_of(fetched.address, "page") or 1)
        last = int(_digits(fetched.headers.get("x-wp-totalpages", "")) or number + bool(issues))
        more = (with_query(fetched.address, page=number + 1),) if issues and number < last else ()
        return Listed(issues, more=more)

    def read(self, fetched: Fetched) -> RawIssue:
        return page_issue(fetched)


way = WordPressPosts()


def _post(row: Mapping[str, Any]) -> RawIssue:
    content = row.get("content")
    html = content.get("rendered") if isinstance(content, dict) else ""
    date = text_of(row.get("date_gmt"))
    meta = {"title": text_of(row.get("title")), "date": f"{date}Z" if date else text_of(row.get("date"))}
    return issue_of(str(row["link"]), html if isinstance(html, str) else "", meta)


def _digits(value: str) -> str:
    return value if value.isascii() and value.isdigit() else ""
