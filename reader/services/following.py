"""Following: from an address that was typed to a newsletter whose issues come in by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.model import Head, IssuePage, KnownNewsletter, NotFoundError, RawIssue
from reader.model.fetched import Fetches
from reader.model.following import Followed, Preview, without_password
from reader.services.feeds import read_safely
from reader.services.filing import Filing
from reader.services.importing import Report, import_issues
from reader.services.library import Library
from reader.services.progress import Progress
from reader.services.schedule import in_utc, next_time, now
from reader.services.workers import Workers
from reader.store import aside
from reader.store import following as store
from reader.store.following import Failure, Noted

if TYPE_CHECKING:
    from reader.importers.fetching import Fetcher

_FEW = 8
"""The issues of a preview whose heads tell which newsletter they are of."""
_MOSTLY = 0.5
"""The part of them that must agree."""


def fetcher(typed: Iterable[str] = (), cancelled: Callable[[], bool] = lambda: False) -> Fetcher:
    """Return what asks the network, to be closed after use (a context manager).

    `typed` is what the reader typed, as `look_at` takes it: only there it goes into the reader's own network.
    """
    from reader.importers.discovery import addresses_in
    from reader.importers.fetching import Fetcher, asked_host

    hosts = [asked_host(address) for text in typed for address in addresses_in(text)]
    return Fetcher(typed=hosts, cancelled=cancelled)


def fetcher_for(library: Library, cancelled: Callable[[], bool] = lambda: False) -> Fetcher:
    """Return what asks the addresses that are followed."""
    return fetcher([one.address for one in followed(library) if one.private], cancelled)


def look_at(typed: str, fetches: Fetches, library: Library | None = None) -> Preview:
    """Return what following an address, or the site it is of, would bring; it may take some seconds.

    Raise FetchError where it cannot be had, ImporterError where nothing at it can be followed.
    """
    from reader.importers.discovery import discover

    with Workers() as workers:
        found = discover(typed, fetches, partial(read_safely, workers=workers))
    feed, answer = found.feed, found.answer
    known = {one.address: one.newsletter for one in followed(library)} if library else {}
    return Preview(
        found.address,
        feed.title,
        feed.site,
        len(feed.issues),
        _newest(feed.issues, feed.title),
        found.offers,
        known.get(found.address, ""),
        feed.issues,
        answer.headers.get("etag", ""),
        answer.headers.get("last-modified", ""),
        answer.private,
    )


def follow(
    library: Library,
    preview: Preview,
    name: str = "",
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Follow what was looked at, under that name or its own, and take in the issues that it holds now.

    A newsletter that was removed is brought back by that.
    """
    filing = Filing(library)
    name = " ".join(name.split())
    before = next((one for one in followed(library) if one.address == preview.address), None)
    key, shown = (before.newsletter, before.name) if before else _owner(library, preview, name, filing)
    one = Followed(preview.address, key, name or shown, preview.site, private=preview.private)
    library.record(lambda _connection: store.facts_of(one)).result()
    bring_back_removed(library, [key])
    report = import_issues(
        library, list(filing.filed(preview.raws, one)), progress=progress, cancelled=cancelled
    )
    if name and name != shown and key in library.known_newsletters():
        library.rename_newsletter(key, name).result()
    if not report.cancelled:
        library.write(partial(store.note, notes=[_first_note(preview, report)])).result()
    return report


def bring_back_removed(library: Library, keys: Iterable[str]) -> None:
    """Put back those of some newsletters that the reader had removed, and wants again."""
    for key in frozenset(keys) & library.ask(aside.removed):
        from reader.services.newsletters import bring_back  # it asks what is followed

        bring_back(library, key)


def unfollow(library: Library, address: str) -> None:
    """Ask an address no longer; its issues stay. `refollow` undoes it."""
    library.record(lambda _connection: [store.ended(address)]).result()


def refollow(library: Library, address: str) -> None:
    """Follow an address again that was followed once; its next refresh is due."""
    library.record(lambda _connection: [store.again(address)]).result()


def followed(library: Library) -> list[Followed]:
    """Return every address that is followed, by the names of their newsletters."""
    return library.ask(store.followed)


def failures(library: Library, address: str) -> list[Failure]:
    """Return how the refreshes of an address failed: the last fifty, the latest first."""
    return library.ask(partial(store.failures, address=address))


def followed_as(library: Library, named: str) -> list[Followed]:
    """Return what is followed for the newsletter, or at the address, that is named; raise NotFoundError."""
    known = followed(library)
    there = [one for one in known if named in (one.address, without_password(one.address), one.newsletter)]
    if there:
        return there
    wanted = named.casefold()
    if there := [one for one in known if one.name.casefold() == wanted]:
        return there
    there = [one for one in known if one.newsletter.startswith(wanted) or wanted in one.name.casefold()]
    if len({one.newsletter for one in there}) == 1:
        return there
    if there:
        names = ", ".join(dict.fromkeys(one.name for one in there))
        raise NotFoundError(f"“{named}” may be any of these: {names}.")
    raise NotFoundError(f"No newsletter “{named}” is followed.")


def _newest(raws: Sequence[RawIssue], name: str) -> IssuePage | None:
    """Return the newest issue as it would be read."""
    if not raws:
        return None
    from reader.parsing import parse

    dated = max(raws, key=lambda raw: dict(raw.meta).get("date", ""))
    parsed = parse(dated)
    label = f"{name} {parsed.issue.number}".strip() if parsed.issue.number else parsed.issue.title
    return IssuePage(parsed.issue, name, label, parsed.blocks, parsed.stories)


def _owner(library: Library, preview: Preview, name: str, filing: Filing) -> tuple[str, str]:
    """Return the key and the name of the newsletter that the issues of a preview belong to.

    It is one of the library where that has these issues already, or where their titles, their address or its
    name say so; one that another site is followed for is another newsletter of the same name.
    """
    from reader.parsing.heads import name_newsletters, read_head

    known = library.known_newsletters()
    taken = {one.newsletter for one in followed(library)}
    free = {key: one for key, one in known.items() if key not in taken}
    there = filing.owner(preview.raws)
    if there not in free and not name:
        heads = (read_head(raw._replace(newsletter="")) for raw in preview.raws[:_FEW])
        there = _shared([_of_own_host(head, preview.address) for head in heads], free)
    if there in free:
        return there, free[there].name
    title = name or preview.name
    head = Head(preview.address, newsletter=title)
    key, shown = name_newsletters([head], known)[preview.address]
    if key not in taken or _same_site(library, key, preview):
        return key, shown
    other = f"{title} ({urlsplit(preview.address).hostname})"
    return name_newsletters([head._replace(newsletter=other)], known)[preview.address]


def _of_own_host(head: Head, address: str) -> Head:
    """Return a head without the site it says it is from where another one says so: that lists links."""
    host = f".{urlsplit(address).hostname}"
    return head if host.endswith(f".{head.domain}") else head._replace(domain="")


def _shared(heads: Sequence[Head], known: dict[str, KnownNewsletter]) -> str:
    """Return the known newsletter that most of these heads belong to by what they say; "" for none."""
    from reader.parsing.naming import owners_of

    counted = Counter(owners_of(heads, known).values())
    for key, count in counted.most_common(1):
        if count > len(heads) * _MOSTLY:
            return key
    return ""


def _same_site(library: Library, key: str, preview: Preview) -> bool:
    hosts = {urlsplit(one.address).hostname for one in followed(library) if one.newsletter == key}
    return urlsplit(preview.address).hostname in hosts


def _first_note(preview: Preview, report: Report) -> Noted:
    at = now()
    result = f"{report.added:,} new issue{'' if report.added == 1 else 's'}."
    return Noted(
        preview.address,
        in_utc(at),
        result,
        due=next_time(at),
        etag=preview.etag,
        modified=preview.modified,
    )
