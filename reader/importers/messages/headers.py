"""The header of a message: whatever is in it can be read, however it was written."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from types import MappingProxyType

from reader.importers.messages.charsets import decoded

_WORD = re.compile(r"=\?([^?\s]{1,80})\?([bqBQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(?<=\?=)\s+(?==\?)")
_LIST_FIELD = re.compile(rb"^list-(?:id|unsubscribe|post)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_HEAD_LENGTH = 256_000
"""Bytes within which a header ends."""
_OF_MAIL = re.compile(
    rb"^(?:from|received|return-path|delivered-to|message-id|mime-version|to|subject|date)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST_FIELD = re.compile(rb"(?:>?From [^\r\n]*\r?\n)?[!-9;-~]{1,70}[ \t]*:")
_NAMES = frozenset(
    ("from", "sender", "to", "subject", "date", "received", "message-id", "mime-version", "content-type")
)

_VALUE_LENGTH = 4_000  # characters of a field that are read

Header = Mapping[str, str]
"""The first of each field, by its name in lower case, decoded and on one line."""
NO_HEADER: Header = MappingProxyType({})


def header_of(message: Message) -> Header:
    """Return the fields of a message: of those that come several times the first."""
    fields: dict[str, str] = {}
    for name, value in message.raw_items():
        fields.setdefault(name.strip().lower(), value)
    return {name: readable(str(value)[:_VALUE_LENGTH]) for name, value in fields.items()}


def is_of_newsletter(data: bytes) -> bool:
    """Say whether a message, or one that it carries, went out to a list: to whoever subscribed to it."""
    if _LIST_FIELD.search(head_of(data)):
        return True
    carried = data.lower().find(b"message/rfc822")
    return carried >= 0 and bool(_LIST_FIELD.search(data, carried))


def looks_like_mail(data: bytes) -> bool:
    """Say whether bytes begin as a message does: with fields, some of which are those of mail."""
    return bool(_FIRST_FIELD.match(data)) and len(set(map(bytes.lower, _OF_MAIL.findall(head_of(data))))) > 2


def is_header(header: Header) -> bool:
    """Say whether fields are those of a message."""
    return not _NAMES.isdisjoint(header)


def head_of(data: bytes) -> bytes:
    """Return the header's bytes."""
    end = _HEAD_END.search(data, 0, _HEAD_LENGTH)
    return data[: end.start() if end else _HEAD_LENGTH]


def readable(value: str) -> str:
    """Return a field's value as it reads: encoded words decoded, bytes of any encoding too, on one line."""
    if any("\udc80" <= character <= "\udcff" for character in value):
        value = decoded(value.encode("utf-8", "surrogateescape"))
    joined = _BETWEEN.sub("", value) if "=?" in value else value
    return " ".join(_words(joined).replace("\0", "").split())


def _words(value: str) -> str:
    """Decode the encoded words (RFC 2047). A character may be parted between two of them."""
    out: list[str] = []
    waiting, charset, at = b"", "", 0
    for match in _WORD.finditer(value):
        between, name = value[at : match.start()], match[1].partition("*")[0].lower()
        if waiting and (between or name != charset):
            out.append(decoded(waiting, charset))
            waiting = b""
        out.append(between)
        waiting, charset, at = waiting + _bytes_of(match[2], match[3]), name, match.end()
    out += [decoded(waiting, charset) if waiting else "", value[at:]]
    return "".join(out)


def _bytes_of(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    if encoding in "qQ":
        return quopri.decodestring(raw.replace(b"_", b" "), header=True)
    cut = raw[: len(raw) // 4 * 4]
    for whole in (raw + b"=" * (-len(raw) % 4), cut):
        try:
            return binascii.a2b_base64(whole)
        except binascii.Error:
            continue
    return raw


def address_of(value: str) -> tuple[str, str]:
    """Return the name and the address of a person in a field; "" for what is not there."""
    try:
        name, address = parseaddr(value)
    except (ValueError, IndexError, TypeError, RecursionError):  # the library's errors on what is no address
        name, address = "", ""
    if not address and (found := re.search(r"([^\s<>\"']+@[^\s<>\"']+)", value)):
        address = found[1]
    if not name:
        name = re.sub(r"<[^<>]*>", " ", value) if "<" in value or "@" not in value else ""
    return " ".join(name.strip(" \"'").split()), address.strip("<> ").lower()


def when(header: Header) -> str:
    """Return when a message was sent, else received, as ISO 8601; "" where it does not say."""
    received = header.get("received", "").rpartition(";")[2]
    said = (header.get(name, "") for name in ("date", "resent-date", "delivery-date"))
    return next((found for value in (*said, received) if (found := as_moment(value))), "")


def as_moment(value: str) -> str:
    """Return a date of mail as ISO 8601; "" where it is none. One without a zone gets none."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return moment.isoformat() if _is_possible(moment) else ""


def _is_possible(moment: datetime) -> bool:
    return 1970 < moment.year < 2200


def web_addresses(value: str) -> Iterator[str]:
    """Yield the web addresses that a field of a list gives: "<https://a.example/1>, <mailto:b@c.example>"."""
    for found in re.finditer(r"https?://[^\s<>,]+", value):
        yield found[0]
