"""The pictures of one document: how large each is there, and the drawings of those that were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QTextCursor, QTextFormat, QTextImageFormat

from reader.model import Run
from reader.ui.story.typography import Typography

if TYPE_CHECKING:
    # Few stories have a picture: what finds and draws one is loaded with the first.
    from PySide6.QtGui import QImage

    from reader.ui.story.images import Picture

_NAME = "picture:"
"""What the names of images begin with in the document; a number follows."""
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

    def hang(self, run: Run, at: int, room: Room) -> QTextImageFormat:
        """Add the image of a run; return its format in the document."""
        from reader.ui.story.images import find_picture

        picture = find_picture(run, self._location, self._typography, root=self._root, alone=room.alone)
        made = QTextImageFormat()
        made.setName(f"{_NAME}{len(self._hung)}")
        made.setProperty(QTextFormat.Property.ImageAltText, run.alt)
        if not picture.alone:
            made.setVerticalAlignment(QTextImageFormat.VerticalAlignment.AlignMiddle)
        if picture.path is None and not run.href:
            self.left_out.add(run.image)
        if href := run.href or ("" if picture.path else run.image):
            made.setAnchor(True)
            made.setAnchorHref(href)
        self._hung.append(_Hung(picture, at, room))
        self._resize(made, len(self._hung) - 1)
        return made

    def fit(self, column: float) -> bool:
        """Take note of another width of the column; return whether that makes a difference to pictures."""
        if abs(column - self._column) < 0.5:
            return False
        self._column = column
        self._drawings.clear()
        return bool(self._hung)

    def resize(self, cursor: QTextCursor) -> None:
        """Give every picture of the cursor's document the size that it now has."""
        cursor.beginEditBlock()
        for number, hung in enumerate(self._hung):
            cursor.setPosition(hung.at)
            cursor.setPosition(hung.at + 1, QTextCursor.MoveMode.KeepAnchor)
            made = cursor.charFormat().toImageFormat()
            self._resize(made, number)
            cursor.setCharFormat(made)
        cursor.endEditBlock()

    def image(self, name: str) -> QImage | None:
        """Return the drawing of the picture with that name in the document; None for any other name."""
        number = name.removeprefix(_NAME)
        known = name.startswith(_NAME) and number.isdecimal() and int(number) < len(self._hung)
        return self._drawing(int(number)) if known else None

    def draw_ahead(self) -> bool:
        """Draw one more picture before it is asked for; return whether there may be another."""
        number = next((n for n in range(len(self._hung)) if n not in self._drawings), None)
        if number is None or self._bytes() > _MOST_DRAWN // 2:
            return False
        self._drawing(number)
        return True

    def forget(self) -> None:
        """Draw every picture anew when it is next shown."""
        self._drawings.clear()

    def _size(self, number: int) -> QSizeF:
        from reader.ui.story.images import fitted

        hung = self._hung[number]
        return fitted(hung.picture, max(self._column * hung.room.share - hung.room.inset, 16.0))

    def _resize(self, made: QTextImageFormat, number: int) -> None:
        size = self._size(number)
        made.setWidth(size.width())
        made.setHeight(size.height())

    def _drawing(self, number: int) -> QImage:
        drawing = self._drawings.pop(number, None)
        if drawing is None:
            from reader.ui.story.images import draw_picture

            picture = self._hung[number].picture
            drawing = draw_picture(picture, self._size(number), self.ratio, self._typography)
        self._drawings[number] = drawing
        while len(self._drawings) > 1 and self._bytes() > _MOST_DRAWN:
            del self._drawings[next(iter(self._drawings))]
        return drawing

    def _bytes(self) -> int:
        return sum(drawing.sizeInBytes() for drawing in self._drawings.values())
