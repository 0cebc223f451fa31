"""JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reader.importers.decoding import decode
from reader.importers.feeds.shape import Attached, Entry, Feed, issues_of, plain
from reader.importers.relative import absolute
from reader.model import ImporterError
from reader.model.addresses import is_web, joined_address


def read_json(data: bytes, address: str) -> Feed:
    """Return the feed that some JSON is; raise ImporterError where it is none."""
    try:
        said = json.loads(decode(data)[0])
    except (ValueError, RecursionError) as error:
        raise ImporterError("This is not a feed: its JSON is broken.") from error
    items = said.get("items") if isinstance(said, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(said.get("version")):
        raise ImporterError("This is not a feed, but other JSON.")
    title = plain(_text(said, "title"))
    entries = [_entry(item, address) for item in items if isinstance(item, dict)]
    return Feed(
        title,
        _address(said, "home_page_url", address),
        tuple(issues_of(entries, title, address)),
    )


def _entry(item: dict[str, Any], address: str) -> Entry:
    link = _address(item, "url", address) or _address(item, "external_url", address)
    html = _text(item, "content_html")
    text = _text(item, "content_text") or _text(item, "summary")
    return Entry(
        absolute(html, link or address) if html else text,
        "html" if html else "text",
        _text(item, "title"),
        link,
        _text(item, "id"),
        _text(item, "date_published") or _text(item, "date_modified"),
        _author(item),
        _address(item, "image", address) or _address(item, "banner_image", address),
        tuple(_attached(item, address)),
        tuple(tag for tag in map(plain, _texts(item.get("tags"))) if tag),
    )


def _author(item: dict[str, Any]) -> str:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(author, "name") for author in authors or () if isinstance(author, dict)]
    return ", ".join(filter(None, names))


def _attached(item: dict[str, Any], address: str) -> Iterator[Attached]:
    files = item.get("attachments")
    for file in files if isinstance(files, list) else ():
        if isinstance(file, dict) and (there := _address(file, "url", address)):
            yield Attached(there, _text(file, "mime_type"))


def _address(said: dict[str, Any], name: str, base: str) -> str:
    value = _text(said, name).strip()
    whole = joined_address(base, value) if value else ""
    return whole if is_web(whole) else ""


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _text(said: dict[str, Any], name: str) -> str:
    """Return a text; a number is one too, for some write their ids so."""
    value = said.get(name)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    # Halves of surrogate pairs can be written in JSON, but no file can keep them.
    return value.replace("\0", "").encode("utf-8", "replace").decode() if isinstance(value, str) else ""
