"""Pictures that were fetched: whether they may be, where they are, what they take, and what makes room."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from reader.model import Blocks, Change
from reader.model.addresses import is_web
from reader.model.picture import ONLY_ASKED, Picture, Policy, Usage
from reader.parsing.picture import picture_head
from reader.services.library import Library
from reader.store import aside, pictures
from reader.store.database import Connection, Job, Urgency

T = TypeVar("T")

MEGABYTE = 1_000_000
MOST_BYTES = 25 * MEGABYTE
MOST_PIXELS = 40_000_000
_ROOM = 0.9
"""How full the store is left when it was too full: so that the next picture does not fill it again."""
_DAY = 86_400
_IN_THE_MAKING = 3_600
"""Seconds in which a file may still be waiting for its row."""


class Reads(Protocol):
    """As much of a library as it takes to find a picture."""

    @property
    def directory(self) -> Path:
        """Where the library is kept."""

    def ask(self, question: Job[T]) -> T:
        """Put a question of the store's to the library."""


# Whether they may be fetched


def policy_of(library: Library, newsletter: str) -> Policy:
    """Return when the pictures of a newsletter are fetched."""
    return policies(library).get(newsletter, Policy.ASK)


def policies(library: Library) -> dict[str, Policy]:
    """Return what the reader said of the pictures of newsletters, by their keys."""
    known = {str(policy): policy for policy in Policy}
    return {key: known.get(said, Policy.ASK) for key, said in library.ask(pictures.policies).items()}


def set_policy(library: Library, newsletter: str, policy: Policy) -> Future[Change]:
    """Let the pictures of a newsletter be fetched at once, when they are asked for, or never."""
    return library.record(lambda _connection: [pictures.policy_fact(newsletter, policy)])


# Where they are


def directory_of(library: Reads) -> Path:
    """Return the directory of the pictures' files."""
    return library.directory / "pictures"


def known_pictures(library: Reads, addresses: Collection[str]) -> dict[str, Picture]:
    """Return what is known of pictures, by their addresses; one whose file is gone is not here."""
    found = library.ask(partial(pictures.rows, addresses=addresses))
    directory = directory_of(library)
    return {
        address: picture if not picture.digest or _is_whole(directory, picture) else Picture(address)
        for address, picture in found.items()
    }


def file_of(library: Reads, address: str) -> Path | None:
    """Return the file of a picture, where it is here."""
    picture = known_pictures(library, [address]).get(address)
    return path_of(library, picture) if picture and picture.digest else None


def path_of(library: Reads, picture: Picture) -> Path:
    """Return where the file of a picture lies that is here."""
    return pictures.file_in(directory_of(library), picture)


def mark_shown(library: Library, shown: Iterable[Picture]) -> None:
    """Take note that pictures were shown, once a day: those shown longest ago are the first to make room."""
    now = int(time.time())
    stale = [picture.address for picture in shown if picture.digest and picture.used < now - _DAY]
    if stale:
        _write(library, partial(pictures.use, addresses=stale, now=now))


def store_picture(
    library: Library, address: str, data: bytes, newsletter: str = "", size: tuple[int, int] = (0, 0)
) -> Picture | None:
    """Keep a picture that is in hand, such as one that came inside a mail; None where it is none.

    The size is that at which it is shown, where that is not its own. Waits until it is kept. Nothing but a
    picture that cannot do anything is kept: see `picture_head`.
    """
    head = picture_head(data) if len(data) <= MOST_BYTES else None
    if head is None or head.kind == "svg" or head.width * head.height > MOST_PIXELS:
        return None
    now = int(time.time())
    directory = directory_of(library)
    digest, part = pictures.write_part(directory, data)
    width, height = size if all(size) else (head.width, head.height)
    picture = Picture(address, digest, head.kind, width, height, len(data), now)

    def keep(connection: Connection) -> None:
        pictures.put(connection, picture, newsletter, now)
        pictures.settle_part(directory, part, picture)

    try:
        _write(library, keep, Urgency.IMPORT).result()
    finally:
        part.unlink(missing_ok=True)
    return picture


def note_picture(library: Library, picture: Picture, newsletter: str = "") -> None:
    """Write down why a picture is not here."""
    now = int(time.time())
    _write(library, partial(pictures.put, picture=picture, newsletter=newsletter, now=now), Urgency.IMPORT)


# Which there are


def pictures_in(blocks: Blocks) -> Iterator[str]:
    """Yield the addresses of the pictures of a text that are on the web, each once."""
    seen = dict.fromkeys(run.image for block in blocks for run in block.all_runs if run.image)
    return (address for address in seen if is_web(address))


def want_pictures(
    library: Library, issues: Iterable[str], cancelled: Callable[[], bool] = lambda: False
) -> None:
    """Put the pictures of issues on the list of those to be fetched; it outlives the program's end."""
    for key in issues:
        if cancelled():
            return
        page = library.whole(key)
        if page is not None and (found := list(pictures_in(page.blocks))):
            job = partial(pictures.want, addresses=found, newsletter=page.issue.newsletter)
            _write(library, job, Urgency.IDLE).result()


def missing_pictures(library: Library, addresses: Collection[str]) -> list[str]:
    """Return which of the pictures that a page shows are not here, and may be asked for by themselves now.

    One that made room for others is among them: it is wanted again.
    """
    known, now = known_pictures(library, addresses), time.time()
    unknown = Picture("")

    def is_missing(picture: Picture) -> bool:
        gone = picture.due == ONLY_ASKED and not picture.error
        return not (picture.digest or picture.tracker) and (gone or 0 <= picture.due <= now)

    return [address for address in addresses if is_missing(known.get(address, unknown))]


def due_pictures(library: Library, most: int = 1_000_000) -> dict[str, str]:
    """Return which pictures are to be fetched now by themselves, with the newsletter of each."""
    removed = library.ask(aside.removed)
    always = [
        key for key, policy in policies(library).items() if policy is Policy.ALWAYS and key not in removed
    ]
    now = int(time.time())
    return library.ask(partial(pictures.due, newsletters=always, now=now, most=most)) if always else {}


# What they take


def usage(library: Library) -> Usage:
    """Return what the pictures take."""
    return library.ask(pictures.usage)


def keep_within(library: Library, limit: int) -> int:
    """Make room where the pictures take more than so many bytes; return how many went.

    Those shown longest ago go first, those of starred stories never.
    """
    _, size = library.ask(pictures.total)
    if size <= limit:
        return 0
    job = partial(pictures.longest_unused, spared=starred_pictures(library), size=size - int(limit * _ROOM))
    return _drop(library, library.ask(job))


def remove_pictures(library: Library) -> int:
    """Take all pictures away that can be fetched again, and stray files; return how many pictures went."""
    sweep(library)
    return _drop(library, library.ask(partial(pictures.longest_unused, spared=frozenset(), size=2**62)))


def starred_pictures(library: Library) -> frozenset[str]:
    """Return the addresses of the pictures of starred stories."""
    pages = library.pages(row.key for row in library.stories(starred=True))
    return frozenset(address for page in pages for address in pictures_in(page.body))


def sweep(library: Library) -> None:
    """Take files away that a crash left behind, and that nothing knows of."""
    known, before = library.ask(pictures.digests), time.time() - _IN_THE_MAKING
    for file in directory_of(library).glob("??/*"):
        with suppress(OSError):  # it got its name for good in this very moment
            if file.name.partition(".")[0] not in known and file.stat().st_mtime < before:
                file.unlink()


def _drop(library: Library, digests: Sequence[str]) -> int:
    job = partial(pictures.drop, directory=directory_of(library), digests=digests)
    _write(library, job, Urgency.IMPORT).result()
    return len(digests)


def _is_whole(directory: Path, picture: Picture) -> bool:
    try:
        return pictures.file_in(directory, picture).stat().st_size == picture.size
    except OSError:
        return False


def _write(
    library: Library, job: Callable[[Connection], None], urgency: Urgency = Urgency.IDLE
) -> Future[Change]:
    """Run a job that touches nothing of which the listener is told."""

    def silent(connection: Connection) -> Change:
        job(connection)
        return Change()

    return library.write(silent, urgency)
