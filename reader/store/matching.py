"""Which new story each old one became, when an issue's text or the way it is split has changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reader.model import Span

_WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W_]+")
_ALIKE = 0.5
"""The part of the smaller text that must be in the other for two stories to be one."""
_SHINGLE = 3
"""Words that stand together."""


class Told(NamedTuple):
    """A story as it is compared."""

    key: str
    title: str
    text: str


class Alike(NamedTuple):
    """How much two texts have in common."""

    size: int
    """Groups of words of the smaller one."""
    of_smaller: float
    """The part of the smaller text that is in the other: all of it where that is cut off before its end."""
    of_larger: float


def compared(one: str, other: str) -> Alike:
    """Compare two texts by the words that stand together in them."""
    ours, theirs = _shingles(Told("", "", one)), _shingles(Told("", "", other))
    shared, sizes = len(ours & theirs), sorted((len(ours), len(theirs)))
    return Alike(sizes[0], shared / max(sizes[0], 1), shared / max(sizes[1], 1))


def likeness(one: str, other: str) -> float:
    """Return the part of the larger text that is in the other."""
    return compared(one, other).of_larger


def word_count(text: str) -> int:
    """Return how many words a text has; a CJK character is one."""
    return len(_WORD.findall(text))


def inside(part: Told, wholes: Iterable[Told]) -> bool:
    """Tell whether most of what a story says is said in one of the others."""
    ours = _shingles(part)
    return any(len(ours & _shingles(whole)) >= _ALIKE * max(len(ours), 1) for whole in wholes)


def match(old: Sequence[Told], new: Sequence[Told]) -> dict[str, str]:
    """Return the new key of each old story whose key is gone: by title, else by what it says.

    Several old stories may become one; an old story that became nothing is left out.
    """
    kept = {story.key for story in new}
    lost = [story for story in old if story.key not in kept]
    known = {story.key for story in old}
    free = [story for story in new if story.key not in known]
    found = _by_title(lost, free)
    lost = [story for story in lost if story.key not in found]
    free = [story for story in free if story.key not in found.values()]
    found |= _by_text(lost, free, once=True)
    lost = [story for story in lost if story.key not in found]
    return found | _by_text(lost, new, once=False)


def match_places(old: Mapping[str, Span], new: Mapping[str, Span]) -> dict[str, str]:
    """Return the new key of each old story whose key is gone, given where each stood and stands in one text.

    It is the story that begins at its place, else the one that has most of it; an old story of which
    no new one has anything is left out.
    """
    found = {}
    for key, place in old.items():
        if key in new:
            continue
        best = max(new, key=lambda other: _shared(place, new[other]), default="")
        if best and _shared(place, new[best])[1] > 0:
            found[key] = best
    return found


def _shared(one: Span, other: Span) -> tuple[bool, int]:
    """Return whether two places begin alike, and how much they have in common."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and one[0] == other[0], shared


def _by_title(lost: Iterable[Told], free: Iterable[Told]) -> dict[str, str]:
    titled: dict[str, list[str]] = {}
    for story in free:
        titled.setdefault(_plain(story.title), []).append(story.key)
    found = {}
    for story in lost:
        if keys := titled.get(_plain(story.title)):
            found[story.key] = keys.pop(0)
    return found


def _by_text(lost: Sequence[Told], free: Sequence[Told], *, once: bool) -> dict[str, str]:
    shingled = [(story.key, _shingles(story)) for story in free] if lost else []
    likeness = []
    for number, story in enumerate(lost):
        ours = _shingles(story)
        for key, theirs in shingled:
            shared = len(ours & theirs)
            if shared and shared >= _ALIKE * (min(len(ours), len(theirs)) if once else len(ours)):
                likeness.append((-shared, number, key))
    found: dict[str, str] = {}
    taken = set()
    for _, number, key in sorted(likeness):
        if lost[number].key not in found and not (once and key in taken):
            found[lost[number].key] = key
            taken.add(key)
    return found


def _shingles(story: Told) -> set[tuple[str, ...]]:
    words = _WORD.findall(f"{story.title} {story.text}".casefold())
    if len(words) < _SHINGLE:
        return {tuple(words)} if words else set()
    return set(zip(*(words[first:] for first in range(_SHINGLE)), strict=False))


def _plain(title: str) -> str:
    return " ".join(_WORD.findall(title.casefold()))
