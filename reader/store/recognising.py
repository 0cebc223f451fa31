"""Which issue of the library a text that comes in is a copy of."""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple

from reader.model import Issue, file_of
from reader.model.addresses import host_of
from reader.store.matching import Alike, compared
from reader.store.signs import addresses_of, day_of, letters_of

_SAME = 0.9
"""The part of the larger text that is in the other where two are one, whatever else is said of them."""
_CUT = 0.8
"""The part of the smaller one where an address, a number, or title and day say the same."""
_ADDRESSED = 0.5
"""The same where they have one address within one newsletter: a page that was edited."""
_LEAST, _TELLING = 8, 40
"""Groups of words that a text must have: where something else says the same, and where nothing does."""
_WHOLE = 0.6
"""The part of the larger text where only the words say so: who quotes an issue whole is no copy of it."""
_DAYS = 3
"""Days that copies lie apart at most, where only the words say that they are."""


class Known(NamedTuple):
    """An issue as it is compared."""

    issue: Issue
    text: str

    @property
    def day(self) -> int:
        """The day it was published, as a number; 0 where that is not known."""
        return day_of(self.issue.published)

    @property
    def place(self) -> str:
        """The folder, file, host or mailbox that it came from, which holds no issue twice."""
        file, part = file_of(self.issue.location)
        mailbox = file.partition("://")[2].partition("/")[0]
        return host_of(file) or mailbox or (file if part else str(PurePath(file).parent))


def are_copies(one: Known, other: Known, *, one_key: bool = False) -> bool:
    """Tell whether two texts are copies of one issue; a miss is better than an error.

    That an address, a number or a title and a day are the same is never enough by itself: newsletters share
    links, editions share numbers, and a weekly may have one title for ever.
    """
    if _cannot_be(one, other):
        return False
    alike = compared(one.text, other.text)
    if alike.of_larger >= _SAME and one_key:
        return True
    if addresses_of(one.issue) & addresses_of(other.issue):
        return _one_page(one, other, alike)
    if one_key or _one_number(one, other) or _one_title(one, other):
        return alike.size >= _LEAST and alike.of_smaller >= _CUT
    return _one_text(one, other, alike)


def _cannot_be(one: Known, other: Known) -> bool:
    """Whether something says that they are two: other numbers, or other days in one place."""
    mine, theirs = one.issue, other.issue
    if mine.newsletter == theirs.newsletter and mine.number and theirs.number:
        return mine.number != theirs.number
    return bool(one.day and other.day and one.day != other.day and one.place == other.place)


def _one_number(one: Known, other: Known) -> bool:
    return one.issue.number != "" and _in_one_newsletter(one, other, one.issue.number == other.issue.number)


def _one_title(one: Known, other: Known) -> bool:
    titles = letters_of(one.issue.title), letters_of(other.issue.title)
    return _in_one_newsletter(one, other, titles[0] == titles[1] and _days_apart(one, other) <= 1)


def _in_one_newsletter(one: Known, other: Known, same: bool) -> bool:  # noqa: FBT001 - it reads well
    return same and one.issue.newsletter == other.issue.newsletter


def _one_page(one: Known, other: Known, alike: Alike) -> bool:
    if one.issue.newsletter != other.issue.newsletter:
        return alike.size >= _LEAST and alike.of_smaller >= _CUT
    return _one_title(one, other) or (alike.size >= _LEAST and alike.of_smaller >= _ADDRESSED)


def _one_text(one: Known, other: Known, alike: Alike) -> bool:
    smaller = min(one, other, key=lambda known: len(known.text))
    whole = alike.of_larger >= _WHOLE or smaller.issue.truncated
    near = _days_apart(one, other) <= _DAYS or 0 in (one.day, other.day)
    return whole and near and alike.size >= _TELLING and alike.of_smaller >= _SAME


def _days_apart(one: Known, other: Known) -> float:
    return abs(one.day - other.day) if one.day and other.day else float("inf")
