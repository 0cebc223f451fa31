"""The text of each issue and the shape of its blocks, compressed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.model import Blocks, Span
from reader.model.encoding import decode_blocks, decode_text

if TYPE_CHECKING:
    from reader.store.prepared import Packed


def put(connection: sqlite3.Connection, issue: int, packed: Packed) -> None:
    """Store the text of an issue over whatever was there."""
    connection.execute("INSERT OR REPLACE INTO texts (issue, text, shape) VALUES (?, ?, ?)", (issue, *packed))


def text(connection: sqlite3.Connection, issue: int) -> str:
    """Return an issue's text."""
    row = connection.execute("SELECT text FROM texts WHERE issue = ?", (issue,)).fetchone()
    return decode_text(row[0]) if row else ""


def blocks(connection: sqlite3.Connection, issue: int) -> Blocks:
    """Return an issue's blocks."""
    row = connection.execute("SELECT text, shape FROM texts WHERE issue = ?", (issue,)).fetchone()
    return decode_blocks(decode_text(row[0]), row[1]) if row else ()


def packed(connection: sqlite3.Connection, issue: int) -> Packed:
    """Return an issue's text and the shape of its blocks as they are stored."""
    row = connection.execute("SELECT text, shape FROM texts WHERE issue = ?", (issue,)).fetchone()
    return row[0], row[1]


def body(text: str, start: int, stop: int, heads: Sequence[Span]) -> str:
    """Return the text between two positions without the heads."""
    pieces, at = [], start
    for left, right in sorted(heads):
        pieces.append(text[at:left])
        at = max(at, right)
    pieces.append(text[at:stop])
    return "\n".join(piece for piece in pieces if piece.strip()).strip("\n")
