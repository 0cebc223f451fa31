"""Corrections: the reader's last word on the borders that the splitter found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reader.model import Blocks, Kind, text_of
from reader.model.anchors import Anchors
from reader.model.correction import Correction
from reader.parsing.split import Piece, heads
from reader.parsing.split.page import Head, Line, letters, lines_of
from reader.parsing.split.pieces import BLANKS


def corrected(
    blocks: Blocks, pieces: Sequence[Piece], corrections: Sequence[Correction]
) -> tuple[tuple[Piece, ...], tuple[Correction, ...]]:
    """Return an issue's stories as the reader wants them, and the corrections whose words are gone.

    The blocks are healed, and the pieces are those that the splitter found. A correction whose words
    are there and that changes nothing (any more) is no fault.
    """
    if not corrections:
        return tuple(pieces), ()
    work = _Work(blocks, text_of(blocks), pieces)
    lost = tuple(one for one in corrections if not work.apply(one))
    return tuple(work.pieces), lost


def story_of(blocks: Blocks, pieces: Sequence[Piece], correction: Correction) -> Piece | None:
    """Return the story that a correction is about, as the pieces are before it is applied."""
    work = _Work(blocks, text_of(blocks), pieces)
    at = work.story(correction)
    return None if at is None else pieces[at]


@dataclass
class _Work:
    """An issue that is being corrected."""

    blocks: Blocks
    text: str
    found: Sequence[Piece]
    """What the splitter made of it."""

    def __post_init__(self) -> None:
        self.pieces = list(self.found)
        self._anchors = Anchors(self.text)
        self._lines: list[Line] = []

    def apply(self, one: Correction) -> bool:
        """Apply a correction; return whether its words are there."""
        place = self._anchors.found(one.at, one.near) if one.kind == "split" else None
        if place is not None:
            self._split(self._opened(place), one.title)
            return True
        at = self.story(one) if one.kind != "split" else None
        if at is None:
            return self._anchors.found(one.at, one.near) is not None
        if one.kind == "rename" and one.title.strip():
            self.pieces[at] = self.pieces[at]._replace(title=one.title, title_derived=False)
        elif one.kind == "outside":
            del self.pieces[at]
        elif one.kind == "merge" and at > 0:
            self.pieces[at - 1 : at + 1] = [self.pieces[at - 1]._replace(end=self.pieces[at].end)]
        return True

    def story(self, one: Correction) -> int | None:
        """Return which story begins with the words; of those without any words the nearest."""
        if one.at:
            return self._anchors.begun(one.at, one.near, [piece.start for piece in self.pieces])
        mute = [at for at, piece in enumerate(self.pieces) if self._is_mute(piece)]
        return min(mute, key=lambda at: abs(self.pieces[at].start - one.near * len(self.text)), default=None)

    def _is_mute(self, piece: Piece) -> bool:
        return self._anchors.before(piece.start) == self._anchors.before(piece.end)

    def _split(self, place: int, title: str) -> None:
        """Let a story begin at a position; nothing where one does."""
        at = bisect_right([piece.start for piece in self.pieces], place) - 1
        before = self.pieces[at] if at >= 0 else None
        if before is not None and self._anchors.before(before.start) == self._anchors.before(place):
            return
        inside = before is not None and place < before.end
        end = before.end if before and inside else self._gap_end(place, at + 1)
        piece = self._begun(place, end, title)
        if before and not piece.section:
            piece = piece._replace(section=before.section, sponsored=inside and before.sponsored)
        if before and inside:
            self.pieces[at] = _until(before, self._trimmed(before.start, place))
        self.pieces.insert(at + 1, piece)

    def _begun(self, place: int, end: int, title: str) -> Piece:
        """Return a story that begins at a position: the splitter's own where it found one there."""
        known = next((piece for piece in self.found if piece.start == place), None)
        if known is None:
            head = self._head(place, end)
            spans = () if head.derived else (*head.titles, *head.deks)
            known = Piece(place, end, head.title, spans, head.dek, title_derived=head.derived)
        piece = _until(known, end)
        if not title or letters(title) == letters(piece.title):
            return piece
        return piece._replace(title=title, title_derived=False)

    def _head(self, place: int, end: int) -> Head:
        lines = self._lines = self._lines or lines_of(self.blocks)
        at = bisect_right([line.start for line in lines], place) - 1
        line = lines[at]
        if line.whole[: place - line.start].strip(BLANKS):
            return heads.derived(line._replace(text=self.text[place : min(line.end, end)].strip(BLANKS)))
        last = bisect_right([line.start for line in lines], end - 1)
        if line.block.kind is Kind.HEADING:
            return heads.heading(line)
        return heads.title_at(lines, at, last) or heads.item(line)

    def _opened(self, place: int) -> int:
        """Return where the words at a position begin, with the quote or the sign that opens them."""
        letter = self._anchors.before(place)
        for piece in reversed(self.found):
            if self._anchors.before(piece.start) == letter:
                return piece.start
        line = self.text.rfind("\n", 0, place) + 1
        before = self.text[line:place]
        if not letters(before):
            return line + len(before) - len(before.lstrip(BLANKS))
        return line + len(before) - len(before.split()[-1]) if before[-1] not in BLANKS else place

    def _gap_end(self, place: int, following: int) -> int:
        """Return where a story that begins outside of all stories ends: before the next one's headings."""
        if following == len(self.pieces):
            return self._trimmed(place, len(self.text))
        lines = self._lines = self._lines or lines_of(self.blocks)
        first = bisect_right([line.start for line in lines], place)
        last = bisect_right([line.start for line in lines], self.pieces[following].start) - 1
        while last > first and (lines[last - 1].block.kind is Kind.HEADING or not lines[last - 1].text):
            last -= 1
        return self._trimmed(place, min(lines[last - 1].end, self.pieces[following].start))

    def _trimmed(self, start: int, end: int) -> int:
        return start + len(self.text[start:end].rstrip(BLANKS))


def _until(piece: Piece, end: int) -> Piece:
    """Return a story that ends earlier, or later."""
    spans = tuple(span for span in piece.heads if span[1] <= end)
    return piece if (piece.end, piece.heads) == (end, spans) else piece._replace(end=end, heads=spans)
