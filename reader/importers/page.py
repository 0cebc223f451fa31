"""Web pages: fetched ones, and those that a browser saved with their pictures in one file (MHTML)."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reader.importers import Report
from reader.importers.decoding import decode, kind_of_binary
from reader.importers.files import bytes_in
from reader.importers.messages.pictures import with_pictures
from reader.importers.relative import absolute
from reader.importers.tags import TAG, attributes_of
from reader.model import ImporterError, RawIssue
from reader.model.addresses import host_of, joined_address
from reader.model.fetched import Fetched
from reader.model.hashes import digest_of

_ENDINGS = (".mhtml", ".mht")
_LIMIT = 100_000_000
"""Bytes; pictures are most of a saved page."""
_HEAD_LENGTH = 400_000
"""Characters of a page in which its head is looked for; a saved page has its styles there."""
_LEFT_OUT_FOLDERS = ("node_modules", "__pycache__")
_PAGES = ("", "text/html", "application/xhtml+xml", "application/xml", "text/xml")
_TEXTS = ("text/plain", "text/markdown")
_UNSEEN = re.compile(r"<(/?)(style|script|template)\b[^<>]*>", re.IGNORECASE)
_META = re.compile(r"<(?:meta|link|base)\b([^<>]{1,2000})>", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{0,1000})</title", re.IGNORECASE)
_TIME = re.compile(r"<time\b[^<>]*\bdatetime\s*=\s*[\"']?([^\"'<>]{8,40})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_ARTICLES = re.compile(r".*(?:Article|Posting|BlogPost|Report|CreativeWork|WebPage)", re.DOTALL)
_SITE_NAME = re.compile(r"\s+[-–—|·•:»]\s+(?P<site>[^-–—|·•»]{2,80})$")
_SAVED = re.compile(r"<!--\s*(?:Page saved with SingleFile\s+url:|saved from url=\(\d+\))\s*(https?://\S+)")
_MOST_SCRIPTS = 20


class PageImporter:
    """A page saved as MHTML is an issue."""

    name = "page"
    reads_any = False

    def accepts(self, location: str) -> bool:
        path = Path(location)
        return path.is_dir() or (path.suffix.lower() in _ENDINGS and path.is_file())

    def locations(self, location: str, report: Report) -> Iterator[str]:  # noqa: ARG002 - what cannot be listed is told by the folder importer
        path = Path(os.path.abspath(location))  # noqa: PTH100 - resolve() would follow links
        if not path.is_dir():
            yield from [str(path)] if path.exists() else []
            return
        for folder, inside, names in os.walk(path):
            inside[:] = [
                name for name in inside if not name.startswith(".") and name not in _LEFT_OUT_FOLDERS
            ]
            for name in sorted(names, reverse=True):
                if name.lower().endswith(_ENDINGS) and not name.startswith((".", "~")):
                    yield os.path.join(folder, name)  # noqa: PTH118 - a path for each of many files is slow

    def read(self, location: str) -> RawIssue:
        return _saved(Path(location))


importer = PageImporter()


def page_issue(fetched: Fetched) -> RawIssue:
    """Return a page that was fetched as an issue of its site; raise ImporterError where it is no page.

    Its article is found when it is parsed; here it is told apart from pictures and data, decoded, and asked
    for what its head says: title, author, date, its one address, and the name of its site.
    """
    address = fetched.address
    if not fetched.body.strip():
        raise ImporterError("The page is empty.", address)
    kind = kind_of_binary(fetched.body)
    if not kind and fetched.media_type not in (*_PAGES, *_TEXTS):
        kind = f"data ({fetched.media_type})"
    if kind:
        raise ImporterError(f"This is {kind}, not a page to read.", address)
    charset = _CHARSET.search(fetched.headers.get("content-type", ""))
    text, warnings = _decoded(fetched.body, charset[1] if charset else "")
    if fetched.media_type in _TEXTS:
        return _plain(text, address, warnings)
    return _issue(text, address, address, warnings)


def _saved(path: Path) -> RawIssue:
    """Return a page out of an MHTML file: the part that the browser showed."""
    from email import message_from_bytes, policy  # a start does without it

    data = bytes_in(str(path), _LIMIT)
    if not data.strip():
        raise ImporterError("The file is empty.", str(path))
    message = message_from_bytes(data, policy=policy.compat32)
    root = next((part for part in message.walk() if part.get_content_type() in _PAGES[1:3]), None)
    body = root.get_payload(decode=True) if root is not None else None
    if root is None or not isinstance(body, bytes) or not body.strip():
        raise ImporterError("There is no page in this file.", str(path))
    text, warnings = _decoded(body, str(root.get_content_charset("") or ""))
    address = next((found for one in (message, root) for key in _PLACES if (found := _web(one.get(key)))), "")
    return _issue(with_pictures(text, message), str(path), address, warnings)


_PLACES = ("Snapshot-Content-Location", "Content-Location", "Content-Base")


def _web(value: object) -> str:
    address = "".join(str(value or "").split())
    return address if host_of(address) else ""


def _decoded(data: bytes, charset: str) -> tuple[str, tuple[str, ...]]:
    """Return a page's text: UTF-8 where it is that, else what the server says, else what the page says."""
    if charset:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return data.decode("cp1252" if charset.lower() == "iso-8859-1" else charset), ()
            except (LookupError, UnicodeDecodeError):
                pass
    text, warning = decode(data, html=True)
    return text, (warning,) if warning else ()


def _plain(text: str, address: str, warnings: tuple[str, ...]) -> RawIssue:
    return RawIssue(
        location=address,
        name=_name(address),
        text=text,
        newsletter=host_of(address),
        digest=_digest(text),
        warnings=warnings,
        meta=(("link", address),),
    )


def _issue(text: str, location: str, address: str, warnings: tuple[str, ...]) -> RawIssue:
    """Return a page as an issue. One that was fetched is where it says that it is, on its own site."""
    if not text.strip():
        raise ImporterError("The page is empty.", location)
    head = _seen(text[:_HEAD_LENGTH])
    said = _named(head)
    saved = _SAVED.search(text[:4000])
    address = address or (saved[1] if saved else "")
    base = joined_address(address, said.get("base", "")) if address else ""
    link = _canonical(said, address)
    told = _structured(text)
    site = said.get("og:site_name") or told.get("site", "")
    meta = {
        "title": _without_site(told.get("title") or said.get("og:title") or _title(head), site),
        "date": told.get("date")
        or said.get("article:published_time")
        or said.get("date")
        or _first(_TIME, head),
        "author": told.get("author") or said.get("author", ""),
        "link": link,
        "image": joined_address(base, said["og:image"]) if said.get("og:image") else "",
    }
    return RawIssue(
        location=link if location == address and link else location,
        name=Path(location).name if location != address else _name(address),
        text=absolute(text, base),
        markup="html",
        newsletter=site or host_of(address),
        digest=_digest(TAG.sub(" ", _seen(text))),
        warnings=warnings,
        meta=tuple((key, value) for key, value in meta.items() if value),
    )


def _seen(text: str) -> str:
    """Return a page without its styles and scripts; one that never ends takes the rest along."""
    kept: list[str] = []
    at, within = 0, ""
    for match in _UNSEEN.finditer(text):
        closing, name = bool(match[1]), match[2].lower()
        if not within and not closing:
            kept.append(text[at : match.start()])
            within = name
        elif closing and within == name:
            at, within = match.end(), ""
    return "".join(kept) + ("" if within else text[at:])


def _digest(text: str) -> str:
    """Return a digest of a page's words: servers write other marks and numbers into it at each answer."""
    return digest_of(" ".join(text.split()))


def _name(address: str) -> str:
    parts = urlsplit(address)
    return parts.path.rstrip("/").rpartition("/")[2] or parts.hostname or "page"


def _named(head: str) -> dict[str, str]:
    """Return what the tags of a page's head say, by the names that they give it."""
    found: dict[str, str] = {}
    for match in _META.finditer(head):
        values = attributes_of(match[1])
        name = values.get("property") or values.get("name") or values.get("rel") or ""
        if not name and match[0][:5].lower() == "<base":
            name = "base"
        if value := values.get("content") or values.get("href"):
            found.setdefault(name.lower(), " ".join(value.split()))
    return found


def _canonical(said: Mapping[str, str], address: str) -> str:
    """Return the one address of a page; one on another site is not believed, but where there is no other."""
    for key in ("canonical", "og:url"):
        link = joined_address(address, said.get(key, "")) if said.get(key) else ""
        if link and host_of(link) and host_of(link) == (host_of(address) or host_of(link)):
            return link
    return address


def _title(head: str) -> str:
    return " ".join(unescape(_first(_TITLE, head)).split())


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def _without_site(title: str, site: str) -> str:
    """Return a title without the name of the site at its end ("Oars and Sails – The Boat")."""
    match = _SITE_NAME.search(title)
    return title[: match.start()] if match and site and match["site"].strip() == site else title


def _structured(text: str) -> dict[str, str]:
    """Return what a page's JSON-LD says of its article: title, date, author, site."""
    for thing in _things(text):
        kinds = thing.get("@type")
        kind = str(kinds[0] if isinstance(kinds, list) and kinds else kinds)
        title = _text(thing.get("headline"))
        if title and _ARTICLES.fullmatch(kind):
            return {
                "title": title,
                "date": _text(thing.get("datePublished")),
                "author": _names(thing.get("author")),
                "site": _names(thing.get("isPartOf")) or _names(thing.get("publisher")),
            }
    return {}


def _things(text: str) -> Iterator[dict[str, Any]]:
    for script in _scripts(text):
        try:
            read = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for thing in read if isinstance(read, list) else [read]:
            if isinstance(thing, dict):
                graph = thing.get("@graph")
                yield thing
                yield from (
                    one for one in (graph if isinstance(graph, list) else ()) if isinstance(one, dict)
                )


def _scripts(text: str) -> Iterator[str]:
    at = 0
    for _ in range(_MOST_SCRIPTS):
        at = text.find("application/ld+json", at)
        begin, end = text.find(">", at), text.find("</script", at)
        if at < 0 or not 0 <= begin < end:
            return
        yield text[begin + 1 : end]
        at = end


def _text(value: object) -> str:
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _names(value: object) -> str:
    """Return the names of people or of a site, as JSON-LD writes one, many, or only a name."""
    several = value if isinstance(value, list) else [value]
    names = (_text(one.get("name") if isinstance(one, dict) else one) for one in several)
    return ", ".join(dict.fromkeys(name for name in names if name and not host_of(name)))
