"""Corrections: what the reader does to the borders of stories, and where else the same could be done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow

from reader.model import Change, IssuePage, StoryRow, shown_title, text_of
from reader.model.correction import Correction
from reader.services import borders
from reader.ui.background import Newest
from reader.ui.correction_commands import CorrectIssues, HideSections
from reader.ui.deeds import UNDO
from reader.ui.frame import Frame
from reader.ui.presenters import Presenters
from reader.ui.words import counted

if TYPE_CHECKING:
    from reader.services.correcting import Offer

PREVIEW = "Preview…"
"""The button of the toast that offers to do the same in other issues."""
_LOOK_MS = 300
"""When other issues are looked at: what was done to this one is shown by then."""
_BREATH_S = 0.005
"""Seconds between two issues that are looked at: the window takes its turns there."""
_WORDS = 40
"""Characters of a story's title, or of its first words, that are told."""
_FIRST = "No story stands before this one"
_DONE = {
    "merge": "Merge Stories",
    "split": "Begin a Story",
    "rename": "Rename Story",
    "outside": "Not a Story",
}
_OFFERED = {
    "merge": "Merge stories of {} this way?",
    "split": "Split {} this way?",
    "rename": "Rename stories of {} this way?",
    "outside": "Leave this out of {}?",
}


class Correcting(QObject):
    """Turns what the reader says of the borders into commands, and offers the same for other issues."""

    def __init__(self, window: QMainWindow, frame: Frame, presenters: Presenters) -> None:
        super().__init__(window)
        self._window = window
        self._frame = frame
        self._p = presenters
        self._library = presenters.library
        self._newest = Newest(presenters.background)
        self._cancelled = Event()
        self._made: tuple[str, Correction] | None = None
        """What may be offered to other issues: the issue that was corrected, and how."""
        self._said = ""
        """What was said last of a correction; it is wrong once that is undone."""
        self._looking = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)
        presenters.reading.moved.connect(self._on_moved)
        presenters.undo_stack.indexChanged.connect(self._drop)

    # Stories

    def merge(self, key: str) -> None:
        """Make a story part of the one before."""
        if page := self._page():
            key = self._now(page, key)
            done = self._correct(page, borders.merged(page, key))
            self._say(f"{_named(page, key)} is part of the story before" if done else _FIRST)

    def begin(self, position: int) -> None:
        """Begin a story with the paragraph at a position of what is shown."""
        from reader.ui.spots import found, spot_in

        page = self._page()
        if page is None:
            return
        reading, text = self._p.reading, text_of(page.blocks)
        place = found(reading.spot(position), text)
        corrections = borders.split_at(page, place)
        if corrections is None:
            self._say("A story begins there already")
            return
        (begins,) = borders.places_of(page, corrections[-1:])
        reading.await_spot(spot_in(page.blocks, begins or place))
        self._correct(page, corrections)
        self._say(f"A story begins with “{_cut(text[begins:])}”")

    def ask_title(self, key: str) -> None:
        """Ask for another title of a story."""
        from PySide6.QtWidgets import QInputDialog

        for row in self._library.story_rows([key]):
            dialog = QInputDialog(self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.setWindowTitle("Rename Story")
            dialog.setLabelText("Title:")
            dialog.setTextValue(shown_title(row.title))
            dialog.resize(460, dialog.sizeHint().height())
            dialog.textValueSelected.connect(lambda title, row=row: self.rename(row, title))
            dialog.open()

    def rename(self, row: StoryRow, title: str) -> None:
        """Give a story another title; an empty one, or the one it has, is none."""
        page = self._page()
        if page and " ".join(title.split()) not in ("", shown_title(row.title)):
            self._correct(page, borders.renamed(page, row.key, title))

    def leave_out(self, key: str) -> None:
        """Say that a story is none."""
        page = self._page()
        key = self._now(page, key) if page else ""
        if page and self._correct(page, borders.left_out(page, key)):
            self._say(f"{_named(page, key)} is no story; its text is in the whole issue")

    def ask_corrections(self) -> None:
        """Show what the reader corrected of the issue, to take some of it back."""
        from reader.ui.dialogs.corrections import CorrectionsDialog

        if page := self._page():
            dialog = CorrectionsDialog(page, self._window)
            dialog.kept.connect(lambda kept: self._keep(page.issue.key, kept))
            dialog.open()

    # Sections

    def hide_section(self, key: str) -> None:
        """Hide the section of a story, in all issues of the newsletter."""
        for row in self._library.story_rows([key]):
            newsletter = row.issue.partition("/")[0]
            hidden = self._library.hidden_sections(newsletter)
            self._hide(newsletter, {*hidden, row.section})
            name = row.section.rpartition(" / ")[2]
            told = f"“{name}” is hidden in all issues of {row.newsletter}"
            self._frame.toast.say(told, UNDO, self._p.undo_stack.undo)

    def ask_sections(self) -> None:
        """Show which sections of the newsletter are hidden, to see some of them again."""
        self.ask_sections_of(self._p.reading.issue.partition("/")[0])

    def ask_sections_of(self, newsletter: str) -> None:
        """Show which sections of a newsletter, given its key, are hidden."""
        from reader.ui.dialogs.sections import SectionsDialog

        hidden = self._library.hidden_sections(newsletter)
        if not hidden:
            self._say("No section of this newsletter is hidden")
            return
        dialog = SectionsDialog(sorted(hidden), self._window)
        dialog.chosen.connect(lambda kept: self._hide(newsletter, kept))
        dialog.open()

    def _hide(self, newsletter: str, sections: Collection[str]) -> None:
        before = self._library.hidden_sections(newsletter)
        if before != frozenset(sections):
            text = "Hide Section" if len(sections) > len(before) else "Show Sections"
            self._push(HideSections(text, self._p.marks.writes, newsletter, sections))

    # Other issues

    def _look(self) -> None:
        """Look in the background for other issues that the same would change, and offer them."""
        if self._made is None:
            return
        issue, correction = self._made
        self._cancelled = cancelled = Event()
        library = self._library

        def look() -> Offer:
            # What splits issues is loaded here, off the window's thread.
            from reader.services.correcting import others_like

            return others_like(library, issue, correction, lambda: cancelled.wait(_BREATH_S))

        self._newest.ask(look, lambda offer: self._on_offer(offer, correction))

    def _on_offer(self, offer: Offer, correction: Correction) -> None:
        if offer.issues:
            told = _OFFERED[correction.kind].format(counted(len(offer.issues), "more issue"))
            self._frame.toast.say(told, PREVIEW, lambda: self._preview(offer), lasting=True)

    def _preview(self, offer: Offer) -> None:
        from reader.ui.dialogs.preview import PreviewDialog

        dialog = PreviewDialog(offer.issues, self._window)
        dialog.chosen.connect(self._apply)
        dialog.open()

    def _apply(self, corrections: Mapping[str, Sequence[Correction]]) -> None:
        if corrections:
            text = f"Correct {counted(len(corrections), 'Issue')}"
            self._push(CorrectIssues(text, self._p.marks.writes, corrections, self._watch))

    def _drop(self) -> None:
        """Take back what is offered, or about to be."""
        self._frame.status.take_back(self._said)
        self._looking.stop()
        self._cancelled.set()
        self._newest.drop()
        if self._made is not None:
            self._made = None
            self._frame.toast.withdraw(PREVIEW)

    def _on_moved(self) -> None:
        if self._made is not None and self._p.reading.shown_issue != self._made[0]:
            self._drop()

    # Within

    def _page(self) -> IssuePage | None:
        """Return the issue that what is shown is of, as it is now that all is written."""
        self._p.marks.writes.settle()
        return self._library.whole(self._p.reading.shown_issue)

    def _now(self, page: IssuePage, key: str) -> str:
        """Return the story that a key means now: who presses a key twice fast sees the story as it was."""
        shown = self._p.reading.page
        if shown is None or shown.row.key != key or any(story.key == key for story in page.stories):
            return key
        start = shown.story.start
        return next((story.key for story in page.stories if story.start <= start < story.end), key)

    def _correct(self, page: IssuePage, corrections: Sequence[Correction] | None) -> bool:
        """Let the issue have these corrections, the last of which is new; return whether there are any."""
        if corrections:
            key, new = page.issue.key, corrections[-1]
            command = CorrectIssues(_DONE[new.kind], self._p.marks.writes, {key: corrections}, self._watch)
            self._push(command)
            self._made = (key, new)
            self._looking.start()
        return bool(corrections)

    def _keep(self, issue: str, kept: Sequence[Correction]) -> None:
        writes = self._p.marks.writes
        if tuple(kept) != self._library.corrections(issue):
            self._push(CorrectIssues("Take Back Corrections", writes, {issue: kept}, self._watch))

    def _push(self, command: CorrectIssues | HideSections) -> None:
        # How far the reader came is counted in the story as it is now.
        self._p.reading.keep_place()
        self._p.undo_stack.push(command)

    def _watch(self, futures: Sequence[Future[Change]]) -> None:
        """Let what is shown follow, and show how far the writing of many issues is."""
        self._p.reading.await_split()
        if len(futures) > 1:
            _Progress(self._p, self._frame, futures)

    def _say(self, words: str) -> None:
        self._said = words
        self._frame.status.say(words)


class _Progress:
    """Counts the writes that are done, in the line at the bottom."""

    def __init__(self, presenters: Presenters, frame: Frame, futures: Sequence[Future[Change]]) -> None:
        self._status = frame.status
        self._total = len(futures)
        self._done = 0
        self._status.show_work("Splitting issues", 0, self._total, cancel=False)
        for future in futures:
            # The library tells of an error by itself.
            presenters.background.watch(future, self._count, self._count)

    def _count(self, _result: object) -> None:
        self._done += 1
        if self._done < self._total:
            self._status.show_work("Splitting issues", self._done, self._total, cancel=False)
        else:
            self._status.end_work(f"Split {counted(self._total, 'issue')} anew")


def _named(page: IssuePage, key: str) -> str:
    return next((f"“{_cut(shown_title(story.title))}”" for story in page.stories if story.key == key), "It")


def _cut(words: str) -> str:
    """Return the first words of a text on one line."""
    line = words.strip().partition("\n")[0]
    return line if len(line) <= _WORDS else f"{line[:_WORDS].rpartition(' ')[0] or line[:_WORDS]}…"
