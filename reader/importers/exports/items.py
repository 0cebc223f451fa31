"""What other programs export: items with a title, a text and a state, made raw issues."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import NamedTuple

from reader.importers import Report
from reader.model import NOTHING_DONE, ONE_STORY, ImporterError, RawIssue, State, part_of, shown_address
from reader.model.addresses import is_web
from reader.model.hashes import digest_of, name_from

_EARLIEST, _LATEST = 0, 32_503_680_000  # seconds: 1970 and the year 3000


class Item(NamedTuple):
    """One thing of an export: an issue of a newsletter, or a page that was saved."""

    identity: str
    """What it is told by from all others in the export, the same each time it is exported."""
    title: str = ""
    html: str = ""
    link: str = ""
    date: str = ""
    author: str = ""
    newsletter: str = ""
    more: tuple[tuple[str, str], ...] = ()
    """What else is known of it, as front matter would say it."""
    state: State = NOTHING_DONE
    warnings: tuple[str, ...] = ()


class Told:
    """What is told of an export: who finds nothing in it and hears of no error is told so."""

    def __init__(self, location: str, report: Report) -> None:
        self._location = location
        self._report = report
        self._silent = True

    def came(self) -> None:
        """Note that something came."""
        self._silent = False

    def hear(self, error: ImporterError) -> None:
        """Pass on what did not."""
        self._silent = False
        self._report(error)

    def of_drafts(self, count: int) -> None:
        """Tell how many drafts there are: nobody has published them."""
        if count:
            those = "One draft was" if count == 1 else f"{count:,} drafts were"
            self.hear(ImporterError(f"{those} left out.", self._location))

    def end(self, nothing: str) -> None:
        """Tell that there was nothing, where nothing was told."""
        if self._silent:
            self._report(ImporterError(nothing, self._location))


def raw_issue(location: str, item: Item, *, one_story: bool = False) -> RawIssue:
    """Return an item as a raw issue; one without a title is called as its address is shown."""
    link = item.link.strip() if is_web(item.link) else ""
    facts = {
        "title": " ".join(item.title.split()) or shown_address(link) or "Untitled",
        "date": item.date.strip(),
        "author": item.author.strip(),
        "link": link,
        **dict(item.more),
    }
    if one_story:
        facts[ONE_STORY] = "true"
    meta = tuple((key, value) for key, value in facts.items() if value)
    text = item.html if item.html.lstrip().startswith("<") else f"<div>{item.html}</div>"
    name = name_from(item.identity)
    return RawIssue(
        location=part_of(location, name),
        name=f"{name}.html",
        text=text,
        markup="html",
        newsletter=" ".join(item.newsletter.split()),
        # What was done with it counts: a star that is new in the next export is to come in.
        digest=digest_of(repr((meta, text, item.newsletter, item.state))),
        warnings=item.warnings,
        meta=meta,
        state=item.state,
    )


def page_html(text: str, link: str, description: str = "") -> str:
    """Return the HTML of a saved page; of one without a text its description and where it is."""
    if text.strip():
        return text
    said = f"<p>{html.escape(description.strip())}</p>\n" if description.strip() else ""
    address = html.escape(link.strip(), quote=True)
    there = html.escape(shown_address(link.strip()) or link.strip())
    return f'{said}<p><a href="{address}">{there}</a></p>' if is_web(link) else said or "<p></p>"


def time_of(written: object) -> str:
    """Return seconds (or thousandths or millionths of them) since 1970, as a number or digits, as ISO 8601.

    "" where it is no such number, and 0, which means that nobody knows.
    """
    try:
        seconds = float(str(written).strip() or "0")
    except ValueError:
        return ""
    while seconds > _LATEST:
        seconds /= 1000
        if seconds > _LATEST * 1e9:
            return ""
    if not _EARLIEST < seconds <= _LATEST:
        return ""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def as_text(value: object) -> str:
    """Return a value of JSON that should be a text; "" for any other."""
    return value if isinstance(value, str) else ""
