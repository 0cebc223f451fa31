"""Markdown that exports broke is mended in its source, where its marks can still be told from words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.parsing.emphasis import NO_TEXT, loose_marks

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_SIGNS = re.compile(r"^[ \t]*#{7,}[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}")
_COMMENT_END = re.compile(r"\{%-?\s*endcomment\s*-?%\}")
ATTRIBUTES = (
    r"\{:?[ \t]*[#.][\w:.-]{1,80}(?:[ \t]+(?:[#.][\w:.-]{1,80}|[\w-]{1,40}=[^\s{}]{1,80})){0,8}[ \t]*\}"
)
"""What kramdown and pandoc let a heading end with: "{#anchor}", "{: .wide #anchor}"."""
_ANCHOR = re.compile(rf"^(#{{1,6}}[ \t][^\n]{{1,300}}?)[ \t]*{ATTRIBUTES}[ \t]*#*[ \t]*$", re.MULTILINE)
_ANCHOR_ABOVE_LINE = re.compile(
    rf"^([^\n]{{1,300}}?)[ \t]*{ATTRIBUTES}[ \t]*(?=\n {{0,3}}(?:=+|-+)[ \t]*$)", re.MULTILINE
)
_GAP = re.compile(r"(\n(?:[ \t]*\n)+)")
_TOKEN = re.compile(rf"{NO_TEXT}|(?P<mark>\*{{1,3}}|_{{1,3}})")
_REFERENCE = re.compile(
    r"(?<![\]\\!])\[(?P<text>[^\[\]\n]{2,120}(?:\n[^\[\]\n]{1,120})?)\]\[(?P<label>(?:[^\[\]\n]{2,80})?(?:\n[^\[\]\n]{1,80})?)\]"
)
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]{1,120})\]:[ \t]", re.MULTILINE)
_BULLET = re.compile(r"[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]+")
_ITEM_LINE = re.compile(r"\n(?=[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t])")
_OPENING = frozenset("([{\"'“‘«*_—–-…")
_CARRY = 4
"""Paragraphs over which broken emphasis may run on."""

Marks = frozenset[str]
_NONE: Marks = frozenset()


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a paragraph, and the emphasis it is meant to have."""

    text: str
    marks: Marks


def mended(text: str) -> str:
    """Return Markdown whose emphasis opens before words and closes after them; no word is changed.

    Rows of number signs become rules; links whose addresses are kept elsewhere become their words;
    comments of templates and anchors of headings go. Code between fences stays as it is.
    """
    if "][" in text and ("{%" in text or _DEFINITION.search(text)):
        text = _without_lost_links(text)
    if not _FENCE.search(text):
        return _mend(text)
    return "".join(part if fenced else _mend(part) for part, fenced in _fences(text))


def _without_lost_links(text: str) -> str:
    """Return the text with lost links as their words, which are bold at the head of a list item."""
    known = {_label(match[1]) for match in _DEFINITION.finditer(text)}

    def words(match: re.Match[str]) -> str:
        label = match["label"] or match["text"]
        if _label(label) in known or not any(c.isalpha() for c in label):
            return match[0]
        line = text[max(match.start() - 40, 0) : match.start()].rpartition("\n")[2]
        return f"**{match['text']}**" if _BULLET.fullmatch(line) else match["text"]

    return _REFERENCE.sub(words, text)


def _label(written: str) -> str:
    return " ".join(written.casefold().split())


def _fences(text: str) -> Iterator[tuple[str, bool]]:
    """Return the text in turns outside and inside of fences."""
    at = 0
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opened is None:
            yield text[at : match.start()], False
            at, opened = match.start(), match
        elif match[1].startswith(opened[1]):
            yield text[at : match.end()], True
            at, opened = match.end(), None
    yield text[at:], opened is not None


def _mend(text: str) -> str:
    if "endcomment" in text:
        text = _without_comments(text)
    if "{#" in text or "{:" in text or "{." in text:
        text = _ANCHOR_ABOVE_LINE.sub(r"\1", _ANCHOR.sub(r"\1", text))
    text = _SIGNS.sub("\n* * *\n", text)
    parts = _GAP.split(text)
    return "".join(_whole(list(_units(parts))))


def _units(paragraphs: Sequence[str]) -> Iterator[str]:
    """Return paragraphs, and what parts them, as they were: a list comes apart into its items."""
    for at, paragraph in enumerate(paragraphs):
        if at % 2 or "\n" not in paragraph:
            yield paragraph
            continue
        first, *items = _ITEM_LINE.split(paragraph)
        yield first
        for item in items:
            yield "\n"
            yield item


def _without_comments(text: str) -> str:
    """Return the text without what a template's tags set apart as a comment."""
    kept: list[str] = []
    at = 0
    while (opened := _COMMENT.search(text, at)) and (closed := _COMMENT_END.search(text, opened.end())):
        kept.append(text[at : opened.start()])
        at = closed.end()
    return "".join(kept) + text[at:]


def _whole(paragraphs: list[str]) -> list[str]:
    """Return paragraphs, and what parts them in every other place, with their emphasis repaired."""
    out = list(paragraphs)
    at = 0
    while at < len(out):
        run = _repaired(out[at : at + 2 * _CARRY : 2]) if loose_marks(out[at]) else []
        out[at : at + 2 * len(run) : 2] = run
        at += 2 * max(len(run), 1)
    return out


def _repaired(paragraphs: list[str]) -> list[str]:
    """Return as many paragraphs as it takes until all emphasis is closed; none where nothing is won by it.

    Emphasis does not run on into a list, nor out of one.
    """
    out: list[str] = []
    loose = 0
    open_marks = _NONE
    for paragraph in paragraphs:
        if out and _BULLET.match(paragraph):
            return []
        parts, open_marks = _parted(paragraph, open_marks)
        out.append("".join(_written(part) for part in parts))
        loose += loose_marks(paragraph)
        if not open_marks:
            return out if sum(map(loose_marks, out)) < loose else []
        if _BULLET.match(paragraph):
            return []
    return []


def _parted(paragraph: str, open_marks: Marks) -> tuple[list[_Part], Marks]:
    """Cut a paragraph at its marks of emphasis; return what is open at its end, too."""
    parts: list[_Part] = []
    bullet = _BULLET.match(paragraph)
    start = at = bullet.end() if bullet else 0
    if bullet:
        parts.append(_Part(paragraph[:start], _NONE))
    for match in _TOKEN.finditer(paragraph, start):
        mark = match["mark"]
        if mark is None or not _counts(paragraph, *match.span("mark"), mark):
            continue
        if len(mark) == 1 and not _is_likely(paragraph, match.start(), closes=mark in open_marks):
            continue
        parts.append(_Part(paragraph[at : match.start()], open_marks))
        at = match.end()
        for one in (mark[:1] * 2, mark[:1]) if len(mark) == 3 else (mark,):
            open_marks ^= {one}
    parts.append(_Part(paragraph[at:], open_marks))
    return [part for part in parts if part.text], open_marks


def _counts(text: str, start: int, end: int, mark: str) -> bool:
    """Tell whether a mark is one of emphasis, and no bullet, no product, no underscore in a name."""
    before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
    if mark[0] == "_" and before.isalnum() and after.isalnum():
        return False
    if mark[0] in (before, after):
        return False
    if len(mark) == 1 and mark == "*" and before.isspace() and after.isspace():
        return False
    if not (before.isspace() and after.isspace()):
        return True
    line = text[max(start - 80, 0) : start].rpartition("\n")[2]
    return not line.strip() and len(mark) < 3


def _is_likely(text: str, at: int, *, closes: bool) -> bool:
    """Tell whether a single mark can be meant to open or to close, and is no part of a name or of code."""
    before, after = text[at - 1 : at] or "\n", text[at + 1 : at + 2] or "\n"
    if closes:
        return not after.isalnum()
    return before.isspace() or (before in _OPENING and (after.isalnum() or after in _OPENING))


def _written(part: _Part) -> str:
    core = part.text.strip()
    if not part.marks or not any(character.isalnum() for character in core):
        return part.text
    head = part.text[: len(part.text) - len(part.text.lstrip())]
    tail = part.text[len(part.text.rstrip()) :]
    bold = "**" if "**" in part.marks or "__" in part.marks else ""
    italic = "*" if "*" in part.marks or "_" in part.marks else ""
    opened = bold + italic
    return f"{head}{opened}{core}{opened[::-1]}{tail}"
