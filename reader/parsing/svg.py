"""Drawings (SVG) with all taken out that acts, that is elsewhere, or that takes forever to draw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MOST_BYTES = 2 * 1024 * 1024
_MOST_DRAWN = 50_000
"""Elements, each counted as often as it is drawn."""
_DEEPEST = 60
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = frozenset(
    """
    svg g defs symbol use switch title desc path rect circle ellipse line polyline polygon text tspan
    linearGradient radialGradient stop clipPath mask style
    """.split()  # noqa: SIM905
)
"""Elements that may stay: no script, no picture, no filter, no foreign object, no animation."""
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_ELSEWHERE = re.compile(r"url\s*\(\s*(?![\"']?\s*#)|@import|expression|javascript:|\\", re.IGNORECASE)
_DASHES = re.compile(r"stroke-dash\w*\s*:[^;]*;?", re.IGNORECASE)
"""A dash of a millionth of a pixel on a long line is drawn until somebody ends the program."""


def harmless_svg(data: bytes) -> bytes:
    """Return a drawing that shows what it is and does nothing else; b"" for what is none, or is a trap."""
    if len(data) > MOST_BYTES:
        return b""
    try:
        root = fromstring(data, forbid_entities=True, forbid_external=True)
    except (DefusedXmlException, ElementTree.ParseError, ValueError, LookupError):
        return b""
    if root.tag.removeprefix(_SVG) != "svg" or _depth(root) > _DEEPEST:
        return b""
    _clean(root)
    if _drawn(root, _by_id(root)) > _MOST_DRAWN:
        return b""
    made: bytes = ElementTree.tostring(root, encoding="utf-8")
    return made


def _depth(root: ElementTree.Element) -> int:
    depth, row = 0, [root]
    while row and depth <= _DEEPEST:
        depth, row = depth + 1, [child for element in row for child in element]
    return depth


def _clean(element: ElementTree.Element) -> None:
    for name, value in list(element.attrib.items()):
        kept = _clean_value(name, value)
        if kept:
            element.attrib[name] = kept
        else:
            del element.attrib[name]
    for child in list(element):
        name = str(child.tag).removeprefix(_SVG)  # that of a comment is a function
        if name not in _DRAWN or (name == "style" and _ELSEWHERE.search(child.text or "")):
            element.remove(child)
            continue
        if name == "style":
            child.text = _DASHES.sub("", child.text or "")
        _clean(child)


def _clean_value(name: str, value: str) -> str:
    """Return what may stay of an attribute."""
    if name in _HREFS:
        return value if value.startswith("#") else ""
    local = name.rpartition("}")[2].lower()
    if local.startswith(("on", "stroke-dash")) or _ELSEWHERE.search(value):
        return ""
    return _DASHES.sub("", value) if local == "style" else value


def _by_id(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {element.get("id", ""): element for element in root.iter() if element.get("id")}


def _drawn(root: ElementTree.Element, named: dict[str, ElementTree.Element]) -> int:
    """Return how many elements are drawn, what is used ten times counting ten times; stops when too many."""
    known: dict[ElementTree.Element, int] = {}
    open_: set[ElementTree.Element] = set()

    def count(element: ElementTree.Element) -> int:
        if element in open_:
            return _MOST_DRAWN + 1  # it uses itself
        if element not in known:
            open_.add(element)
            known[element] = min(1 + sum(count(inner) for inner in _within(element, named)), _MOST_DRAWN + 1)
            open_.discard(element)
        return known[element]

    try:
        return count(root)
    except RecursionError:
        return _MOST_DRAWN + 1


def _within(
    element: ElementTree.Element, named: dict[str, ElementTree.Element]
) -> Iterator[ElementTree.Element]:
    yield from element
    for name in _HREFS:
        target = named.get(element.get(name, "")[1:])
        if target is not None:
            yield target
