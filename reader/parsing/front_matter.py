"""Front matter: what a file says of itself above its text, in any of the ways in use.

YAML between "---", TOML between "+++", a JSON object, Pelican's header lines, the
field list of reStructuredText, Org's settings, or nothing. The body is kept whatever the header holds.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays the text that was written

_YAML_SIZE = 200_000  # characters; a longer header is read line by line
_YAML_NESTING = 400  # libyaml overruns its stack on a few thousand levels
_VALUES = 5_000  # how many values a header may come to: aliases multiply
_VALUE_LENGTH = 200_000  # characters

_FENCE = re.compile(r"---[ \t]*")
_FENCE_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
_TOML_FENCE = re.compile(r"\+\+\+[ \t]*")
_KEY = re.compile(
    r"""(?P<quote>["']?)(?P<key>[^\W\d][\w.-]{0,59})(?P=quote)[ \t]*:(?:[ \t]+(?P<value>.*)|$)"""
)
_TOML_KEY = re.compile(r"(?P<key>[\w.-]+)[ \t]*=[ \t]*(?P<value>.*)")
_LONG_KEY = re.compile(r"^[^=\n]{1000}", re.MULTILINE)  # tomllib's time grows with the square of its parts
_COMPACT_LISTS = re.compile(r"^(?:[ \t]*[-?:] ){30}", re.MULTILINE)
_PELICAN = re.compile(r"(?P<key>[A-Za-z][A-Za-z_-]{1,30}):(?:[ \t]+(?P<value>\S.*)|[ \t]*)$")
_NAMES = """title subtitle date modified published category categories tags keywords slug author authors
summary description excerpt status draft lang layout template save_as link url domain permalink aliases
name id image type newsletter series publication number issue"""
_KNOWN = frozenset(_NAMES.split())
_RST_FIELD = re.compile(r":(?P<key>[A-Za-z][\w -]{0,30}):(?:[ \t]+(?P<value>.*)|[ \t]*)$")
_ORG_KEY = re.compile(r"#\+(?P<key>\w+):(?:[ \t]+(?P<value>.*))?")
_ORG_LINE = re.compile(r"#(?:\+(?!(?i:begin_|caption|name|attr_|toc))\w+:.*|[ \t].*|)[ \t]*")
_ORG_DATE = re.compile(r"[<\[](\d{4}-\d\d-\d\d)(?: [^\W\d]+\.?)?(?: (\d\d?:\d\d))?[>\]]")
_RST_UNDERLINE = re.compile(r"([=#*~^\"+-])\1{2,}[ \t]*$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stood above the text, and the text."""

    meta: dict[str, str] = field(default_factory=dict)
    """Lower-case keys; a value within a value is "outer.inner", a list is joined by ", "."""
    body: str = ""
    warnings: tuple[str, ...] = ()
    """What was wrong with the header, in the reader's words."""


def read_front_matter(text: str) -> FrontMatter:
    """Part a file's text into its front matter and its body; no text is an error.

    Values are text as written: a date keeps its form, and one without a zone gets none.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = text.lstrip("\n \t")
    for reader in (_yaml_header, _toml_header, _json_header, _pelican_header, _rst_header, _org_header):
        if found := reader(start):
            return found
    return FrontMatter(body=text)


# --- YAML


def _yaml_header(text: str) -> FrontMatter | None:
    lines, close = _fenced(text, _FENCE, _FENCE_END)
    header = lines[1:close]
    if not close or not _looks_like_keys(header):
        return None
    body = "\n".join(lines[close + 1 :])
    try:
        meta = _flat(_load_yaml("\n".join(header)))
        return None if _is_prose(meta) else FrontMatter(meta, body)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        meta = _by_line(header, _KEY)
        if not meta:
            return None
        return FrontMatter(meta, body, (_complaint("YAML", error),))


def _load_yaml(header: str) -> Any:
    if len(header) > _YAML_SIZE:
        raise ValueError("it is too long")
    if header.count("[") + header.count("{") > _YAML_NESTING or _COMPACT_LISTS.search(header):
        raise ValueError("it is nested too deeply")
    loaded = YAMLHandler().load(header, Loader=_Loader)
    if not isinstance(loaded, dict):
        raise TypeError("it holds no keys")
    return loaded


def _fenced(text: str, fence: re.Pattern[str], end: re.Pattern[str]) -> tuple[list[str], int]:
    """Return the lines and the number of the one that closes the header; 0 where none does.

    A quoted value may hold a line that looks like the end: the first such line outside of quotes counts.
    """
    first, _, _ = text.partition("\n")
    if not fence.fullmatch(first):
        return [], 0
    lines = text.split("\n")
    quoted, inside = "", 0
    for number, line in enumerate(lines[1:], 1):
        if end.fullmatch(line):
            if not quoted:
                return lines, number
            inside = inside or number
        else:
            quoted = _open_quote(line, quoted)
    return lines, inside


def _open_quote(line: str, quoted: str) -> str:
    """Return the quote that is still open after the line."""
    line = line.rstrip()
    if quoted:
        return "" if _closes(line, quoted) else quoted
    match = _KEY.fullmatch(line)
    value = (match["value"] or "").lstrip() if match else ""
    return value[0] if value[:1] in ('"', "'") and not _closes(value[1:], value[0]) else ""


def _closes(line: str, quote: str) -> bool:
    bare = re.sub(r"\s+#.*$", "", line)
    return bare.endswith(quote) and not (quote == '"' and bare.endswith('\\"'))


def _looks_like_keys(header: list[str]) -> bool:
    """Say whether a header is one: a rule may stand above mere prose too."""
    written = (line for line in header if line.strip() and not line.lstrip().startswith("#"))
    first = next(written, "")
    return bool(_KEY.fullmatch(first.rstrip()))


def _is_prose(meta: dict[str, str]) -> bool:
    """Say whether the one "key" is a sentence's beginning: "Note: the office is closed."."""
    return len(meta) == 1 and any(key not in _KNOWN and " " in value for key, value in meta.items())


# --- TOML and JSON


def _toml_header(text: str) -> FrontMatter | None:
    lines, close = _fenced(text, _TOML_FENCE, _TOML_FENCE)
    if not close:
        return None
    header, body = lines[1:close], "\n".join(lines[close + 1 :])
    try:
        return FrontMatter(_flat(_load_toml("\n".join(header))), body)
    except (ValueError, RecursionError) as error:
        meta = _by_line(header, _TOML_KEY)
        return FrontMatter(meta, body, (_complaint("TOML", error),)) if meta else None


def _load_toml(header: str) -> dict[str, Any]:
    if _LONG_KEY.search(header):
        raise ValueError("a key of it is too long")
    return tomllib.loads(header)


def _json_header(text: str) -> FrontMatter | None:
    if not text.startswith("{"):
        return None
    try:
        loaded, end = json.JSONDecoder().raw_decode(text)
        meta = _flat(loaded) if isinstance(loaded, dict) else {}
    except (ValueError, RecursionError):
        return None
    body = text[end:].lstrip(" \t")
    return (
        FrontMatter(meta, body.lstrip(" \t\n")) if meta and body.startswith("\n") and body.strip() else None
    )


# --- header lines


def _pelican_header(text: str) -> FrontMatter | None:
    meta: dict[str, str] = {}
    head, _, body = _paragraph(text)
    key = ""
    for line in head:
        match = _PELICAN.fullmatch(line.rstrip())
        if match and (meta or match["key"].lower() in _KNOWN):
            key = match["key"].lower()
            meta[key] = (match["value"] or "").strip()
        elif key and line.startswith(("    ", "\t")):
            meta[key] = f"{meta[key]}, {line.strip()}" if meta[key] else line.strip()
        else:
            return None
    known = meta.keys() & _KNOWN
    return FrontMatter(meta, body) if known & {"title", "date"} and len(known) * 2 >= len(meta) else None


def _rst_header(text: str) -> FrontMatter | None:
    head, _, body = _paragraph(text)
    title, above = "", ""
    if len(head) == 2 and _RST_UNDERLINE.fullmatch(head[1]):
        title, above = head[0].strip(), f"{head[0]}\n{'=' * len(head[1])}\n\n"
        head, _, body = _paragraph(body.lstrip("\n"))
    meta: dict[str, str] = {}
    key = ""
    for line in head:
        match = _RST_FIELD.fullmatch(line.rstrip())
        if match:
            key = match["key"].lower()
            meta[key] = (match["value"] or "").strip()
        elif key and line[:1].isspace():
            meta[key] = f"{meta[key]} {line.strip()}".strip()
        else:
            return None
    return FrontMatter({**({"title": title} if title else {}), **meta}, above + body) if meta else None


def _org_header(text: str) -> FrontMatter | None:
    """Read Org's settings: "#+TITLE: …"; its dates stand in brackets and name the day of the week."""
    if not text.startswith("#+"):
        return None
    lines = text.split("\n")
    end = next(
        (n for n, line in enumerate(lines) if line.strip() and not _ORG_LINE.fullmatch(line)), len(lines)
    )
    found = [match for line in lines[:end] if (match := _ORG_KEY.fullmatch(line.rstrip()))]
    meta = {match["key"].lower(): (match["value"] or "").strip() for match in found}
    if not meta.keys() & _KNOWN:
        return None
    if dated := _ORG_DATE.fullmatch(meta.get("date", "")):
        meta["date"] = " ".join(filter(None, dated.groups()))
    return FrontMatter(meta, "\n".join(lines[end:]))


def _paragraph(text: str) -> tuple[list[str], str, str]:
    """Return the lines before the first empty line, that line, and what follows it."""
    end = re.search(r"\n[ \t]*(?:\n|$)", text)
    if not end:
        return text.split("\n"), "", ""
    return text[: end.start()].split("\n"), end[0], text[end.end() :]


# --- values


def _by_line(header: list[str], pattern: re.Pattern[str]) -> dict[str, str]:
    """Read what can be read of a header that is not what it should be: "key: value", line by line.

    A line that has no key goes on with the value above it, blank lines included.
    """
    meta: dict[str, list[str]] = {}
    key = ""
    for line in header:
        match = pattern.fullmatch(line.rstrip())
        if match:
            key = match["key"].lower()
            meta[key] = [(match["value"] or "").strip()]
        elif key:
            meta[key].append(line.strip())
    return {name: value for name, parts in meta.items() if (value := _joined(parts)) or parts == [""]}


def _joined(parts: list[str]) -> str:
    written = [part for part in parts if part]
    if written and all(part.startswith("- ") for part in written):
        return ", ".join(_unquoted(part[2:].strip()) for part in written)
    text = "\n".join(parts).strip()
    if text.startswith("[") and text.endswith("]"):
        return ", ".join(_unquoted(part.strip()) for part in text[1:-1].split(","))
    return _unquoted(text.removeprefix("! "))[:_VALUE_LENGTH]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace('\\"', '"') if value[0] == '"' else inner.replace("''", "'")
    return value


def _flat(loaded: dict[Any, Any]) -> dict[str, str]:
    """Flatten a header's values to text; raise ValueError where they come to too many."""
    flat: dict[str, str] = {}
    for count, (key, value) in enumerate(_values(loaded, "")):
        if count > _VALUES:
            raise ValueError("it holds too many values")
        joined = f"{flat[key]}, {value}" if flat.get(key) and value else value or flat.get(key, "")
        if len(joined) > _VALUE_LENGTH:
            raise ValueError("a value of it is too long")
        flat[key] = joined
    return flat


def _values(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _values(inner, f"{key}.{_text(name).lower()}" if key else _text(name).lower())
    elif isinstance(value, list | tuple):
        if not value:
            yield key, ""
        for inner in value:
            yield from _values(inner, key)
    else:
        yield key, _text(value)


def _text(value: Any) -> str:
    if value is None or value in ("~", "null"):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value).strip()


def _complaint(form: str, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" (line {mark.line + 2})" if mark else ""
    return f"The front matter is not valid {form}{where}; it was read line by line."
