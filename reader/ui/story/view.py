"""The story page: what it shows, its links, and finding in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QToolTip, QWidget

from reader.model import OBJECT, Blocks, IssuePage, Link, StoryPage
from reader.services.themes import Theme
from reader.ui.story.document import NOTE, TABLE
from reader.ui.story.lines import line_from, top_of
from reader.ui.story.links import links_of, may_be_asked_for, span_of_link
from reader.ui.story.matches import Finds, Span, find_all, find_any
from reader.ui.story.page import Held, Page
from reader.ui.story.sheet import Role, Sheet, issue_sheet, message_sheet, story_sheet, text_sheet

_DESCRIPTION = "The text of the story, with its links"
_MOST_MARKED = 400
"""Finds shown at once: more is a blur, and each costs the painter."""
_JUMP = 1.0
"""Ems above the place that a jump within the page leads to."""


_BY_KEY = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_FOR_A_MOMENT = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})
"""Why the keyboard leaves a widget that it will come back to."""


class StoryView(Page):
    """Shows a story, an issue or a message, and says what the reader does with it.

    Positions count in the text of what is shown: a story's body, or an issue's blocks.
    """

    link_activated = Signal(str)
    """An address was chosen: http, https, mailto, or one without a scheme, and nothing else."""
    link_hovered = Signal(str)
    """The pointer is on an address; "" when it has left."""
    text_size_requested = Signal(int)
    """Larger (1) or smaller (-1) text is asked for."""
    copy_markdown_requested = Signal()
    find_requested = Signal()
    menu_begun = Signal(QMenu, int)
    """A context menu is made, for a position: what may be done to the stories there can be put in."""
    reached_by_key = Signal(bool)
    """A key brought the keyboard here (True), so that its place is to be marked; or it has left again."""
    page_turned = Signal()
    """Something else is shown than before."""
    picture_requested = Signal(str)
    """The picture of that address is to be fetched."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._cited: tuple[Link, ...] = ()
        self._finds = Finds()
        self._hovered = ""
        self._hover_span: Span | None = None
        self._turned = 0
        self._pressed = ""
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Story")
        self.setAccessibleDescription(_DESCRIPTION)
        self.anchorClicked.connect(self._on_anchor)

    def show_page(self, page: StoryPage) -> None:
        """Show a story from its beginning."""
        self.turn_to(story_sheet(page))
        self._cited = page.story.links

    def show_issue(self, page: IssuePage, held: Held | None = None) -> None:
        """Show an issue as it was published, from its beginning or with a line held where it was."""
        self.turn_to(issue_sheet(page), held)

    def show_text(
        self, title: str, blocks: Blocks, location: str = "", root: str = "", newsletter: str = ""
    ) -> None:
        """Show a text that is no story, such as an issue's opening; its images lie around the location."""
        self.turn_to(text_sheet(title, blocks, location, root, newsletter))

    def show_nothing(self, message: str) -> None:
        """Show a few words in the middle of an empty page; each line is a paragraph."""
        self.turn_to(message_sheet(message))

    def turn_to(self, sheet: Sheet, held: Held | None = None) -> None:
        """Show another sheet from its beginning, or with a line of it held where it was."""
        self._cited = ()
        self._finds = Finds()
        self.setAccessibleDescription(_DESCRIPTION)
        super().turn_to(sheet, held)
        self.link_hovered.emit("")
        self.page_turned.emit()

    def set_in_type(self) -> None:
        """Make the document anew, and find in it again what was found before."""
        # Marks hold cursors of the document that is about to go.
        self._hovered, self._hover_span = "", None
        self.setExtraSelections([])
        super().set_in_type()
        if self._finds.words:
            self._seek(self._finds.words, self._finds.chosen, search=self._finds.search)

    def tell_border(self, words: str) -> None:
        """Say to those who listen which story of a whole issue has come into view."""
        from reader.ui.announcing import announce  # nothing is said of the first

        self.setAccessibleDescription(words)
        announce(self, words)

    def links(self) -> list[Link]:
        """Return the links of what is shown, in the order they are read."""
        return list(self._cited) or links_of(self.sheet)

    def selected_text(self) -> str:
        """Return what is selected as plain text, with list markers and line ends."""
        from reader.ui.story.copying import copied_text

        return copied_text(self.textCursor())

    def marked_position(self) -> int:
        """Return the position where the reader clicked, while that is in view; else of the first line."""
        cursor = self.textCursor()
        seen = self.viewport().rect().intersects(self.cursorRect(cursor))
        if not seen or not cursor.position():
            return self.position()
        return self.story_document.places.position(cursor.selectionStart())

    # Finding

    def find(self, text: str, *, backwards: bool = False) -> tuple[int, int]:  # type: ignore[override]
        """Go to the next place that says the text; return which it is, and of how many: (0, 0) is none.

        Another text than last time is looked for from where the reader is.
        """
        if (text,) == self._finds.words and not self._finds.search:
            self._finds.step(-1 if backwards else 1)
        else:
            self.write_all()  # or the page may not be where it was told to go yet
            top = line_from(self.story_document, self.verticalScrollBar().value())
            origin = self._finds.span[0] if self._finds.span else top
            self._seek((text,))
            self._finds.choose_from(origin)
        if self._finds.span:
            self.reveal(self._finds.span[0])
        self._mark()
        return self._finds.place

    def mark_words(self, words: Sequence[str]) -> None:
        """Mark what a search was for, and go to the first of it; in an issue, to the first from here on."""
        self._seek(tuple(words), search=True)
        top = self.verticalScrollBar().value() if self.sheet.stories else 0
        self._finds.choose_from(line_from(self.story_document, top))
        if self._finds.span:
            self.reveal(self._finds.span[0])
        self._mark()

    def clear_find(self) -> None:
        """Mark nothing any more; what was found last stays selected, to be copied or left."""
        span, self._finds = self._finds.span, Finds()
        if span:
            top = self.verticalScrollBar().value()
            self.setTextCursor(self._cursor_over(span))
            self.verticalScrollBar().setValue(top)
        self._mark()

    def _seek(self, words: tuple[str, ...], chosen: int = -1, *, search: bool = False) -> None:
        self.write_all()
        text = self.story_document.toRawText()
        spans = self._found_by_search(words, text) if search else find_all(words[0], text)
        self._finds = Finds(words, spans, min(chosen, len(spans) - 1), search=search)
        self._mark()

    def _found_by_search(self, words: Sequence[str], text: str) -> list[Span]:
        """Return what a search found here: it does not look at the line above the title."""
        kicker = bool(self.sheet.passages) and self.sheet.passages[0].role is Role.KICKER
        first = self.story_document.firstBlock().length() if kicker else 0
        return [span for span in find_any(words, text) if span[0] >= first]

    def _mark(self) -> None:
        marks = [self._selection(span, "mark") for span in self._finds.near(_MOST_MARKED)]
        if self._finds.span:
            theme = self.typography.theme
            on_star = QColor(theme.page if theme.dark else theme.heading)
            marks.append(self._selection(self._finds.span, "star", on_star))
        if self._hover_span:
            marks.append(self._hover_mark(self._hover_span))
        self.setExtraSelections(marks)

    def _selection(self, span: Span, ground: str, text: QColor | None = None) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = self._cursor_over(span)
        layout = QTextCharFormat()
        layout.setBackground(self.typography.colour(ground))
        if text is not None:
            layout.setForeground(text)
        made.format = layout
        return made

    def _hover_mark(self, span: Span) -> QTextEdit.ExtraSelection:
        made = self._selection(span, "selection")
        if made.cursor.selectedText() == OBJECT:
            # A picture covers its ground but for the corners.
            made.format = QTextCharFormat()
        elif made.cursor.blockFormat().headingLevel() == 1:
            # A ground would be loud under a title.
            layout = QTextCharFormat()
            layout.setFontUnderline(True)
            layout.setUnderlineColor(self.typography.colour("link_line"))
            made.format = layout
        return made

    def _cursor_over(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self.story_document)
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # Links

    def follow(self, href: str) -> None:
        """Do what a click on an address does: jump within the page, or ask for it to be opened."""
        if address := self.story_document.gallery.clicked(href):
            self.picture_requested.emit(address)
        elif href.startswith(TABLE):
            self.enlarge_table(int(href.removeprefix(TABLE)))
        elif href.startswith("#"):
            self._jump(href)
        elif may_be_asked_for(href):
            self.link_activated.emit(href)

    def enlarge_table(self, number: int) -> None:
        """Open a table of the page, counted from 0, in a window of its own."""
        from reader.ui.story.table_window import TableWindow

        window = TableWindow(self.story_document.tables[number], self.typography, self, self.pictures)
        window.link_activated.connect(self.follow)
        window.picture_requested.connect(self.picture_requested)
        self.looked_again.connect(window.look_again)
        window.show()

    def _on_anchor(self, url: QUrl) -> None:
        self.follow(url.toString())

    def _jump(self, name: str) -> None:
        self.write_all()
        at = self.story_document.anchors.get(name)
        if at is not None:
            self.scroll_to(top_of(self.story_document, at) - self.typography.em(_JUMP))

    def _hover(self, href: str, point: QPoint) -> None:
        if href == self._hovered:
            return
        self._hovered = href
        self._hover_span = span_of_link(self.cursorForPosition(point), href) if href else None
        self._mark()
        self.link_hovered.emit("" if href.startswith("#") else href)

    def tip_of(self, href: str) -> str:
        """Return the words of the footnote that an address leads to, or what a click on a picture does."""
        if address := self.story_document.gallery.clicked(href):
            return f"Load {address}"
        if href.startswith(NOTE):
            return self.sheet.notes.get(href.removeprefix(NOTE), "")
        return "Open the picture in the browser" if href in self.story_document.gallery.left_out else ""

    # What Qt asks

    def event(self, event: QEvent) -> bool:
        """Leave every key to the window's actions but those that mean this page."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(self._wants(event))
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            self.reached_by_key.emit(True)  # noqa: FBT003 - a signal takes no names

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _FOR_A_MOMENT:
            self.reached_by_key.emit(False)  # noqa: FBT003 - a signal takes no names

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a footnote where it is called, and what may be done with a picture that is not shown."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_of(self.anchorAt(event.pos())), self.viewport())
            return True
        if event.type() is QEvent.Type.Leave:
            self._hover("", QPoint())
        return super().viewportEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - as Qt calls it
        """Go to the next link; a screen reader says what a placeholder does, which is none of the text."""
        moved = super().focusNextPrevChild(next)
        words = self.story_document.gallery.words(self.textCursor().charFormat().anchorHref())
        if moved and words and self.hasFocus():
            from reader.ui.announcing import announce  # few pages have pictures that are not loaded

            announce(self, words)
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by a page on Space; the rest is Qt's."""
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.scroll_page()
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
        if not self._pressed:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, ""
        if not pressed:
            super().mouseReleaseEvent(event)
        elif pressed == self.anchorAt(event.position().toPoint()):
            self.follow(pressed)

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
        if address := self.story_document.gallery.clicked(href):
            menu.addAction("Load Picture", lambda: self.follow(href))
            menu.addAction("Open Picture in Browser", lambda: self.link_activated.emit(address))
            menu.addAction("Copy Picture Address", lambda: QGuiApplication.clipboard().setText(address))
            menu.addSeparator()
        elif may_be_asked_for(href):
            menu.addAction("Open Link", lambda: self.follow(href))
            menu.addAction("Copy Link", lambda: QGuiApplication.clipboard().setText(href))
            menu.addSeparator()
        table = self.story_document.table_number(self.cursorForPosition(point))
        if table is not None:
            menu.addAction("Enlarge Table", lambda: self.enlarge_table(table))
            menu.addSeparator()
        at = self.cursorForPosition(point).position()
        self.menu_begun.emit(menu, self.story_document.places.position(at))
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

    def _wants(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.SelectAll):
            return True
        cursor = self.textCursor()
        on_link = cursor.hasSelection() and bool(cursor.charFormat().anchorHref())
        return on_link and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
