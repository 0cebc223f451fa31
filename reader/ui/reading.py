"""The reading flow: which issue and which story are shown, and how one goes on from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from reader.model import Change, IssuePage, IssueRow, StoryPage, StoryRow, cut, shown_title, text_of
from reader.services.library import Library
from reader.ui.issues.pane import IssuesPane
from reader.ui.outline.model import CLOSING, OPENING
from reader.ui.outline.pane import OutlinePane
from reader.ui.reading_time import ReadingTime
from reader.ui.story.pane import StoryPane

if TYPE_CHECKING:
    from reader.model.copies import Edit
    from reader.ui.spots import Spot
    from reader.ui.story.page import Held

_KEEP_MS = 1500
"""How long a place must rest until it is written down."""
NOTHING = "Choose an issue to read it"
NO_STORY = "This is no story any more; its text is in the whole issue"
NO_STARS = "No story{} is starred yet. Press S on one to keep it."


class Panes(NamedTuple):
    """The three panes of the window."""

    issues: IssuesPane
    outline: OutlinePane
    story: StoryPane


class Place(NamedTuple):
    """Where the reader is: an issue, or the list of what is starred ("" and a story), or nowhere."""

    issue: str
    story: str


class _Sought(NamedTuple):
    """What a search asked for."""

    story: str = ""
    """It may be part of another by now, or none."""
    issue: str = ""
    words: Sequence[str] = ()


class Reading(QObject):
    """Shows issues and stories, and keeps where the reader is in each.

    There is one list of stories at a time: those of an issue, or all that are starred. In the
    whole-issue view the page holds the issue, and `story` is the one at the top of the page.
    """

    moved = Signal()
    """Another issue, another story, or another way of showing them."""

    def __init__(self, library: Library, panes: Panes, time: ReadingTime, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._panes = panes
        self._time = time
        self.issue = ""
        """The issue whose outline is shown; "" for none, or for a list of starred stories."""
        self.story = ""
        self.whole = False
        self.previewing = False
        """Whether the story that is shown is none of the list: a search shows it."""
        self._page: StoryPage | None = None
        self._last: dict[str, str] = {}
        """The story that was shown last of each issue."""
        self._left_unread = ""
        """A story that the reader wants unread; it stays so until it is left."""
        self._kept = 0
        """The place in the story that is written down."""
        self._part_start = 0
        """Where the part of the issue begins that is shown in place of a story."""
        self._sought = _Sought()
        self._corrected = False  # while the starred stories are listed: how an issue of theirs is split
        self._awaited: Spot | None = None
        """What shall be in view when the issue has been split anew; None for what is in view now."""
        self._keeping = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keeping.timeout.connect(self.keep_place)
        view = panes.story.view
        view.end_reached.connect(self._on_end)
        view.position_changed.connect(self._on_position)
        view.story_in_view.connect(self._on_story_in_view)
        time.read.connect(self._on_read)

    # What is shown

    @property
    def page(self) -> StoryPage | None:
        """The story that is shown, with its text; in the whole-issue view too."""
        if self._page is None or self._page.row.key != self.story:
            self._page = self._library.page(self.story) if self.story else None
        return self._page

    @property
    def rows(self) -> Sequence[StoryRow]:
        """The stories of the list that is shown."""
        return self._panes.outline.stories

    @property
    def row(self) -> StoryRow | None:
        """The row of the story that is shown, as it was read last."""
        return next((row for row in self.rows if row.key == self.story), None)

    @property
    def copies(self) -> int:
        """In how many places the issue was found."""
        return self._panes.outline.copies

    @property
    def is_edited(self) -> bool:
        """Whether the issue is another than when it was read."""
        return self._panes.outline.is_edited

    @property
    def shown_row(self) -> StoryRow | None:
        """The row of the story that is shown, also where it is in no list: a search shows it."""
        return self.row or (self.page.row if self.previewing and self.page else None)

    @property
    def shown_issue(self) -> str:
        """The issue that what is shown is of; "" where no story of the starred ones is."""
        row = self.shown_row if self.previewing or not self.issue else None
        return row.issue if row else self.issue

    def site(self) -> str:
        """Return the address of the issue that is shown, or ""."""
        if self.page is not None:
            return self.page.issue.url
        outline = self._library.outline(self.issue) if self.issue else None
        return outline.issue.url if outline is not None else ""

    def open_issue(self, key: str, story: str = "") -> None:
        """Show an issue with the story named, else the one that was shown last, else the first unread."""
        self.leave()
        if not self._panes.outline.show_issue(key):
            self.show_nothing()
            return
        self.issue = key
        self._panes.issues.select_issue(key)
        known = {row.key for row in self.rows}  # one that was shown last may be split otherwise by now
        wanted = (one for one in (story, self._last.get(key, "")) if one in known)
        chosen = next(wanted, "") or _first_unread(self.rows)
        if self.whole:
            self._show_whole(chosen)
        else:
            self.show_story(chosen)

    def widen(self, issue: str) -> bool:
        """See to it that the list can show an issue; return whether it was of another newsletter only."""
        return self._panes.issues.let_in(issue)

    def open_starred(self) -> None:
        """Show all starred stories as one list."""
        self.leave()
        self.issue, self.whole, self._corrected = "", False, False
        self._panes.issues.select_starred()
        self._list_starred()
        if self.rows:
            self.show_story(self.rows[0].key)
        else:
            self._tell_no_stars()

    def _list_starred(self) -> None:
        rows = self._library.stories(starred=True, newsletter=self._panes.issues.newsletter)
        self._panes.outline.show_stories("Starred stories", rows, "No starred stories")

    def _tell_no_stars(self) -> None:
        name = self._panes.issues.newsletter_name
        self._show_message(NO_STARS.format(f" of {name}" if name else ""))

    def show_story(self, key: str) -> None:
        """Show one story of the list, from where the reader left it."""
        if self.whole:
            self._panes.story.view.go_to_story(key)
            self._on_story_in_view(key)
            return
        page = self._library.page(key)
        if page is None:
            self._show_message(NOTHING)
            return
        self.leave()
        self.story, self._page = key, page
        self._last[page.row.issue] = key
        if self._panes.outline.current_story != key:
            # What the reader chose there himself may be one of several that are selected.
            self._panes.outline.select_story(key)
        self._show_page(page)
        self._time.begin("" if page.row.state.read else key)
        self._name_next()
        self.moved.emit()

    def preview(self, key: str) -> None:
        """Show a story that is not of the list; the outline stays as it is for the way back."""
        if self._show_preview(key):
            self._sought = _Sought(key, self.shown_issue)

    def _show_preview(self, key: str) -> bool:
        page = self._library.page(key)
        if page is None:
            return False
        self.leave()
        self.story, self._page, self.previewing = key, page, True
        self._show_page(page)
        self._time.begin("" if page.row.state.read else key)
        self._panes.story.set_next(None)
        self.moved.emit()
        return True

    @property
    def place(self) -> Place:
        """Where the reader is, to come back to."""
        return Place(self.issue, self.story)

    def mark(self, words: Sequence[str]) -> None:
        """Mark on the page what was searched for, and go to the first of it."""
        self._sought = self._sought._replace(words=words)
        self._panes.story.view.mark_words(words)

    def go_back(self, place: Place) -> None:
        """Show again what was shown at a place, unless it is there still."""
        if not self.previewing:
            return
        self.previewing = False
        if place.issue != self.issue:
            self._open_place(place)
        elif self.whole and self.issue:
            self._show_whole(place.story)
        elif any(row.key == place.story for row in self.rows):
            self.show_story(place.story)
        else:
            self._open_place(place)

    def _open_place(self, place: Place) -> None:
        if place.issue:
            self.open_issue(place.issue, place.story)
            return
        self.open_starred()
        if place.story in [row.key for row in self.rows]:
            self.show_story(place.story)

    def show_part(self, *, opening: bool) -> None:
        """Show what stands before the first story of the issue, or after its last."""
        page = self._library.whole(self.issue)
        if page is None or not page.stories:
            return
        self.leave()
        self.story = ""
        if opening:
            blocks, title = cut(page.blocks, 0, page.stories[0].start), "Opening"
        else:
            blocks, title = cut(page.blocks, page.stories[-1].end, len(text_of(page.blocks))), "Closing"
        self._part_start = 0 if opening else page.stories[-1].end
        issue = page.issue
        self._panes.story.view.show_text(
            f"{page.label}: {title}", blocks, issue.location, issue.root, issue.newsletter
        )
        self._name_next()
        self.moved.emit()

    def show_changes(self, edit: Edit) -> None:
        """Show what changed in the issue since it was read, in place of a story."""
        from reader.ui.story.changes_sheet import changes_sheet

        self.leave()
        self.story = ""
        self._part_start = 0
        self._panes.outline.choose_none()
        self._panes.story.view.turn_to(changes_sheet(edit))
        self._name_next()
        self.moved.emit()

    def show_nothing(self) -> None:
        """Show no issue and no story."""
        self.leave()
        self.issue = ""
        self._panes.outline.show_nothing()
        self._show_message(NOTHING)

    def toggle_whole(self) -> None:
        """Show the whole issue as it was published, or story by story again; the place stays."""
        row = self.row
        issue, story = self.issue or (row.issue if row else ""), self.story
        if issue:
            self.leave()
            self.whole = not self.whole
            self.open_issue(issue, story)

    def leave(self) -> None:
        """Keep the place in the story that is shown; it is about to go."""
        self.keep_place()
        self._time.stop()
        self._left_unread = ""
        self.previewing = False

    def keep_place(self) -> None:
        """Write down how far the reader came, where that is not done yet."""
        self._keeping.stop()
        if not self.story or (self.whole and not self.previewing):
            return
        place = self._panes.story.view.position()
        if place != self._kept:
            self._kept = place
            self._library.set_position(self.story, place)

    # Going on

    def page_on(self) -> bool:
        """Scroll on; at the end, go to the next unread story. Return False where there is none."""
        if self._panes.story.view.scroll_page():
            return True
        if self._time.story:
            # Whoever goes on from the last line has read it, however fast.
            self._on_read(self._time.story)
        return self.next_unread()

    def step(self, step: int) -> bool:
        """Go to the next story (1) or the previous (-1), into the next issue where this one is done."""
        keys = [row.key for row in self.rows]
        at = keys.index(self.story) if self.story in keys else (-1 if step > 0 else len(keys))
        if 0 <= at + step < len(keys):
            self.show_story(keys[at + step])
            return True
        row = self._issue_beside(step)
        if row is None:
            return False
        self.open_issue(row.key)
        if self.rows:
            self.show_story(self.rows[0 if step > 0 else -1].key)
        return True

    def first_issue(self) -> str:
        """Return the first issue of the list, or ""."""
        rows = self._panes.issues.list.rows.rows
        return next((row.key for row in rows if isinstance(row, IssueRow)), "")

    def step_issue(self, step: int) -> bool:
        """Go to the next issue of the list (1) or the previous (-1)."""
        row = self._issue_beside(step)
        if row is not None:
            self.open_issue(row.key)
        return row is not None

    def next_unread(self) -> bool:
        """Go to the next unread story: of this list, then of the issues below, then from the top."""
        keys = [row.key for row in self.rows]
        at = keys.index(self.story) + 1 if self.story in keys else 0
        ahead = (*self.rows[at:], *self.rows[: max(at - 1, 0)])
        if key := _first_unread(ahead, sure=True):
            self.show_story(key)
            return True
        row = next((row for row in self._issues_ahead() if row.unread and row.key != self.issue), None)
        if row is None:
            return False
        outline = self._library.outline(row.key)
        self.open_issue(row.key, _first_unread(outline.stories) if outline else "")
        return True

    # Places in the text of the issue, which outlive the way it is split

    def spot(self, position: int) -> Spot:
        """Return the spot of a position of what is shown."""
        from reader.ui.spots import spot_in, spot_of

        if self.page is not None and not self.whole:
            return spot_of(self.page, position)
        passages = self._panes.story.view.sheet.passages
        blocks = [passage.block for passage in passages if passage.start >= 0]
        return spot_in(blocks, position, 0 if self.whole else self._part_start)

    def story_at(self, position: int) -> str:
        """Return the key of the story at a position of what is shown, or ""."""
        if not self.whole:
            return self.story
        stories = self._panes.story.view.sheet.stories
        return next((key for start, end, key in stories if start <= position < end), "")

    def await_spot(self, spot: Spot) -> None:
        """Take note of what the reader will want in view when the issue has been split anew."""
        self._awaited = spot

    def await_split(self) -> None:
        """Take note that the reader corrects how an issue is split: a list of stories is then read again."""
        self._corrected = True

    def leave_unread(self, key: str) -> None:
        """Take note that the reader wants a story unread: it stays so until it is left."""
        if key == self.story:
            self._left_unread = key
            self._time.stop()

    # What happens

    def on_changed(self, change: Change) -> None:
        """Follow what a write has touched; the panes have read it already. The story that is shown stays."""
        if self.previewing:
            self._preview_again(change)
        elif self.issue and self.issue in change.issues:
            self._open_again()
        elif self._corrected and change.issues and not self.issue:
            self._list_again()
        row = self.row
        if row is not None and row.state.read and self._time.story == row.key:
            self._time.stop()
        if not self.previewing:
            self._name_next()
        self.moved.emit()

    def _open_again(self) -> None:
        """Show the issue as it is now: the same words in view, or where the story that went was."""
        page = self._library.whole(self.issue)
        if page is not None and not {row.key for row in self.rows} <= {story.key for story in page.stories}:
            return  # it was written once more since the outline was read: that is told of next
        held = self._panes.story.view.held()
        top, asked = self.spot(held.position), self._awaited
        self._awaited = None
        self._forget_place(held.position)
        if page is None or not self.rows:
            self.open_issue(self.issue)
        elif self.whole:
            self._hold_whole(page, top, held)
        elif not self._is_as_before():
            self._show_spot(page, asked or top, held)

    def _preview_again(self, change: Change) -> None:
        """Show what a search asked for as it is now, with the same words in view."""
        story, issue, words = self._sought
        if issue not in change.issues:
            return
        page, before, held = self._library.page(story), self.page, self._panes.story.view.held()
        if page is None:
            self._forget_place(held.position)
            self._show_message(NO_STORY)
        elif before is None or (page.row.title, page.body) != (before.row.title, before.body):
            self._hold_words(issue, held, lambda: self._show_preview(page.row.key))
            self.mark(words)

    def _list_again(self) -> None:
        """Show the starred stories as they are now, with the same words in view, or those of the next."""
        at = next((at for at, row in enumerate(self.rows) if row.key == self.story), 0)
        page, before = self._library.page(self.story), self._page
        held = self._panes.story.view.held()
        self._list_starred()
        if page is not None and before is not None and any(row.key == page.row.key for row in self.rows):
            self._hold_words(before.row.issue, held, lambda: self.show_story(page.row.key))
        elif self.rows:
            self._forget_place(held.position)
            self.show_story(self.rows[min(at, len(self.rows) - 1)].key)
        else:
            self._tell_no_stars()

    def _hold_words(self, issue: str, held: Held, show: Callable[[], object]) -> None:
        """Show what a story has become, with its first line in view where it was."""
        from reader.ui.spots import found, place_in

        spot, whole = self.spot(held.position), self._library.whole(issue)
        self._forget_place(held.position)
        show()
        text = text_of(whole.blocks) if whole else ""
        place = place_in(self.page, text, found(spot, text)) if self.page and text else 0
        if place and held.position:
            self._panes.story.view.hold(held._replace(position=place))

    def _forget_place(self, place: int) -> None:
        """See to it that a place of the text as it was is not written down for the text as it is."""
        self._keeping.stop()
        self._kept = place

    def _is_as_before(self) -> bool:
        before = self._page
        now = self._library.page(self.story) if self.row is not None else None
        if now is None or before is None:
            return False
        return (now.story, now.body, now.total) == (before.story, before.body, before.total)

    def _hold_whole(self, page: IssuePage, top: Spot, held: Held) -> None:
        """Show the whole issue as it is now, with its first line in view where it was."""
        from reader.ui.spots import found

        position = found(top, text_of(page.blocks)) if held.position else 0
        self.story = ""
        self._panes.story.view.show_issue(page, held._replace(position=position))
        self._name_next()
        self.moved.emit()

    def _show_spot(self, page: IssuePage, spot: Spot, held: Held) -> None:
        """Show what holds a spot now, with it where it is in view."""
        from reader.ui.spots import found, place_in

        text = text_of(page.blocks)
        position = found(spot, text)
        key = next((story.key for story in page.stories if story.start <= position < story.end), "")
        if any(row.key == key for row in self.rows):
            self.show_story(key)
            place = place_in(self.page, text, position) if self.page else 0
            if place and held.position:
                self._panes.story.view.hold(held._replace(position=place))
            else:
                self._panes.story.view.go_to(place)
        elif position < page.stories[0].start or position >= page.stories[-1].end:
            opening = position < page.stories[0].start
            self._panes.outline.select_story(OPENING if opening else CLOSING)
            self.show_part(opening=opening)
        else:
            self._show_neighbour()

    def _show_neighbour(self) -> None:
        """Show the story that stands where the one that went was."""
        number = self._page.row.position if self._page else 1
        following = (row.key for row in self.rows if row.position >= number)
        if self.rows:
            self.show_story(next(following, self.rows[-1].key))

    def _on_end(self) -> None:
        if self.previewing or not self.whole:
            self._time.end_seen()

    def _on_read(self, key: str) -> None:
        if key != self._left_unread:
            self._library.mark_read([key], read=True)

    def _on_position(self, position: int) -> None:
        if position != self._kept:
            self._keeping.start()

    def _on_story_in_view(self, key: str) -> None:
        if not self.whole or self.previewing or key == self.story:
            return
        before, self.story = self.story, key
        self._panes.outline.select_story(key)
        row = self.row
        if row is not None and before:
            title = shown_title(row.title)
            self._panes.story.view.tell_border(f"Story {row.position} of {len(self.rows)}: {title}")
        self._time.begin("" if row is None or row.state.read else key)
        self._name_next()
        self.moved.emit()

    # Within

    def _show_page(self, page: StoryPage) -> None:
        view = self._panes.story.view
        view.show_page(page)
        self._kept = page.row.state.position
        if self._kept:
            view.go_to(self._kept)

    def _show_whole(self, story: str) -> None:
        page = self._library.whole(self.issue)
        if page is None:
            return
        self.story = ""
        self._panes.story.view.show_issue(page)
        if story and page.stories and story != page.stories[0].key:
            self._panes.story.view.go_to_story(story)
        self._on_story_in_view(story)
        self._name_next()
        self.moved.emit()

    def _show_message(self, words: str) -> None:
        self.story = ""
        self._panes.story.view.show_nothing(words)
        self._name_next()
        self.moved.emit()

    def _name_next(self) -> None:
        """Name at the foot what J goes to."""
        keys = [row.key for row in self.rows]
        at = keys.index(self.story) + 1 if self.story in keys else 0
        foot = self._panes.story
        if self.issue and (self.whole or at >= len(keys)):
            row = self._issue_beside(1)
            foot.set_next(row.label if row else None, lead="Next issue")
        else:
            foot.set_next(self.rows[at].title if at < len(keys) else None)

    def _issue_beside(self, step: int) -> IssueRow | None:
        issues = self._panes.issues.list
        number = issues.rows.number_of(self.issue)
        if number < 0 and step < 0:
            return None
        number = issues.neighbour(number, step)
        row = issues.rows.rows[number] if number >= 0 else None
        return row if isinstance(row, IssueRow) else None

    def _issues_ahead(self) -> Iterator[IssueRow]:
        """Yield the issues below the one that is shown, then those from the top on."""
        rows = self._panes.issues.list.rows
        at = rows.number_of(self.issue) + 1
        for number in chain(range(at, len(rows.rows)), range(at)):
            row = rows.rows[number]
            if isinstance(row, IssueRow):
                yield row


def _first_unread(rows: Sequence[StoryRow], *, sure: bool = False) -> str:
    """Return the first unread story; where all are read, the first of all unless it must be unread."""
    unread = next((row.key for row in rows if not row.state.read), "")
    return unread or ("" if sure or not rows else rows[0].key)
