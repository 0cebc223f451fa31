"""Importing: from files and folders to issues in the library."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from reader.model import Head, ParsedIssue, RawIssue, ReaderError
from reader.services.copies import sign_rest
from reader.services.editions import with_editions
from reader.services.finding import batches, together
from reader.services.library import Library
from reader.services.progress import Problem, Progress
from reader.services.reading import FileJob, Seen, look, take
from reader.services.unchanged import Unchanged
from reader.services.workers import Workers
from reader.store import aside
from reader.store.prepared import Prepared

__all__ = ["Problem", "Progress", "Report", "import_issues", "import_paths"]

_FEW = 8  # so many small files are not worth a process of their own
_FEW_BYTES = 1_000_000
_REMOVED = "It is an issue of “{}”, which you removed. Bring that back to have it (File › Newsletters…)."


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an import. An issue is counted once, however many copies of it there are."""

    added: int = 0
    """Issues that are new: so many more has the library."""
    updated: int = 0
    """Issues that were there, and are not what they were."""
    unchanged: int = 0
    """Issues that were there as their files have them."""
    problems: tuple[Problem, ...] = ()
    """Files that did not come in."""
    warnings: tuple[Problem, ...] = ()
    """Files that came in, with what was odd about them."""
    cancelled: bool = False
    issues: tuple[str, ...] = ()
    """The keys of the issues that are new or changed, in the order they came."""

    def __add__(self, other: Report) -> Report:
        """Return what became of both imports, one after the other."""
        return Report(
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.problems + other.problems,
            self.warnings + other.warnings,
            self.cancelled or other.cancelled,
            self.issues + other.issues,
        )


def import_paths(
    library: Library,
    paths: Sequence[str | os.PathLike[str]],
    *,
    newsletter: str = "",
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Take in files and folders; what has not changed stays as it is. Not for the GUI thread.

    Each issue is one write that is waited for, so that a star never waits behind an
    import. What came in before `cancelled` answers True stays, and a folder counts as
    opened all the same: the rest of it comes in when it is looked at next. A file that
    cannot be read or understood becomes a problem in the report, never an exception.
    """
    places = [os.path.abspath(path) for path in paths]  # noqa: PTH100 - resolve() would follow links
    work = _Import(library, newsletter, progress, cancelled)
    work.remember(places)
    work.run(work.found(places))
    return work.report()


def import_issues(
    library: Library,
    raws: Iterable[RawIssue],
    *,
    newsletter: str = "",
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Take in issues that are in hand: of a feed, of a mailbox, pasted. As `import_paths` in all else."""
    work = _Import(library, newsletter, progress, cancelled)
    work.run(together(raws, newsletter))
    return work.report()


@dataclass
class _Import:
    """One import under way."""

    library: Library
    newsletter: str
    tell: Callable[[Progress], None]
    cancelled: Callable[[], bool]
    had: Mapping[str, str] = field(default_factory=dict)
    """The digests of the files that the library has, by their location."""
    files: Unchanged = field(init=False)
    total: int = 0
    looked_at: int = 0
    stopped: bool = False
    before: frozenset[str] = frozenset()
    """The keys of the issues that the library has."""
    added: set[str] = field(default_factory=set)
    updated: set[str] = field(default_factory=set)
    copies: dict[str, str] = field(default_factory=dict)
    """The digests of the files that hold the same as another one, by their location."""
    same: set[str] = field(default_factory=set)
    """The digests of the files that tell nothing new."""
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    issues: list[str] = field(default_factory=list)
    newsletters: set[str] = field(default_factory=set)
    """Those that got an issue, or another text of one."""

    def run(self, found: Iterable[list[FileJob]]) -> None:
        """Take in what was found, batch after batch; then let the newsletters learn from what came."""
        self.tell(Progress(0, 0, "", looking=True))
        sign_rest(self.library, self._stops)
        self.files = Unchanged(self.library.directory)
        self.had = self.library.digests()
        self.before = frozenset(self.library.issue_keys())
        with Workers() as others, Workers(here=True) as here:
            for jobs in found:
                if self._stops():
                    break
                self._take(jobs, here if _are_few(jobs) else others)
        if self.copies:
            self.library.add_copies(self.copies).result()
        if self.newsletters:
            self._split_odd()
            self._lay_removed_aside()
        self.library.index_rest()
        self.files.save()

    def found(self, places: Sequence[str]) -> Iterator[list[FileJob]]:
        """Yield what the places hold, batch after batch, until the reader says stop."""
        for jobs in batches(places, self.newsletter, self.library.opened(), self.hear, self._stops):
            yield [] if self.stopped else jobs

    def _take(self, jobs: Sequence[FileJob], workers: Workers) -> None:
        """Look at every file, name the newsletters of those that changed, then parse and keep those."""
        self.total += len(jobs)
        changed = self._changed(workers, jobs)
        self.total += max(0, len(changed) - len(jobs))  # a file may hold many
        named: Iterable[FileJob] = [] if self.stopped else self._named(changed)
        done = self.total - len(changed)
        for job, outcome in workers.results(take, named):
            done += 1
            if isinstance(outcome, BaseException):
                self.hear(outcome, job.location)
            else:
                self._keep(job, outcome)
            self.tell(Progress(done, self.total, Path(job.location).name))
            if self._stops():
                break

    def report(self) -> Report:
        same = self.library.issues_with(self.same) - self.added - self.updated
        return Report(
            len(self.added),
            len(self.updated),
            len(same),
            tuple(self.problems),
            tuple(self.warnings),
            self.stopped,
            tuple(dict.fromkeys(self.issues)),
        )

    def _changed(self, workers: Workers, jobs: Sequence[FileJob]) -> list[tuple[FileJob, Head]]:
        """Return the files whose bytes the library does not have, each of them once."""
        changed: list[tuple[FileJob, Head]] = []
        digests = set(self.had.values())
        for job, seen in workers.results(look, self._to_look_at(jobs)):
            if isinstance(seen, BaseException):
                self.hear(seen, job.location)
            else:
                changed += self._new(job, seen, digests)
            self._looked_at(job)
            if self._stops():
                break
        return changed

    def _new(self, job: FileJob, seen: Iterable[Seen], digests: set[str]) -> Iterator[tuple[FileJob, Head]]:
        """Yield what the library does not have of a file, which mostly is one issue; note its digests."""
        for one in seen:
            location = one.head.location
            known = self.had.get(location)
            if known == one.digest or (known is None and one.digest in digests):
                if known is None:
                    self.copies[location] = one.digest
                self.files.remember(location, one.digest)
                self.same.add(one.digest)
            else:
                digests.add(one.digest)
                yield replace(job, location=location), one.head

    def _to_look_at(self, jobs: Sequence[FileJob]) -> Iterator[FileJob]:
        for job in jobs:
            digest = self.had.get(job.location, "")
            if self._is_known(job, digest):
                self.same.add(digest)
                self._looked_at(job)
            else:
                yield job

    def _is_known(self, job: FileJob, digest: str) -> bool:
        if job.raw:
            return bool(digest) and job.raw.digest == digest
        return self.files.is_unchanged(job.location, digest)

    def _looked_at(self, job: FileJob) -> None:
        self.looked_at += 1
        self.tell(Progress(self.looked_at, self.total, Path(job.location).name, looking=True))

    def _named(self, changed: Sequence[tuple[FileJob, Head]]) -> Iterator[FileJob]:
        from reader.parsing.heads import name_newsletters
        from reader.services.forms import forms_in_use

        owners = self.library.owners()  # what came in before stays where it is, whatever its head says now
        names = name_newsletters([head for _, head in changed], self.library.known_newsletters())
        given = {job.location for job, _ in changed if job.newsletter}
        names |= {location: owners[location] for location in owners.keys() & names.keys() - given}
        keyed = (job for job, _ in changed if job.newsletter_key)
        names |= {job.location: (job.newsletter_key, job.newsletter) for job in keyed}
        names = with_editions(self.library, changed, names)
        forms = forms_in_use(self.library, {key for key, _ in names.values()})
        removed = self.library.ask(aside.removed)
        for job, _ in changed:
            key, name = names[job.location]
            if key in removed:
                self.warnings.append(Problem(job.location, _REMOVED.format(name)))
                continue
            yield replace(job, newsletter=name, newsletter_key=key, form=str(forms.get(key) or ""))

    def _keep(self, job: FileJob, prepared: Prepared) -> None:
        try:
            change = self.library.put_prepared(prepared, more=True).result()
        except ReaderError as error:
            self.hear(error, job.location)
            return
        self.warnings.extend(Problem(job.location, warning) for warning in prepared.parsed.warnings)
        self._keep_pictures(prepared.parsed)
        self._warn_of_corrections(job, change.issues)
        self.issues.extend(sorted(change.issues))
        self.newsletters |= change.newsletters
        self.files.remember(job.location, prepared.parsed.issue.digest)
        if not change.issues:
            self.same.add(prepared.parsed.issue.digest)
        elif there := change.issues & self.before:  # under another key now, maybe: it is one issue
            self.updated |= there
        else:
            self.added |= change.issues

    def _keep_pictures(self, parsed: ParsedIssue) -> None:
        """Keep the pictures that an issue had inside its text; one that cannot be written is not shown."""
        for address, data in parsed.inside:
            from reader.services.picture_cache import store_picture  # few issues have any

            with suppress(OSError, ReaderError):
                store_picture(self.library, address, data, parsed.issue.newsletter)

    def _warn_of_corrections(self, job: FileJob, issues: Iterable[str]) -> None:
        """Tell of what the reader corrected where the words that it was said of are gone."""
        for key in issues:
            page = self.library.as_found(key) if self.library.corrections(key) else None
            if page is not None:
                from reader.services.correcting import gone_corrections  # few issues are corrected

                self.warnings.extend(Problem(job.location, gone) for gone in gone_corrections(page))

    def _split_odd(self) -> None:
        """Split the issues again that look unlike the others of their newsletter, now that all are here."""
        from reader.services.forms import split_odd

        split_odd(self.library, self.newsletters, self._stops)

    def _lay_removed_aside(self) -> None:
        """Lay aside what came in of newsletters that the reader removed meanwhile."""
        if self.newsletters & self.library.ask(aside.removed):
            from reader.services.newsletters import settle_removed  # it hardly ever happens

            settle_removed(self.library)

    def hear(self, error: BaseException, location: str = "") -> None:
        """Note what did not come in."""
        self.problems.append(Problem(location or getattr(error, "location", ""), _in_words(error)))

    def _stops(self) -> bool:
        self.stopped = self.stopped or self.cancelled()
        return self.stopped

    def remember(self, places: Sequence[str]) -> None:
        """Note the folders, to be watched; one inside a folder that is watched needs no note."""
        opened = self.library.opened()
        for place in places:
            path = Path(place)
            inside = any(str(above) in opened for above in path.parents)
            known = place in opened and self.newsletter in ("", opened[place])
            if path.is_dir() and not inside and not known:
                self.library.add_folder(place, self.newsletter).result()


def _are_few(jobs: Sequence[FileJob]) -> bool:
    if len(jobs) > _FEW:
        return False
    return sum(map(_size, jobs)) <= _FEW_BYTES


def _size(job: FileJob) -> int:
    if job.raw:
        return len(job.raw.text)
    path = Path(job.location)
    return path.stat().st_size if path.is_file() else 0


def _in_words(error: BaseException) -> str:
    """Return why a file did not come in, as the reader would say it."""
    if isinstance(error, ReaderError):
        return str(error)
    if isinstance(error, MemoryError):
        return "It could not be understood: it takes more memory than there is."
    if isinstance(error, RecursionError):
        return "It could not be understood: it is nested too deeply."
    if isinstance(error, BrokenProcessPool):
        return "It could not be understood: it took too long or ended the work on it."
    return f"It could not be understood ({type(error).__name__}: {error})."
