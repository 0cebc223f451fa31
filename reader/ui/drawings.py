"""A drawing (SVG) made a picture; it has been made harmless before, and Qt runs no scripts."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from reader.model.picture import Drawn

_MOST = 2000
"""Pixels of the longer side."""
_SHARP = 2
"""Pixels drawn for each that the drawing says, so that it is sharp on every screen."""


def rasterise(drawing: bytes) -> Drawn | None:
    """Return a drawing as a picture; None where it cannot be drawn. May be called on any thread."""
    renderer = QSvgRenderer(QByteArray(drawing))
    size = renderer.defaultSize()
    if not renderer.isValid() or size.width() <= 0 or size.height() <= 0:
        return None
    longer = max(size.width(), size.height())
    shown = min(1.0, _MOST / longer)
    scale = min(_SHARP, _MOST / longer)
    pixels = QSize(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))
    image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, pixels.width(), pixels.height()))
    painter.end()
    return Drawn(_png(image), max(1, round(size.width() * shown)), max(1, round(size.height() * shown)))


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(data.data())
