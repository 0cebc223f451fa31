"""A block in the making: its runs, with their white space set right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from reader.model import OBJECT, Mark, Run
from reader.parsing.spaces import plain_spaces

_SPACE = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
_TURNING = re.compile("[\u200b\u202a-\u202e\u2066-\u2069]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ufeff\ufffc]")


def without_controls(text: str) -> str:
    """Return text without what is no text: control characters, soft hyphens, stand-ins for images."""
    return _NO_TEXT.sub("", text)


def on_one_line(text: str) -> str:
    """Return text with one space for any white space, and none at its ends."""
    return _SPACE.sub(" ", without_controls(text)).strip(" ")


def among_others(text: str) -> str:
    """Return text as it can stand in a list: on one line, with nothing that turns or hides the rest of it."""
    return on_one_line(_TURNING.sub("", text))


class Image(NamedTuple):
    """A picture as its markup has it."""

    address: str
    alt: str = ""
    size: tuple[int, int] = (0, 0)
    """Its width and height in pixels; 0 where nothing is said."""


@dataclass(slots=True)
class _Piece:
    """A run that text may still be added to."""

    text: str
    marks: int
    href: str
    image: str = ""
    alt: str = ""
    note: str = ""
    size: tuple[int, int] = (0, 0)

    @property
    def plain(self) -> bool:
        """Whether it is text and nothing else."""
        return not (self.image or self.note)

    def run(self) -> Run:
        return Run(
            self.text,
            Mark(self.marks) if self.marks else Mark.NONE,
            self.href,
            self.image,
            self.alt,
            self.note,
            *self.size,
        )


class Draft:
    """Collects text, breaks and images until the block ends."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def add_text(self, text: str, marks: int, href: str) -> None:
        """Add text as HTML has it: any white space is one space, and none where a line begins."""
        if not text.isprintable() or "  " in text or OBJECT in text:  # Most text is as it should be.
            text = _SPACE.sub(" ", without_controls(text))
        if not self._pieces or self._pieces[-1].text[-1:] in " \n":
            text = text.lstrip(" ")
        if text:
            self._add(text, marks, href)

    def add_break(self, marks: int, href: str) -> bool:
        """Break the line; return False where one has just been broken, for two breaks part paragraphs."""
        last = self._pieces[-1]
        if last.plain:
            last.text = last.text.rstrip(" ")
        if last.text.endswith("\n"):
            return False
        self._add("\n", marks, href)
        return True

    def add_image(self, image: Image, marks: int, href: str) -> None:
        """Add a picture."""
        self._pieces.append(_Piece(OBJECT, marks, href, image.address, image.alt, size=image.size))

    def add_call(self, label: str, marks: int) -> None:
        """Add the call of a footnote."""
        self._pieces.append(_Piece(label, marks | Mark.SUPER, "", note=label))

    def take(self) -> tuple[Run, ...]:
        """Return the runs, without space at either end, and begin anew."""
        pieces, self._pieces = self._pieces, []
        texts = [piece.text for piece in pieces]
        if "\xa0" in "".join(texts):
            for piece, text in zip(pieces, plain_spaces(texts), strict=True):
                piece.text = text
        _strip_end(pieces)
        _strip_start(pieces)
        return tuple([piece.run() for piece in pieces if piece.text])

    def _add(self, text: str, marks: int, href: str) -> None:
        if self._pieces:
            last = self._pieces[-1]
            if last.marks == marks and last.href == href and last.plain:
                last.text += text
                return
        self._pieces.append(_Piece(text, marks, href))


def _strip_end(pieces: list[_Piece]) -> None:
    while pieces and pieces[-1].plain:
        pieces[-1].text = pieces[-1].text.rstrip()
        if pieces[-1].text:
            return
        pieces.pop()


def _strip_start(pieces: list[_Piece]) -> None:
    for piece in pieces:
        if piece.plain:
            piece.text = piece.text.lstrip()
        if piece.text:
            return
