"""Line breaks that stand for paragraphs: a bold line, the italic one under it and the text come apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reader.model import Block, Kind
from reader.parsing.split.pieces import BLANKS, cut_at
from reader.parsing.split.style import Stretch, may_hold_dek, stretches
from reader.parsing.split.words import CITING, TALES

_EMPTY_LINE = re.compile(r"\n[ \t\xa0\u200b]*(?=\n)")
_CITING_LINE = re.compile(
    rf"\n[ \t\xa0]*(?={CITING}[ \xa0]?(?::|[^\n]{{0,80}}\([^()\n]{{2,60}}\)\W*(?:\n|$)))"
)
_PARAGRAPH = Kind.PARAGRAPH
_DEK = ("…", "...", "[")


def part_lines(blocks: Iterable[Block]) -> Iterator[Block]:
    """Cut paragraphs where a line break, or a change from bold to italic, was meant to end one."""
    for block in blocks:
        if block.kind is _PARAGRAPH and ("\n" in block.text or (len(block.runs) > 1 and may_hold_dek(block))):
            yield from cut_at(block, _places(block))
        else:
            yield block


def _places(block: Block) -> set[int]:
    text = block.text
    found = stretches(block)
    places = {match.start() for match in _EMPTY_LINE.finditer(text)}
    places |= {match.start() for match in _CITING_LINE.finditer(text)}
    places |= _bold_lines(text, found)
    if not block.depth:
        places |= _heads(text, found)
    return places


def _bold_lines(text: str, found: list[Stretch]) -> set[int]:
    """Return where a line begins in bold, and where one ends that is bold from first to last."""
    places: set[int] = set()
    for before, this, after in zip([None, *found], found, [*found[1:], None], strict=False):
        if this.setting != "bold":
            continue
        opens = before is None or _breaks(text, before, this)
        if opens and before is not None:
            places.add(this.start)
        if opens and after is not None and _breaks(text, this, after):
            places.add(_break_after(text, this, after))
    return places


def _heads(text: str, found: list[Stretch]) -> set[int]:
    """Return where title, line under it and body meet in one paragraph that opens in bold."""
    if len(found) < 2 or found[0].setting != "bold" or found[1].setting != "italic":
        return set()
    title, dek = found[0], found[1]
    names = all(one.setting != "plain" for one in found) and len(text) < 600
    under = text[dek.start : dek.end].lstrip(BLANKS)
    if not (
        names or under.startswith(_DEK) or _breaks(text, title, dek) or TALES.fullmatch(text[: title.end])
    ):
        return set()
    places = {one.start for one in found[1:]} if names else {dek.start}
    if len(found) > 2 and (
        names or under.rstrip(BLANKS).endswith(("…", "...", "]", "].")) or _breaks(text, dek, found[2])
    ):
        places.add(_break_after(text, dek, found[2]))
    return places


def _breaks(text: str, one: Stretch, other: Stretch) -> bool:
    """Tell whether a line break stands between two stretches, or at the edge of either."""
    return "\n" in text[_last(text, one) : _first(text, other)]


def _break_after(text: str, one: Stretch, other: Stretch) -> int:
    """Return the place of the break between two stretches: punctuation before it stays with the first."""
    at = text.find("\n", _last(text, one), _first(text, other))
    return at if at >= 0 else one.end


def _first(text: str, one: Stretch) -> int:
    """Return where the first character of a stretch that shows begins."""
    start = one.start
    while start < one.end and text[start] in BLANKS:
        start += 1
    return start


def _last(text: str, one: Stretch) -> int:
    """Return where the last character of a stretch that shows has ended."""
    end = one.end
    while end > one.start and text[end - 1] in BLANKS:
        end -= 1
    return end
