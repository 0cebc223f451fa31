"""HTML and XML that need not be well-formed: tags as they stand, their attributes, the words between them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
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


def attributes_of(written: str) -> dict[str, str]:
    """Return the attributes of a tag by their names in lower case, entities decoded."""
    return {
        name.lower(): html.unescape(double or single or bare).strip()
        for name, double, single, bare in _ATTRIBUTE.findall(written)
    }


def words_of(text: str) -> str:
    """Return the words of some HTML on one line, entities decoded."""
    return " ".join(html.unescape(TAG.sub(" ", text)).split())


def _tag(match: re.Match[str], after: str) -> Tag:
    written = match["attributes"]
    return Tag(
        f"{match['closing']}{match['name'].lower()}",
        attributes_of(written),
        written.rstrip().endswith("/"),
        " ".join(html.unescape(after).split()),
    )
