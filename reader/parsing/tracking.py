"""Links without what only says who came from where: counting parameters go, and wrappers come off."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import unquote

from reader.model import Block, Blocks, Run
from reader.model.addresses import is_web
from reader.parsing.links import clean_link
from reader.parsing.wrapped import in_base64, in_json, in_proofpoint
from reader.paths import resource

Originals = tuple[tuple[str, str], ...]
"""What links are now, and what they were as they came; only those that changed, each once."""
_Clean = Callable[[str], str]

_LONGEST_HOST = 253  # characters of a name on the internet
_LONGEST = 8_192  # characters of an address that is looked into; longer ones are data


@dataclass(frozen=True, slots=True)
class _Wrapper:
    """Addresses that send the reader on to one that they hold."""

    path: str
    parameters: tuple[str, ...]
    segment: str


@dataclass(frozen=True, slots=True)
class _Trackers:
    """The list of resources/trackers.toml."""

    prefixes: tuple[str, ...]
    names: frozenset[str]
    own_host: frozenset[str]
    hosts: Mapping[str, frozenset[str]]
    wrappers: Mapping[str, tuple[_Wrapper, ...]]


def untracked(blocks: Blocks, own: Iterable[str] = ()) -> tuple[Blocks, Originals]:
    """Return blocks with clean links, and what these were; `own` are the hosts that the issue comes from."""
    hosts = frozenset(own)
    known: dict[str, str] = {}

    def clean(href: str) -> str:
        found = known.get(href)
        if found is None:
            found = known[href] = cleaned(href, hosts)
        return found

    out = tuple([_without(block, clean) for block in blocks])
    changed = {now: before for before, now in reversed(known.items()) if now != before}
    return (out, tuple(changed.items())) if changed else (blocks, ())


def cleaned(address: str, own: frozenset[str] = frozenset()) -> str:
    """Return where a link leads in the end, without what counts the reader."""
    return without_tracking(unwrapped(address), own)


def without_tracking(address: str, own: frozenset[str] = frozenset()) -> str:
    """Return an address without the parameters that only count; all else of it is as it was, to the letter.

    `own` are the hosts of the page that the link stands on: a parameter that names one of them counts too.
    """
    before, mark, rest = address.partition("?")
    if not mark or not is_web(address) or "#" in before:
        return address
    query, hash_sign, fragment = rest.partition("#")
    parameters = query.split("&")
    counting = _counting(_host(address))
    kept = [one for one in parameters if not _counts(one, counting, own)]
    if len(kept) == len(parameters):
        return address
    return f"{before}{'?' if kept else ''}{'&'.join(kept)}{hash_sign}{fragment}"


def unwrapped(address: str) -> str:
    """Return the address that a redirect's own address holds, the address itself where it holds none."""
    while inner := _target(address):
        address = inner
    return address


def _without(block: Block, clean: _Clean) -> Block:
    if not block.rows:
        runs = _clean_runs(block.runs, clean)
        return block if runs is block.runs else replace(block, runs=runs)
    rows = tuple(tuple(_clean_runs(cell, clean) for cell in row) for row in block.rows)
    return block if rows == block.rows else replace(block, rows=rows)


def _clean_runs(runs: tuple[Run, ...], clean: _Clean) -> tuple[Run, ...]:
    for run in runs:
        if run.href and clean(run.href) is not run.href:
            return tuple([replace(run, href=clean(run.href)) if run.href else run for run in runs])
    return runs


def _counts(parameter: str, counting: frozenset[str], own: frozenset[str]) -> bool:
    name, _, value = parameter.partition("=")
    name = name.lower().removeprefix("amp;")  # "&amp;" that was written twice
    trackers = _trackers()
    if name in trackers.names or name in counting or name.startswith(trackers.prefixes):
        return True
    return bool(own) and name in trackers.own_host and _bare(unquote(value)) in own


def _counting(host: str) -> frozenset[str]:
    hosts = _trackers().hosts
    return next((hosts[name] for name in _with_parents(host) if name in hosts), frozenset())


def _target(address: str) -> str:
    """Return the address that one holds, "" where it holds none; it is shorter, so this comes to an end."""
    if not is_web(address) or len(address) > _LONGEST:
        return ""
    wrappers = _trackers().wrappers
    for name in _with_parents(_host(address)):
        for wrapper in wrappers.get(name, ()):
            found = clean_link(_held(address, wrapper))
            if is_web(found) and _host(found) and len(found) < len(address):
                return found
    return ""


def _held(address: str, wrapper: _Wrapper) -> str:
    place, hash_sign, fragment = address.partition("#")
    path, _, query = ("/" + place.split("/", 3)[3] if place.count("/") > 2 else "/").partition("?")
    if not (path.startswith(wrapper.path) if wrapper.path.endswith("/") else wrapper.path in ("", path)):
        return ""
    if wrapper.segment == "after":
        return _after(address, wrapper.path)
    if wrapper.segment == "base64":
        return in_base64(path)
    if wrapper.segment == "json":
        return in_json(path.removeprefix(wrapper.path))
    if wrapper.segment == "proofpoint":
        return in_proofpoint(path, query, address)
    found = _in_query(query, wrapper.parameters)
    return f"{found}{hash_sign}{fragment}" if found and "#" not in found else found


def _after(address: str, path: str) -> str:
    """Return the address that is one segment of a path, written with percent signs."""
    segment = address.partition(path)[2].partition("/")[0]
    return unquote(segment)


def _in_query(query: str, names: Iterable[str]) -> str:
    given = dict(one.partition("=")[::2] for one in reversed(query.split("&")))
    found = (unquote(given[name].replace("+", " ")) for name in names if name in given)
    return next(filter(is_web, found), "")


def _host(address: str) -> str:
    authority = address.split("/", 3)[2].partition("?")[0].partition("#")[0]
    return authority.rpartition("@")[2].partition(":")[0].lower()


def _with_parents(host: str) -> Iterable[str]:
    while host and len(host) <= _LONGEST_HOST:
        yield host
        host = host.partition(".")[2]


def _bare(host: str) -> str:
    return host.strip("/").lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")


@cache
def _trackers() -> _Trackers:
    """Read the list, once in each process."""
    with resource("trackers.toml").open("rb") as file:
        said = tomllib.load(file)
    wrappers: dict[str, list[_Wrapper]] = {}
    for one in said["wrappers"]:
        wrapper = _Wrapper(one.get("path", ""), tuple(one.get("parameter", ())), one.get("segment", ""))
        for host in one["hosts"]:
            wrappers.setdefault(host, []).append(wrapper)
    return _Trackers(
        prefixes=tuple(said["prefixes"]),
        names=frozenset(said["names"]),
        own_host=frozenset(said["own_host"]),
        hosts={host: frozenset(names) for host, names in said["hosts"].items()},
        wrappers={host: tuple(ways) for host, ways in wrappers.items()},
    )
