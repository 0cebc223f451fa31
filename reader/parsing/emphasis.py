"""Marks of emphasis: which of a stretch of Markdown find a partner, and which would be printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NO_TEXT = r"\\.|(?P<code>`+)[^`]*(?P=code)|\]\((?:[^()\\\n]|\([^()\n]*\))*\)|<[^<>\n]{1,1000}>"
"""What is escaped, code, an address or a tag: marks in it mean nothing."""
_TOKEN = re.compile(rf"{NO_TEXT}|(?P<mark>\*+|_+)")


@dataclass(slots=True)
class _Row:
    """A row of one mark: how many are left of it, and what it can do."""

    sign: str
    start: int
    length: int
    left: int
    opens: bool
    closes: bool


def loose_marks(text: str) -> int:
    """Return how many marks of emphasis a reader of Markdown would print, but for those that are words."""
    if "*" not in text and "_" not in text:
        return 0
    rows: list[_Row] = []
    opened: dict[str, list[_Row]] = {"*": [], "_": []}
    for match in _TOKEN.finditer(text):
        if match["mark"] and (row := _row(text, *match.span("mark"))):
            _close(opened, row)
            rows.append(row)
            if row.left and row.opens:
                opened[row.sign].append(row)
    return sum(row.left for row in rows)


def _row(text: str, start: int, end: int) -> _Row | None:
    """Return a row of marks as it stands; None for a sign between blanks, and for a low line in a name."""
    before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
    if before.isspace() and after.isspace() and end - start == 1:
        return None
    if text[start] == "_" and before.isalnum() and after.isalnum():
        return None
    left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    if text[start] == "_":
        left, right = (
            left and (not right or _is_sign(before)),
            right and (not left or _is_sign(after)),
        )
    return _Row(text[start], start, end - start, end - start, left, right)


def _close(opened: dict[str, list[_Row]], row: _Row) -> None:
    """Pair a row that closes with the last ones that opened; what opened between them stays loose."""
    own, other = opened[row.sign], opened["_" if row.sign == "*" else "*"]
    while row.closes and row.left and own and _may_pair(own[-1], row):
        opener = own[-1]
        used = min(opener.left, row.left)
        opener.left -= used
        row.left -= used
        while other and other[-1].start > opener.start:
            other.pop()
        if not opener.left:
            own.pop()


def _may_pair(opener: _Row, closer: _Row) -> bool:
    if not (opener.closes or closer.opens):
        return True
    return (opener.length + closer.length) % 3 != 0 or opener.length % 3 == closer.length % 3 == 0


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
