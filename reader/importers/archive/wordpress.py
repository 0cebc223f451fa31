"""WordPress feeds: they go on with `?paged=2`."""

from __future__ import annotations

import re

from reader.importers.archive import Listed
from reader.importers.archive.pages import listed_in_feed
from reader.importers.archive.places import Site, query_of, with_query
from reader.importers.page import page_issue
from reader.model import RawIssue
from reader.model.fetched import Fetched

_MADE_BY = re.compile(rb"wordpress\.(?:org|com)|/wp-(?:content|includes|json)/|\?p=\d+</guid>", re.IGNORECASE)


class WordPressFeed:
    """Asks for the following pages of the very feed that is followed, be it of one category only."""

    name = "wordpress_feed"
    turn = 20
    newest_first = True

    def starts(self, site: Site, feed: Fetched | None) -> tuple[str, ...]:
        return (with_query(site.feed, paged=2),) if feed and is_wordpress(feed) else ()

    def listed(self, site: Site, fetched: Fetched) -> Listed:
        found = listed_in_feed(fetched, ())
        number = int(query_of(fetched.address, "paged") or 0)
        more = (with_query(site.feed, paged=number + 1),) if number and found != Listed() else ()
        return found._replace(more=more)

    def read(self, fetched: Fetched) -> RawIssue:
        return page_issue(fetched)


way = WordPressFeed()


def is_wordpress(feed: Fetched) -> bool:
    """Say whether a feed was made by WordPress."""
    return bool(_MADE_BY.search(feed.body[:200_000]))
