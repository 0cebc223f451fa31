"""Splitting again what is in the library, with the splitter as it is now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.model import Blocks, IssuePage, IssueRow, ReaderError, Story, is_one_story, text_of
from reader.model.form import Form
from reader.parsing.split import Piece, Split, split
from reader.services.correcting import cut_stories, gone_corrections, piece_of
from reader.services.forms import forms_in_use
from reader.services.library import Library
from reader.services.preparing import prepared, split_again
from reader.services.progress import Problem, Progress
from reader.services.workers import Workers
from reader.store.matching import Told, match, match_places

__all__ = ["Changed", "Progress", "Resplit", "resplit"]

_FEW = 8
"""So many issues are not worth processes of their own."""


class Changed(NamedTuple):
    """An issue that is split in another way than before."""

    issue: str
    """Its key."""
    label: str
    stories: int
    """How many it has now."""
    moved: tuple[tuple[str, str], ...]
    """The titles of stories that are others now: the title of before, and of the story with its text."""
    gone: tuple[str, ...]
    """The titles of stories whose text stands between stories now. What was done with them is kept."""


@dataclass(frozen=True, slots=True)
class Resplit:
    """What became of splitting again."""

    issues: int = 0
    """Issues that were looked at."""
    changed: tuple[Changed, ...] = ()
    warnings: tuple[Problem, ...] = ()
    """Issues with what the reader should know of them: corrections whose words are gone."""
    problems: tuple[Problem, ...] = ()
    """Issues that could not be split."""
    cancelled: bool = False

    @property
    def moved(self) -> tuple[tuple[str, str], ...]:
        """The titles of before and of now of all stories that are others now."""
        return tuple(pair for one in self.changed for pair in one.moved)

    @property
    def gone(self) -> tuple[str, ...]:
        """The titles of all stories that are none any more."""
        return tuple(title for one in self.changed for title in one.gone)


def resplit(
    library: Library,
    newsletter: str = "",
    *,
    dry_run: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Resplit:
    """Split the issues of a newsletter, given its key, or all, again from the text that is stored.

    The reader's corrections are applied to what the splitter finds, and what was done with a story goes
    where its text goes. Each issue is a write of its own; those done before `cancelled` answers True stay
    done. With `dry_run` nothing is written. Not for the GUI thread.
    """
    work = _Resplitting(library, dry_run, progress, cancelled)
    work.run(newsletter)
    return work.report()


class _Job(NamedTuple):
    """An issue to be split."""

    row: IssueRow
    blocks: Blocks
    title: str
    found: tuple[Piece, ...]
    """What an earlier splitter found."""
    form: Form | None
    """That of the newsletter's other issues."""
    one_story: bool


def _split_again(job: _Job) -> Split | None:
    """Split an issue; None where it comes out as it is."""
    again = split(job.blocks, job.title, job.form, one_story=job.one_story)
    return None if (again.blocks, again.stories) == (job.blocks, job.found) else again


@dataclass
class _Resplitting:
    """Splitting again, under way."""

    library: Library
    dry_run: bool
    tell: Callable[[Progress], None]
    cancelled: Callable[[], bool]
    done: int = 0
    stopped: bool = False
    changed: list[Changed] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def run(self, newsletter: str) -> None:
        """Split every issue, in other processes where there are many, and write those that changed."""
        rows = self.library.issues(newsletter=newsletter)
        forms = forms_in_use(self.library, {row.newsletter for row in rows})
        with Workers(here=len(rows) <= _FEW) as workers:
            for job, outcome in workers.results(_split_again, self._jobs(rows, forms)):
                self._take(job, outcome)
                self.done += 1
                self.tell(Progress(self.done, len(rows), job.row.label))
                if self._stops():
                    break
        self.library.index_rest()

    def report(self) -> Resplit:
        return Resplit(
            self.done, tuple(self.changed), tuple(self.warnings), tuple(self.problems), self.stopped
        )

    def _jobs(self, rows: list[IssueRow], forms: Mapping[str, Form]) -> Iterator[_Job]:
        for row in rows:
            page = self.library.as_found(row.key)
            if page is not None and not self._stops():
                found = tuple(map(piece_of, page.stories))
                issue, form = page.issue, forms.get(row.newsletter)
                yield _Job(row, page.blocks, issue.title, found, form, is_one_story(issue.meta))

    def _take(self, job: _Job, outcome: Split | BaseException | None) -> None:
        if isinstance(outcome, BaseException):
            reason = f"It could not be split ({type(outcome).__name__}); it stays as it was."
            self.problems.append(Problem(job.row.label, reason))
            return
        before = self.library.whole(job.row.key) if outcome else None
        if outcome is None or before is None:
            return
        try:
            self._put(before, outcome)
        except ReaderError as error:
            self.problems.append(Problem(job.row.label, str(error)))

    def _put(self, before: IssuePage, again: Split) -> None:
        parsed = split_again(before, again)
        found = parsed.stories
        if not self.dry_run:
            self.library.put_split(prepared(parsed)).result()
        after = cut_stories(before.issue.key, again.blocks, found, before.corrections)
        self.warnings.extend(
            Problem(before.label, sentence)
            for sentence in gone_corrections(before._replace(blocks=again.blocks, stories=found))
        )
        if tuple(map(piece_of, after)) != tuple(map(piece_of, before.stories)):
            self.changed.append(_changed(before, again.blocks, after))

    def _stops(self) -> bool:
        self.stopped = self.stopped or self.cancelled()
        return self.stopped


def _changed(before: IssuePage, blocks: Blocks, after: tuple[Story, ...]) -> Changed:
    """Return what became of the stories that an issue had."""
    led = _led(before, blocks, after) | {story.key: story.key for story in after}
    titles = {story.key: story.title for story in after}
    there = [(story.title, titles[led[story.key]]) for story in before.stories if story.key in led]
    return Changed(
        before.issue.key,
        before.label,
        len(after),
        tuple((old, new) for old, new in there if old != new),
        tuple(story.title for story in before.stories if story.key not in led),
    )


def _led(before: IssuePage, blocks: Blocks, after: tuple[Story, ...]) -> dict[str, str]:
    """Return the new key of each story whose key is gone, as the store will find it."""
    if text_of(before.blocks) == text_of(blocks):
        old, new = ({one.key: (one.start, one.end) for one in stories} for stories in (before.stories, after))
        return match_places(old, new)
    return match(
        [_told(story, before.blocks) for story in before.stories], [_told(story, blocks) for story in after]
    )


def _told(story: Story, blocks: Blocks) -> Told:
    return Told(story.key, story.title, f"{story.dek}\n{text_of(story.body(blocks))}")
