"""Tags of lists that are HTML or XML by name: found as they stand, for such files are seldom well-formed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<closing>/?)(?P<name>[A-Za-z][\w:.-]*+)"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")


class Tag(NamedTuple):
    """A tag, and the text that follows it up to the next one."""

    name: str
    """In lower case; that of an end begins with "/"."""
    attributes: Mapping[str, str]
    """By their names in lower case, entities decoded."""
    is_empty: bool
    """Whether it ends with "/>"."""
    text: str
    """White space collapsed, entities decoded."""


def tags(text: str) -> Iterator[Tag]:
    """Yield the tags of a text in their order; comments are passed over."""
    found = None
    for match in _TAG.finditer(text):
        if found:
            yield _tag(found, text[found.end() : match.start()])
        found = match if match["name"] else None
    if found:
        yield _tag(found, text[found.end() :])


def _tag(match: re.Match[str], after: str) -> Tag:
    written = match["attributes"]
    attributes = {
        name.lower(): html.unescape(double or single or bare).strip()
        for name, double, single, bare in _ATTRIBUTE.findall(written)
    }
    return Tag(
        f"{match['closing']}{match['name'].lower()}",
        attributes,
        written.rstrip().endswith("/"),
        " ".join(html.unescape(after).split()),
    )
