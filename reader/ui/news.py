"""What comes in from elsewhere than folders, and how the window tells of it."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from reader.model import ImporterError
from reader.services.progress import Progress
from reader.ui.deeds import UNDO
from reader.ui.following import Following
from reader.ui.frame import Frame
from reader.ui.presenters import Presenters
from reader.ui.words import counted

if TYPE_CHECKING:
    import threading

    from reader.services.importing import Report
    from reader.services.opml import Listed
    from reader.services.refreshing import Refreshed
    from reader.ui.mailboxes import Mailboxes

_SHOW = "Show"
_MINUTE_MS = 60_000


class News(QObject):
    """Follows newsletters, looks for what is new and takes in what is pasted, and says so in the window."""

    def __init__(self, frame: Frame, presenters: Presenters, window: QWidget) -> None:
        super().__init__(window)
        self._frame = frame
        self._p = presenters
        self._window = window
        self.following = following = Following(
            presenters.library, presenters.background, presenters.undo_stack, self
        )
        following.started.connect(lambda: frame.status.show_work("Looking for new issues…"))
        following.progressed.connect(self._on_progress)
        following.refreshed.connect(self._on_refreshed)
        following.arrived.connect(self._on_arrived)
        following.listed.connect(self._on_listed)
        following.failed.connect(self._on_failed)
        frame.status.cancelled.connect(following.cancel)
        presenters.preferences.changed.connect(self._take_settings)
        self._mail_clock = QTimer(self)
        self._mail_clock.timeout.connect(self._refresh_mailboxes)
        self._take_settings()

    def begin(self) -> None:
        """Look for what is new from now on, at once where the settings say so."""
        self._p.background.run(self._settle_removed, lambda _: None)
        at_once = self._p.preferences.settings.refresh_on_start
        self.following.begin(at_once=at_once)
        self._mail_clock.start()
        if at_once:
            self._refresh_mailboxes()

    @cached_property
    def mailboxes(self) -> Mailboxes:
        """What is done with mailboxes; made when the first is."""
        from reader.ui.mailboxes import Mailboxes

        return Mailboxes(self._p.library, self.following, self._p.undo_stack, self)

    def refresh(self) -> None:
        """Look for what is new, since the reader asks for it."""
        self.following.refresh()
        self.mailboxes.refresh(self._on_arrived)

    def follow_list(self, path: Path) -> None:
        """Follow all newsletters of a list (OPML)."""
        self.following.follow_list(path)

    def export_list(self, path: Path) -> None:
        """Write all that is followed into a file (OPML)."""
        from reader.services.opml import write_opml

        def done(count: int) -> None:
            self._frame.toast.say(f"Wrote {counted(count, 'newsletter')} to {path.name}")

        self._p.background.run(lambda: write_opml(self._p.library, path), done, self._on_failed)

    def _refresh_mailboxes(self) -> None:
        if self.following.minutes:
            self.mailboxes.refresh(self._on_mail)

    def _on_mail(self, report: Report) -> None:
        if report.added:
            self._on_arrived(report)

    def _on_listed(self, listed: Listed) -> None:
        told = f"Following {counted(len(listed.followed), 'newsletter')}"
        if listed.known:
            told += f"; {counted(len(listed.known), 'was', 'were')} followed already"
        self._frame.toast.say(told, UNDO if listed.followed else "", self._p.undo_stack.undo)

    def _settle_removed(self) -> None:
        from reader.services.newsletters import settle_removed

        settle_removed(self._p.library)

    def ask_address(self, address: str = "") -> None:
        """Ask what to follow."""
        from reader.ui.dialogs.follow import FollowDialog

        FollowDialog(self.following, address, self._window).open()

    def paste(self) -> None:
        """Take in what was copied: an address is looked at, a text becomes an issue."""
        from reader.services.pasting import address_in

        # An empty clipboard has no data at all on some platforms, whatever the stubs say.
        found = cast("QMimeData | None", QGuiApplication.clipboard().mimeData())
        copied = QMimeData() if found is None else found
        paths = [url.toLocalFile() for url in copied.urls() if url.isLocalFile()]
        text, html = copied.text(), copied.html()
        if paths:
            self._p.importing.take_in([Path(path) for path in paths])
        elif address := address_in(text):
            self.ask_address(address)
        elif text.strip() or html.strip():
            self._paste_text(text, html)
        else:
            self._frame.status.say("There is no text to paste")

    def _paste_text(self, text: str, html: str) -> None:
        def work(_stop: threading.Event) -> Report:
            from reader.services.pasting import paste

            return paste(self._p.library, text, html)

        self.following.run(work, self._on_pasted)

    def _take_settings(self) -> None:
        minutes = self._p.preferences.settings.refresh_minutes
        self.following.minutes = minutes
        self._mail_clock.setInterval(max(minutes, 1) * _MINUTE_MS)

    def _on_progress(self, progress: Progress) -> None:
        doing = "Looking for new issues" if progress.looking else "Taking in issues"
        self._frame.status.show_work(doing, progress.done, progress.total)

    def _on_refreshed(self, refreshed: Refreshed, asked: bool) -> None:  # noqa: FBT001 - the signal's own
        self._p.pictures.fetch_issues(refreshed.issues)
        if not asked and not refreshed.added:
            return
        self._frame.status.end_work(
            f"{counted(refreshed.added, 'new issue')}" if refreshed.added else "Nothing new"
        )
        if asked and refreshed.errors:
            self._tell_errors(refreshed)

    def _tell_errors(self, refreshed: Refreshed) -> None:
        first = refreshed.errors[0]
        told = f"{first.name}: {first.error}"
        if len(refreshed.errors) > 1:
            told = f"{counted(len(refreshed.errors), 'newsletter')} could not be asked. {told}"
        self._frame.tell(ImporterError(told))

    def _on_arrived(self, report: Report) -> None:
        from reader.ui.dialogs.report import ImportReport, summary_of

        self._p.pictures.fetch_issues(report.issues)
        self._frame.status.end_work(summary_of(report))
        if report.problems:
            ImportReport(report, self._window).open()

    def _on_pasted(self, report: Report) -> None:
        if report.problems:
            self._frame.tell(ImporterError(report.problems[0].reason))
            return
        told = "Took in what you pasted" if report.added else "What you pasted is here already"
        show = partial(self._show, report)
        self._frame.toast.say(told, _SHOW if report.issues else "", show)

    def _show(self, report: Report) -> None:
        for key in report.issues[:1]:
            self._p.reading.widen(key)
            self._p.reading.open_issue(key)

    def _on_failed(self, error: BaseException) -> None:
        self._frame.status.end_work()
        self._frame.tell(error)
