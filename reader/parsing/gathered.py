"""A file that gathers many issues: each under a heading with its number or its date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from statistics import median

from reader.model import RawIssue, part_of
from reader.model.hashes import digest_of
from reader.parsing.dates import parse_date
from reader.parsing.front_matter import read_front_matter
from reader.parsing.numbers import number_in_title

_FEWEST = 5  # so many issues make a file that gathers them
_BODY = 600  # characters that half of them have at least
_APART = 5  # days between two of them; what is written every day makes one issue of a week
_HEADING = re.compile(r"^(?P<signs>#{1,3})[ \t]+(?P<title>\S[^\n]*?)[ \t#]*$", re.MULTILINE)
_FENCED = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)
_COUNTED = re.compile(r"\b(?:issue|edition|newsletter|week|volume|vol)\b|第", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_MONTH_DAY = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})\b|\b(\d{{1,2}})\s+({_MONTH})(?!\w)", re.IGNORECASE)
_FORGIVEN = 10  # one title in so many may have no number, or that of another, or stand out of order
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMERIC = re.compile(r"\b(?:19|20)\d\d([-/.])\d\d?\1\d\d?\b")
_LETTERS = re.compile(r"[^\W_]")
_NO_NAME = re.compile(rf"\b{_MONTH}(?!\w)|\b\d+(?:st|nd|rd|th)?\b|[\W_]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading that may begin an issue."""

    start: int
    level: int
    title: str
    name: str
    """Its number, else its date; "" for neither."""
    prefix: str
    """What is left of the title, and what all issues of the file share."""


def issues_in(raw: RawIssue) -> tuple[RawIssue, ...]:
    """Return the issues that a file gathers; none where it is one issue, as nearly all are.

    At least five headings of one level are a shared prefix and a number or a date each, in order,
    most of them with a long text below, and hardly another heading of their level is among them. What
    stands above the first is an issue too where it is more than a title: nothing is left out. Each
    issue's location is the file's and its number or date, so it stays when others come; what stands above
    them is last and has the file's own, so that a file that is known by it is known to have come in whole.
    """
    text = raw.text
    if raw.markup != "markdown" or len(text) < _FEWEST * _BODY or text.count("\n#") < _FEWEST - 1:
        return ()
    front = read_front_matter(text)
    parts = _parts(front.body)
    if not parts:
        return ()
    above = front.body[: parts[0].start]
    titles = [front.meta.get("title", ""), *(found["title"] for found in _HEADING.finditer(above))]
    named = raw._replace(newsletter=raw.newsletter or next(filter(None, titles), parts[0].prefix))
    ends = [part.start for part in parts[1:]] + [len(front.body)]
    issues = tuple(
        _issue(named, front.body[part.start : end], part) for part, end in zip(parts, ends, strict=True)
    )
    if not _LETTERS.search(_HEADING.sub("", above)):
        return issues
    return (*issues, named._replace(text=text[: len(text) - len(front.body)] + above))


def _issue(raw: RawIssue, text: str, part: _Part) -> RawIssue:
    """Return one issue, whose heading is its title and whose other headings rise with it."""
    if part.level > 1:
        text = re.sub(rf"^#{{{part.level - 1}}}(?=#)", "", text, flags=re.MULTILINE)
    return raw._replace(
        location=part_of(raw.location, part.name),
        text=text,
        digest=digest_of(text),
        warnings=(),
    )


def _parts(body: str) -> list[_Part]:
    """Return the headings that begin issues; none where they do not gather them."""
    if sum(1 for found in _HEADING.finditer(body) if _DIGIT.search(found["title"])) < _FEWEST:
        return []
    body = _FENCED.sub(lambda found: " " * len(found[0]), body)
    headings = [_part(found) for found in _HEADING.finditer(body)]
    kinds = Counter((part.level, part.name.isdigit()) for part in headings if part.name)
    if not kinds:
        return []
    [((level, numbered), _)] = kinds.most_common(1)
    parts = [
        part for part in headings if part.name and (part.level, part.name.isdigit()) == (level, numbered)
    ]
    others = [part for part in headings if part.start > parts[0].start and part.level <= level]
    few = len(parts) // _FORGIVEN
    if len(parts) < _FEWEST or len(others) >= len(parts) + few or not _are_alike(parts, few):
        return []
    return _told_apart(parts) if _in_order(parts, few) and _are_long(parts, len(body)) else []


def _are_alike(parts: Sequence[_Part], few: int) -> bool:
    """Say whether most titles share all that is no number, and nearly all are different."""
    shared = Counter(part.prefix.casefold() for part in parts).most_common(1)[0][1]
    return shared * 2 > len(parts) and len({part.name for part in parts}) >= len(parts) - few


def _told_apart(parts: Sequence[_Part]) -> list[_Part]:
    seen: Counter[str] = Counter()
    told = []
    for part in reversed(parts):  # the last one in the file is mostly the oldest, and keeps its name
        seen[part.name] += 1
        again = seen[part.name]
        told.append(part if again == 1 else replace(part, name=f"{part.name}-{again}"))
    return told[::-1]


def _part(found: re.Match[str]) -> _Part:
    title = found["title"]
    prefix, number = number_in_title(title)
    if not (number and (" " in prefix or _COUNTED.search(title))):
        number = ""
    dated = "" if number else _date_in(title)
    shared = prefix if number else _NO_NAME.sub(" ", title)
    return _Part(found.start(), len(found["signs"]), title, number or dated, " ".join(shared.split()))


def _date_in(title: str) -> str:
    """Return the first day that a title names, as ISO 8601; "" for none."""
    if numeric := _NUMERIC.search(title):
        return parse_date(numeric[0])[:10]
    year, day = _YEAR.search(title), _MONTH_DAY.search(title)
    return parse_date(f"{day[1] or day[4]} {day[2] or day[3]}, {year[0]}")[:10] if year and day else ""


def _in_order(parts: Sequence[_Part], few: int) -> bool:
    """Say whether the issues go up or down, and dates by more than days."""
    at = [int(p.name) if p.name.isdigit() else date.fromisoformat(p.name).toordinal() for p in parts]
    ups = sum(after > before for before, after in pairwise(at))
    gap = median(abs(after - before) for before, after in pairwise(at))
    return min(ups, len(at) - 1 - ups) <= few and (parts[0].name.isdigit() or gap >= _APART)


def _are_long(parts: Sequence[_Part], end: int) -> bool:
    starts = [part.start for part in parts] + [end]
    return median(after - before for before, after in pairwise(starts)) >= _BODY
