"""The right pane: the story, the bar that finds in it, and the foot that names the next story."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from reader.model import shown_title
from reader.services.themes import Theme
from reader.ui.focus import Pane
from reader.ui.story.view import StoryView
from reader.ui.style import font

_MARGIN = 18
_ARROW = 22

if TYPE_CHECKING:
    from reader.ui.story.find_bar import FindBar


class NextButton(QAbstractButton):
    """Names what comes next, at the right of the foot; pressing it goes there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.lead = "Next"
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def say(self, lead: str, title: str) -> None:
        """Name what is next: "Next", and its title."""
        self.lead = lead
        self.setText(shown_title(title))
        self.setAccessibleName(f"{lead}: {self.text()}")
        self.setToolTip(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 42)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 42)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words at the right edge, and the ground of a button that is pointed at or focused."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.page))
        painter.drawRect(event.rect())
        lead_font, title_font = font(12), font(12, QFont.Weight.Medium)
        lead_width = QFontMetricsF(lead_font).horizontalAdvance(self.lead) + 14
        room = self.width() - 2 * _MARGIN - _ARROW - lead_width
        metrics = QFontMetricsF(title_font)
        title = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, max(room, 0))
        width = metrics.horizontalAdvance(title)
        left = self.width() - _MARGIN - _ARROW - width - lead_width
        area = QRectF(left - 8, 6, self.width() - left - _MARGIN + 16, self.height() - 12)
        self._paint_ground(painter, area)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(lead_font)
        painter.setPen(QColor(self.theme.faint))
        painter.drawText(QRectF(left, 0, lead_width, self.height()), middle, self.lead)
        painter.setFont(title_font)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(QRectF(left + lead_width, 0, width + 2, self.height()), middle, title)
        self._paint_arrow(painter)

    def _paint_ground(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(QColor(self.theme.accent), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(
            QColor(self.theme.hover) if self.underMouse() or self.isDown() else Qt.BrushStyle.NoBrush
        )
        painter.drawRoundedRect(area, 6, 6)

    def _paint_arrow(self, painter: QPainter) -> None:
        pen = QPen(QColor(self.theme.muted), 1.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        tip = QPointF(self.width() - _MARGIN - 1, self.height() / 2)
        painter.drawLine(tip - QPointF(10, 0), tip)
        painter.drawPolyline([tip - QPointF(4.5, 4.5), tip, tip - QPointF(4.5, -4.5)])


class _Line(QFrame):
    """A level line in one colour."""

    def __init__(self, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(height)
        self.setAutoFillBackground(True)

    def tint(self, colour: str) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), QColor(colour))
        self.setPalette(palette)


class StoryPane(Pane):
    """The story page with what belongs to it."""

    next_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = StoryView(theme, self)
        self.next_button = NextButton(theme, self)
        self.next_button.clicked.connect(self.next_requested)
        self.mark = _Line(2, self)
        self.line = _Line(1, self)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.mark, self.view, self.line, self.next_button):
            layout.addWidget(widget)
        self.first = self.view
        self.view.reached_by_key.connect(self._mark_focus)
        self.view.find_requested.connect(self.open_find)
        self._theme = theme
        self._marked = False
        self.set_next(None)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme; the place in the story stays."""
        self.view.set_theme(theme)
        self.next_button.theme = theme
        self.next_button.update()
        self._theme = theme
        if "find_bar" in self.__dict__:
            self.find_bar.set_theme(theme)
        self.line.tint(theme.line)
        self._mark_focus(self._marked)

    def set_next(self, title: str | None, *, lead: str = "Next") -> None:
        """Name what comes next; None hides the foot. The lead says what it is: "Next", "Next issue"."""
        shown = title is not None
        self.next_button.setVisible(shown)
        self.line.setVisible(shown)
        if title is not None:
            self.next_button.say(lead, title)

    def _mark_focus(self, marked: bool) -> None:  # noqa: FBT001 - as the signal tells it
        self._marked = marked
        self.mark.tint(self._theme.accent if marked else self._theme.page)

    @cached_property
    def find_bar(self) -> FindBar:
        """The bar that finds in the story; made when it is wanted first."""
        from reader.ui.story.find_bar import FindBar

        bar = FindBar(self.view, self)
        bar.set_theme(self._theme)
        bar.closed.connect(self.view.setFocus)
        self.view.page_turned.connect(bar.on_page_turned)
        self._column.insertWidget(0, bar)
        return bar

    def open_find(self) -> None:
        """Open the bar that finds in the story."""
        self.find_bar.open()

    def close_find(self) -> bool:
        """Close that bar; return whether it was open."""
        was_open = "find_bar" in self.__dict__ and self.find_bar.isVisible()
        if was_open:
            self.find_bar.close_bar()
        return was_open
