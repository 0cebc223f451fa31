"""Front matter that is ours and the reader's: flat YAML, written line by line and mended in place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from reader.model.hashes import digest_of

Value = str | int | bool | list[str]
Properties = Mapping[str, Value]

ORDER = (
    "title",
    "source",
    "author",
    "published",
    "created",
    "description",
    "tags",
    "newsletter",
    "issue",
    "issue_number",
    "section",
    "story_id",
    "issue_id",
    "starred",
    "starred_at",
    "links",
)
"""Our keys, in the order in which a new file has them."""

_STATE = frozenset(("starred", "starred_at"))
"""What the program alone decides, whatever stands in the file."""
_MERGED = frozenset(("created", "tags"))

_IDENTITY = re.compile(r"^(?:story|issue)_id:[^\n]*", re.MULTILINE)
_FENCE = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(
    r"(?:\"([^\"]+)\"|'([^']+)'|([^\s#'\"\[\]{}&*!|>%@`,-][^:#]*?)|(-[^\s:#][^:#]*?))[ \t]*:(?=\s|$)"
)
_PLAIN = re.compile(r"[^\W_](?:[\w ,.'’()/&+–—-]|:(?=\S))*(?<=\S)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?")
_NEEDS_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def fenced(properties: Properties) -> str:
    """Return the properties as front matter, with its fences."""
    return f"---\n{_lines(properties)}---\n"


def parted(text: str) -> tuple[str | None, str]:
    """Return a file's front matter without its fences, None where it has none, and what follows it."""
    match = _FENCE.match(text)
    return (match[1], text[match.end() :]) if match else (None, text)


def read(head: str) -> dict[str, object] | None:
    """Return what front matter says; None where it is no YAML."""
    try:
        said = _load(head)
    except (yaml.YAMLError, ValueError):
        return None
    return {str(key): value for key, value in said.items()} if isinstance(said, dict) else {}


def identity(head: str) -> str:
    """Return the key of the story or issue that front matter names; only its line is read."""
    match = _IDENTITY.search(head)
    said = read(match[0]) if match else None
    return next((str(value) for value in said.values() if value), "") if said else ""


def digest(head: str) -> str:
    """Return a fingerprint of what front matter says under our keys; tags and state are left out."""
    said = read(head) or {}
    told = {key: said[key] for key in ORDER if key in said and key not in _STATE | _MERGED}
    return fingerprint(json.dumps(told, default=str, sort_keys=True))


def fingerprint(text: str) -> str:
    """Return twelve hexadecimal digits that stand for a text."""
    return digest_of(text)[:12]


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of the front matter as it was last written."""

    digest: str = ""
    tags: Sequence[str] = field(default_factory=tuple)


def mended(head: str, properties: Properties, known: Known) -> str:
    """Return a file's front matter brought up to date.

    The reader's own keys, comments and spellings stay. Tags that the reader added stay, and those taken
    away stay away. Where the reader has changed what we said, it is the reader's: only the state is new.
    """
    said = read(head)
    if said is None:
        return head
    edited = known.digest != digest(head)
    wanted = {
        key: value for key, value in properties.items() if key in _MERGED or key in _STATE or not edited
    }
    wanted["tags"] = _tags(said.get("tags"), properties.get("tags"), known.tags)
    if "created" in said:
        del wanted["created"]
    entries = _entries(head)
    ours = _STATE if edited else frozenset(ORDER) - _MERGED
    entries = [entry for entry in entries if entry[0] in wanted or entry[0] not in ours]
    for key, value in wanted.items():
        _set(entries, key, value, said)
    return "".join(raw for _, raw in entries)


def _tags(said: object, ours: Value | None, known: Sequence[str]) -> list[str]:
    there = (
        [str(tag) for tag in said if tag is not None] if isinstance(said, list) else str(said or "").split()
    )
    wanted = ours if isinstance(ours, list) else []
    gone = set(known) - set(wanted)
    new = [tag for tag in wanted if tag not in known and tag not in there]
    return [tag for tag in there if tag not in gone] + new


def _entries(head: str) -> list[tuple[str, str]]:
    """Return the keys in order, each with all its lines; remarks and empty lines between have the key ""."""
    entries: list[tuple[str, str]] = []
    between = ""
    for line in head.splitlines(keepends=True):
        if not line.strip() or line.startswith("#"):
            between += line
            continue
        if match := _KEY.match(line):
            entries += [("", between)] if between else []
            entries.append((next(filter(None, match.groups())), line))
        else:
            key, lines = entries.pop() if entries else ("", "")
            entries.append((key, lines + between + line))
        between = ""
    return [*entries, ("", between)] if between else entries


def _set(entries: list[tuple[str, str]], key: str, value: Value, said: Mapping[str, object]) -> None:
    raw = _lines({key: value})
    if key in said:
        if said[key] == (read(raw) or {}).get(key):
            return
        for at, (name, _) in enumerate(entries):
            if name == key:
                entries[at] = (key, raw)
                return
    if value == []:
        return
    before = set(ORDER[: ORDER.index(key)])
    last = max((at for at, (name, _) in enumerate(entries) if name in before), default=-1)
    entries.insert(last + 1, (key, raw))


def _lines(properties: Properties) -> str:
    out = ""
    for key, value in properties.items():
        if isinstance(value, list) and value:
            out += f"{key}:\n" + "".join(f"  - {_scalar(item)}\n" for item in value)
        else:
            out += f"{key}: {'[]' if isinstance(value, list) else _scalar(value)}\n"
    return out


def _scalar(value: str | int | bool) -> str:  # noqa: FBT001 - a property may be a truth
    """Return the value as YAML; a text is quoted unless it can be nothing else."""
    if isinstance(value, (bool, int)):
        return str(value).lower()
    if _DATE.fullmatch(value) and not isinstance(_loaded(value), str | None):
        return value  # Unquoted, for it is to be a date.
    if _PLAIN.fullmatch(value) and _loaded(value) == value:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _NEEDS_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _load(text: str) -> object:
    """Read YAML; the library's reader in C, where there is one, is ten times as fast."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


def _loaded(text: str) -> object:
    try:
        return _load(text)
    except (yaml.YAMLError, ValueError):
        return None
