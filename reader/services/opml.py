"""Lists of newsletters as feed readers exchange them: in, to be followed, and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from reader.exporters.opml import opml_of
from reader.importers.opml import Opml, is_opml, read_opml
from reader.model import ExporterError, Head, ImporterError, KnownNewsletter
from reader.model.following import Followed, without_password
from reader.model.subscription import Subscription
from reader.services.export import replace_file
from reader.services.following import bring_back_removed
from reader.services.library import Library
from reader.store import following as store
from reader.store.database import Connection
from reader.store.facts import Fact, value_of

__all__ = [
    "Listed",
    "Lists",
    "Opml",
    "follow_all",
    "lists_among",
    "opml_of",
    "read_opml",
    "subscriptions",
    "write_opml",
]

_PARTED = " / "
"""Parts the names of a group and of the group around it."""


class Lists(NamedTuple):
    """What of some files are lists of newsletters, and what is something else."""

    wanted: tuple[Subscription, ...] = ()
    """The newsletters of the lists, each address once."""
    others: tuple[Path, ...] = ()
    """The files and folders that are no lists, or none that can be read."""


class Listed(NamedTuple):
    """What became of a list of newsletters."""

    followed: tuple[Followed, ...] = ()
    """Those that are followed from now on."""
    known: tuple[Followed, ...] = ()
    """Those that were followed already; nothing of them has changed."""


def lists_among(paths: Sequence[Path]) -> Lists:
    """Tell the lists of newsletters from whatever else the reader named. Not for the GUI thread."""
    found: dict[str, Subscription] = {}
    others = []
    for path in paths:
        try:
            listed = read_opml(str(path)).subscriptions if is_opml(str(path)) else ()
        except ImporterError:  # it is told when the file is to come in
            listed = ()
        found.update((one.address, one) for one in listed)
        if not listed:
            others.append(path)
    return Lists(tuple(found.values()), tuple(others))


def follow_all(library: Library, wanted: Sequence[Subscription]) -> Listed:
    """Follow every address of a list. Nothing is fetched: their issues come with the next refresh.

    Each is a newsletter of the library where its name or its site says so, else one of its own; one that was
    removed is brought back. It goes into
    the group that the list has it in, unless the reader has put it into one.
    """
    before = {one.address: one for one in library.ask(store.followed)}
    new = list({one.address: one for one in wanted if one.address not in before}.values())
    chosen = _named(library, new, before.values())
    groups = {one.newsletter: _PARTED.join(was.groups) for one, was in zip(chosen, new, strict=True)}

    def told(connection: Connection) -> list[Fact]:
        facts = [fact for one in chosen for fact in store.facts_of(one)]
        return facts + [
            Fact("newsletter", key, "group", group)
            for key, group in groups.items()
            if group and not value_of(connection, "newsletter", key, "group")
        ]

    if chosen:
        library.record(told).result()
        bring_back_removed(library, [one.newsletter for one in chosen])
    return Listed(tuple(chosen), tuple(before[one.address] for one in wanted if one.address in before))


def subscriptions(library: Library) -> list[Subscription]:
    """Return what is followed as a list for other readers has it: without passwords, each address once."""
    return library.ask(_subscriptions)


def write_opml(library: Library, path: Path) -> int:
    """Write all that is followed into a file and return how many; raise ExporterError where that fails."""
    listed = subscriptions(library)
    try:
        replace_file(path, opml_of(listed).encode("utf-8", "replace"))
    except OSError as error:
        raise ExporterError(f"{path} could not be written: {error.strerror or error}.") from error
    return len(listed)


def _subscriptions(connection: Connection) -> list[Subscription]:
    found: dict[str, Subscription] = {}
    for one in store.followed(connection):
        group = value_of(connection, "newsletter", one.newsletter, "group")
        groups = tuple(filter(None, group.split(_PARTED))) if isinstance(group, str) else ()
        address = without_password(one.address)
        found.setdefault(address, Subscription(address, one.name, one.site, groups))
    return list(found.values())


def _named(library: Library, wanted: Sequence[Subscription], followed: Iterable[Followed]) -> list[Followed]:
    """Return what is to be followed, each with a newsletter that no other address is followed for."""
    known = library.known_newsletters()
    taken = {one.newsletter for one in followed}
    chosen: list[Followed] = []
    for one in wanted:
        candidates = list(_owners(one, known))
        key, shown = next((pair for pair in candidates if pair[0] not in taken), candidates[-1])
        taken.add(key)
        chosen.append(Followed(one.address, key, shown, one.site))
    return chosen


def _owners(one: Subscription, known: Mapping[str, KnownNewsletter]) -> Iterator[tuple[str, str]]:
    """Yield the keys and names of the newsletters that an address may be of, the likeliest first."""
    from reader.parsing.heads import domain_of, name_newsletters

    domain = domain_of({"url": one.site or one.address})
    there = [key for key, newsletter in known.items() if domain in newsletter.domains]
    if len(there) == 1:
        yield there[0], known[there[0]].name
    title = one.name or domain or without_password(one.address)
    for name in (title, f"{title} ({domain})", f"{title} ({without_password(one.address)})"):
        yield name_newsletters([Head(one.address, newsletter=name)], known)[one.address]
