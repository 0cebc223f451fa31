"""The link to the issue before, from page to page, as a reader would click it."""

from __future__ import annotations

import re

from reader.importers.archive import Listed
from reader.importers.archive.places import Site
from reader.importers.page import page_issue
from reader.importers.tags import attributes_of, words_of
from reader.model import RawIssue
from reader.model.addresses import canonical_address, host_of, joined_address
from reader.model.fetched import Fetched

_LINK = re.compile(r"<(?P<tag>a|link)\b(?P<inside>[^<>]{1,2000})>", re.IGNORECASE)
_TEXT = 300
"""Characters after the beginning of a link in which its text stands."""
_CLASS = re.compile(r"(?:^|[\s_-])(?:nav-)?(?:prev|previous|older)(?:$|[\s_-])", re.IGNORECASE)
_NOUN = r"issue|edition|post|newsletter|letter|number|article|entry|week|one|page|story"
_WORDS = re.compile(
    rf"\W*(?:(?:go to )?(?:the )?(?:prev|previous|older|earlier|preceding)(?: (?:{_NOUN}))?"
    r"|(?:vorige|vorherige|ältere)[rsn]?(?: \w+)?|(?:(?:numéro|édition|article) )?précédente?"
    r"|(?:(?:edición|número) )?anterior|предыдущ\w+(?: \w+)?|上一[篇期页]|前の\w*|이전(?: \w+)?)"
    r"(?:\s*[^\w\s].*)?",
    re.IGNORECASE | re.DOTALL,
)
_MOST_LINKS = 5_000


class EarlierLinks:
    """Reads the oldest issue that is known, and from there one after another."""

    name = "links"
    turn = 60
    newest_first = False

    def starts(self, site: Site, feed: Fetched | None) -> tuple[str, ...]:  # noqa: ARG002 - no feed is needed
        return site.issues[-1:]

    def listed(self, site: Site, fetched: Fetched) -> Listed:
        known = canonical_address(fetched.address) in {canonical_address(issue) for issue in site.issues}
        before = issue_before(fetched)
        return Listed(() if known else (page_issue(fetched),), more=(before,) if before else ())

    def read(self, fetched: Fetched) -> RawIssue:
        return page_issue(fetched)


way = EarlierLinks()


def issue_before(fetched: Fetched) -> str:
    """Return where a page says that the issue before it is; "" where it does not say.

    Its relation says it best ("prev"), then the name of its class, then its words.
    """
    html = fetched.body.decode("utf-8", "replace")
    host = host_of(fetched.address)
    best, found = 4, ""
    for count, link in enumerate(_LINK.finditer(html)):
        if count >= _MOST_LINKS:
            break
        values = attributes_of(link["inside"])
        address = joined_address(fetched.address, values.get("href", ""))
        rank = _rank(values, html[link.end() : link.end() + _TEXT] if link["tag"] in "aA" else "")
        elsewhere = host_of(address) == host and canonical_address(address) != canonical_address(
            fetched.address
        )
        if rank < best and elsewhere:
            best, found = rank, address
    return found


def _rank(values: dict[str, str], text: str) -> int:
    """Return how surely a link leads to the issue before, 1 for the surest; 9 where it does not."""
    if "prev" in values.get("rel", "").lower().split():
        return 1
    if _CLASS.search(values.get("class", "")):
        return 2
    words = words_of(text.partition("</a")[0].partition("</A")[0])
    said = any(
        _WORDS.fullmatch(one) for one in (words, values.get("title", ""), values.get("aria-label", "")) if one
    )
    return 3 if said else 9
