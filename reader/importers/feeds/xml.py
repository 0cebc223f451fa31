"""RSS 0.9x and 2.0, RDF and Atom, however badly they are written."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from reader.importers.decoding import declared_encoding
from reader.importers.feeds.bombs import refuse_bombs
from reader.importers.feeds.shape import Attached, Entry, Feed, issues_of, longest, plain
from reader.importers.relative import absolute
from reader.model import ImporterError, Markup
from reader.model.addresses import is_web

_HOURS = re.compile(rb"<skipHours>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_DAYS = re.compile(rb"<skipDays>(.{0,1000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*(\w{3})\w*\s*</day>", re.IGNORECASE)
_WEEK = (b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun")
_HEAD = 100_000
"""Bytes in which a feed says how often it is to be asked."""
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_PAGE = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_NUMBER = re.compile(rb"&#([0-9]+|[xX][0-9a-fA-F]+);?")
_YEARS = range(1970, 2101)
_PART = 1 << 20
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE
)
_PLAIN_TEXT = ("text/plain", "text")


def read_xml(data: bytes, address: str, content_type: str) -> Feed:
    """Return the feed that some XML is; raise ImporterError where it is none."""
    refuse_bombs(data)
    headers = {"content-location": address, "content-type": _encoded(data, content_type)}
    try:
        found = _parsed(data, headers)
    except (ValueError, OverflowError):  # of a sign that there is none of
        found = _parsed(_NUMBER.sub(_sign, data), headers)
    if not found.get("version") and not found.entries:
        raise ImporterError(_no_feed(data))
    return _feed(found.feed, found.entries, address)._replace(
        skip_hours=frozenset(int(hour) % 24 for hour in _said(_HOURS, _HOUR, data)),
        skip_days=frozenset(
            _WEEK.index(d) for day in _said(_DAYS, _DAY, data) if (d := day.lower()) in _WEEK
        ),
    )


def _parsed(data: bytes, headers: dict[str, str]) -> Any:
    import feedparser  # it takes as long as half a start

    # From a stream, for what is no stream it would open as a file or an address.
    return feedparser.parse(
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _sign(written: re.Match[bytes]) -> bytes:
    """Return a sign that is written as a number; where there is none of that number, the one for that."""
    digits = written[1].lower()
    number = int(digits.lstrip(b"x")[-9:], 16 if digits.startswith(b"x") else 10)
    there = len(digits) < 9 and number < 0x110000 and not 0xD800 <= number < 0xE000
    return written[0] if there else b"&#xFFFD;"


def _feed(head: Mapping[str, Any], entries: Iterable[dict[str, Any]], address: str) -> Feed:
    title = plain(_text(head, "title"))
    site = _text(head, "link")
    return Feed(
        title,
        site if is_web(site) else "",
        tuple(issues_of((_entry(entry) for entry in entries), title, address)),
        _minutes(head),
    )


def _entry(entry: dict[str, Any]) -> Entry:
    text, markup = _body(entry)
    link = _text(entry, "feedburner_origlink") or _text(entry, "link")
    return Entry(
        text,
        markup,
        _text(entry, "title"),
        link,
        _text(entry, "id"),
        _date(entry),
        _text(entry, "author"),
        _image(entry),
        tuple(_attached(entry)),
        tuple(term for tag in entry.get("tags", ()) if (term := plain(str(tag.get("term") or "")))),
    )


def _body(entry: Mapping[str, Any]) -> tuple[str, Markup]:
    """Return the text that says most: what is the content, else the summary."""
    said = [part for part in entry.get("content", ()) if str(part.get("value") or "").strip()]
    summary = entry.get("summary_detail")
    found = said or ([summary] if isinstance(summary, Mapping) else [])
    text = longest([str(part.get("value") or "") for part in found]).replace("\0", "")
    part: Mapping[str, Any] = next(
        (part for part in found if str(part.get("value") or "").replace("\0", "") == text), {}
    )
    if part.get("type") in _PLAIN_TEXT and "</" not in text:
        return text, "text"
    return absolute(text, str(part.get("base") or _text(entry, "link"))), "html"


def _date(entry: dict[str, Any]) -> str:
    """Return when an entry was published, in the zone in which it says so; "" for never."""
    for name in ("published", "created", "updated"):
        if not dict.__contains__(entry, name):  # asked for what is not there, it answers with the other one
            continue
        said = " ".join(_text(entry, name).split())
        if _ISO.fullmatch(said):
            return said
        if date := _rfc_date(said) or _parsed_date(entry.get(f"{name}_parsed")):
            return date
    return ""


def _rfc_date(said: str) -> str:
    try:
        return parsedate_to_datetime(said).isoformat() if said else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _parsed_date(parsed: Any) -> str:
    try:
        year, month, day, hour, minute, second = parsed[:6]
        date = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return ""
    return date.isoformat() if year in _YEARS else ""  # feedparser sees a year in any digits


def _image(entry: Mapping[str, Any]) -> str:
    found = [picture.get("url") for picture in entry.get("media_thumbnail", ())]
    found.append((entry.get("image") or {}).get("href"))
    return next((str(address) for address in found if address and is_web(str(address))), "")


def _attached(entry: Mapping[str, Any]) -> Iterator[Attached]:
    for file in entry.get("enclosures", ()):
        if address := str(file.get("href") or file.get("url") or ""):
            yield Attached(address, str(file.get("type") or ""))


def _minutes(head: Mapping[str, Any]) -> int:
    """Return for how many minutes a feed says that it stays as it is."""
    ttl = _text(head, "ttl").strip()
    if ttl.isdecimal():
        return min(int(ttl[:9]), 525_600)
    period = _PERIODS.get(_text(head, "sy_updateperiod").strip().lower(), 0)
    times = _text(head, "sy_updatefrequency").strip()
    return period // max(int(times[:6]) if times.isdecimal() else 1, 1)


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value.replace("\0", "") if isinstance(value, str) else ""


def _said(around: re.Pattern[bytes], each: re.Pattern[bytes], data: bytes) -> list[bytes]:
    match = around.search(data, 0, _HEAD)
    return each.findall(match[1]) if match else []


def _encoded(data: bytes, content_type: str) -> str:
    """Return how the bytes are to be read: as UTF-8 where they are, whatever else is said of them."""
    declared = declared_encoding(data).lower()
    if not declared.startswith(("utf-7", "iso-2022", "hz")) and _is_utf8(data):
        return "application/xml; charset=utf-8"
    return "application/xml" if declared else content_type


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    if b"\0" in data[:64]:
        return False
    try:
        for start in range(0, len(data), _PART):
            decoder.decode(view[start : start + _PART])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _no_feed(data: bytes) -> str:
    if _PAGE.match(data[:20_000]):
        return "This is a web page, not a feed."
    return "This is not a feed." if data.strip() else "It is empty."
