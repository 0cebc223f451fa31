"""A page: a sheet set in type, what is painted under it, and where the reader is in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from reader.services.themes import Theme
from reader.ui.story.document import StoryDocument
from reader.ui.story.lines import block_at, bottom_of, line_from, top_of
from reader.ui.story.paint import paint_under
from reader.ui.story.sheet import Sheet
from reader.ui.story.typography import Typography
from reader.ui.viewport import own_viewport

if TYPE_CHECKING:
    from reader.ui.story.look import Pictures

_FIRST = 0.008
"""Seconds of setting type before a page is shown; nearly every story takes less."""
_SCREENFUL = 3000
"""Characters that fill a screen: on a slow machine too these come at once."""
_SLICE = 0.005
"""Seconds of setting type, and about as many of layout, between two turns of the window."""
_NEAR = 30
"""Blocks from the end of a document that are laid out to see where it ends."""
_GAP = 0.75
"""Ems between the top of the page and the paragraph that was gone to."""
_SETTLE = 200
"""Milliseconds without scrolling until the place counts as reached."""
_UNKNOWN = QTextDocument.ResourceType.UnknownResource


class Held(NamedTuple):
    """A line that is to stay where it is while the page is set anew."""

    position: int
    depth: float
    """How far below the top of the page it is, in pixels."""


class Page(QTextBrowser):
    """Shows a sheet. Positions count in the sheet's text and mean the same at every size and theme."""

    end_reached = Signal()
    """The last line of what is shown is on the screen; once for each thing shown."""
    position_changed = Signal(int)
    """The reader has scrolled, and stopped."""
    story_in_view = Signal(str)
    """The key of the story at the top of a whole issue; "" between stories."""
    looked_again = Signal(object)
    """More is known of the pictures of these addresses."""
    pictures: Pictures | None = None
    """Where fetched pictures come from; None where there are none."""
    _above: float | None = None
    """How far below the top of the page the line that is gone to shall be; None for the usual gap."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typography = Typography(theme)
        self.sheet = Sheet(())
        self.story_document = StoryDocument(self.sheet, self.typography, self)
        self._place: int | None = 0
        """Where the reader is, as far as that is known: kept while the page is set anew or resized."""
        self._target: int | None = None
        """Where to go as soon as that much is written."""
        self._story = ""
        self._ended = False
        self._moving = False
        self._cut = False
        """Whether the scroll bar is about to be set back, because its range was guessed too long."""
        self._writing = QTimer(self, singleShot=True, interval=0)
        self._writing.timeout.connect(self._write_on)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settling.timeout.connect(self._on_settled)
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._looking.timeout.connect(self._look_for_end)
        self.setViewport(own_viewport())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._colour()
        self.setDocument(self.story_document)

    def turn_to(self, sheet: Sheet, held: Held | None = None) -> None:
        """Show another sheet from its beginning, or with a line of it held where it was."""
        self._place, self._target, self._ended, self._story = 0, None, False, ""
        self._above = None
        self.viewport().setUpdatesEnabled(True)
        self._settling.stop()
        self.sheet = sheet
        self.set_in_type()
        if held is not None:
            self.hold(held)
        if sheet.stories:
            self._say_story()

    def set_theme(self, theme: Theme) -> None:
        """Show the same place in other colours."""
        self._set_anew(Typography(theme, self.typography.size, self.typography.measure))

    def set_text_size(self, pixels: int) -> None:
        """Show the same place in larger or smaller type, 8 to 72 pixels."""
        size = min(max(pixels, 8), 72)
        self._set_anew(Typography(self.typography.theme, size, self.typography.measure))

    def set_measure(self, characters: int) -> None:
        """Show the same place in longer or shorter lines, 30 to 140 characters."""
        measure = min(max(characters, 30), 140)
        self._set_anew(Typography(self.typography.theme, self.typography.size, measure))

    def position(self) -> int:
        """Return the position of the first line that is wholly visible; 0 at the top."""
        if self._place is None:
            top = self.verticalScrollBar().value()
            at = line_from(self.story_document, top) if top > 0 else 0
            self._place = self.story_document.places.position(at)
        return self._place

    def go_to(self, position: int) -> None:
        """Bring the line with that position to the top, as soon as it is set in type."""
        self._above = None
        self._place = self._target = max(position, 0)
        self._go_if_written(self._target)

    def held(self) -> Held:
        """Return the first line that is wholly visible, and how far below the top of the page it is."""
        position = self.position()
        at = self.story_document.places.at(position) if position else None
        top = self.verticalScrollBar().value()
        return Held(position, 0.0 if at is None else top_of(self.story_document, at) - top)

    def hold(self, held: Held) -> None:
        """Bring a line to where it was; nothing else is seen on the way there."""
        self._above = held.depth
        self._place = self._target = held.position
        self.viewport().setUpdatesEnabled(False)
        self._go_if_written(held.position)

    def go_to_story(self, key: str) -> bool:
        """In a whole issue, bring a story to the top; return whether the issue has it."""
        start = next((start for start, _, name in self.sheet.stories if name == key), None)
        if start is None:
            return False
        self.go_to(start)
        self._say_story()
        return True

    def at_end(self) -> bool:
        """Whether the last line is on the screen."""
        document = self.story_document
        if not document.written or self._target is not None:
            return False
        edge = self.verticalScrollBar().value() + self.viewport().height() + 1
        # Asking for the bottom lays out all of the document, which is dear when that is far away;
        # and the scroll bar's range is a guess as long as that is not done.
        near = block_at(document, edge).blockNumber() + _NEAR >= document.blockCount()
        return near and bottom_of(document) <= edge

    def scroll_page(self) -> bool:
        """Go on by a page less two lines; return False, and stay, when the end is on the screen already."""
        if self.at_end():
            return False
        line = self.typography.em(1.56)
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(max(height - 2 * line, height / 2)))
        return True

    def set_in_type(self) -> None:
        """Make the sheet's document anew; the page then stands at its beginning."""
        self._writing.stop()
        document = StoryDocument(self.sheet, self.typography, self)
        document.gallery.ratio = self.devicePixelRatioF()
        if self.pictures is not None:
            document.gallery.show_from(self.pictures, self.sheet.newsletter, self.viewport().update)
        self._fit(document)
        document.write(_FIRST, _SCREENFUL)
        old, self.story_document = self.story_document, document
        self._moving = True
        self.setDocument(document)
        self.verticalScrollBar().setValue(0)
        self._moving = False
        old.deleteLater()
        self._looking.start()
        self._writing.start()

    def look_again(self, addresses: Collection[str] = ()) -> None:
        """Show pictures of which more is known now, or all; the line at the top stays where it is."""
        gallery, held = self.story_document.gallery, self.held()
        looked_at = addresses or self.sheet.pictures
        self.looked_again.emit(looked_at)
        if gallery.look_again(looked_at):
            going = self._target
            self._moving = True
            gallery.resize(QTextCursor(self.story_document))
            self._moving = False
            if going is None:
                self.hold(held)
            self._writing.start()
            self.viewport().update()

    def write_all(self) -> None:
        """Set all that is not set yet, at once."""
        while not self.story_document.write(1.0):
            pass
        if self._target is not None:
            self._go_if_written(self._target)

    def scroll_to(self, top: float) -> None:
        """Bring a height of the document to the top of the page."""
        bar, document = self.verticalScrollBar(), self.story_document
        # The bar's range lags behind the layout, which is done as far as what was asked for.
        end = round(document.documentLayout().documentSize().height()) - self.viewport().height()
        if end > bar.maximum():
            bar.setRange(bar.minimum(), end)
        bar.setValue(round(max(top, 0.0)))

    def reveal(self, at: int) -> None:
        """Scroll only when a position of the document is out of sight, and then to a third of the page."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = top_of(self.story_document, at)
        if not bar.value() <= top <= bar.value() + height - self.typography.em(3):
            self.scroll_to(top - height / 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is under the text, then the text."""
        painter = QPainter(self.viewport())
        top = self.verticalScrollBar().value()
        # The palette's ground would do, but a style sheet on any parent overrules palettes.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.typography.colour("page"))  # fillRect would load all kinds of gradients
        painter.drawRect(event.rect())
        painter.translate(0, -top)
        area = QRectF(event.rect()).translated(0, top)
        paint_under(painter, self.story_document, area, self.viewport().width())
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the same text at the top."""
        place = self.position()
        self._moving = True
        super().resizeEvent(event)
        self._fit(self.story_document)
        self._moving = False
        if place:
            self.go_to(place)
        self._looking.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Look whether all of it is on the screen."""
        super().showEvent(event)
        self._looking.start()

    def event(self, event: QEvent) -> bool:
        """Draw the pictures anew for a screen of another sharpness."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.story_document.gallery.ratio = self.devicePixelRatioF()
            self.story_document.gallery.forget()
            self.viewport().update()
        return super().event(event)

    def doSetSource(self, name: QUrl | str, type: QTextDocument.ResourceType = _UNKNOWN) -> None:  # noqa: A002
        """Load nothing: a page shows only what it is given."""

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002, ARG002
        """Load nothing: pictures are the document's own."""
        return None

    def _set_anew(self, typography: Typography) -> None:
        before = self.typography
        if (typography.theme, typography.size, typography.measure) == (
            before.theme,
            before.size,
            before.measure,
        ):
            return
        if not self.sheet.passages:
            self.typography = typography
            self._colour()
            return
        place = self.position()
        self.typography = typography
        self._colour()
        self.set_in_type()
        if place:
            self.go_to(place)

    def _fit(self, document: StoryDocument) -> None:
        # As if the scroll bar were always there: else the text would step aside when it comes.
        page = self.viewport()
        narrow = self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()
        width = min(page.width(), narrow)
        document.fit(width, page.height(), page.width() - width)

    def _write_on(self) -> None:
        """Write a slice; when all is written, draw the pictures ahead, one a turn."""
        document = self.story_document
        more = not document.written
        if more and document.write(_SLICE):
            self._looking.start()
        if self._target is not None:
            self._go_if_written(self._target)
        if more or document.gallery.draw_ahead():
            self._writing.start()

    def _go_if_written(self, position: int) -> None:
        document = self.story_document
        if not (document.written or document.reaches(position)):
            return
        at = document.places.at(position) if position > 0 else None
        top = 0.0 if at is None else top_of(document, at) - self._air_above(at)
        self._moving = True
        self.scroll_to(top)
        self._moving = False
        if document.written or self.verticalScrollBar().value() >= int(top):
            # Else too little is written below the place for it to be at the top.
            self._target = None
            self.viewport().setUpdatesEnabled(True)
        self._looking.start()

    def _air_above(self, at: int) -> float:
        """Return how far below the top a line goes: as much as fits above it without a cut line."""
        if self._above is not None:
            return self._above
        first = self.story_document.findBlock(at).position() == at
        return self.typography.em(_GAP if first else 0.15)

    def _on_range_changed(self, _: int, most: int) -> None:
        self._cut = self.verticalScrollBar().value() > most

    def _on_scrolled(self) -> None:
        cut, self._cut = self._cut, False
        if self._moving:
            return
        if cut and self._place is not None:
            # The reader has not scrolled: back to the place when more is laid out.
            self._target = self._place
            self._writing.start()
            return
        self._place = self._target = self._above = None
        self._settling.start()
        self._looking.start()
        if self.sheet.stories:
            self._say_story()

    def _on_settled(self) -> None:
        self.position_changed.emit(self.position())

    def _say_story(self) -> None:
        key = self._story_at_top()
        if key != self._story:
            self._story = key
            self.story_in_view.emit(key)

    def _story_at_top(self) -> str:
        position = self._place
        if position is None:
            # A story is in view once its title has come near the top, not when it touches it.
            near = min(self.viewport().height() * 0.2, self.typography.em(4))
            reading = self.verticalScrollBar().value() + near
            position = self.story_document.places.position(line_from(self.story_document, reading))
        stories = self.sheet.stories
        index = bisect_right(stories, position, key=lambda story: story[0]) - 1
        return stories[index][2] if index >= 0 and position < stories[index][1] else ""

    def _look_for_end(self) -> None:
        if self._ended or not self.sheet.passages or self.sheet.is_message:
            return
        if self.isVisible() and self.at_end():
            self._ended = True
            self.end_reached.emit()

    def _colour(self) -> None:
        theme, palette = self.typography.theme, QPalette(self.palette())
        role = QPalette.ColorRole
        colours = {
            role.Base: theme.page,
            role.Window: theme.page,
            role.Text: theme.story_text,
            role.Highlight: theme.selection,
            role.HighlightedText: theme.selection_text,
            role.Link: theme.link,
        }
        for name, colour in colours.items():
            palette.setColor(name, colour)
        self.setPalette(palette)
