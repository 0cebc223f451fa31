"""From whatever a reader pastes to the feed that is meant: of a site, of a page, or the address itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from reader.importers.decoding import decode
from reader.importers.feed import ACCEPT, MOST_BYTES, looks_like_feed, read_answer
from reader.model import ImporterError
from reader.model.addresses import is_web, joined_address
from reader.model.fetched import Fetched, FetchError, Fetches
from reader.model.following import Offer, without_password

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from reader.importers.feeds.shape import Feed

_ADDRESS = re.compile(r"\b(?:feed:(?://)?)?https?://[^\s<>\"“”]+|\bfeed:(?://)?[^\s<>\"“”]+", re.IGNORECASE)
_HANDLE = re.compile(
    r"(?:https?://)?(?:(?:www\.)?substack\.com/)?@([a-z0-9][a-z0-9-]{0,62})/?", re.IGNORECASE
)
_BARE = re.compile(
    r"(?:[^\s/@?#:]+:[^\s/@?#]+@)?"  # a name and a password
    r"(?:[^\s/@?#:.]+(?:\.[^\s/@?#:.]+)*\.(?:xn--)?[^\s/@?#:.\d][^\s/@?#:.]+\.?(?::\d{1,5})?"  # boats.example
    r"|(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?|\[[0-9a-f:.]+\](?::\d{1,5})?|localhost|[\w-]+:\d{2,5})"
    r"(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_TYPES = re.compile(
    r"(?:application|text)/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|x?-?rss|json|xml)", re.IGNORECASE
)
_NO_FEEDS = re.compile(r"oembed|wp-json|manifest|opensearch|sitemap", re.IGNORECASE)
_OF_COMMENTS = re.compile(r"comments?\b", re.IGNORECASE)
_LIKE_A_FEED = re.compile(
    r"/(?:feed|rss|atom)/?$|\.(?:rss|atom|rdf)$|/(?:feed|rss|atom|index)\.(?:xml|json)$", re.IGNORECASE
)
_PATHS = (
    "/feed",
    "/rss",
    "/feed.xml",
    "/index.xml",
    "/atom.xml",
    "/rss.xml",
    "/feed.json",
    "/rss/",
    "/feed/",
)
"""Substack, WordPress and Beehiiv have the first, Ghost and Buttondown the second, other makers the rest."""
_ALTERNATES = 4
"""Addresses that a page offers and that are tried."""
_LINKS = 3_000
"""Links of a page that are looked at."""
_PAGE = 2_000_000
"""Characters of a page in which its links are looked for."""
_NOTHING = "Nothing was found there that can be followed."

Read: TypeAlias = "Callable[[Fetched], Feed]"


class Found(NamedTuple):
    """A feed, where it is, and what else the site offers."""

    address: str
    feed: Feed
    answer: Fetched
    offers: tuple[Offer, ...] = ()


class _Page(NamedTuple):
    """A page, as far as it leads to feeds."""

    address: str
    offers: tuple[Offer, ...] = ()
    """What it says may be followed, the best first."""
    linked: tuple[str, ...] = ()
    """What it leads to that may be a feed."""


def discover(pasted: str, fetches: Fetches, read: Read = read_answer) -> Found:
    """Return the feed that a text means; raise FetchError, or ImporterError where there is none.

    `read` makes a feed of what was answered.
    """
    addresses = addresses_in(pasted)
    if not addresses:
        raise ImporterError("This is no address of the web.", without_password(pasted.strip())[:200])
    failed: ImporterError | None = None
    for address in addresses:
        try:
            return _found(address, fetches, read)
        except ImporterError as error:
            silent = isinstance(error, FetchError) and error.status == 0
            if failed is None or not silent:  # what a server says tells more than that another one is silent
                failed = error
            if not silent:
                break
    raise failed or ImporterError(_NOTHING, addresses[0])


def addresses_in(pasted: str) -> list[str]:
    """Return the address that a text means, as it may be meant: a bare name with https, then with http."""
    text = pasted.strip().strip("<>\"'“”")
    if match := _HANDLE.fullmatch(text):
        return [f"https://{match[1].lower()}.substack.com/feed"]
    if match := _ADDRESS.search(text):
        whole = re.sub(r"^feed:(?://)?", "", match[0], flags=re.IGNORECASE).rstrip(".,;)")
        return [whole] if "://" in whole else [f"https://{whole}", f"http://{whole}"]
    if _BARE.fullmatch(text) and "://" not in text:
        return [f"https://{text}", f"http://{text}"]
    return []


def _found(address: str, fetches: Fetches, read: Read) -> Found:
    try:
        answer = _get(address, fetches)
    except FetchError as error:
        if error.status == 0:
            raise
        # The home of a site may be closed to programs, and its feed not.
        return _first(_Page(address), (fetches, read), error)
    try:
        return _as_feed(address, answer, read)
    except ImporterError as error:
        if looks_like_feed(answer.body):
            raise
        page = _page(answer)
        failed = (
            error
            if not answer.body.lstrip()[:1].startswith(b"<")
            else ImporterError(_NOTHING, error.location)
        )
        return _first(page, (fetches, read), failed)


def _first(page: _Page, means: tuple[Fetches, Read], failed: ImporterError) -> Found:
    """Return the first feed of those that a page leads to, or of those where sites have theirs."""
    fetches, read = means
    for address in _places(page):
        try:
            found = _as_feed(address, _get(address, fetches), read)
        except ImporterError as error:
            if isinstance(error, FetchError) and _is_hopeless(error):
                raise failed from error
            continue
        others = tuple(offer for offer in page.offers if offer.address not in (address, found.address))
        return found._replace(offers=others)
    raise failed


def _is_hopeless(error: FetchError) -> bool:
    """Whether asking the same server for something else would only annoy it."""
    return error.status in (429, 503)


def _get(address: str, fetches: Fetches) -> Fetched:
    return fetches.get(address, accept=ACCEPT, most_bytes=MOST_BYTES)


def _as_feed(address: str, answer: Fetched, read: Read) -> Found:
    return Found(answer.moved or address, read(answer), answer)


def _places(page: _Page) -> Iterator[str]:
    """Yield where a feed may be, the likeliest first, each place once."""
    said = [offer.address for offer in page.offers[:_ALTERNATES]]
    yield from dict.fromkeys((*said, *page.linked, *_common(page.address)))


def _common(address: str) -> Iterator[str]:
    """Yield the addresses under which sites have their feeds: below the page, then at the root."""
    parts = urlsplit(address)
    folder = parts.path.rstrip("/")
    if folder and folder.count("/") == 1 and "." not in folder:
        yield from (urlunsplit((parts.scheme, parts.netloc, folder + path, "", "")) for path in _PATHS[:4])
    yield from (urlunsplit((parts.scheme, parts.netloc, path, "", "")) for path in _PATHS)


def _page(answer: Fetched) -> _Page:
    from selectolax.lexbor import LexborHTMLParser

    text, _ = decode(answer.body[: _PAGE * 2], html=True)
    tree = LexborHTMLParser(text[:_PAGE])
    base = _base(tree, answer.address)
    offers = dict(_alternates(tree, base))
    offers.pop(answer.address, None)
    ranked = sorted(offers, key=lambda address: bool(_OF_COMMENTS.search(f"{address} {offers[address]}")))
    linked = [address for address in _anchors(tree, base) if address not in offers]
    return _Page(answer.address, tuple(Offer(a, offers[a]) for a in ranked), tuple(linked[:_ALTERNATES]))


def _base(tree: LexborHTMLParser, address: str) -> str:
    node = tree.css_first("base[href]")
    return _whole(address, node.attributes.get("href") if node else "") or address


def _alternates(tree: LexborHTMLParser, base: str) -> Iterator[tuple[str, str]]:
    for node in tree.css("link[rel][href]"):
        said = node.attributes
        kinds = (said.get("rel") or "").lower().split()
        address = _whole(base, said.get("href"))
        typed = _TYPES.fullmatch((said.get("type") or "").partition(";")[0].strip())
        if (
            address
            and ("feed" in kinds or ("alternate" in kinds and typed))
            and not _NO_FEEDS.search(address)
        ):
            yield address, " ".join((said.get("title") or "").split())


def _anchors(tree: LexborHTMLParser, base: str) -> Iterator[str]:
    host = urlsplit(base).hostname
    for node in tree.css("a[href]")[:_LINKS]:
        address = _whole(base, node.attributes.get("href"))
        parts = urlsplit(address)
        if parts.hostname == host and _LIKE_A_FEED.search(parts.path) and not _OF_COMMENTS.search(address):
            yield address


def _whole(base: str, href: str | None) -> str:
    """Return an address on the web that a page leads to; "" for what is none."""
    said = re.sub(r"^feed:(?://)?(?=https?:)", "", (href or "").strip())
    whole = joined_address(base, said) if said else ""
    try:
        return urlsplit(whole)._replace(fragment="").geturl() if is_web(whole) else ""
    except ValueError:
        return ""
