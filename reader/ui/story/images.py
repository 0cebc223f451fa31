"""Images of a story, from the issue's folder or fetched before: scaled, rounded, never fetched here."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QUrl
from PySide6.QtGui import QFontMetricsF, QImage, QImageReader, QPainter, QPainterPath

from reader.model import Run
from reader.services.pictures import local_file
from reader.ui.story.look import Look
from reader.ui.story.sheet import Role
from reader.ui.story.typography import FACES, Typography

MOST_PIXELS = 40_000_000
_RADIUS = 8.0
_PADDING = 14.0
"""Pixels beside the words of a placeholder, left and right together."""
_FORMATS = frozenset({b"png", b"jpg", b"jpeg", b"gif", b"webp", b"bmp", b"ico"})


class Picture(NamedTuple):
    """An image that a page shows, or the place that stands for it."""

    source: str
    alt: str
    path: Path | None
    """The file, where there is one that may be read."""
    size: QSizeF
    """Its own size in device-independent pixels."""
    alone: bool = True
    """Whether it stands in a block of its own, and not among words."""
    said: tuple[int, int] = (0, 0)
    """The width and height that its markup gives it."""
    look: Look = Look()


def find_picture(
    run: Run, location: str, typography: Typography, *, root: str = "", alone: bool = True
) -> Picture:
    """Find the file that an image names, beside the issue that names it or in the folder around that.

    The placeholder of one that stands alone is large; among words it is a word itself.
    """
    path = local_file(run.image, location, root)
    size = _size_of(path) if path else QSize()
    if path is not None and size.isValid():
        return Picture(run.image, run.alt, path, QSizeF(size))
    said = (run.width, run.height)
    unknown = Picture(run.image, run.alt, None, QSizeF(typography.column, typography.em(4.2)), alone, said)
    return unknown if alone else unknown._replace(size=_size_of_word(unknown, typography))


def looked_at(picture: Picture, look: Look, typography: Typography) -> Picture:
    """Return a picture as it is shown with what is known of it."""
    found = picture._replace(look=look)
    if look.unseen:
        return found._replace(size=QSizeF(1, 1))
    if look.path is not None and (own := _size_of(look.path)).isValid():
        size = _shown_size(own, look.size, picture.said)
        return found._replace(path=look.path, size=size)
    if look.path is not None:
        look = Look(told="not loaded", reason="It is damaged.")
        found = found._replace(look=look)
    return found if picture.alone else found._replace(size=_size_of_word(found, typography))


def _shown_size(own: QSize, kept: tuple[int, int], said: tuple[int, int]) -> QSizeF:
    """Return the size at which a fetched picture is shown: its markup may make it smaller, and so sharper."""
    turned = (own.height(), own.width()) == kept
    size = QSizeF(own) if turned or not all(kept) else QSizeF(*kept)
    if 0 < said[0] < size.width():
        return QSizeF(said[0], max(1.0, size.height() * said[0] / size.width()))
    return size


def fitted(picture: Picture, column: float) -> QSizeF:
    """Return the size at which a picture stands in a column of that width."""
    size = picture.size
    if picture.look.unseen:
        return size
    if picture.path is None and picture.alone:
        return QSizeF(column, size.height())
    if picture.path is None:
        return QSizeF(min(size.width(), column), size.height())
    if size.width() <= column:
        return size
    return QSizeF(column, max(1.0, size.height() * column / size.width()))


def draw_picture(picture: Picture, size: QSizeF, ratio: float, typography: Typography) -> QImage:
    """Return the picture at a size, with round corners, sharp at the screen's pixel ratio."""
    pixels = QSize(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
    found = _read(picture.path, pixels) if picture.path else QImage()
    drawn = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    drawn.setDevicePixelRatio(ratio)
    if picture.look.unseen:
        return drawn
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    area = QRectF(QPointF(0, 0), size)
    if found.isNull():
        _draw_placeholder(painter, picture, area, typography)
    else:
        _draw_rounded(painter, found, area)
    painter.end()
    return drawn


def draw_ground(size: QSizeF, typography: Typography) -> QImage:
    """Return what stands in the place of a picture while it is drawn: its ground, without a word."""
    drawn = QImage(size.toSize().expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(typography.colour("code_ground"))
    painter.drawRoundedRect(QRectF(QPointF(0, 0), size), _RADIUS, _RADIUS)
    painter.end()
    return drawn


def words_for(picture: Picture) -> str:
    """Return what a placeholder says: where the image is, how large, what can be done, and what it shows."""
    host, look = QUrl(picture.source).host(), picture.look
    size = f"{picture.said[0]} × {picture.said[1]}" if all(picture.said) else ""
    where = " · ".join(filter(None, (f"Picture on {host}", size, look.told))) if host else "Picture not found"
    if not picture.alone:
        return picture.alt or where
    return "\n".join(filter(None, (where, look.reason, picture.alt)))


def _size_of_word(picture: Picture, typography: Typography) -> QSizeF:
    metrics = QFontMetricsF(typography.font_of(FACES[Role.CAPTION]))
    width = metrics.horizontalAdvance(words_for(picture)) + _PADDING + 2
    return QSizeF(min(width, typography.em(14)), typography.em(1.2))


def _size_of(path: Path) -> QSize:
    """Read a file's head: the size of the image, turned as it is to be shown; none if it is not one."""
    reader = _reader(path)
    size = reader.size()
    if bytes(reader.format().data()) not in _FORMATS or size.width() * size.height() > MOST_PIXELS:
        return QSize()
    turned = reader.transformation().value & 4  # QImageIOHandler.TransformationRotate90
    return size.transposed() if turned else size


def _reader(path: Path) -> QImageReader:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader


def _read(path: Path, pixels: QSize) -> QImage:
    reader = _reader(path)
    size = reader.size()
    if size.width() > pixels.width():
        turned = reader.transformation().value & 4
        reader.setScaledSize(pixels.transposed() if turned else pixels)
    return reader.read()


def _draw_rounded(painter: QPainter, image: QImage, area: QRectF) -> None:
    corner = min(_RADIUS, area.width() / 6, area.height() / 6)
    path = QPainterPath()
    path.addRoundedRect(area, corner, corner)
    painter.setClipPath(path)
    painter.drawImage(area, image)


def _draw_placeholder(painter: QPainter, picture: Picture, area: QRectF, typography: Typography) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(typography.colour("code_ground"))
    corner = _RADIUS if picture.alone else _RADIUS / 2
    painter.drawRoundedRect(area, corner, corner)
    painter.setPen(typography.colour("muted"))
    painter.setFont(typography.font_of(FACES[Role.CAPTION]))
    metrics = QFontMetricsF(painter.font())
    lines = [
        metrics.elidedText(line, Qt.TextElideMode.ElideRight, area.width() - _PADDING)
        for line in words_for(picture).split("\n")[:2]
    ]
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))
