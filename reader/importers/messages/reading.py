"""One message of mail, as the bytes that it came as, to a raw issue."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from typing import NamedTuple

from reader.importers.decoding import kind_of_binary
from reader.importers.messages.body import Text, carried_in, letters_in, texts_of
from reader.importers.messages.dates import written_date
from reader.importers.messages.forwarded import original_in
from reader.importers.messages.headers import Header, header_of, is_header, when
from reader.importers.messages.naming import author_of, list_label, newsletter_of, title_of
from reader.importers.messages.online import web_address_of
from reader.importers.messages.pictures import INSIDE, with_pictures
from reader.model import ImporterError, RawIssue
from reader.model.hashes import digest_of, name_from

LIMIT = 30_000_000
"""Bytes; a longer message is not read."""
_DEEPEST = 3
"""Messages that carry messages."""
_REMARK = 2_000
"""Letters; who says more than that beside a message that is sent on says it for its own sake."""
_LIST_FIELDS = ("list-id", "list-unsubscribe", "list-post")
_HEADING = re.compile(r"<(?:h1|title)\b", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)
_NO_SUBJECT = "No subject"


class _Read(NamedTuple):
    """What a message comes to: its own, or those of the one that it sends on."""

    header: Header
    sent: str
    text: Text


def read_message(data: bytes, location: str, *, received: str = "") -> RawIssue:
    """Return a message as a raw issue; raise ImporterError where it is none, or has nothing to read.

    `received` is when it came, as ISO 8601, for a message that does not say.
    """
    data = data.lstrip(b"\xef\xbb\xbf\r\n\t ")
    _check(data, location)
    message = parsed(data)
    if not is_header(header_of(message)):
        raise ImporterError("This is not a mail.", location)
    read = _read(message, 0)
    if not letters_in(read.text) and INSIDE not in read.text.text:
        raise ImporterError("There is nothing to read in this mail.", location)
    return _issue(read, location, received)


def name_of_message(data: bytes) -> str:
    """Return what a message is known by wherever it lies: 16 hexadecimal digits of its own identifier."""
    own = header_of(head(data)).get("message-id", "").strip()
    return name_from(own or data)


def parsed(data: bytes) -> Message:
    """Return a message's parts; where they cannot be told, its header and the rest as one part."""
    try:
        return BytesParser(policy=policy.compat32).parsebytes(data)
    except (RecursionError, MessageError, ValueError, LookupError, TypeError, AttributeError):
        return head(data)


def head(data: bytes) -> Message:
    """Return a message whose header is understood, and nothing else."""
    return BytesHeaderParser(policy=policy.compat32).parsebytes(data)


def _check(data: bytes, location: str) -> None:
    if len(data) > LIMIT:
        size = f"{len(data) / 1e6:,.0f} MB"
        raise ImporterError(
            f"The mail is too large: {size}; up to {LIMIT // 1_000_000} MB are read.", location
        )
    if not data:
        raise ImporterError("The mail is empty.", location)
    if kind := kind_of_binary(data):
        raise ImporterError(f"This is {kind}, not a mail.", location)


def _issue(read: _Read, location: str, received: str) -> RawIssue:
    header, text = read.header, read.text
    newsletter = newsletter_of(header)
    subject = title_of(header.get("subject", ""), (newsletter, list_label(header)))
    is_html = text.markup == "html"
    said = {
        "title": subject or ("" if is_html and _HEADING.search(text.text) else _NO_SUBJECT),
        "date": read.sent or received,
        "author": author_of(header),
        "link": web_address_of(text, header),
    }
    return RawIssue(
        location=location,
        name=subject or _NO_SUBJECT,
        text=text.text if is_html else _SIGNATURE.sub("\n---\n", text.text),
        markup="html" if is_html else "markdown",  # as files of plain text are read
        newsletter=newsletter,
        digest=digest_of(f"{subject}\n{text.text}"),
        meta=tuple((key, value) for key, value in said.items() if value),
    )


def _read(message: Message, depth: int) -> _Read:
    """Return what is to be read of a message: where it sends another one on, that one below the remark."""
    header, found = header_of(message), texts_of(message)
    own = _joined([one for one in found if isinstance(one, Text)])
    is_remark = letters_in(own) < _REMARK
    if depth < _DEEPEST and is_remark and not _is_listed(header):
        for one in found:
            if isinstance(one, Message) and letters_in((inner := _read(carried_in(one), depth + 1)).text):
                return inner._replace(text=_joined([own, inner.text]))
    text = Text("html", with_pictures(own.text, message)) if own.markup == "html" else own
    original = None if _is_listed(header) else original_in(text, header.get("subject", ""))
    if original is None:
        return _Read(header, when(header), text)
    sent = written_date(original.header.get("date", "")) or when(header)
    return _Read({"subject": header.get("subject", ""), **original.header}, sent, original.text)


def _is_listed(header: Header) -> bool:
    return any(name in header for name in _LIST_FIELDS)


def _joined(texts: Sequence[Text]) -> Text:
    """Return several texts as one: HTML where one of them is."""
    said = [one for one in texts if one.text.strip()]
    if all(one.markup == "text" for one in said):
        return Text("text", "\n\n".join(one.text for one in said))
    return Text("html", "\n".join(one.text if one.markup == "html" else _as_html(one.text) for one in said))


def _as_html(text: str) -> str:
    parts = re.split(r"\n[ \t]*\n", text.strip())
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in parts)
