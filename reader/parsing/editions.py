"""Editions: newsletters of one name that number their issues alike and say other things in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import PurePath

from reader.model import Head
from reader.parsing.keys import newsletter_key, slug
from reader.parsing.naming import only_sorts, roots_of

_WORDED = re.compile(r"\s*\([^()]*\)$")
_ADDRESS = re.compile(r"<[^<>]*>|\b[a-z]+://[^\s)>\]]*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_SHINGLE = 3  # words that stand together
_ALIKE = 0.4  # the part of the smaller text that two copies of an issue share
_LENGTH = 200_000  # characters of a text that are compared
_LOOKS = 6  # issues of two folders that are compared: enough to tell copies from editions
_SHARED = 0.25  # the part of the smaller folder's numbers that both must have


@dataclass(frozen=True, slots=True)
class Numbered:
    """A file that holds a numbered issue."""

    location: str
    newsletter: str
    """The key of the newsletter that it would belong to, or belongs to."""
    name: str
    number: str
    held: bool = False
    """Whether the library has it."""


def tell_apart(numbered: Iterable[Numbered], text: Callable[[Numbered], str]) -> dict[str, tuple[str, str]]:
    """Return the key and the name of the newsletter of each file that belongs to another than it says.

    Where two folders number their issues alike, and what they say under one number is mostly not the
    same, the newsletter's name gets the word that tells its folder from the other: "The Boat (en)". Which
    of them came in first does not count. Folders that differ in digits alone are volumes of one newsletter.
    """
    named: dict[str, list[Numbered]] = defaultdict(list)
    for one in numbered:
        named[newsletter_key(_WORDED.sub("", one.name))].append(one)
    apart: dict[str, tuple[str, str]] = {}
    for members in named.values():
        if all(one.held for one in members):
            continue  # nothing new can tell them apart
        apart.update(_apart(members, cache(lambda one: _shingles(text(one)))))
    return apart


def _apart(
    members: Sequence[Numbered], said: Callable[[Numbered], frozenset[tuple[str, ...]]]
) -> Iterator[tuple[str, tuple[str, str]]]:
    folders = _by_folder(members)
    groups = _grouped(folders, said) if len(folders) > 1 else []
    if len(groups) < 2:
        return
    base = _WORDED.sub("", members[0].name)
    files = [[one for folder in group for one in folders[folder].values()] for group in groups]
    used = [{one.newsletter for one in group} for group in files]
    for number, word in enumerate(_words([group[0] for group in groups], base)):
        mine = {(one.newsletter, one.name) for one in files[number] if one.held}
        others = set().union(*(keys for other, keys in enumerate(used) if other != number))
        name = f"{base} ({word})" if word else base
        owner = (newsletter_key(name), name)
        if len(mine) == 1 and not {key for key, _ in mine} & others:
            owner = mine.pop()
        inside = set(groups[number])
        yield from ((one.location, owner) for one in _all_of(members, inside) if one.newsletter != owner[0])


def _all_of(members: Sequence[Numbered], inside: set[str]) -> list[Numbered]:
    roots = _roots(members)
    return [one for one in members if roots[one.location] in inside]


def _roots(members: Sequence[Numbered]) -> Mapping[str, str]:
    return roots_of(
        [Head(location=one.location, folder=str(PurePath(one.location).parent)) for one in members]
    )


def _by_folder(members: Sequence[Numbered]) -> dict[str, dict[str, Numbered]]:
    """Return the issues of each folder by their numbers."""
    roots = _roots(members)
    folders: dict[str, dict[str, Numbered]] = defaultdict(dict)
    for one in sorted(members, key=lambda one: one.location):
        if one.number:
            folders[roots[one.location]].setdefault(one.number, one)
    return dict(sorted(folders.items(), key=lambda folder: (len(PurePath(folder[0]).parts), folder[0])))


def _grouped(
    folders: Mapping[str, Mapping[str, Numbered]],
    said: Callable[[Numbered], frozenset[tuple[str, ...]]],
) -> list[list[str]]:
    """Return the folders of each edition, the one that lies highest first; none where there is but one."""
    group = {folder: folder for folder in folders}
    foreign: set[str] = set()
    for one, other in combinations(folders, 2):
        verdict = _compared(folders[one], folders[other], said) if _may_differ(one, other) else 0
        if verdict < 0:
            foreign |= {one, other}
        elif verdict and group[one] != group[other]:
            old, new = group[other], group[one]
            group = {folder: new if owner == old else owner for folder, owner in group.items()}
    owners = dict.fromkeys(group[folder] for folder in folders if folder in foreign)
    return [[folder for folder in folders if group[folder] == owner] for owner in owners]


def _may_differ(one: str, other: str) -> bool:
    return _DIGITS.sub("", one) != _DIGITS.sub("", other)


def _compared(
    one: Mapping[str, Numbered],
    other: Mapping[str, Numbered],
    said: Callable[[Numbered], frozenset[tuple[str, ...]]],
) -> int:
    """Return 1 where the issues that two folders number alike are copies, -1 for editions, 0 for neither."""
    shared = sorted(one.keys() & other.keys(), key=lambda number: (len(number), number))
    if len(shared) < _SHARED * min(len(one), len(other)):
        return 0
    alike: list[float] = []
    for number in shared[:_LOOKS]:
        ours, theirs = said(one[number]), said(other[number])
        smaller = min(len(ours), len(theirs))
        if smaller:
            alike.append(len(ours & theirs) / smaller)
    return (1 if sum(alike) >= _ALIKE * len(alike) else -1) if alike else 0


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(_ADDRESS.sub(" ", text[:_LENGTH]).casefold())
    return frozenset(zip(*(words[first:] for first in range(_SHINGLE)), strict=False))


def _words(folders: Sequence[str], base: str) -> list[str]:
    """Return what tells each folder from the others; "" for the one around them or that bears the name."""
    parts = [list(PurePath(folder).parts) for folder in folders]
    while all(parts) and len({path[0] for path in parts}) == 1:
        parts = [path[1:] for path in parts]
    shared = set.intersection(*map(set, parts))
    told = [[part for part in path if part not in shared and not only_sorts(part)] or path for path in parts]
    words = [" ".join(_without_name(part, base) for part in path).strip() for path in told]
    return words if len(set(words)) == len(words) else [" ".join(path) for path in parts]


def _without_name(part: str, base: str) -> str:
    rest = slug(part).removeprefix(slug(base))
    return part if rest == slug(part) else rest.strip("-")
