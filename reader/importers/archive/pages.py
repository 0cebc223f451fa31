"""What the ways have in common: issues out of feeds, and out of what a program answers as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

from reader.importers.archive import Listed, Page
from reader.importers.tags import TAG, words_of
from reader.model import ImporterError, RawIssue
from reader.model.fetched import Fetched
from reader.model.hashes import digest_of

_WHOLE = 600
"""Letters of a text that is no summary."""
_CUT = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.{3}|&hellip;)\]|(?:read|continue|view)\W(?:more|on|reading|the\W(?:rest|full)).{0,80})\W*$",
    re.IGNORECASE | re.DOTALL,
)


def listed_in_feed(fetched: Fetched, more: Iterable[str]) -> Listed:
    """Return the issues of a page of a feed; those of which it has only the beginning are to be asked for."""
    from reader.importers.feed import read_answer

    whole: list[RawIssue] = []
    cut: list[Page] = []
    feed = read_answer(fetched)
    for raw in feed.issues:
        address = dict(raw.meta).get("link", "")
        if is_whole(raw.text) or not address:
            whole.append(raw)
        else:
            cut.append(Page(address, address))
    return Listed(tuple(whole), tuple(cut), tuple(more))


def is_whole(text: str) -> bool:
    """Say whether a text is an issue, not the beginning or a summary of one."""
    words = words_of(text)
    return len(words) >= _WHOLE and not _CUT.search(words[-120:])


def json_of(fetched: Fetched) -> Any:
    """Return what a program answered; raise ImporterError where that is no JSON."""
    try:
        return json.loads(fetched.body)
    except (ValueError, RecursionError) as error:
        raise ImporterError("This is no list of issues.", fetched.address) from error


def rows_of(fetched: Fetched) -> list[Mapping[str, Any]]:
    """Return the list that a program answered; raise ImporterError where it is none."""
    read = json_of(fetched)
    if not isinstance(read, list):
        raise ImporterError("This is no list of issues.", fetched.address)
    return [row for row in read if isinstance(row, dict)]


def issue_of(address: str, html: str, meta: Mapping[str, str]) -> RawIssue:
    """Return an issue whose HTML is in hand."""
    return RawIssue(
        location=address,
        name=address.rstrip("/").rpartition("/")[2],
        text=html,
        markup="html",
        digest=digest_of(html),
        meta=tuple((key, value) for key, value in {**meta, "link": address}.items() if value),
    )


def text_of(value: object) -> str:
    """Return a title or a name as it reads, out of a field that may hold HTML or be missing."""
    if isinstance(value, dict):
        value = value.get("rendered")
    return " ".join(unescape(TAG.sub("", value)).split()) if isinstance(value, str) else ""
