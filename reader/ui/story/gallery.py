"""The pictures of one document: how large each is there, and the drawings of those that were seen."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QTextCursor, QTextFormat, QTextImageFormat

from reader.model import Run
from reader.ui.story.typography import Typography

if TYPE_CHECKING:
    # Few stories have a picture: what finds and draws one is loaded with the first.
    from PySide6.QtGui import QImage

    from reader.ui.story.images import Picture
    from reader.ui.story.look import Look, Pictures

CLICK = "#picture:"
"""What the addresses of clicks on placeholders begin with."""
_NAME = "picture:"
"""What the names of images begin with in the document; a number follows."""
_ELSEWHERE = re.compile(r"(?:https?|picture):", re.IGNORECASE)
"""The addresses of pictures that may have been fetched, or came inside their issue."""
_LARGE = 400_000
"""Pixels of a picture that takes more than a few milliseconds to be read."""
_MOST_DRAWN = 64 * 1024 * 1024
"""Bytes of drawings kept; the rest are drawn again when they are scrolled to."""


class Room(NamedTuple):
    """What of the column an image may take."""

    share: float = 1.0
    inset: float = 0.0
    """Pixels that are lost to lists, quotes and padding."""
    alone: bool = False
    """Whether nothing else stands in the block: a placeholder is then large, else a word among words."""


ALL = Room()


class _Hung(NamedTuple):
    run: Run
    picture: Picture
    at: int
    room: Room


class Gallery:
    """The pictures of a document, in its order."""

    def __init__(self, location: str, typography: Typography, root: str = "") -> None:
        self.ratio = 1.0
        """Of the screen: how many of its pixels make one of ours."""
        self.left_out: set[str] = set()
        """The addresses of pictures that are not shown here: each is a link to itself."""
        self._location = location
        self._root = root
        self._typography = typography
        self._column = typography.column
        self._hung: list[_Hung] = []
        self._drawings: dict[int, QImage] = {}
        """Those drawn so far, the one used longest ago first."""
        self._stale: set[int] = set()
        """Those whose drawing, or the ground in its place, only stands in until another is drawn."""
        self._wanted: list[int] = []
        """Those that are to be drawn in the background, the one asked for last at the end."""
        self._at_work: int | None = None
        """The one that is being drawn there."""
        self._pictures: Pictures | None = None
        self._newsletter = ""
        self._drawn: Callable[[], object] = lambda: None
        self._click = f"{CLICK}{os.urandom(4).hex()}:"
        """What a click on a placeholder leads to, followed by its number: no text can say it beforehand."""

    def show_from(self, pictures: Pictures, newsletter: str, drawn: Callable[[], object]) -> None:
        """Show fetched pictures too, and draw large ones in the background; `drawn` is called after each."""
        self._pictures, self._newsletter, self._drawn = pictures, newsletter, drawn

    def hang(self, run: Run, at: int, room: Room) -> QTextImageFormat:
        """Add the image of a run; return its format in the document."""
        self._hung.append(_Hung(run, self._find(run, room), at, room))
        made = QTextImageFormat()
        made.setName(f"{_NAME}{len(self._hung) - 1}")
        self._dress(made, len(self._hung) - 1)
        return made

    def is_unseen(self, run: Run) -> bool:
        """Whether an image of the document only counts its readers, so that no place is kept for it."""
        return self._look(run).unseen

    def clicked(self, href: str) -> str:
        """Return which picture a click on a placeholder asks for; "" for all other addresses."""
        number = self._number(href, self._click)
        return "" if number is None else self._hung[number].run.image

    def words(self, href: str) -> str:
        """Return what the placeholder says to which an address of `clicked` belongs."""
        from reader.ui.story.images import words_for

        number = self._number(href, self._click)
        return "" if number is None else words_for(self._hung[number].picture).replace("\n", ". ")

    def fit(self, column: float) -> bool:
        """Take note of another width of the column; return whether that makes a difference to pictures."""
        if abs(column - self._column) < 0.5:
            return False
        self._column = column
        self.forget()
        return bool(self._hung)

    def look_again(self, addresses: Collection[str]) -> bool:
        """Find out anew about pictures; return whether one of them hangs here, and is to be set anew."""
        numbers = [n for n, hung in enumerate(self._hung) if hung.run.image in addresses]
        for number in numbers:
            hung = self._hung[number]
            self._hung[number] = hung._replace(picture=self._find(hung.run, hung.room))
            self._drawings.pop(number, None)
            self._stale.discard(number)
        return bool(numbers)

    def resize(self, cursor: QTextCursor) -> None:
        """Give every picture of the cursor's document the size that it now has."""
        cursor.beginEditBlock()
        for number, hung in enumerate(self._hung):
            cursor.setPosition(hung.at)
            cursor.setPosition(hung.at + 1, QTextCursor.MoveMode.KeepAnchor)
            before = cursor.charFormat()
            made = before.toImageFormat()
            self._dress(made, number)
            if made != before:  # what is set is laid out anew, the same or not
                cursor.setCharFormat(made)
        cursor.endEditBlock()

    def image(self, name: str) -> QImage | None:
        """Return the drawing of the picture with that name in the document; None for any other name."""
        number = self._number(name, _NAME)
        return None if number is None else self._drawing(number)

    def draw_ahead(self) -> bool:
        """Draw one more picture before it is asked for; return whether there may be another."""
        number = next((n for n in range(len(self._hung)) if n not in self._drawings), None)
        if number is None or self._bytes() > _MOST_DRAWN // 2:
            return False
        self._drawing(number)
        return True

    def forget(self) -> None:
        """Draw every picture anew when it is next shown; the drawing that is there stands in until then."""
        if self._pictures is None:
            self._drawings.clear()
        self._stale = set(self._drawings)

    def _number(self, name: str, lead: str) -> int | None:
        """Return the number of a picture that follows a lead; None where there is none of that number."""
        number = name.removeprefix(lead)
        known = name.startswith(lead) and number.isdecimal() and int(number) < len(self._hung)
        return int(number) if known else None

    def _look(self, run: Run) -> Look:
        from reader.ui.story.look import Look

        if self._pictures is None or not _ELSEWHERE.match(run.image):
            return Look()
        return self._pictures.look(run.image, self._newsletter)

    def _find(self, run: Run, room: Room) -> Picture:
        from reader.ui.story.images import find_picture, looked_at

        found = find_picture(run, self._location, self._typography, root=self._root, alone=room.alone)
        look = self._look(run)
        return found if look == found.look else looked_at(found, look, self._typography)

    def _size(self, number: int) -> QSizeF:
        from reader.ui.story.images import fitted

        hung = self._hung[number]
        return fitted(hung.picture, max(self._column * hung.room.share - hung.room.inset, 16.0))

    def _dress(self, made: QTextImageFormat, number: int) -> None:
        """Give the format of a picture its size, its words, and what a click on it leads to."""
        from reader.ui.story.images import words_for

        run, picture = self._hung[number].run, self._hung[number].picture
        size, shown = self._size(number), picture.path is not None
        made.setWidth(size.width())
        made.setHeight(size.height())
        made.setProperty(QTextFormat.Property.ImageAltText, run.alt if shown else words_for(picture))
        if picture.alone:
            made.setVerticalAlignment(QTextImageFormat.VerticalAlignment.AlignNormal)
        else:
            made.setVerticalAlignment(QTextImageFormat.VerticalAlignment.AlignMiddle)
        if picture.look.loads:
            href = f"{self._click}{number}"
        elif not (shown or run.href or picture.look.unseen):
            self.left_out.add(run.image)
            href = run.image
        else:
            href = run.href
        made.setAnchor(bool(href))
        made.setAnchorHref(href)

    def _drawing(self, number: int) -> QImage:
        drawing = self._drawings.pop(number, None)
        if drawing is None or number in self._stale:
            drawing = self._draw(number, drawing)
        self._keep(number, drawing)
        return drawing

    def _draw(self, number: int, there: QImage | None) -> QImage:
        """Return the drawing of a picture, or what stands in for a large one until it is drawn."""
        from reader.ui.story.images import draw_ground, draw_picture

        picture, size = self._hung[number].picture, self._size(number)
        pixels = picture.size.width() * picture.size.height()
        if self._pictures is None or picture.path is None or pixels < _LARGE:
            self._stale.discard(number)
            return draw_picture(picture, size, self.ratio, self._typography)
        if number in self._wanted:
            self._wanted.remove(number)
        if number != self._at_work:
            self._wanted.append(number)
        self._stale.add(number)
        self._draw_next()
        return draw_ground(size, self._typography) if there is None else there

    def _draw_next(self) -> None:
        """Draw the picture in the background that was asked for last; one at a time, for each may be huge."""
        from reader.ui.story.images import draw_picture

        if self._at_work is not None or not self._wanted or self._pictures is None:
            return
        self._at_work = number = self._wanted.pop()
        picture, size, ratio = self._hung[number].picture, self._size(number), self.ratio
        self._pictures.draw(
            lambda: draw_picture(picture, size, ratio, self._typography),
            lambda drawing: self._take(number, (picture, size, ratio), drawing),
        )

    def _take(self, number: int, asked: tuple[Picture, QSizeF, float], drawing: QImage) -> None:
        self._at_work = None
        if asked == (self._hung[number].picture, self._size(number), self.ratio):
            self._stale.discard(number)
            self._drawings.pop(number, None)
            self._keep(number, drawing)
        # Where it is wanted at another size by now, it is asked for again as it is painted.
        self._drawn()
        self._draw_next()

    def _keep(self, number: int, drawing: QImage) -> None:
        self._drawings[number] = drawing
        while len(self._drawings) > 1 and self._bytes() > _MOST_DRAWN:
            first = next(iter(self._drawings))
            del self._drawings[first]
            self._stale.discard(first)

    def _bytes(self) -> int:
        return sum(drawing.sizeInBytes() for drawing in self._drawings.values())
