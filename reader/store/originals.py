"""What the links of each issue were as it came, before they lost what counts the reader."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Sequence


def put(connection: sqlite3.Connection, issue: str, links: Sequence[tuple[str, str]]) -> None:
    """Note what an issue's links were, over whatever was noted of them before."""
    (number,) = connection.execute("SELECT id FROM issues WHERE key = ?", (issue,)).fetchone()
    if links:
        packed = zlib.compress(json.dumps(dict(links), ensure_ascii=False).encode("utf-8", "surrogatepass"))
        connection.execute("INSERT OR REPLACE INTO originals VALUES (?, ?)", (number, packed))
    else:
        connection.execute("DELETE FROM originals WHERE issue = ?", (number,))


def original(connection: sqlite3.Connection, issue: str, link: str) -> str:
    """Return what a link of an issue was as it came; the link itself where it is as it was."""
    row = connection.execute(
        "SELECT links FROM originals JOIN issues ON issues.id = originals.issue WHERE key = ?", (issue,)
    ).fetchone()
    links = json.loads(zlib.decompress(row[0])) if row else {}
    return str(links.get(link, link))
