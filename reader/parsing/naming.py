"""Which newsletter an issue belongs to, told by what it shares with the others that came with it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import PurePath

from reader.model import Head, KnownNewsletter
from reader.parsing.draft import among_others
from reader.parsing.keys import newsletter_key, says_nothing, telling
from reader.parsing.numbers import number_in_name

_GENERIC_FOLDERS = re.compile(
    r"_?(?:posts?|content|issues?|docs?|documents|downloads|src|source|blog|newsletters?|articles?|archives?"
    r"|public|html?|markdown|md|text|txt|files?|pages?|data|raw|editions?|news|weekly|input|inbox|export|tmp)",
    re.IGNORECASE,
)
_DATED_FOLDER = re.compile(
    r"\d{1,4}(?:[-_. ].*)?|\d{4}-\d\d.*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[|–—·•:-]\s+|[:|]\s+|[：｜]|\s*[–—]\s*")
_BRACKETED = re.compile(r"[\[【(](?P<name>[^\]】)]{3,40})[\]】)]")
_LETTERS = re.compile(r"[^\w]|_")
_LONGEST = 200  # characters of a name
_MOSTLY = 0.75  # the part of a folder's numbered issues that must bear a name for it to be the present one
_SHARED = 0.5  # the part of a folder's issues that must share a thing for it to name them all
_ALONE = 3  # up to so many issues in a folder, one title with a number names a newsletter by itself


def name_newsletters(
    heads: Sequence[Head], known: Mapping[str, KnownNewsletter] | None = None
) -> dict[str, tuple[str, str]]:
    """Return the key and the name of each issue's newsletter, by the issue's location.

    What names it, in this order: the name the reader or the file gives; a prefix of the
    title that others share ("Import AI 219: …"); a domain that others share; the folder.
    An issue that has one of these in common with a known newsletter belongs to that one.
    """
    names: dict[str, str] = {}
    known = known or {}
    rules = (
        _by_given_name,
        _by_known_prefix,
        _by_prefix,
        _by_folders_name,
        _by_domain,
        _by_shared_part,
        _by_folder,
    )
    for rule in rules:
        rest = [head for head in heads if head.location not in names]
        names.update(rule(rest, names, _Context(heads, known)))
    printed = _as_printed(names)
    return {head.location: _keyed(plain_name(printed[head.location]), known) for head in heads}


def plain_name(name: str) -> str:
    """Return a name as it can stand in a list."""
    return " ".join(among_others(name[: 4 * _LONGEST]).split())[:_LONGEST].rstrip() or "Newsletter"


class _Context:
    """What the rules look up: the issues by their folder, and what is known."""

    def __init__(self, heads: Sequence[Head], known: Mapping[str, KnownNewsletter]) -> None:
        self.heads = heads
        self.known = known
        self.prefixes = Counter(canonical(head.prefix) for head in heads if head.prefix)
        self.roots = roots_of(heads)
        self.sizes = Counter(self.roots.values())


Named = Iterable[tuple[str, str]]


def _by_given_name(rest: Sequence[Head], _names: Mapping[str, str], _context: _Context) -> Named:
    return [(head.location, head.newsletter) for head in rest if head.newsletter]


def _by_known_prefix(rest: Sequence[Head], _names: Mapping[str, str], context: _Context) -> Named:
    owners = _by_their_prefixes(context.known)
    for head in rest:
        there = owners.get(canonical(head.prefix), []) if head.prefix else []
        if len(there) > 1:  # editions are told apart by their folders
            places = {head.folder, context.roots[head.location]}
            there = [(name, folders) for name, folders in there if places & folders]
        if len(there) == 1:
            yield head.location, there[0][0]


def _by_their_prefixes(
    known: Mapping[str, KnownNewsletter],
) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Return the name and the folders of each newsletter, by each of its prefixes."""
    owners: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for item in known.values():
        folders = item.folders | {_climbed(folder) for folder in item.folders}
        for prefix in {canonical(prefix) for prefix in item.prefixes}:
            owners[prefix].append((item.name, folders))
    return owners


def _by_prefix(rest: Sequence[Head], _names: Mapping[str, str], context: _Context) -> Named:
    folders: dict[str, list[Head]] = defaultdict(list)
    for head in rest:
        if head.prefix:
            folders[context.roots[head.location]].append(head)
    for root, group in folders.items():
        former = _former_names(group)
        for head in group:
            alone = context.prefixes[canonical(head.prefix)] < 2 and context.sizes[root] > _ALONE
            if name := former.get(canonical(head.prefix), "" if alone else head.prefix):
                yield head.location, name


def _former_names(group: Sequence[Head]) -> dict[str, str]:
    """Return what a newsletter was called before: the few in its folder whose numbers the many do not use."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for head in group:
        numbers[canonical(head.prefix)].add(head.number)
    most, count = Counter(canonical(head.prefix) for head in group).most_common(1)[0]
    if count < len(group) * _MOSTLY:
        return {}
    name = next(head.prefix for head in group if canonical(head.prefix) == most)
    return {former: name for former, used in numbers.items() if not used & numbers[most]}


def _by_folders_name(rest: Sequence[Head], names: Mapping[str, str], context: _Context) -> Named:
    """Name an issue without a number after the numbered ones that it lies among, where they are the most."""
    among: dict[str, Counter[str]] = defaultdict(Counter)
    for location, name in names.items():
        among[context.roots[location]][name] += 1
    for head in rest:
        root = context.roots[head.location]
        for name, count in among[root].most_common(1):
            if count >= _ALONE and count >= context.sizes[root] * _SHARED:
                yield head.location, name


def _by_domain(rest: Sequence[Head], names: Mapping[str, str], context: _Context) -> Named:
    """Name what shares a domain: after the newsletter that has it, else after the domain itself."""
    owners: dict[str, Counter[str]] = defaultdict(Counter)
    for head in context.heads:
        if head.domain and head.location in names:
            owners[head.domain][names[head.location]] += 1
    for item in context.known.values():
        for domain in item.domains:
            owners[domain][item.name] += 1
    shared = Counter(head.domain for head in rest if head.domain)
    for head in rest:
        if owner := owners.get(head.domain):
            yield head.location, owner.most_common(1)[0][0]
        elif shared[head.domain] >= _ALONE:
            yield head.location, _shared_part([h for h in rest if h.domain == head.domain]) or head.domain


def _by_shared_part(rest: Sequence[Head], _names: Mapping[str, str], context: _Context) -> Named:
    groups: dict[str, list[Head]] = defaultdict(list)
    for head in rest:
        groups[context.roots[head.location]].append(head)
    for group in groups.values():
        if name := _shared_part(group):
            yield from ((head.location, name) for head in group)


def _by_folder(rest: Sequence[Head], _names: Mapping[str, str], context: _Context) -> Named:
    """Name an issue as what came from its folder before, or from one beside it, else after the folder."""
    owners: dict[str, set[str]] = defaultdict(set)
    for item in context.known.values():
        for folder in item.folders:
            owners[folder].add(item.name)
            owners[_climbed(folder)].add(item.name)
    for head in rest:
        root = context.roots[head.location]
        name = folder_name(root)
        there = sorted(owners.get(head.folder) or owners.get(root, set()))
        among = [owner for owner in there if canonical(owner) == canonical(name)]
        yield head.location, (there[0] if len(there) == 1 else among[0] if among else name)


def _shared_part(heads: Sequence[Head]) -> str:
    """Return what most titles begin or end with: "Data Is Plural — 2016.02.17 edition"; "" for nothing."""
    found = Counter(part for head in heads for part in set(_outer_parts(head.title)))
    for part, count in found.most_common(1):
        if count >= _ALONE and count >= len(heads) * _SHARED:
            return part
    return ""


def _outer_parts(title: str) -> Iterator[str]:
    if match := _BRACKETED.match(title):
        yield match["name"].strip()
    parts = [part.strip() for part in _PARTS.split(title)]
    if len(parts) > 1:
        yield from (
            part for part in (parts[0], parts[-1]) if 3 <= len(part) <= 40 and any(map(str.isalpha, part))
        )


def roots_of(heads: Sequence[Head]) -> dict[str, str]:
    """Return the folder that gathers each issue with its like, by location.

    Folders that only sort (2022/Jul, _posts) are climbed, and so is a folder that holds one
    issue in files of the same name as its neighbours do (original.html), or is numbered as an issue is.
    """
    roots = {}
    climbed, parent = cache(_climbed), cache(_parent)  # many issues, few folders
    copies = Counter(parent(head.folder) for head in heads if _is_copy(head))
    for head in heads:
        folder = head.folder
        if _is_copy(head) and (copies[parent(folder)] > 1 or number_in_name(telling(head.location))[1]):
            folder = parent(folder)
        roots[head.location] = climbed(folder)
    return roots


def _parent(folder: str) -> str:
    return str(PurePath(folder).parent)


def _is_copy(head: Head) -> bool:
    return says_nothing(re.split(r"[/\\]", head.location)[-1])


def _climbed(folder: str) -> str:
    for place in (PurePath(folder), *PurePath(folder).parents):
        if place.name and not only_sorts(place.name):
            return str(place)
    return str(PurePath(folder))


def only_sorts(folder: str) -> bool:
    """Say whether a folder's name tells nothing of a newsletter: "_posts", "2022"."""
    return bool(_GENERIC_FOLDERS.fullmatch(folder) or _DATED_FOLDER.fullmatch(folder))


def folder_name(folder: str) -> str:
    """Return a folder's name as a newsletter's: "import-ai-main" is "Import ai"."""
    name = re.sub(r"[-_](?:main|master)$", "", PurePath(folder).name.strip("_. "))
    name = (name if " " in name else re.sub(r"[-_]+", " ", name)) or "Newsletter"
    return name[:1].upper() + name[1:] if name.islower() else name


def canonical(name: str) -> str:
    """Return what two writings of one name have in common: "ImportAI Newsletter" and "Import AI" are one."""
    letters = _LETTERS.sub("", name.casefold())
    return letters.removesuffix("newsletter") or letters


def _as_printed(names: Mapping[str, str]) -> dict[str, str]:
    """Give each newsletter the writing of its name that most of its issues have."""
    writings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names.values():
        writings[canonical(name)][name] += 1
    return {location: writings[canonical(name)].most_common(1)[0][0] for location, name in names.items()}


def _keyed(name: str, known: Mapping[str, KnownNewsletter]) -> tuple[str, str]:
    wanted = canonical(name)
    for key, item in known.items():
        if wanted == canonical(item.name):
            return key, item.name
    bearing = [key for key, item in known.items() if wanted in map(canonical, item.prefixes)]
    if len(bearing) == 1:
        return bearing[0], known[bearing[0]].name
    key = newsletter_key(name)
    return key, known[key].name if key in known else name


def owners_of(heads: Iterable[Head], known: Mapping[str, KnownNewsletter]) -> dict[str, str]:
    """Return the key of the known newsletter that an issue's title or address names, by its location."""
    prefixes: dict[str, set[str]] = defaultdict(set)
    domains: dict[str, set[str]] = defaultdict(set)
    for key, item in known.items():
        for prefix in item.prefixes:
            prefixes[canonical(prefix)].add(key)
        for domain in item.domains:
            domains[domain].add(key)
    owners: dict[str, str] = {}
    for head in heads:
        there = (prefixes.get(canonical(head.prefix)) if head.prefix else None) or domains.get(head.domain)
        if there and len(there) == 1:
            owners[head.location] = next(iter(there))
    return owners
