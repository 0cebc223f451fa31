"""The story page itself: a document, what is painted under it, and where the reader is in it."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextBrowser, QTextEdit, QToolTip, QWidget

from reader.model import Blocks, IssuePage, Link, StoryPage
from reader.services.themes import Theme
from reader.ui.story.copying import copied_text
from reader.ui.story.document import NOTE, TABLE, StoryDocument
from reader.ui.story.lines import bottom_of, line_from, top_of
from reader.ui.story.links import is_safe, links_of, span_of_link
from reader.ui.story.matches import Span, find_all
from reader.ui.story.paint import paint_under
from reader.ui.story.sheet import Role, Sheet, issue_sheet, message_sheet, story_sheet, text_sheet
from reader.ui.story.table_window import TableWindow
from reader.ui.story.typography import Typography

_UNKNOWN = QTextDocument.ResourceType.UnknownResource
_SLICE = 0.010
"""Seconds of setting type before the window may breathe; a story takes less."""
_MOST_MARKED = 400
"""Finds shown at once: more is a blur, and each costs the painter."""
_GAP = 0.25
"""Ems between the top of the page and the line that was gone to."""
_SETTLE = 200
"""Milliseconds without scrolling until the place counts as reached."""


class StoryView(QTextBrowser):
    """Shows a story, an issue or a message, and says where the reader is.

    Positions count in the text of what is shown: a story's body, or an issue's
    blocks. They mean the same at every size, width and theme.
    """

    link_activated = Signal(str)
    """An address was chosen: http, https or mailto, and nothing else."""
    link_hovered = Signal(str)
    """The pointer is on an address; "" when it has left."""
    end_reached = Signal()
    """The last line of what is shown is on the screen; once for each thing shown."""
    position_changed = Signal(int)
    story_in_view = Signal(str)
    """The key of the story at the top of a whole issue; "" before the first."""
    text_size_requested = Signal(int)
    """Larger (1) or smaller (-1) text is asked for."""
    copy_markdown_requested = Signal()
    find_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typography = Typography(theme)
        self._sheet = Sheet(())
        self._links: list[Link] = []
        self._place: int | None = 0
        """Where the reader is, as far as that is known: kept while the page is set anew or resized."""
        self._target: int | None = None
        """Where to go as soon as that much of the document is written."""
        self._finds: list[Span] = []
        self._found = -1
        self._sought = ""
        self._hovered = ""
        self._hover_spans: list[Span] = []
        self._story = ""
        self._ended = False
        self._turned = 0
        self._pressed = ""
        self._moving = False
        self._writing = QTimer(self, singleShot=True, interval=0)
        self._writing.timeout.connect(self._write_on)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settling.timeout.connect(lambda: self.position_changed.emit(self.position()))
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._looking.timeout.connect(self._look_for_end)
        self._prepare()
        self._show(self._sheet)

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Story")
        self.setAccessibleDescription("The text of the story, with its links")
        self.anchorClicked.connect(self._on_anchor)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._colour()

    # What is shown

    def show_page(self, page: StoryPage) -> None:
        """Show a story from its beginning."""
        sheet = story_sheet(page)
        self._links = list(page.story.links) or links_of(sheet)
        self._turn_to(sheet)

    def show_issue(self, page: IssuePage) -> None:
        """Show an issue as it was published."""
        sheet = issue_sheet(page)
        self._links = links_of(sheet)
        self._turn_to(sheet)

    def show_text(self, title: str, blocks: Blocks, location: str = "") -> None:
        """Show a text that is no story, such as an issue's opening; its images are beside the location."""
        sheet = text_sheet(title, blocks, location)
        self._links = links_of(sheet)
        self._turn_to(sheet)

    def show_nothing(self, message: str) -> None:
        """Show a few words in the middle of an empty page."""
        self._links = []
        self._turn_to(message_sheet(message))

    def set_theme(self, theme: Theme) -> None:
        """Show the same place in other colours."""
        self._set_anew(Typography(theme, self._typography.size, self._typography.measure))

    def set_text_size(self, pixels: int) -> None:
        """Show the same place in larger or smaller type, 8 to 72 pixels."""
        size = min(max(pixels, 8), 72)
        self._set_anew(Typography(self._typography.theme, size, self._typography.measure))

    def set_measure(self, characters: int) -> None:
        """Show the same place in longer or shorter lines, 30 to 140 characters."""
        measure = min(max(characters, 30), 140)
        self._set_anew(Typography(self._typography.theme, self._typography.size, measure))

    def links(self) -> list[Link]:
        """Return the links of what is shown, in the order they are read."""
        return list(self._links)

    def selected_text(self) -> str:
        """Return what is selected as plain text, with list markers and line ends."""
        return copied_text(self.textCursor())

    def _turn_to(self, sheet: Sheet) -> None:
        self.clear_find()
        self._place, self._target, self._ended, self._story = 0, None, False, ""
        self._show(sheet)
        self.link_hovered.emit("")
        if sheet.stories:
            self._say_story()

    def _set_anew(self, typography: Typography) -> None:
        place = self.position()
        sought, found = self._sought, self._found
        self._typography = typography
        self._colour()
        self._show(self._sheet)
        if place:
            self.go_to(place)
        if sought:
            self._seek(sought)
            self._choose(min(found, len(self._finds) - 1))

    def _show(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._writing.stop()
        self._forget_spans()
        document = StoryDocument(sheet, self._typography, self)
        document.ratio = self.devicePixelRatioF()
        document.fit(self.viewport().width())
        document.write(_SLICE)
        old, self._document = getattr(self, "_document", None), document
        self._moving = True
        self.setDocument(document)
        self.verticalScrollBar().setValue(0)
        self._moving = False
        if old is not None:
            old.deleteLater()
        self._centre_message()
        if document.written:
            self._looking.start()
        else:
            self._writing.start()

    def _write_on(self) -> None:
        written = self._document.write(_SLICE)
        if self._target is not None:
            self._go_if_written(self._target)
        if written:
            self._looking.start()
        else:
            self._writing.start()

    def _write_all(self) -> None:
        self._writing.stop()
        while not self._document.write(1.0):
            pass

    def _colour(self) -> None:
        theme, palette = self._typography.theme, QPalette(self.palette())
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
        self.viewport().setPalette(palette)

    def _centre_message(self) -> None:
        if not self._sheet.passages or self._sheet.passages[0].role is not Role.MESSAGE:
            return
        cursor = QTextCursor(self._document)
        layout = cursor.blockFormat()
        top = self._document.rootFrame().frameFormat().topMargin()
        layout.setTopMargin(max(0.0, self.viewport().height() * 0.42 - top))
        cursor.setBlockFormat(layout)

    # Where the reader is

    def position(self) -> int:
        """Return the position of the first line that is wholly visible; 0 at the top."""
        if self._place is None:
            top = self.verticalScrollBar().value()
            self._place = self._document.places.position(line_from(self._document, top)) if top > 0 else 0
        return self._place

    def go_to(self, position: int) -> None:
        """Bring the line with that position to the top, as soon as it is set in type."""
        self._place = self._target = max(position, 0)
        self._go_if_written(self._target)

    def go_to_story(self, key: str) -> bool:
        """In a whole issue, bring a story to the top; return whether the issue has it."""
        start = next((start for start, _, name in self._sheet.stories if name == key), None)
        if start is None:
            return False
        self.go_to(start)
        return True

    def at_end(self) -> bool:
        """Whether the last line is on the screen."""
        bar = self.verticalScrollBar()
        if not self._document.written or self._target is not None:
            return False
        # What is not laid out yet only makes the page longer; laying it out for this would be dear.
        if bar.maximum() - bar.value() > self._document.foot() + 2:
            return False
        return bottom_of(self._document) <= bar.value() + self.viewport().height() + 1

    def scroll_page(self) -> bool:
        """Go on by a page less two lines; return False, and stay, when the end is on the screen already."""
        if self.at_end():
            return False
        line = self._typography.em(1.56)
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setValue(bar.value() + round(max(height - 2 * line, height / 2)))
        return True

    def _go_if_written(self, position: int) -> None:
        if not (self._document.written or self._document.reaches(position)):
            return
        self._target = None
        at = self._document.places.at(position)
        top = 0.0 if at is None or position <= 0 else top_of(self._document, at)
        self._scroll_to(top - self._typography.em(_GAP) if position > 0 else 0.0)

    def _scroll_to(self, top: float) -> None:
        # The range follows the layout, which is done as far as the line that was asked for.
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        end = round(self._document.documentLayout().documentSize().height()) - page
        if end > bar.maximum():
            bar.setRange(bar.minimum(), end)
        place = self._place
        bar.setValue(round(max(top, 0.0)))
        self._place = place

    def _on_scrolled(self) -> None:
        if self._moving:
            return
        self._place = None
        self._settling.start()
        self._looking.start()
        if self._sheet.stories:
            self._say_story()

    def _say_story(self) -> None:
        stories = self._sheet.stories
        position = self._target
        if position is None:
            reading = self.verticalScrollBar().value() + self._typography.em(2.0)
            position = self._document.places.position(line_from(self._document, reading))
        index = bisect_right(stories, position, key=lambda story: story[0]) - 1
        key = stories[index][2] if index >= 0 and position < stories[index][1] else ""
        if key != self._story:
            self._story = key
            self.story_in_view.emit(key)

    def _look_for_end(self) -> None:
        if self._ended or not self._sheet.passages or self._sheet.passages[0].role is Role.MESSAGE:
            return
        if self.isVisible() and self.at_end():
            self._ended = True
            self.end_reached.emit()

    # Finding

    def find(self, text: str, *, backwards: bool = False) -> tuple[int, int]:  # type: ignore[override]
        """Go to the next place that says the text; return which it is, and of how many: (0, 0) is none.

        Another text than last time is looked for from where the reader is.
        """
        if text != self._sought:
            self._write_all()
            origin = self._finds[self._found][0] if 0 <= self._found < len(self._finds) else self._top()
            self._seek(text)
            after = bisect_right(self._finds, (origin - 1, 1 << 62))
            self._choose(after % len(self._finds) if self._finds else -1)
        elif self._finds:
            self._choose((self._found + (-1 if backwards else 1)) % len(self._finds))
        return (self._found + 1, len(self._finds)) if self._finds else (0, 0)

    def clear_find(self) -> None:
        """Mark nothing any more; what was found last stays selected, to be copied or left."""
        if 0 <= self._found < len(self._finds):
            self._select(self._finds[self._found])
        self._sought, self._finds, self._found = "", [], -1
        self._mark_spans()

    def _seek(self, text: str) -> None:
        self._write_all()
        self._sought = text
        self._finds = find_all(text, self._document.toRawText())

    def _choose(self, index: int) -> None:
        self._found = index
        if 0 <= index < len(self._finds):
            self._reveal(self._finds[index][0])
        self._mark_spans()

    def _top(self) -> int:
        return line_from(self._document, self.verticalScrollBar().value())

    def _reveal(self, at: int) -> None:
        """Scroll only when the line is out of sight, and then to a third of the page."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = top_of(self._document, at)
        if not bar.value() <= top <= bar.value() + height - self._typography.em(3):
            self._scroll_to(top - height / 3)
            self._place = None

    def _select(self, span: Span) -> None:
        self.setTextCursor(self._cursor_over(span))

    def _cursor_over(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self._document)
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _forget_spans(self) -> None:
        # Selections hold cursors of the document that is about to go.
        self._hovered, self._hover_spans = "", []
        self._finds, self._found = [], -1
        self.setExtraSelections([])

    def _mark_spans(self) -> None:
        first = max(0, self._found - _MOST_MARKED // 2)
        near = self._finds[first : first + _MOST_MARKED]
        marks = [self._selection(span, "mark", chosen=False) for span in near]
        if 0 <= self._found < len(self._finds):
            marks.append(self._selection(self._finds[self._found], "star", chosen=True))
        marks += [self._selection(span, "selection", chosen=False) for span in self._hover_spans]
        self.setExtraSelections(marks)

    def _selection(self, span: Span, colour: str, *, chosen: bool) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = self._cursor_over(span)
        layout = QTextCharFormat()
        layout.setBackground(self._typography.colour(colour))
        if chosen:
            layout.setForeground(
                self._typography.colour("page" if self._typography.theme.dark else "heading")
            )
        made.format = layout
        return made

    # Links

    def _on_anchor(self, url: QUrl) -> None:
        self._follow(url.toString())

    def _follow(self, href: str) -> None:
        if href.startswith(TABLE):
            self._open_table(int(href.removeprefix(TABLE)))
        elif href.startswith("#"):
            self._jump(href)
        elif is_safe(href):
            self.link_activated.emit(href)

    def _jump(self, name: str) -> None:
        self._write_all()
        at = self._document.anchors.get(name)
        if at is not None:
            self._scroll_to(top_of(self._document, at) - self._typography.em(_GAP * 4))
            self._place = None

    def _open_table(self, number: int) -> None:
        if number < len(self._document.tables):
            TableWindow(self._document.tables[number], self._typography, self).show()

    def _hover(self, href: str, point: QPoint) -> None:
        if href == self._hovered:
            return
        self._hovered = href
        span = span_of_link(self.cursorForPosition(point), href) if href else None
        self._hover_spans = [span] if span else []
        self._mark_spans()
        self.link_hovered.emit("" if href.startswith("#") else href)

    def _tip_for(self, href: str) -> str:
        if not href.startswith(NOTE):
            return ""
        label = href.removeprefix(NOTE)
        notes = (p.block for p in self._sheet.passages if p.role is Role.FOOTNOTE)
        return next((note.text for note in notes if note.marker == label), "")

    # What Qt asks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is under the text, then the text."""
        painter = QPainter(self.viewport())
        top = self.verticalScrollBar().value()
        painter.translate(0, -top)
        area = QRectF(event.rect()).translated(0, top)
        paint_under(painter, self._document, area, self.viewport().width())
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the same text at the top."""
        place = self.position()
        self._moving = True
        super().resizeEvent(event)
        self._document.fit(self.viewport().width())
        self._moving = False
        self._centre_message()
        if place:
            self.go_to(place)
        self._looking.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Look whether all of it is on the screen."""
        super().showEvent(event)
        self._looking.start()

    def event(self, event: QEvent) -> bool:
        """Leave every key to the window's actions but those that mean this page."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._wants(event):
                event.accept()
            else:
                event.ignore()
            return True
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._document.ratio = self.devicePixelRatioF()
            self._document.forget_pictures()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a footnote where it is called."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self._tip_for(self.anchorAt(event.pos()))
            QToolTip.showText(event.globalPos(), tip, self.viewport())
            return True
        if event.type() is QEvent.Type.Leave:
            self._hover("", QPoint())
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by a page on Space; the rest is Qt's."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Space and plain:
            self.scroll_page()
            event.accept()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        self._hover(self.anchorAt(point), point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note what was pressed: the middle button opens a link as the left one does."""
        middle = event.button() is Qt.MouseButton.MiddleButton
        self._pressed = self.anchorAt(event.position().toPoint()) if middle else ""
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, ""
        if pressed and pressed == self.anchorAt(event.position().toPoint()):
            self._follow(pressed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ask for larger or smaller text when Ctrl is held; each notch is one step."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        steps = int(self._turned / 120)
        self._turned -= steps * 120
        for _ in range(abs(steps)):
            self.text_size_requested.emit(1 if steps > 0 else -1)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu_at(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu_at(self, point: QPoint) -> QMenu:
        """Return the context menu for a point of the page."""
        menu = QMenu(self)
        href = self.anchorAt(point)
        if is_safe(href):
            menu.addAction("Open Link", lambda: self._follow(href))
            menu.addAction("Copy Link", lambda: QGuiApplication.clipboard().setText(href))
            menu.addSeparator()
        table = self._document.table_number(self.cursorForPosition(point))
        if table is not None:
            menu.addAction("Enlarge Table", lambda: self._open_table(table))
            menu.addSeparator()
        menu.addAction("Copy", self.copy).setEnabled(self.textCursor().hasSelection())
        menu.addAction("Copy as Markdown", self.copy_markdown_requested.emit)
        menu.addAction("Select All", self.selectAll)
        menu.addSeparator()
        menu.addAction("Find in Story…", self.find_requested.emit)
        return menu

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy plain text; the page's own colours and sizes would be of no use elsewhere."""
        data = QMimeData()
        data.setText(self.selected_text())
        return data

    def doSetSource(self, name: QUrl | str, type: QTextDocument.ResourceType = _UNKNOWN) -> None:  # noqa: A002
        """Load nothing: this page shows only what it is given."""

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002, ARG002
        """Load nothing: pictures are the document's own."""
        return None

    def _wants(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.SelectAll):
            return True
        cursor = self.textCursor()
        on_link = cursor.hasSelection() and bool(cursor.charFormat().anchorHref())
        return on_link and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
