"""Heads of stories: which words of the first lines are the title, and which the line under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.model import OBJECT, Kind, Mark
from reader.parsing.split.page import Head, Line
from reader.parsing.split.pieces import BLANKS
from reader.parsing.split.style import lead_end
from reader.parsing.split.words import SERIES, TALES

_NUMBER = re.compile(r"[\s（(]*\d{1,3}[、．.)）]\s*")
_UNLINKED = re.compile(r"\[([^\[\]\n]{2,120})\]\[[^\[\]\n]{0,80}\]")
_BOLD = int(Mark.BOLD)
_CODE = Kind.CODE
_WRITTEN = re.compile(r"\s*\((?:written )?by\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S")
_SENTENCE = re.compile(r"[.!?。！？][”’\"')\]]*(?:\s|$)|[。！？]")
_MINUTES = re.compile(r"\s*\(\s*(?:\d+ min(?:ute)?s?(?: read)?|sponsor(?:ed)?|ad)\s*\)\s*$", re.IGNORECASE)
_DATELINE = re.compile(r"\[.{2,400}\]\W*", re.DOTALL)
_REMARK = re.compile(r"[(（](?!(?:written )?by\b)[^()（）\n]{1,40}[)）]")
_LONGEST_TITLE = 300
"""Characters."""
_REACH = 16
"""Lines from the first of a head within which its title and dek stand."""


def printed(text: str) -> str:
    """Return a title as it is shown: white space collapsed, reading times and the word "sponsor" off."""
    shown = " ".join(text.replace(OBJECT, " ").split())
    return _MINUTES.sub("", shown) if shown.endswith(")") else shown


def derived(line: Line) -> Head:
    """Return the head of a story that has no title: its first sentence."""
    text = " ".join(line.text.replace(OBJECT, " ").split())
    end = _SENTENCE.search(text, 12 if text[:12].isascii() else 3)  # "Oh! Well." is no title, "海很大。" is
    title = text[: end.end()].strip() if end else text
    return Head(title if len(title) <= 240 else title[:239].rstrip() + "…", derived=True)


def heading(line: Line) -> Head:
    """Return the head of a story whose title is a line of its own; signs before a link are no part of it."""
    begin = line.link[0] if line.link else 0
    signed = begin > 0 and not any(sign.isalnum() for sign in line.whole[:begin])
    return Head(printed(line.whole[begin:] if signed else line.text), titles=(line.span,))


def picture(line: Line) -> Head | None:
    """Return the head of a story that is a picture: the words that stand for it."""
    alt = next((run.alt for run in line.block.runs if run.image and run.alt.strip()), "")
    return Head(printed(alt)) if alt else None


def pictured(lines: Sequence[Line], start: int, at: int) -> Head:
    """Return the head of a story whose title may stand below a picture, both part of the head."""
    head = title_at(lines, at, at + 3) or heading(lines[at])
    return head._replace(titles=(*(lines[above].span for above in range(start, at)), *head.titles))


def _is_whole(line: Line) -> bool:
    """Tell whether a line cannot be cut: code and tables are kept whole, so none of it can be a title."""
    return line.block.kind is _CODE or bool(line.block.rows)


def item(line: Line, *, alone: bool = False) -> Head:
    """Return the head of a list item or a numbered paragraph: its link, its bold lead, or its first sentence.

    `alone` tells that the line stands by itself above the text of the item.
    """
    if _is_whole(line):
        return derived(line)
    return (
        _led(line)
        or _linked(line, alone=alone)
        or _bold(line)
        or _named(line)
        or (_whole(line) if alone else None)
        or derived(line)
    )


def _led(line: Line) -> Head | None:
    """Return the bold lead of a line where the link it opens with is a part of it, and text follows."""
    if line.link is None or line.bold is None or not lead_end(line.block):
        return None
    if (bold := _bold(line)) is None:
        return None
    (start, end), (_, border) = line.link, bold.titles[0]
    goes_on = any(c.isalnum() for c in line.whole[end : border - line.start])
    return bold if goes_on and _is_bold(line, start) else None


def _is_bold(line: Line, at: int) -> bool:
    """Tell whether the character at an offset into a line is bold."""
    for run in line.block.runs:
        if at < len(run.text):
            return bool(int(run.marks) & _BOLD)
        at -= len(run.text)
    return False


def has_head(line: Line) -> bool:
    """Tell whether a line opens with a link or a bold lead that can be its title."""
    if _is_whole(line):
        return False
    return line.link is not None or line.bold is not None or _UNLINKED.match(line.text) is not None


def lead(line: Line) -> Head | None:
    """Return the head of a paragraph that opens in bold."""
    return _bold(line)


def title_at(lines: Sequence[Line], at: int, last: int) -> Head | None:
    """Return the head that begins with a line of its own; None if there is none; `last` is not seen.

    A bold line is a title; the italic line under it, or a dateline in brackets, its dek. A bold line that
    names a series, or has another title right below it, is the section.
    """
    return _titled(lines[at : min(last, at + _REACH)], 0) if lines[at].setting == "bold" else None


def _titled(lines: Sequence[Line], at: int) -> Head | None:
    line = lines[at]
    if line.setting != "bold" or not line.is_prose or len(line.text) > _LONGEST_TITLE:
        return None
    if TALES.fullmatch(line.text):
        return _tale(lines, at)
    under = _next(lines, at)
    if under is None or not _is_dek(lines[under]):
        return heading(line)
    if SERIES.search(lines[under].text) and len(lines[under].text) < 60:
        return _in_series(lines, at, under)
    return _with_dek(line, lines[under])


def dotted(line: Line) -> str:
    """Return the words of a line that is set between dots ("…the machine that learns…"); else ""."""
    if line.is_prose and len(line.text) <= 450 and line.text.startswith(("…", "...")):
        return " ".join(line.text.split()) if line.text.rstrip("*_ ").endswith(("…", "...")) else ""
    return ""


def _in_series(lines: Sequence[Line], at: int, under: int) -> Head | None:
    """Return the head of a piece in a series: the first title with a line under it, else the first title."""
    heads = [head for below in range(under + 1, len(lines)) if (head := _titled(lines, below))]
    head = next((head for head in heads if head.dek), heads[0] if heads else None)
    return head._replace(label=printed(lines[at].text).rstrip(":： ")) if head else None


def _tale(lines: Sequence[Line], at: int) -> Head:
    label = printed(lines[at].text).rstrip(":： ")
    own = Head(label, (lines[at].span,), label=label)
    under = _next(lines, at)
    if under is None:
        return own
    line = lines[under]
    if _DATELINE.fullmatch(line.text):
        return own._replace(dek=line.text, deks=(line.span,))
    if cut := _title_and_dateline(line):
        return cut._replace(label=label)
    below = _next(lines, under)
    if below is not None and _DATELINE.fullmatch(lines[below].text):
        return _with_dek(line, lines[below])._replace(label=label)
    if (line.setting in ("bold", "italic") and len(line.text) < 160) or _is_short(line):
        return heading(line)._replace(label=label)
    return own


def _is_short(line: Line) -> bool:
    """Tell whether a line is a name and no sentence."""
    return len(line.text) < 80 and line.text[-1:].isalnum() and not _SENTENCE.search(line.text)


def _title_and_dateline(line: Line) -> Head | None:
    """Return a tale's title and its dateline in one paragraph."""
    text = line.whole
    place = text.find("[")
    if not 0 < place < 200 or not _DATELINE.fullmatch(text[place:].strip(BLANKS)):
        return None
    border = line.start + place
    return Head(
        printed(text[:place]), ((line.start, border),), text[place:].strip(BLANKS), ((border, line.end),)
    )


def _with_dek(title: Line, dek: Line) -> Head:
    return Head(printed(title.text), (title.span,), " ".join(dek.text.split()), (dek.span,))


def _is_dek(line: Line) -> bool:
    if not line.is_prose or len(line.text) > 450 or line.block.runs == ():
        return False
    return bool(dotted(line)) or line.setting == "italic" or bool(_DATELINE.fullmatch(line.text))


def _next(lines: Sequence[Line], at: int) -> int | None:
    """Return the next line that has words, up to a separator or a heading."""
    for below in range(at + 1, min(at + 4, len(lines))):
        if not lines[below].is_prose and lines[below].text:
            return None
        if lines[below].is_rule:
            return None
        if lines[below].text:
            return below
    return None


def _linked(line: Line, *, alone: bool) -> Head | None:
    if line.link is None:
        return None
    start, end = line.link
    text = line.whole
    if alone and (_REMARK.fullmatch(rest := text[end:].strip(BLANKS)) or _goes_on(rest)):
        end = len(text)
    return Head(printed(text[start:end]), ((line.start, line.start + end),))


def _goes_on(rest: str) -> bool:
    """Tell whether the words after a link end the title that it begins."""
    return rest[:1].isalnum() and not _SENTENCE.search(rest) and not rest.lower().startswith("by ")


def _whole(line: Line) -> Head | None:
    """Return the whole of a line as a title, but for who wrote it; None where it is a sentence."""
    text = line.whole
    by = _WRITTEN.search(text)
    end = by.start() if by else len(text)
    if not 0 < end <= 160 or _SENTENCE.search(text[:end].strip(BLANKS) + " "):
        return None
    number = _NUMBER.match(text)
    return Head(printed(text[number.end() if number else 0 : end]), ((line.start, line.start + end),))


def _bold(line: Line) -> Head | None:
    """Return the bold words that a line opens with, numbers and tags before them left off."""
    if line.bold is None:
        return None
    start, end = line.bold
    number = _NUMBER.match(line.whole, start, end)
    shown = line.whole[number.end() if number else start : end]
    return Head(printed(shown), ((line.start, line.start + end),))


def _named(line: Line) -> Head | None:
    """Return a title that is neither linked nor bold: words whose link is lost, or before an address."""
    text = line.whole
    if match := _UNLINKED.match(text):
        return Head(printed(match[1]), ((line.start, line.start + match.end()),))
    address = _ADDRESS.search(text)
    if address and 3 < address.start() <= 160:
        before = text[: address.start()].strip(f"{BLANKS}:-–—(")
        if len(before) > 3 and not _SENTENCE.search(before):
            return Head(printed(before), ((line.start, line.start + address.start()),))
    return None
