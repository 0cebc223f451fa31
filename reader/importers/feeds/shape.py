"""What a feed holds, whatever it is written in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from reader.importers.tags import words_of
from reader.model import Markup, RawIssue, part_of
from reader.model.addresses import is_web
from reader.model.following import without_password
from reader.model.hashes import digest_of, name_from

_LEFT_OUT = re.compile(r"<(script|style)\b.*?</\1", re.IGNORECASE | re.DOTALL)
_TITLE_LENGTH = 80
_BEGINNING = 4_000
"""Characters of a text that a title or its first words are taken from."""
_TRACKING = re.compile(r"utm_\w+", re.IGNORECASE)
_KINDS = {"audio": "Listen", "video": "Watch"}


class Attached(NamedTuple):
    """A file that comes with an entry: a podcast, a picture."""

    address: str
    kind: str = ""
    """Its media type."""


class Entry(NamedTuple):
    """One entry of a feed: mostly an issue."""

    text: str
    markup: Markup = "html"
    title: str = ""
    link: str = ""
    guid: str = ""
    date: str = ""
    """ISO 8601, in the zone in which it was said."""
    author: str = ""
    image: str = ""
    attached: tuple[Attached, ...] = ()
    tags: tuple[str, ...] = ()


class Feed(NamedTuple):
    """A feed as it was read."""

    title: str
    site: str = ""
    """The page it is of."""
    issues: tuple[RawIssue, ...] = ()
    ttl_minutes: int = 0
    """For how long it need not be asked again; 0 where it does not say."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day, in UTC, at which it need not be asked."""
    skip_days: frozenset[int] = frozenset()
    """Days of the week, Monday 0, on which it need not be asked."""


def issues_of(entries: Iterable[Entry], title: str, address: str) -> Iterator[RawIssue]:
    """Yield the issue that each entry is; two that are told apart by nothing are one."""
    seen: set[str] = set()
    for entry in entries:
        location = _location(entry, address, seen)
        if location not in seen:
            seen.add(location)
            yield _issue(entry, title, location)


def plain(text: str) -> str:
    """Return a short text, or the beginning of a long one, on one line and without markup."""
    return words_of(_LEFT_OUT.sub(" ", text[:_BEGINNING]).replace("\0", ""))


def _location(entry: Entry, address: str, seen: set[str]) -> str:
    """Return the address of an entry's page, else what names it within the feed."""
    if is_web(entry.link):
        clean = without_tracking(entry.link)
        if clean not in seen:
            return clean
    said = entry.guid or f"{entry.title}\n{entry.date}\n{entry.text}"
    name = name_from(f"{entry.link}\n{said}")
    return part_of(without_password(address), name)


def without_tracking(link: str) -> str:
    """Return the address of a page without what only counts who comes from where."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return link
    if "utm_" not in parts.query.lower():
        return link.strip()
    kept = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(name)]  # noqa: FBT003
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _issue(entry: Entry, newsletter: str, location: str) -> RawIssue:
    title = plain(entry.title) or _first_words(entry) or entry.date[:10] or newsletter
    meta = {
        "title": title,
        "date": entry.date,
        "author": plain(entry.author),
        "link": entry.link if is_web(entry.link) else "",
        "image": entry.image or next((a.address for a in entry.attached if a.kind.startswith("image/")), ""),
        "guid": entry.guid if entry.guid != entry.link else "",
        "tags": ", ".join(entry.tags),
    }
    text = entry.text + "".join(_attached(entry))
    digest = digest_of("\0".join((title, entry.date, meta["link"], text)))
    name = _name_of(location) or "issue"
    known = tuple((key, value) for key, value in meta.items() if value)
    return RawIssue(location, name, text, entry.markup, newsletter, digest=digest, meta=known)


def _first_words(entry: Entry) -> str:
    words = plain(entry.text)
    if len(words) <= _TITLE_LENGTH:
        return words
    return (words[:_TITLE_LENGTH].rpartition(" ")[0] or words[:_TITLE_LENGTH]) + "…"


def _attached(entry: Entry) -> Iterator[str]:
    """Yield a link for each sound, film and file that the text does not lead to itself."""
    for file in entry.attached:
        kind = file.kind.partition("/")[0]
        if kind == "image" or not is_web(file.address) or file.address in entry.text:
            continue
        words = f"{_KINDS.get(kind, 'File')}: {_name_of(file.address)}"
        if entry.markup == "html":
            yield f'\n<p><a href="{html.escape(file.address)}">{html.escape(words)}</a></p>'
        else:
            yield f"\n\n{words}: {file.address}"


def _name_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return parts.path.rstrip("/").rpartition("/")[2] or parts.netloc


def longest(texts: Sequence[str]) -> str:
    """Return the text that says most; "" for none."""
    return max(texts, key=len, default="")
