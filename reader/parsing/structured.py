"""Issues that are JSON: chapters of entries, each with a title, an address and a text, become blocks."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reader.model import Block, Blocks, Kind, Run
from reader.parsing.html import fragment_blocks
from reader.parsing.links import clean_link
from reader.parsing.markdown import plain_blocks

_CHAPTERS = ("chapters", "sections", "categories", "groups")
_ENTRIES = ("entries", "items", "stories", "articles", "links", "posts")
_TITLES = ("title", "headline", "name", "subject")
_TEXTS = ("text", "summary", "description", "content_html", "content", "body", "html")
_ADDRESSES = ("url", "link", "href")
_BEFORE = ("header", "intro", "introduction", "opening")
_AFTER = ("footer", "outro", "closing")


def read_structured(text: str) -> tuple[dict[str, str], Blocks]:
    """Return what a JSON issue says of itself, and its blocks; what is no issue is read as plain text."""
    try:
        issue = json.loads(text)
    except (ValueError, RecursionError):
        return {}, plain_blocks(text)
    if isinstance(issue, list):
        issue = {"items": issue}
    if not isinstance(issue, dict):
        return {}, plain_blocks(text)
    meta = {
        str(key).lower(): str(value) for key, value in issue.items() if isinstance(value, str | int | float)
    }
    blocks = tuple(_issue(issue, has_text=not meta))
    return meta, blocks if blocks or meta else plain_blocks(text)


def _issue(issue: Mapping[str, Any], *, has_text: bool) -> Iterator[Block]:
    for key in _BEFORE:
        yield from _texts(issue.get(key))
    chapters = _rows(issue, _CHAPTERS)
    for chapter in chapters:
        if title := _words(_first(chapter, _TITLES)):
            yield Block(Kind.HEADING, (Run(title),), level=2)
        for entry in _rows(chapter, _ENTRIES):
            yield from _entry(entry)
    for entry in _rows(issue, _ENTRIES):
        yield from _entry(entry)
    if not chapters and not has_text:
        yield from _texts(_first(issue, _TEXTS))
    for key in _AFTER:
        yield from _texts(issue.get(key))


def _entry(entry: Mapping[str, Any]) -> Iterator[Block]:
    title = _words(_first(entry, _TITLES))
    if title:
        yield Block(Kind.HEADING, (Run(title, href=clean_link(_first(entry, _ADDRESSES))),), level=3)
    yield from _texts(_first(entry, _TEXTS))


def _texts(value: object) -> Iterator[Block]:
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str):
            yield from fragment_blocks(text)


def _rows(holder: Mapping[str, Any], names: Sequence[str]) -> list[Mapping[str, Any]]:
    found: list[Any] = next((holder[name] for name in names if isinstance(holder.get(name), list)), [])
    return [row for row in found if isinstance(row, dict)]


def _first(holder: Mapping[str, Any], names: Sequence[str]) -> str:
    return next((value for name in names if isinstance(value := holder.get(name), str) and value.strip()), "")


def _words(text: str) -> str:
    """Return a title as plain words: it may hold markup of its own."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    return " ".join(" ".join(block.text for block in fragment_blocks(text)).split()) or html.unescape(text)
