"""Pictures that were fetched: a row for each address, a file for each picture, named by what is in it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reader.model.hashes import digest_of
from reader.model.picture import KEPT, ONLY_ASKED, Kept, Picture, Usage
from reader.store.facts import Fact, values_of

_ENDINGS: Mapping[str, str] = {"jpeg": "jpg"}
_FIELDS = "address, digest, kind, width, height, bytes, used, error, tries, due, tracker"
_PUT = """
INSERT INTO pictures (address, digest, kind, width, height, bytes, used, error, tries, due, tracker, fetched)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (address) DO UPDATE SET
    digest = excluded.digest, kind = excluded.kind, width = excluded.width, height = excluded.height,
    bytes = excluded.bytes, used = excluded.used, error = excluded.error, tries = excluded.tries,
    due = excluded.due, tracker = excluded.tracker, fetched = excluded.fetched
"""
_USAGE = """
SELECT newsletter, coalesce(name, newsletter), count(*), sum(bytes)
FROM (
    SELECT DISTINCT newsletter, digest, bytes FROM pictured JOIN pictures USING (address) WHERE digest <> ''
) LEFT JOIN newsletters ON newsletters.key = newsletter
GROUP BY newsletter ORDER BY 4 DESC, 2
"""
_TOTAL = """
SELECT count(*), coalesce(sum(bytes), 0)
FROM (SELECT DISTINCT digest, bytes FROM pictures WHERE digest <> '')
"""
_ROW = f"SELECT {_FIELDS} FROM pictures WHERE address = ?"  # noqa: S608 - our own words
_FILES = f"SELECT {_FIELDS} FROM pictures WHERE digest = ?"  # noqa: S608
_OLDEST = """
SELECT digest, max(bytes), group_concat(address, char(10)) FROM pictures WHERE digest <> ''
GROUP BY digest ORDER BY max(used), digest
"""
_DUE = """
SELECT address, newsletter FROM pictures JOIN pictured USING (address)
WHERE digest = '' AND NOT tracker AND due BETWEEN 0 AND ? AND newsletter = ? ORDER BY tries, due LIMIT ?
"""


def file_in(directory: Path, picture: Picture) -> Path:
    """Return where the file of a picture that is here lies."""
    ending = _ENDINGS.get(picture.kind, picture.kind)
    return directory / picture.digest[:2] / f"{picture.digest}.{ending}"


def write_part(directory: Path, data: bytes) -> tuple[str, Path]:
    """Write a picture's bytes under a name for the time being; return their digest and the file."""
    digest = digest_of(data)
    part = directory / digest[:2] / f".{os.urandom(8).hex()}.part"
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:  # a full disk, mostly: what was written of it takes the last room
        part.unlink(missing_ok=True)
        raise
    return digest, part


def put(connection: sqlite3.Connection, picture: Picture, newsletter: str, now: int) -> None:
    """Write down what became of a picture."""
    connection.execute(_PUT, (*picture, now))
    show(connection, [picture.address], newsletter)


def show(connection: sqlite3.Connection, addresses: Iterable[str], newsletter: str) -> None:
    """Write down that a newsletter shows pictures; nothing where it is not known which."""
    if newsletter:
        connection.executemany(
            "INSERT INTO pictured VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(newsletter, address) for address in addresses],
        )


def want(connection: sqlite3.Connection, addresses: Iterable[str], newsletter: str) -> None:
    """Write down that pictures of a newsletter are to be fetched as soon as may be."""
    wanted = list(addresses)
    connection.executemany(
        "INSERT INTO pictures VALUES (?, '', '', 0, 0, 0, 0, 0, '', 0, 0, 0) ON CONFLICT DO NOTHING",
        [(address,) for address in wanted],
    )
    show(connection, wanted, newsletter)


def rows(connection: sqlite3.Connection, addresses: Collection[str]) -> dict[str, Picture]:
    """Return what is known of pictures, by their addresses."""
    found = (connection.execute(_ROW, (address,)).fetchone() for address in addresses)
    return {row[0]: Picture(*row)._replace(tracker=bool(row[-1])) for row in found if row}


def use(connection: sqlite3.Connection, addresses: Iterable[str], now: int) -> None:
    """Write down that pictures were shown."""
    connection.executemany(
        "UPDATE pictures SET used = ? WHERE address = ?", [(now, address) for address in addresses]
    )


def due(connection: sqlite3.Connection, newsletters: Iterable[str], now: int, most: int) -> dict[str, str]:
    """Return pictures that newsletters want and that may be asked for now, with the newsletter of each."""
    return {
        address: newsletter
        for key in newsletters
        for address, newsletter in connection.execute(_DUE, (now, key, most))
    }


def usage(connection: sqlite3.Connection) -> Usage:
    """Return what the pictures take, the newsletter that takes most first."""
    count, size = total(connection)
    return Usage(count, size, tuple(Kept(*row) for row in connection.execute(_USAGE)))


def digests(connection: sqlite3.Connection) -> set[str]:
    """Return the digests of all files that are kept."""
    return {row[0] for row in connection.execute("SELECT DISTINCT digest FROM pictures WHERE digest <> ''")}


def total(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many pictures are kept, and their bytes."""
    count, size = connection.execute(_TOTAL).fetchone()
    return count, size


def longest_unused(connection: sqlite3.Connection, spared: frozenset[str], size: int) -> list[str]:
    """Return the digests of pictures not shown for longest, together so many bytes, or all there are.

    What is spared, and what came inside an issue and can be had nowhere else, is not among them.
    """
    chosen: list[str] = []
    for digest, bytes_, addresses in connection.execute(_OLDEST):
        if size <= 0:
            break
        named = addresses.split("\n")
        if spared.isdisjoint(named) and not any(address.startswith(KEPT) for address in named):
            chosen.append(digest)
            size -= bytes_
    return chosen


def drop(connection: sqlite3.Connection, directory: Path, digests: Sequence[str]) -> None:
    """Take pictures away: their files, and that they are here. They come back when they are asked for."""
    for digest in digests:
        for row in connection.execute(_FILES, (digest,)):
            with suppress(OSError):
                file_in(directory, Picture(*row)).unlink(missing_ok=True)
    connection.executemany(
        "UPDATE pictures SET digest = '', bytes = 0, error = '', tries = 0, due = ? WHERE digest = ?",
        [(ONLY_ASKED, digest) for digest in digests],
    )


def settle_part(directory: Path, part: Path, picture: Picture) -> None:
    """Give a file its name for good; in a write job, so that nothing takes that very file away meanwhile."""
    os.replace(part, file_in(directory, picture))  # noqa: PTH105 - as one step


def policy_fact(newsletter: str, policy: str) -> Fact:
    """Return the fact that the pictures of a newsletter are fetched then and not else."""
    return Fact("newsletter", newsletter, "pictures", policy)


def policies(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what the reader said of the pictures of newsletters, by their keys."""
    return values_of(connection, "newsletter", "pictures")
