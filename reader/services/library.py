"""The library: the one object that the window and the terminal ask."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from reader.model import (
    Change,
    Counts,
    Hit,
    IssuePage,
    IssueRow,
    KnownNewsletter,
    NewsletterRow,
    NotFoundError,
    Outline,
    Overview,
    ParsedIssue,
    Query,
    State,
    StoreError,
    StoryPage,
    StoryRow,
)
from reader.store import (
    aliases,
    changes,
    damage,
    facts,
    folders,
    issues,
    newsletters,
    overview,
    states,
    stories,
)
from reader.store.database import After, Connection, Database, Job, Urgency
from reader.store.facts import Fact
from reader.store.index import BrokenIndexError, Index, fts5_exists
from reader.store.issues import View
from reader.store.journal import Journal, device_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reader.model import Blocks, Story
    from reader.model.correction import Correction
    from reader.store.forms import SplitBy
    from reader.store.moving import FiledIssue
    from reader.store.prepared import Prepared
    from reader.store.splits import Cutting

T = TypeVar("T")

_NO_FTS5 = (
    "This Python's SQLite cannot index texts (FTS5 is missing): searching reads every story and is slow."
)
_ISSUES_BEHIND = 16
"""Issues that may wait for the index while more come in: some together cost half of each alone."""
_SLICE = 0.02
"""Seconds that the index may keep the writing thread from a reader who presses a key."""
_AT_ONCE = 0.25
"""Seconds that a start and an end take for the index, so that what is searched next is mostly found."""


class Listener(Protocol):
    """Hears how each write ended, on the writing thread."""

    def changed(self, change: Change) -> None:
        """Be told what a write touched, once it is on disk."""

    def failed(self, error: BaseException) -> None:
        """Be told why a write left the library as it was."""


class Library:
    """Reads answer at once, on any thread; a write tells the listener when it is on disk.

    Every error is a StoreError, or a NotFoundError where something is looked for by its name.
    """

    def __init__(self, database: Database, journal: Journal, index: Index | None, listener: Listener) -> None:
        self._database = database
        self._journal = journal
        self._index = index
        self._listener = listener
        self._process = os.urandom(8).hex()
        self._behind = 0
        self._heard = self.ask(changes.latest)
        self.notices: tuple[str, ...] = ()
        """What the reader should be told about how the library was opened."""

    @property
    def directory(self) -> Path:
        """Where the library is kept."""
        return self._database.path.parent

    # Reads

    def newsletters(self) -> list[NewsletterRow]:
        """Return every newsletter by its name."""
        return self.ask(newsletters.rows)

    def known_newsletters(self) -> dict[str, KnownNewsletter]:
        """Return what the issues of each newsletter share, by its key."""
        return self.ask(newsletters.known)

    def counts(self) -> Counts:
        """Return how much the library holds."""
        return self.ask(overview.counts)

    def overview(self, first: int) -> Overview:
        """Return what the window shows before it has read all issues: of those only the `first`."""
        return self.ask(partial(overview.overview, first=first))

    def issues(self, *, view: View = "all", newsletter: str = "") -> list[IssueRow]:
        """Return the issues, the newest first and the undated last; of one newsletter, given its key."""
        return self.ask(partial(issues.rows, view=view, newsletter=newsletter))

    def issue_rows(self, keys: Iterable[str]) -> list[IssueRow]:
        """Return the rows of the keys in their order; a key that no issue has is left out."""
        return self.ask(partial(issues.by_key, keys=keys))

    def outline(self, issue_key: str) -> Outline | None:
        """Return an issue and the rows of its stories."""
        return self.ask(partial(issues.outline, key=issue_key))

    def stories(
        self,
        *,
        starred: bool | None = None,
        read: bool | None = None,
        newsletter: str = "",
        issue: str = "",
        tag: str = "",
    ) -> list[StoryRow]:
        """Return the stories that are all of this: the newest issue first, each in its own order."""
        wanted = stories.Filter(starred, read, (newsletter,) if newsletter else None, issue, tag)
        return self.ask(partial(stories.filtered, wanted=wanted))

    def story_rows(self, keys: Iterable[str]) -> list[StoryRow]:
        """Return the rows of the keys in their order; a key that no story has is left out."""
        return self.ask(partial(stories.by_key, keys=keys))

    def page(self, story_key: str) -> StoryPage | None:
        """Return a story with its body."""
        return self.ask(partial(stories.page, key=story_key))

    def pages(self, keys: Iterable[str]) -> Iterator[StoryPage]:
        """Yield the pages of the keys in their order; a key that no story has is left out."""
        return (page for key in keys if (page := self.page(key)))

    def whole(self, issue_key: str) -> IssuePage | None:
        """Return an issue as it was published."""
        return self.ask(partial(issues.whole, key=issue_key))

    def corrections(self, issue_key: str) -> tuple[Correction, ...]:
        """Return what the reader corrected of how an issue is split."""
        from reader.store import splits

        return self.ask(partial(splits.corrections, issue=issue_key))

    def as_found(self, issue_key: str) -> IssuePage | None:
        """Return an issue as the splitter left it: with the stories that it found, and the corrections."""
        return self.ask(partial(issues.as_found, key=issue_key))

    def titles(self, issue_key: str) -> tuple[str, ...]:
        """Return the titles of an issue's stories, those in hidden sections too."""
        return self.ask(partial(issues.titles, key=issue_key))

    def split_by(self, newsletter_key: str = "") -> list[SplitBy]:
        """Return how each issue was split, of one newsletter or of all, the newsletters by their names."""
        from reader.store import forms

        return self.ask(partial(forms.rows, newsletter=newsletter_key))

    def split_alone(self) -> frozenset[str]:
        """Return the newsletters whose issues the reader wants to be split each by itself."""
        from reader.store import forms

        return self.ask(forms.alone)

    def hidden_sections(self, newsletter_key: str) -> frozenset[str]:
        """Return the names of the newsletter's sections that the reader hid."""
        from reader.store import hidden

        return self.ask(partial(hidden.sections, newsletter=newsletter_key))

    def search(self, query: Query, limit: int = 50) -> list[Hit]:
        """Return the stories that have all the words and pass the filters, the best first."""
        from reader.store import search  # a start does without it, as without much else that is loaded below

        try:
            return self.ask(partial(search.search, index=self._index, query=query, limit=limit))
        except BrokenIndexError:
            self._restart_index()
            return self.ask(partial(search.search, index=None, query=query, limit=limit))

    def find_story(self, name: str) -> str:
        """Return the key of the story that a key, the beginning of one, or a title names."""
        from reader.store import naming

        return self.ask(partial(naming.find_story, name=name))

    def find_issue(self, name: str) -> str:
        """Return the key of the issue that a key, the beginning of one, a label or a title names."""
        from reader.store import naming

        return self.ask(partial(naming.find_issue, name=name))

    def find_newsletter(self, name: str) -> str:
        """Return the key of the newsletter that a key, the beginning of one, or a name names."""
        from reader.store import naming

        return self.ask(partial(naming.find_newsletter, name=name))

    def state(self, key: str) -> State:
        """Return what was done with a story, whether it is here or not."""
        return self.ask(partial(states.state, key=key))

    def tags(self) -> list[str]:
        """Return every tag in use."""
        return self.ask(states.tags)

    def digests(self) -> dict[str, str]:
        """Return the digest of each file that came in, by its location."""
        return self.ask(issues.digests)

    def issue_keys(self) -> set[str]:
        """Return the key of every issue."""
        return self.ask(issues.keys)

    def issues_with(self, digests: Collection[str]) -> set[str]:
        """Return the keys of the issues of which a file that came in has one of the digests."""
        return self.ask(partial(issues.with_digests, digests=digests))

    def owners(self) -> dict[str, tuple[str, str]]:
        """Return the key and the name of the newsletter of each file that came in, by its location."""
        return self.ask(issues.owners)

    def filed(self) -> list[FiledIssue]:
        """Return every file that came in, with the issue that it holds."""
        from reader.store import moving

        return self.ask(moving.filed)

    def folders(self) -> list[str]:
        """Return the folders that were opened, the first one first."""
        return list(self.opened())

    def opened(self) -> dict[str, str]:
        """Return each folder that was opened, and the name its newsletter was given ("" for none)."""
        return self.ask(folders.opened)

    def poll(self) -> Change:
        """Return what other processes wrote since this was last asked."""
        self._heard, change = self.ask(partial(changes.since, number=self._heard, process=self._process))
        return change

    # Writes

    def put(self, parsed: ParsedIssue, *, more: bool = False) -> Future[Change]:
        """Add an issue, or replace it; empty when it was here and is the same.

        Where `more` are to come, searching may find it a little later: after `index_rest` at the latest.
        """
        from reader.services.preparing import prepared

        return self.put_prepared(prepared(parsed), more=more)

    def put_prepared(self, prepared: Prepared, *, more: bool = False) -> Future[Change]:
        """Add or replace an issue that was made ready already."""
        from reader.store import put

        return self.write(
            partial(put.put, journal=self._journal, prepared=prepared, cutting=_cutting),
            Urgency.IMPORT,
            partial(self._index_soon, more=more),
        )

    def correct(self, corrections: Mapping[str, Sequence[Correction]]) -> Future[Change]:
        """Let issues have these corrections and no others, and split them again; the earlier ones undo it.

        What was done with their stories goes where the text of each goes. The corrections are written at
        once, and each issue is then a write of its own, so that a star never waits behind many; whatever a
        crash leaves out is done at the next start.
        """
        from reader.store import put, splits

        told = [splits.fact(key, given) for key, given in corrections.items()]
        first = self.record(lambda _connection: told)
        soon = Urgency.PERSON if len(told) == 1 else Urgency.IMPORT
        after = partial(self._index_soon, more=False)
        cut = [
            self.write(partial(put.recut, journal=self._journal, keys=[key], cutting=_cutting), soon, after)
            for key in corrections
        ]

        def whole(_connection: Connection) -> Change:
            change = first.result()
            for one in cut:
                change |= one.result()
            return change

        return self._database.write(whole, urgency=soon)

    def put_split(self, prepared: Prepared) -> Future[Change]:
        """Split an issue that is here as this one is, the corrections of the reader applied to that."""
        from reader.store import put

        return self.write(
            partial(put.replace_split, journal=self._journal, prepared=prepared, cutting=_cutting),
            Urgency.IMPORT,
            partial(self._index_soon, more=True),
        )

    def set_split_alone(self, newsletter_key: str, *, alone: bool) -> Future[Change]:
        """Let the issues of a newsletter be split each by itself from now on, or in company again."""
        from reader.store import forms

        return self.record(lambda _connection: [forms.fact(newsletter_key, alone=alone)])

    def hide_sections(self, newsletter_key: str, sections: Collection[str]) -> Future[Change]:
        """Hide these sections of a newsletter and no others: they are in the whole issue and nowhere else.

        What is starred in them is still listed among the starred.
        """
        names = sorted({" ".join(_plain(name).split()) for name in sections} - {""})
        return self.record(lambda _connection: [Fact("newsletter", newsletter_key, "hidden", names)])

    def add_copies(self, copies: Mapping[str, str]) -> Future[Change]:
        """Remember files of the same bytes as one that came in, by their locations and digests."""
        from reader.store import moving

        return self.write(partial(moving.add_copies, copies=dict(copies)), Urgency.IMPORT)

    def move_issues(self, owners: Mapping[str, tuple[str, str]]) -> Future[Change]:
        """Give issues, by their keys, to the newsletter of that key and name."""
        from reader.store import moving

        return self.write(partial(moving.move, journal=self._journal, issues=dict(owners)), Urgency.IMPORT)

    def star(self, keys: Collection[str], *, starred: bool) -> Future[Change]:
        """Star or unstar the stories."""
        at = states.now() if starred else ""

        def changed(state: State) -> State:
            return state if state.starred is starred else state._replace(starred=starred, starred_at=at)

        return self._change_states(keys, changed)

    def mark_read(self, keys: Collection[str], *, read: bool) -> Future[Change]:
        """Mark the stories read or unread."""
        at = states.now() if read else ""

        def changed(state: State) -> State:
            return state if state.read is read else state._replace(read=read, read_at=at)

        return self._change_states(keys, changed)

    def tag(self, keys: Collection[str], tag: str, *, present: bool) -> Future[Change]:
        """Give the stories a tag, or take it from them."""
        name = " ".join(_plain(tag).split())

        def tagged(state: State) -> State:
            tags = {*state.tags} | {name} if present else {*state.tags} - {name}
            return state._replace(tags=tuple(sorted(tags)))

        return self._change_states(keys if name else (), tagged)

    def set_note(self, key: str, text: str) -> Future[Change]:
        """Write a note on a story; "" takes it away."""
        return self._change_states([key], lambda state: state._replace(note=_plain(text)))

    def set_position(self, key: str, position: int) -> Future[Change]:
        """Remember how far the reader came in a story."""
        return self._change_states([key], lambda state: state._replace(position=max(position, 0)))

    def set_states(self, wanted: Mapping[str, State]) -> Future[Change]:
        """Give each story exactly this state: what undo does."""
        return self.record(partial(_to_states, wanted=dict(wanted)))

    def rename_newsletter(self, key: str, name: str) -> Future[Change]:
        """Show the newsletter under another name; "" shows the one that its issues give."""
        value = " ".join(_plain(name).split())
        return self.record(partial(_to_name, key=key, name=value))

    def add_folder(self, path: str | Path, newsletter: str = "") -> Future[Change]:
        """Remember a folder that was opened."""
        fact = Fact("folder", _plain(str(path)), "newsletter", _plain(newsletter))
        return self.record(lambda _connection: [fact])

    def remove_folder(self, path: str | Path) -> Future[Change]:
        """Forget a folder; what came from it stays."""
        fact = Fact("folder", _plain(str(path)), "newsletter", None)
        return self.record(lambda _connection: [fact])

    def index_rest(self) -> None:
        """Let everything that came in be found, as soon as nothing else is to be done."""
        self._behind = 0
        if self._index:
            self._index_slice(self._index, Urgency.IDLE)

    def settle(self) -> None:
        """Wait until nothing is left to be written or indexed."""
        self.index_rest()
        while self._database.write(lambda _: self._database.waiting, urgency=Urgency.LAST).result():
            pass

    def close(self) -> None:
        """Finish the writes that wait; nothing can be asked afterwards."""
        if self._index:
            self._database.write(partial(self._index.catch_up, seconds=_AT_ONCE), urgency=Urgency.LAST)
            self._database.write(
                partial(self._index.tidy, seconds=_AT_ONCE, leaving=True), urgency=Urgency.LAST
            )
        damage.close_database(self._database)
        if self._index:
            self._index.close()

    # What other services do with the store

    def index_soon(self, connection: Connection, change: Change) -> None:
        """Let what a write brought be found: for `after` of such a write."""
        self._index_soon(connection, change, more=True)

    @property
    def cutting(self) -> Cutting:
        """How the corrections of an issue are applied to what the splitter found."""
        return _cutting

    @property
    def journal(self) -> Journal:
        """What this device writes down of what the reader does."""
        return self._journal

    def ask(self, question: Job[T]) -> T:
        """Put a question of the store's to the library: what other services read with."""
        with self._database.reading() as connection:
            return question(connection)

    def write(
        self, job: Job[Change], urgency: Urgency = Urgency.PERSON, after: After[Change] | None = None
    ) -> Future[Change]:
        """Run a job of the store's on the writing thread and tell the listener what it touched."""

        def tell(connection: Connection, change: Change) -> None:
            if after:
                after(connection, change)
            if change:
                self._listener.changed(change)

        return self._database.write(
            partial(self._remembered, job), urgency=urgency, after=tell, failed=self._listener.failed
        )

    # How

    def start(self) -> None:
        """Bring the tables up to the journal and the index up to the tables."""
        if self.ask(partial(facts.behind, journal=self._journal)):
            self._database.write(partial(facts.catch_up, journal=self._journal)).result()
        for key in self.ask(issues.uncorrected):
            self._correct_again(key)
        for key in self.ask(issues.unsettled):
            self._settle_again(key)
        if self._index:
            self._database.write(self._index.open).result()
            self._database.write(partial(self._index.catch_up, seconds=_AT_ONCE)).result()
            self._index_slice(self._index, Urgency.IDLE)

    def _correct_again(self, key: str) -> None:
        """Split an issue again that another device corrected."""
        from reader.store import put

        again = partial(put.recut, journal=self._journal, keys=[key], cutting=_cutting)
        self.write(again, Urgency.IDLE, partial(self._index_soon, more=True))

    def _settle_again(self, key: str) -> None:
        """Show the copy of an issue that was chosen on another device."""
        from reader.store import settling

        again = partial(settling.settle_again, journal=self._journal, key=key, cutting=_cutting)
        self.write(again, Urgency.IDLE, self.index_soon)

    def _change_states(self, keys: Collection[str], changed: Callable[[State], State]) -> Future[Change]:
        return self.record(partial(_to_changed, keys=list(dict.fromkeys(keys)), changed=changed))

    def record(self, told: Job[list[Fact]]) -> Future[Change]:
        """Write facts to the journal and to the tables: what other services keep what a person did with."""
        return self.write(lambda connection: facts.record(connection, self._journal, told(connection)))

    def _remembered(self, job: Job[Change], connection: Connection) -> Change:
        change = job(connection)
        changes.remember(connection, self._process, change)
        return change

    def _index_soon(self, connection: Connection, change: Change, *, more: bool) -> None:
        """Index what came in: at once, or with what comes next, but never much of it."""
        self._behind += bool(change)
        later = self._behind < _ISSUES_BEHIND and (more or self._database.waiting)
        if self._index and self._behind and not later:
            self._behind = 0
            # Where more are to come, a job of its own: who presses a key waits for one of the two, not both.
            if more or self._index.catch_up(connection, _SLICE):
                self._index_slice(self._index, Urgency.IMPORT)

    def _index_slice(self, index: Index, urgency: Urgency) -> None:
        """Index what is left, a slice a job, so that others get their turn."""

        def go_on(_connection: Connection, left: bool) -> None:  # noqa: FBT001 - it is the job's result
            if left:
                self._index_slice(index, urgency)
            elif urgency is Urgency.IDLE:
                self._tidy(index)

        self._database.write(partial(index.catch_up, seconds=_SLICE), urgency=urgency, after=go_on)

    def _tidy(self, index: Index) -> None:
        def go_on(_connection: Connection, left: bool) -> None:  # noqa: FBT001 - it is the job's result
            if left:
                self._tidy(index)

        self._database.write(partial(index.tidy, seconds=_SLICE), urgency=Urgency.IDLE, after=go_on)

    def _restart_index(self) -> None:
        if index := self._index:
            self._database.write(index.restart)
            self._index_slice(index, Urgency.IDLE)


def open_library(directory: Path, listener: Listener, *, searching: bool = True) -> Library:
    """Open the library in the directory, which is made where it is missing.

    Not `searching`, it leaves the search index as it is: a search would read every story, and
    what comes in is indexed by whoever opens the library next.
    """
    directory = Path(directory)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        journal = Journal(directory / "journal", device_of(directory))
    except OSError as error:
        raise StoreError(f"The library in {directory} could not be opened: {error.strerror}.") from error
    database, notices = damage.open_database(directory / "library.db")
    index = Index(directory / "index.db") if searching and fts5_exists() else None
    library = Library(database, journal, index, listener)
    library.notices = notices if index or not searching else (*notices, _NO_FTS5)
    library.start()
    return library


def _cutting(
    issue: str, blocks: Blocks, found: Sequence[Story], corrections: Sequence[Correction]
) -> tuple[Story, ...]:
    from reader.services.correcting import cut_stories  # few issues are corrected

    return cut_stories(issue, blocks, found, corrections)


def _to_changed(connection: Connection, keys: Iterable[str], changed: Callable[[State], State]) -> list[Fact]:
    now = {aliases.resolve(connection, key): None for key in keys}
    return _to_states(connection, {key: changed(states.state(connection, key)) for key in now})


def _to_states(connection: Connection, wanted: Mapping[str, State]) -> list[Fact]:
    """Return what must be written to bring each story to its state; nothing where it is there already."""
    return [
        Fact("story", aliases.resolve(connection, key), field, value)
        for key, after in wanted.items()
        for field, value in states.changes(states.state(connection, key), after)
    ]


def _to_name(connection: Connection, key: str, name: str) -> list[Fact]:
    if key not in newsletters.known(connection):
        raise NotFoundError(f"There is no newsletter “{key}”.")
    return [Fact("newsletter", key, "name", name)]


def _plain(text: str) -> str:
    """Return the text without halves of surrogate pairs, which no file can keep."""
    return text.encode("utf-8", "replace").decode()
