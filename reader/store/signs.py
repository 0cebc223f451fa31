"""By what an issue is known again when a copy of it comes in from somewhere else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date

from reader.model import Issue
from reader.model.addresses import canonical_address

_NOT_LETTERS = re.compile(r"[\W_]+")
_LETTERS = 60
"""Letters of a paragraph that are its sign; a shorter one has none."""
_PARAGRAPHS = 4
"""Paragraphs that have one, from the beginning on: copies begin with different lines of their own."""
_LOOKED_AT = 80
"""Lines of a text that are looked at for those."""


def signs_of(issue: Issue, text: str) -> frozenset[int]:
    """Return the signs of an issue, each a number."""
    return frozenset(map(_number, _said(issue, text)))


def beside(issue: Issue) -> frozenset[int]:
    """Return the signs of the days around an issue's own: a time zone away it is yesterday."""
    day = day_of(issue.published)
    return frozenset(_number(_titled(issue, day + step)) for step in (-1, 1)) if day else frozenset()


def addresses_of(issue: Issue) -> frozenset[str]:
    """Return the addresses of an issue's page."""
    return frozenset(map(canonical_address, (issue.url, issue.location))) - {""}


def day_of(published: str) -> int:
    """Return the day of a date or a time as a number; 0 for none."""
    try:
        return date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return 0


def letters_of(text: str) -> str:
    """Return a text's letters and digits in one case: how it is set, spaced and quoted does not count."""
    return _NOT_LETTERS.sub("", text).casefold()


def _said(issue: Issue, text: str) -> Iterator[str]:
    yield from (f"address {address}" for address in addresses_of(issue))
    if issue.number:
        yield f"number {issue.newsletter} {issue.number}"
    if day := day_of(issue.published):
        yield _titled(issue, day)
    yield from (f"words {words}" for words in _first_words(text))


def _titled(issue: Issue, day: int) -> str:
    return f"title {issue.newsletter} {letters_of(issue.title)} {day}"


def _first_words(text: str) -> list[str]:
    found: list[str] = []
    for line in text.split("\n", _LOOKED_AT)[:_LOOKED_AT]:
        if len(line) >= _LETTERS and len(letters := letters_of(line[: 2 * _LETTERS])) >= _LETTERS:
            found.append(letters[:_LETTERS])
            if len(found) == _PARAGRAPHS:
                break
    return found


def _number(said: str) -> int:
    digest = hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
