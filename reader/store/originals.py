"""What the links of each issue were as it came, before they lost what counts the reader."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable


def put(connection: sqlite3.Connection, issue: int, links: Iterable[tuple[str, str]]) -> None:
    """Note what an issue's links were, over whatever was noted of them before."""
    if told := dict(links):
        packed = zlib.compress(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        connection.execute("INSERT OR REPLACE INTO originals VALUES (?, ?)", (issue, packed))
    else:
        connection.execute("DELETE FROM originals WHERE issue = ?", (issue,))


def add(connection: sqlite3.Connection, issue: int, links: Iterable[tuple[str, str]]) -> None:
    """Note what links of a copy of an issue were, beside what was noted of its other copies."""
    known = _of(connection, issue)
    if (both := known | dict(links)) != known:
        put(connection, issue, both.items())


def give(connection: sqlite3.Connection, issue: int, other: int) -> None:
    """Let an issue have what was noted of another, which becomes a copy of it."""
    add(connection, other, _of(connection, issue).items())


def original(connection: sqlite3.Connection, issue: str, link: str) -> str:
    """Return what a link of an issue was as it came; the link itself where it is as it was."""
    row = connection.execute("SELECT id FROM issues WHERE key = ?", (issue,)).fetchone()
    return _of(connection, row[0]).get(link, link) if row else link


def _of(connection: sqlite3.Connection, issue: int) -> dict[str, str]:
    row = connection.execute("SELECT links FROM originals WHERE issue = ?", (issue,)).fetchone()
    return json.loads(zlib.decompress(row[0])) if row else {}
