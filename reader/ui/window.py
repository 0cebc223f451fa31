"""The main window: three panes, the bars around them, and what the reader can do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QUndoStack
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow

from reader.model import Change, Counts
from reader.services.library import Library
from reader.services.progress import Problem, Progress
from reader.services.settings import Settings
from reader.services.themes import Theme
from reader.ui.actions import ISSUE_MENU, STORY_MENU, VIEW, Actions
from reader.ui.appearance import Appearance
from reader.ui.background import Background, Newest
from reader.ui.deeds import UNDO, Deeds
from reader.ui.exporting import Exporting, summary_of
from reader.ui.facts import needs_met
from reader.ui.focus import OPENING, keeps_key
from reader.ui.frame import Frame
from reader.ui.icons import Icons
from reader.ui.importing import Importing
from reader.ui.links import Links
from reader.ui.marks import Marks
from reader.ui.menus import Menus, TextSizeMenu, ThemeMenu, ToolBar, popup
from reader.ui.pictures import Pictures
from reader.ui.preferences import Preferences
from reader.ui.presenters import Presenters
from reader.ui.reading import Reading
from reader.ui.reading_time import ReadingTime
from reader.ui.searching import Searching
from reader.ui.session import Session, packed, read_session, stored, unpacked
from reader.ui.zen import Zen

if TYPE_CHECKING:
    from reader.model.subscription import Subscription
    from reader.services.export import ExportResult
    from reader.services.importing import Report
    from reader.ui.emptypage import EmptyPage
    from reader.ui.news import News
    from reader.ui.search.results import SearchResults

_SIZE = (1440, 900)
_FRAME = (16, 64)
"""What the desktop's frame around a window may take of the screen."""
_LEAST = (780, 460)
_BUSY_MS = 60
"""How long changes gather while an import runs: the panes read them together."""
_FIRST = 100
"""The issues that a start reads before the window is seen."""
_REST_MS = 50
"""How long after that the others are read: the window is painted by then."""
_COUNT_MS = 150
_SESSION_MS = 2_000
"""How often is looked whether the reader is elsewhere: a crash loses no more than that."""


class MainWindow(QMainWindow):
    """Joins the panes and the presenters; the work is done in the library."""

    closed = Signal()

    def __init__(
        self, library: Library, preferences: Preferences, appearance: Appearance, links: Links | None = None
    ) -> None:
        super().__init__()
        self.library = library
        self.preferences = preferences
        self.appearance = appearance
        self.background = Background(self)
        self.icons = Icons()
        self.undo_stack = QUndoStack(self)
        self.counts = Counts()
        self._news: News | None = None
        self._told: set[Problem] = set()
        """What the reader has been told of files: a refresh does not tell it again."""
        self._star_drawn = (False, "")
        self.frame = Frame(self, library, self.background, self.icons, appearance.theme)
        self.reading_time = ReadingTime(self)
        self.presenters = self._make_presenters(links or Links())
        self.reading = self.presenters.reading
        self.frame.story.view.pictures = self.presenters.pictures
        self._lay_bars()
        self._gathered = Change()
        self._gathering = QTimer(self, singleShot=True)
        self._counting = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._newest_counts = Newest(self.background)
        self._saving = QTimer(self, interval=_SESSION_MS)
        self._connect()
        self._take_settings(preferences.settings)
        self._take_theme(appearance.theme)
        self.setAcceptDrops(True)
        self.setMinimumSize(*_LEAST)

    # What the program asks of it

    def begin(self, size: QSize | None = None) -> None:
        """Show the window with what the library holds, at the place where the reader left it."""
        left = read_session(self.preferences.settings.window)
        self._place_window(left, size)
        # Nothing is painted before the next turn of the loop, and the page is set for the right width.
        self.show()
        overview = self.library.overview(_FIRST)
        self.frame.issues.begin(overview)
        if left.view != self.frame.issues.view:
            self.frame.issues.set_view(left.view)
        if left.newsletter:
            self.frame.issues.set_newsletter(left.newsletter)
        self.counts = overview.counts  # nothing comes in: what is there is shown below
        self._take_counts(self.counts)
        self.reading.whole = left.whole
        issue = left.issue or self.reading.first_issue()
        if left.starred:
            self.reading.open_starred()
        elif issue:
            self.reading.open_issue(issue, left.story)
        if self.reading.issue == left.issue and left.position:
            self.frame.story.view.go_to(left.position)
        if not self.reading.issue and not left.starred:
            # What was left is gone, or in another library.
            self.reading.open_issue(self.reading.first_issue())
        (self.frame.outline if self.counts.issues else self.empty.open_button).setFocus()
        self._saving.start()
        if self.frame.issues.partial:
            QTimer.singleShot(_REST_MS, self, self._read_rest)

    def begin_news(self) -> None:
        """Look from now on for what is new elsewhere than in folders."""
        self._news = self.deeds.news
        self._news.begin()

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take in folders and files that the reader asked for."""
        self.presenters.importing.take_in(paths)

    def take_in_changed(self, paths: Sequence[Path]) -> None:
        """Take in files that changed by themselves; nobody is waiting for a report."""
        self.presenters.importing.take_in(paths, asked=False)

    def on_changed(self, change: Change) -> None:
        """Read again what a write has touched: at once, or with others while an import runs."""
        self._gathered |= change
        if not self._gathering.isActive():
            self._gathering.start(_BUSY_MS if self.presenters.importing.busy else 0)

    def raise_up(self) -> None:
        """Come to the front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def save_session(self) -> None:
        """Keep where the reader is, for the next start."""
        self.preferences.remember(stored(self._session()))

    @property
    def settled(self) -> bool:
        """Whether nothing is under way that would still change what is seen."""
        busy = self._gathering.isActive() or self._counting.isActive() or self.background.busy
        busy = busy or self.frame.issues.partial or (self._news is not None and self._news.following.busy)
        return not (busy or self.presenters.importing.busy)

    @cached_property
    def empty(self) -> EmptyPage:
        """What stands in place of the panes while the library is empty; made when it is."""
        from reader.ui.emptypage import EmptyPage

        actions = self.actions_by_id
        page = EmptyPage(actions["library.open_folder"], actions["library.follow"], actions["library.sample"])
        self.frame.body.addWidget(page)
        return page

    # Putting together

    def _make_presenters(self, links: Links) -> Presenters:
        frame = self.frame
        reading = Reading(self.library, frame.panes, self.reading_time, self)
        searching = Searching(frame.search_field, frame.middle, self._make_results)
        searching.follow(reading)
        return Presenters(
            self.library,
            self.background,
            self.preferences,
            self.appearance,
            self.undo_stack,
            reading,
            searching,
            Importing(self.library, self.background, self),
            Exporting(self.library, self.background, self.preferences, self),
            Marks(self.library, self.undo_stack, self),
            links,
            Pictures(self.library, self.background, self.preferences, self),
        )

    def _make_results(self) -> SearchResults:
        results = self.frame.results
        results.selection_changed.connect(self._show_facts)
        results.menu_requested.connect(self._on_story_menu)
        return results

    def _lay_bars(self) -> None:
        frame = self.frame
        self.zen = Zen(self, [frame.status, frame.issues, frame.middle])
        self.deeds = Deeds(self, frame, self.presenters, self.zen)
        self.actions_by_id = Actions(self, self.deeds.handlers())
        theme_menu = ThemeMenu(self.appearance, self.preferences, self)
        text_menu = TextSizeMenu(self.appearance, self.preferences, self.actions_by_id, self)
        self.menus = Menus(self.menuBar(), self.actions_by_id, theme_menu, text_menu)
        self.toolbar = ToolBar(self.actions_by_id, frame.search_field, self)
        self.toolbar.theme.setMenu(theme_menu)
        self.toolbar.text_size.setMenu(text_menu)
        self.toolbar.menu.setMenu(self.menus.all)
        self.addToolBar(self.toolbar)
        self.zen.add(self.toolbar)

    def _connect(self) -> None:
        self._gathering.timeout.connect(self._spread)
        self._counting.timeout.connect(self._count)
        self._saving.timeout.connect(self.save_session)
        self.appearance.theme_changed.connect(self._take_theme)
        self.preferences.changed.connect(self._take_settings)
        self.background.failed.connect(self.frame.tell)
        self.preferences.failed.connect(self.frame.tell)
        self._connect_panes()
        self._connect_work()

    def _connect_panes(self) -> None:
        frame, reading = self.frame, self.reading
        frame.issues.issue_chosen.connect(self._on_issue_chosen)
        frame.issues.issue_opened.connect(lambda _key: frame.outline.setFocus())
        frame.issues.starred_chosen.connect(self._on_starred_chosen)
        frame.issues.view_chosen.connect(self.deeds.show_view)
        frame.issues.newsletter_chosen.connect(self._on_newsletter_chosen)
        frame.issues.rename_requested.connect(self.presenters.marks.ask_name)
        frame.issues.menu_requested.connect(self._on_issue_menu)
        frame.outline.story_chosen.connect(reading.show_story)
        frame.outline.story_opened.connect(lambda _key: frame.story.setFocus())
        frame.outline.opening_chosen.connect(lambda: reading.show_part(opening=True))
        frame.outline.closing_chosen.connect(lambda: reading.show_part(opening=False))
        frame.outline.copies_asked.connect(self.actions_by_id["story.copies"].trigger)
        frame.outline.changes_asked.connect(self.actions_by_id["story.changes"].trigger)
        frame.outline.selection_changed.connect(self._show_facts)
        frame.outline.menu_requested.connect(self._on_story_menu)
        frame.story.next_requested.connect(lambda: reading.step(1))
        view = frame.story.view
        view.menu_begun.connect(self.deeds.fill_page_menu)
        view.link_activated.connect(self.deeds.open_link)
        view.link_hovered.connect(frame.status.show_address)
        view.text_size_requested.connect(self.appearance.step_text_size)
        view.copy_markdown_requested.connect(self.actions_by_id["edit.copy_markdown"].trigger)
        view.page_turned.connect(self._show_pictures)
        reading.moved.connect(self._show_facts)
        self.presenters.searching.turned.connect(self._show_facts)
        self.presenters.searching.widened.connect(frame.status.say)

    def _connect_work(self) -> None:
        importing, exporting = self.presenters.importing, self.presenters.exporting
        importing.started.connect(lambda: self.frame.status.show_work("Looking for issues…"))
        importing.progressed.connect(self._on_import_progress)
        importing.finished.connect(self._on_imported)
        importing.listed.connect(self._on_listed)
        importing.failed.connect(self._on_work_failed)
        exporting.progressed.connect(self._on_export_progress)
        exporting.finished.connect(self._on_exported)
        exporting.failed.connect(self._on_work_failed)
        self.frame.status.cancelled.connect(importing.cancel)
        self.frame.status.cancelled.connect(exporting.cancel)
        pictures, view = self.presenters.pictures, self.frame.story.view
        view.picture_requested.connect(lambda address: pictures.load([address], view.sheet.newsletter))
        pictures.arrived.connect(view.look_again)
        pictures.policy_changed.connect(view.look_again)
        pictures.policy_changed.connect(self._show_pictures)
        pictures.progressed.connect(self._on_picture_progress)
        pictures.finished.connect(self._on_pictured)
        self.frame.status.cancelled.connect(pictures.cancel)
        self.menus.by_name[VIEW].aboutToShow.connect(self._check_policy)
        for name, signal in (
            ("edit.undo", self.undo_stack.undoTextChanged),
            ("edit.redo", self.undo_stack.redoTextChanged),
        ):
            signal.connect(lambda text, name=name: self._name_undo(name, text))
        self.undo_stack.indexChanged.connect(self._show_facts)
        self.undo_stack.indexChanged.connect(lambda _index: self.frame.toast.withdraw(UNDO))

    def _read_rest(self) -> None:
        issues = self.frame.issues
        self.background.run(issues.read_rest, issues.take_rest)

    # Changes

    def _spread(self) -> None:
        change, self._gathered = self._gathered, Change()
        frame = self.frame
        for pane in (frame.issues, *frame.story_lists):
            pane.on_changed(change)
        self.reading.on_changed(change)
        self.deeds.on_changed(change)
        self.presenters.pictures.on_changed(change)
        if not self._counting.isActive():
            self._counting.start()

    def _count(self) -> None:
        library = self.library
        self._newest_counts.ask(library.counts, self._take_counts)

    def _take_counts(self, counts: Counts) -> None:
        came = counts.issues and not self.counts.issues
        self.counts = counts
        frame = self.frame
        frame.status.show_counts(counts)
        frame.search_field.set_count(counts.stories)
        frame.body.setCurrentWidget(frame.splitter if counts.issues else self.empty)
        if came:
            self._open_first()
        self._show_facts()

    def _open_first(self) -> None:
        self.frame.issues.reload()
        if not self.reading.issue and (issue := self.reading.first_issue()):
            self.reading.open_issue(issue)
        self.frame.outline.setFocus()

    def _show_facts(self) -> None:
        actions, reading = self.actions_by_id, self.reading
        actions.enable(needs_met(self.presenters, self.deeds, self.counts))
        row = reading.shown_row
        starred, read = row is not None and row.state.starred, row is not None and row.state.read
        actions.turn("story.star", on=starred)
        actions.turn("story.read", on=read)
        self._draw_star(starred=starred)
        actions["view.whole"].setChecked(reading.whole)
        actions["view.side"].setChecked(not self.frame.issues.isHidden())
        actions["view.menu_bar"].setChecked(not self.menuBar().isHidden())
        actions["view.zen"].setChecked(self.zen.on)
        actions["edit.undo"].setEnabled(self.undo_stack.canUndo())
        actions["edit.redo"].setEnabled(self.undo_stack.canRedo())
        heading = row.issue_label if row else self.frame.outline.heading
        self.setWindowTitle(f"{heading} – Tearsheet" if heading else "Tearsheet")

    def _draw_star(self, *, starred: bool) -> None:
        theme = self.appearance.theme
        if self._star_drawn != (starred, theme.name):
            # An icon that is set again, though the same, would draw the whole toolbar anew.
            self._star_drawn = (starred, theme.name)
            color = theme.star if starred else theme.text
            self.actions_by_id["story.star"].setIcon(self.icons.icon("star", color, filled=starred))

    def _name_undo(self, name: str, text: str) -> None:
        action = self.actions_by_id[name]
        action.setText(f"{self.actions_by_id.specs[name].text} {text}".rstrip())

    # What the reader does in the panes

    def _on_issue_chosen(self, key: str) -> None:
        self.presenters.searching.end_for_good()
        self.reading.open_issue(key)

    def _on_starred_chosen(self) -> None:
        self.presenters.searching.end_for_good()
        self.reading.open_starred()

    def _on_newsletter_chosen(self, _key: str) -> None:
        if not self.reading.issue and self.frame.issues.view == "starred":
            self.reading.open_starred()

    def _on_issue_menu(self, _key: str, place: QPoint) -> None:
        popup(ISSUE_MENU, self.actions_by_id, self, place)

    def _on_story_menu(self, _key: str, place: QPoint) -> None:
        popup(STORY_MENU, self.actions_by_id, self, place)

    # Work

    def _on_import_progress(self, progress: Progress) -> None:
        doing = "Looking at files" if progress.looking else "Taking in issues"
        self.frame.status.show_work(doing, progress.done, progress.total)

    def _on_imported(self, report: Report, asked: bool) -> None:  # noqa: FBT001
        from reader.ui.dialogs.report import ImportReport
        from reader.ui.dialogs.report import summary_of as imported

        news = report.added or report.updated
        self.frame.status.end_work(imported(report) if asked or news else "")
        told = {*report.problems, *report.warnings}
        if asked and not told <= self._told:
            ImportReport(report, self).open()
        self._told |= told
        self.presenters.pictures.fetch_issues(report.issues)
        if asked and report.added and not report.unchanged:
            self._show_newest(report.issues)
        self._counting.start()

    def _on_listed(self, wanted: Sequence[Subscription]) -> None:
        self.deeds.news.ask_list(wanted)

    def _show_newest(self, keys: Sequence[str]) -> None:
        """Show the newest of the issues: who opens a folder wants to see what is in it."""
        if rows := self.library.issue_rows(keys):
            self.frame.issues.reload()  # it may still be waiting for more
            newest = max(rows, key=lambda row: row.published).key
            self.reading.widen(newest)
            self._on_issue_chosen(newest)
            self.frame.outline.setFocus()

    def _on_export_progress(self, progress: Progress) -> None:
        self.frame.status.show_work("Exporting", progress.done, progress.total)

    def _on_exported(self, result: ExportResult, folder: Path) -> None:
        self.frame.status.end_work()
        opener = self.presenters.links.open_folder
        self.frame.toast.say(summary_of(result, folder), "Open Folder", lambda: opener(str(folder)))

    def _show_pictures(self) -> None:
        sheet = self.frame.story.view.sheet
        if addresses := sheet.pictures:
            self.presenters.pictures.show(addresses, sheet.newsletter)

    def _check_policy(self) -> None:
        sheet = self.frame.story.view.sheet
        policy = self.presenters.pictures.policy(sheet.newsletter) if sheet.newsletter else None
        self.actions_by_id["view.pictures_always"].setChecked(policy == "always")
        self.actions_by_id["view.pictures_never"].setChecked(policy == "never")

    def _on_picture_progress(self, progress: Progress) -> None:
        if not self.presenters.importing.busy:
            self.frame.status.show_work("Loading pictures", progress.done, progress.total)

    def _on_pictured(self, told: str) -> None:
        if not self.presenters.importing.busy:
            self.frame.status.end_work(told)

    def _on_work_failed(self, error: Exception) -> None:
        self.frame.status.end_work()
        self.frame.tell(error)

    # Looks

    def _take_theme(self, theme: Theme) -> None:
        self.frame.set_theme(theme)
        self.toolbar.dress(self.icons, theme)
        self._star_drawn = (False, "")
        self._show_facts()

    def on_screen_added(self) -> None:
        """Draw the icons sharp for a screen that was not there before."""
        self.icons.forget()
        self._take_theme(self.appearance.theme)

    def _take_settings(self, settings: Settings) -> None:
        self.actions_by_id.set_keys(settings.keys)
        self.reading_time.seconds = settings.read_after_seconds
        self.frame.story.view.set_text_size(settings.text_size)
        self.frame.story.view.set_measure(settings.measure)

    # The session

    def _session(self) -> Session:
        frame, reading = self.frame, self.reading
        return Session(
            geometry=packed(self.saveGeometry()),
            panes=tuple(frame.splitter.sizes()) if frame.widths_chosen and not self.zen.on else (),
            side=not frame.issues.isHidden() or self.zen.on,
            menu_bar=not self.menuBar().isHidden(),
            view=frame.issues.view,
            newsletter=frame.issues.newsletter,
            issue=reading.issue,
            starred=not reading.issue and bool(reading.rows),
            story=reading.place.story,
            position=frame.story.view.position(),
            whole=reading.whole,
        )

    def _place_window(self, left: Session, size: QSize | None) -> None:
        if size is not None:
            self.resize(size)
        elif not left.geometry or not self.restoreGeometry(unpacked(left.geometry)):
            room = self.screen().availableGeometry()
            self.resize(min(_SIZE[0], room.width() - _FRAME[0]), min(_SIZE[1], room.height() - _FRAME[1]))
        if not self.frame.set_widths(left.panes):
            self.frame.share_width(self.width())
        self.frame.issues.setVisible(left.side)
        self.menuBar().setVisible(left.menu_bar)

    # What Qt asks

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            _outline, *results = self.frame.story_lists
            openers = [pane.list for pane in (self.frame.issues, *results)]
            if keeps_key(QApplication.focusWidget(), event, openers):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        # Return presses a button as Space does; Qt would have it only in dialogs.
        if isinstance(focus, QAbstractButton) and event.key() in OPENING:
            focus.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.frame.widths_chosen:
            self.frame.share_width(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            if self.isActiveWindow():
                self.reading_time.resume()
            else:
                self.reading_time.pause()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()):
            event.acceptProposedAction()
            self.frame.status.say("Drop to take in")
        elif _dropped_address(event.mimeData()):
            event.acceptProposedAction()
            self.frame.status.say("Drop to follow")

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := _dropped(event.mimeData()):
            event.acceptProposedAction()
            self.take_in(paths)
        elif address := _dropped_address(event.mimeData()):
            event.acceptProposedAction()
            self.deeds.news.ask_address(address)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._saving.stop()
        self.deeds.close()
        self.zen.leave()
        self.reading.leave()
        self.save_session()
        self.presenters.importing.close()
        self.presenters.exporting.cancel()
        if self._news is not None:
            self._news.following.close()
        self.presenters.pictures.close()
        self.preferences.save()
        super().closeEvent(event)
        self.closed.emit()


def _dropped(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _dropped_address(data: QMimeData) -> str:
    """Return the address of a link that is dragged here from a browser; "" for none."""
    return next((url.toString() for url in data.urls() if url.scheme() in ("http", "https", "feed")), "")
