"""Icons: Lucide's line drawings, in the colours of the theme and sharp at every scale."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reader.paths import resource

_DIMMED = 0.35
"""The opacity of an icon that cannot be used."""


class Icons:
    """Draws the icons under resources/icons, each once for a colour, a size and a scale."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float, bool], QPixmap] = {}
        self._icons: dict[tuple[str, str, int, bool], QIcon] = {}

    def forget(self) -> None:
        """Draw every icon anew when it is asked for next: the screens are not the same."""
        self._icons.clear()

    def icon(self, name: str, color: str, *, size: int = 18, filled: bool = False) -> QIcon:
        """Return the icon of this name ("star") in a colour ("#rrggbb"); its size is in pixels at 1x."""
        key = (name, color, size, filled)
        if key not in self._icons:
            self._icons[key] = self._drawn(key)
        return self._icons[key]

    def toggle(self, name: str, color: str, on_color: str, *, size: int = 18) -> QIcon:
        """Return an icon for something that is off or on; on, it is filled."""
        icon = QIcon(self.icon(name, color, size=size))
        for scale in _scales():
            pixmap = self.pixmap(name, on_color, size, scale, filled=True)
            icon.addPixmap(pixmap, QIcon.Mode.Normal, QIcon.State.On)
            icon.addPixmap(_dimmed(pixmap), QIcon.Mode.Disabled, QIcon.State.On)
        return icon

    def pixmap(
        self, name: str, color: str, size: int = 18, scale: float = 1.0, *, filled: bool = False
    ) -> QPixmap:
        """Return one drawing, for a delegate to paint; `scale` is the screen's device pixel ratio."""
        key = (name, color, size, scale, filled)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._painted(self._svg(name, color, filled=filled), size, scale)
        return self._pixmaps[key]

    def _drawn(self, key: tuple[str, str, int, bool]) -> QIcon:
        name, color, size, filled = key
        # A Python QIconEngine would blur at 2x; a pixmap for each scale does not.
        icon = QIcon()
        for scale in _scales():
            pixmap = self.pixmap(name, color, size, scale, filled=filled)
            icon.addPixmap(pixmap)
            icon.addPixmap(_dimmed(pixmap), QIcon.Mode.Disabled)
        return icon

    def _svg(self, name: str, color: str, *, filled: bool) -> str:
        if name not in self._sources:
            path = resource("icons") / f"{name}.svg"
            # Lucide's own two pixels are drawn for 24; at 18 a thinner line looks the same.
            self._sources[name] = path.read_text(encoding="utf-8").replace(
                'stroke-width="2"', 'stroke-width="1.75"'
            )
        svg = self._sources[name].replace("currentColor", color)
        return svg.replace('fill="none"', f'fill="{color}"', 1) if filled else svg

    def _painted(self, svg: str, size: int, scale: float) -> QPixmap:
        edge = int(size * scale + 0.5)  # as Qt rounds, and Python does not
        pixmap = QPixmap(QSize(edge, edge))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, edge, edge))
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        return pixmap


def _scales() -> list[float]:
    """Return the scales that an icon is drawn for: those of the screens that are there."""
    return sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()})


def _dimmed(pixmap: QPixmap) -> QPixmap:
    faded = QPixmap(pixmap.size())
    faded.setDevicePixelRatio(pixmap.devicePixelRatio())
    faded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faded)
    painter.setOpacity(_DIMMED)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return faded
