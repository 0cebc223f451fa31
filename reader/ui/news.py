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
from reader.ui.following import Following
from reader.ui.frame import Frame
from reader.ui.presenters import Presenters
from reader.ui.words import counted

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    from reader.model.subscription import Subscription
    from reader.services.importing import Report
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
        following.started.connect(frame.status.show_work)
        following.progressed.connect(self._on_progress)
        following.older_progressed.connect(self._on_older_progress)
        following.refreshed.connect(self._on_refreshed)
        following.arrived.connect(self._on_arrived)
        following.older_arrived.connect(self._on_older_arrived)
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

    def _refresh_mailboxes(self) -> None:
        if self.following.minutes:
            self.mailboxes.refresh(self._on_mail)

    def _on_mail(self, report: Report) -> None:
        if report.added:
            self._on_arrived(report)

    def _settle_removed(self) -> None:
        from reader.services.newsletters import settle_removed

        settle_removed(self._p.library)

    def ask_address(self, address: str = "") -> None:
        """Ask what to follow."""
        from reader.ui.dialogs.follow import FollowDialog

        FollowDialog(self.following, address, self._window).open()

    def ask_list(self, wanted: Sequence[Subscription]) -> None:
        """Ask which newsletters of a list to follow."""
        from reader.ui.dialogs.subscriptions import SubscriptionsDialog

        dialog = SubscriptionsDialog(wanted, self._window)
        dialog.chosen.connect(self.following.follow_all)
        dialog.open()

    def ask_file(self) -> None:
        """Ask where to write the list of all that is followed, for other readers."""
        from reader.services.following import followed
        from reader.ui.dialogs.opening import SaveList

        if not followed(self._p.library):
            self._frame.status.say("No newsletter is followed yet")
            return
        dialog = SaveList(self._window)
        dialog.fileSelected.connect(self._write_list)
        dialog.open()

    def _write_list(self, chosen: str) -> None:
        from reader.services.opml import write_opml

        path = Path(chosen)

        def said(count: int) -> None:
            self._frame.status.say(f"Wrote {counted(count, 'newsletter')} into {path.name}")

        self._p.background.run(lambda: write_opml(self._p.library, path), said, self._on_failed)

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
        self._frame.status.show_work("Looking for new issues", progress.done, progress.total)

    def _on_older_progress(self, progress: Progress) -> None:
        if progress.done < progress.total:
            self._frame.status.show_work("Getting older issues", progress.done, progress.total)
        else:  # each leads to the one before it, and nobody knows how many there are
            self._frame.status.show_work(f"Getting older issues  {progress.done:,} so far")

    def _on_refreshed(self, refreshed: Refreshed, asked: bool) -> None:  # noqa: FBT001 - the signal's own
        self._p.pictures.fetch_issues(refreshed.issues)
        if not asked and not refreshed.added:
            return
        self._frame.status.end_work(_told(refreshed))
        if asked and refreshed.errors:
            self._tell_errors(refreshed)

    def _tell_errors(self, refreshed: Refreshed) -> None:
        lines = [f"{one.name}: {one.error}" for one in refreshed.errors]
        told = lines[0]
        if len(lines) > 1:
            told = f"{counted(len(lines), 'newsletter')} could not be asked. {told}"
        error = ImporterError(told)
        if len(lines) > 1:
            error.add_note("\n".join(lines))
        self._frame.tell(error)

    def _on_arrived(self, report: Report) -> None:
        from reader.ui.dialogs.report import summary_of

        self._take(report, summary_of(report))
        shown = self._p.reading.issue
        if report.added and shown and shown not in report.issues:  # else the first to come in is shown
            show = partial(self._show_newest, report)
            self._frame.toast.say(f"{counted(report.added, 'issue')} came in", _SHOW, show)

    def _on_older_arrived(self, report: Report) -> None:
        came = counted(report.added, "older issue") if report.added else "No older issues"
        told = f"Stopped: {came} came in. The next time it goes on from there." if report.cancelled else came
        self._take(report, told)

    def _take(self, report: Report, told: str) -> None:
        """Say what came in, and what could not."""
        from reader.ui.dialogs.report import ImportReport

        self._p.pictures.fetch_issues(report.issues)
        self._frame.status.end_work(told)
        if report.problems:
            ImportReport(report, self._window).open()

    def _show_newest(self, report: Report) -> None:
        rows = self._p.library.issue_rows(report.issues)
        for row in sorted(rows, key=lambda row: row.published)[-1:]:
            self._open(row.key)

    def _on_pasted(self, report: Report) -> None:
        if report.problems:
            self._frame.tell(ImporterError(report.problems[0].reason))
            return
        told = "Took in what you pasted" if report.added else "What you pasted is here already"
        show = partial(self._show, report)
        self._frame.toast.say(told, _SHOW if report.issues else "", show)

    def _show(self, report: Report) -> None:
        for key in report.issues[:1]:
            self._open(key)

    def _open(self, key: str) -> None:
        self._p.reading.widen(key)
        self._p.reading.open_issue(key)

    def _on_failed(self, error: BaseException) -> None:
        self._frame.status.end_work()
        self._frame.tell(error)


def _told(refreshed: Refreshed) -> str:
    """Return what a refresh brought, in words."""
    told = counted(refreshed.added, "new issue") if refreshed.added else "Nothing new"
    if refreshed.cancelled:
        return f"Stopped: {told[0].lower()}{told[1:]} so far"
    failed = (
        f", {counted(len(refreshed.errors), 'newsletter')} could not be asked" if refreshed.errors else ""
    )
    return told + failed
