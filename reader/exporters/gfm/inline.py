"""Runs as inline Markdown: marks nested, delimiters where they hold, tags where they do not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from reader.exporters.gfm.escape import Around, escaped
from reader.exporters.gfm.runs import address
from reader.model import Mark, Run

_TAGS = {
    Mark.BOLD: "b",
    Mark.ITALIC: "i",
    Mark.STRIKE: "s",
    Mark.HIGHLIGHT: "mark",
    Mark.SUB: "sub",
    Mark.SUPER: "sup",
    Mark.UNDERLINE: "u",
    Mark.SMALL: "small",
}
_DELIMITERS = {Mark.BOLD: "**", Mark.ITALIC: "_", Mark.STRIKE: "~~"}
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SELF_LINK = re.compile(r"https?://(?:[^\s<>`\\|&]|&(?!#?\w+;))+")
_FENCE = re.compile(r"`+")

Place = Literal["paragraph", "item", "line", "cell"]
"""Where inline text stands: in a paragraph, first in a list item, in a heading, in a cell of a table."""


@dataclass(slots=True)
class _Delimiter:
    mark: Mark
    opening: bool
    other: int = 0
    """Where in the pieces its other half is."""
    text: str = ""


@dataclass(slots=True)
class _Text:
    text: str
    in_link: bool = False
    done: bool = False
    """Whether it is written already: code, the parts of a link."""


_Piece = _Delimiter | _Text


def inline_markdown(runs: Sequence[Run], place: Place = "paragraph") -> str:
    """Return the Markdown of runs in normal form."""
    return _Line(place).write(runs)


def plain_markdown(text: str, place: Place = "paragraph") -> str:
    """Return the Markdown of a text that has no marks."""
    return inline_markdown((Run(" ".join(text.split())),), place) if text.strip() else ""


def _destination(url: str) -> str:
    """Return the address as it stands in the parentheses of a link."""
    return _ENTITY.sub("&amp;", address(url))


@dataclass(slots=True)
class _Line:
    place: Place
    pieces: list[_Piece] = field(default_factory=list)

    def write(self, runs: Sequence[Run]) -> str:
        self._add(runs, Mark.NONE, "")
        self._choose_delimiters()
        return self._joined()

    # -- 1. the pieces, in order, with the marks nested

    def _add(self, runs: Sequence[Run], active: Mark, href: str) -> None:
        at = 0
        while at < len(runs):
            end, mark = self._widest(runs, at, active, href)
            if mark is None:
                self._leaf(runs[at], in_link=bool(href))
                at += 1
            elif mark is Mark.NONE:
                self._link(runs[at:end], active)
                at = end
            else:
                self._marked(runs[at:end], mark, active, href)
                at = end

    def _widest(self, runs: Sequence[Run], at: int, active: Mark, href: str) -> tuple[int, Mark | None]:
        """Return how far the widest of what opens here goes, and its mark: NONE a link, None nothing."""
        best_end, best = at, None
        if runs[at].note:
            return at, None
        if runs[at].href and not href:
            best_end, best = self._extent_of_link(runs, at), Mark.NONE
        for mark in _TAGS:
            if runs[at].marks & mark and not active & mark:
                end = self._extent(runs, at, mark, href)
                if end > best_end:
                    best_end, best = end, mark
        return best_end, best

    def _extent_of_link(self, runs: Sequence[Run], at: int) -> int:
        end = at
        while end < len(runs) and runs[end].href == runs[at].href:
            end += 1
        return end

    def _extent(self, runs: Sequence[Run], at: int, mark: Mark, href: str) -> int:
        end = at
        while end < len(runs) and runs[end].marks & mark and not runs[end].note:
            end += 1
        if not href and end < len(runs) and runs[end].href and runs[end].href == runs[end - 1].href:
            while end > at and runs[end - 1].href == runs[end].href:
                end -= 1  # It would cut a link in two.
        return end

    def _marked(self, runs: Sequence[Run], mark: Mark, active: Mark, href: str) -> None:
        opening = len(self.pieces)
        self.pieces.append(_Delimiter(mark, opening=True))
        self._add(runs, active | mark, href)
        self.pieces.append(_Delimiter(mark, opening=False, other=opening))
        first = self.pieces[opening]
        assert isinstance(first, _Delimiter)
        first.other = len(self.pieces) - 1

    def _link(self, runs: Sequence[Run], active: Mark) -> None:
        href = runs[0].href
        if len(runs) == 1 and runs[0].text == href and _SELF_LINK.fullmatch(href) and runs[0].marks == active:
            self.pieces.append(_Text(f"<{href}>", done=True))
            return
        self.pieces.append(_Text("[", done=True))
        self._add(runs, active, href)
        self.pieces.append(_Text(f"]({_destination(href)})", done=True))

    def _leaf(self, run: Run, *, in_link: bool) -> None:
        if run.image:
            alt = escaped(run.alt, Around("[", "]", in_link=True, in_table=self.place == "cell"))
            self.pieces.append(_Text(f"![{alt}]({_destination(run.image)})", done=True))
        elif run.note:
            self.pieces.append(_Text(f"[^{run.note}]", done=True))
        elif run.marks & Mark.CODE:
            self.pieces.append(_Text(self._code(run.text), done=True))
        else:
            self.pieces.append(_Text(run.text, in_link))

    def _code(self, text: str) -> str:
        if self.place == "cell" and "\\|" in text:
            # Neither a backslash nor a pipe can be escaped in code, and a cell takes both for itself.
            return f"<code>{_html(text)}</code>"
        fence = "`" * (max((len(ticks) for ticks in _FENCE.findall(text)), default=0) + 1)
        if len(fence) > 1 and len(fence) - 1 not in {len(ticks) for ticks in _FENCE.findall(text)}:
            fence = "`"
        pad = " " if text[0] in "` " or text[-1] in "` " else ""
        body = text.replace("|", "\\|") if self.place == "cell" else text
        return f"{fence}{pad}{body}{pad}{fence}"

    # -- 2. the delimiters, each chosen by what stands beside it

    def _choose_delimiters(self) -> None:
        for at, piece in enumerate(self.pieces):
            if isinstance(piece, _Delimiter) and piece.opening:
                other = self.pieces[piece.other]
                assert isinstance(other, _Delimiter)
                tag = _TAGS[piece.mark]
                sign = self._sign(at, piece)
                piece.text, other.text = (sign, sign) if sign else (f"<{tag}>", f"</{tag}>")

    def _sign(self, at: int, piece: _Delimiter) -> str:
        sign = _DELIMITERS.get(piece.mark, "")
        before, first = self._edge(at - 1, -1), self._edge(at + 1, 0)
        last, after = self._edge(piece.other - 1, -1), self._edge(piece.other + 1, 0)
        if not sign or not (_holds(before, first) and _holds(after, last)):
            return ""
        if sign == "_" and (_is_word(before) or _is_word(after)):
            # Underscores within a word are text. Stars hold there, but not beside others.
            return "*" if "*" not in (before, first, last, after) else ""
        return sign

    def _edge(self, at: int, index: int) -> str:
        """Return the character of a piece that faces its neighbour; a space where there is none."""
        if not 0 <= at < len(self.pieces):
            return " "
        piece = self.pieces[at]
        return "*" if isinstance(piece, _Delimiter) else piece.text[index]

    # -- 3. the text, escaped by what stands beside it

    def _joined(self) -> str:
        out = ""
        for at, piece in enumerate(self.pieces):
            if isinstance(piece, _Delimiter) or piece.done:
                out += piece.text
                continue
            after = self.pieces[at + 1].text[:1] if at + 1 < len(self.pieces) else ""
            out += self._lines(piece, out[-1:], after, first=at == 0)
        return out

    def _lines(self, piece: _Text, before: str, after: str, *, first: bool) -> str:
        one_line = self.place in ("line", "cell")
        out = ""
        for part in re.split("(\n+)", piece.text):
            if part.startswith("\n"):
                # Two spaces, for a backslash at the end of a line is text in Obsidian.
                out += "  \n" if part == "\n" and not one_line else "<br>" * len(part)
            elif part:
                last = (out or before)[-1:]
                around = Around(
                    before="" if last == "\n" else last,
                    after=after if piece.text.endswith(part) else "",
                    in_link=piece.in_link,
                    in_table=self.place == "cell",
                    in_item=self.place == "item" and first and not out,
                    one_line=one_line,
                )
                out += escaped(part, around)
        return out


def _holds(outside: str, inside: str) -> bool:
    """Tell whether a delimiter between the two is read as one.

    It is not where a space is inside, nor where punctuation is inside and a letter outside. What
    symbols are is not settled among readers, so they count as the worse of the two.
    """
    if inside.isspace():
        return False
    if unicodedata.category(inside)[0] not in "PS":
        return True
    return outside.isspace() or unicodedata.category(outside)[0] == "P" or outside in "$+<=>^`|~"


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] not in "PSZC"


def _html(text: str) -> str:
    return re.sub(r"[^\w\s]", lambda match: f"&#{ord(match[0])};", text)
