"""A correction: what the reader said of how an issue is split; it names words, and outlives every split."""

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

Deed = Literal["merge", "split", "rename", "outside"]


class Correction(NamedTuple):
    """One change of the borders that the splitter found; those of an issue apply in their order."""

    kind: Deed
    """merge: the story becomes part of the one before. split: a story begins here.
    rename: it has another title. outside: it is no story, and stands between stories."""
    at: str
    """The letters with which the story begins (the new one of a split), in one case, at most 80."""
    title: str = ""
    """Of rename: the new title. Of split: the title that the reader gave, "" to take it from the text."""
    near: float = 0.0
    """How far into the issue it was, from 0 to 1: it tells which of several places with the same words."""


def read_corrections(value: object) -> tuple[Correction, ...]:
    """Return the corrections that were written down; what is none of them is passed over."""
    return tuple(Correction(*one) for one in value if _is_one(one)) if isinstance(value, list) else ()


def written_corrections(corrections: Iterable[Correction]) -> list[list[Any]]:
    """Return the corrections as they are written down."""
    return [[one.kind, one.at, one.title, round(one.near, 4)] for one in corrections]


def _is_one(one: Any) -> bool:
    return (
        isinstance(one, list)
        and len(one) == 4
        and all(isinstance(part, str) for part in one[:3])
        and isinstance(one[3], int | float)
    )
