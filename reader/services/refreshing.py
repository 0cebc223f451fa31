"""Refreshing: what is new at the addresses that are followed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from reader.model import ImporterError, RawIssue
from reader.model.fetched import Fetched, FetchError, Fetches
from reader.model.following import Followed, without_password
from reader.model.hashes import digest_of
from reader.services.asking import Asking, Heard
from reader.services.feeds import read_safely
from reader.services.filing import Filing
from reader.services.following import followed
from reader.services.importing import Report, import_issues
from reader.services.library import Library
from reader.services.progress import Problem, Progress
from reader.services.schedule import Wish, in_utc, next_time, now, time_after_failure, wish_of
from reader.services.workers import Workers
from reader.store import following as store
from reader.store.following import Noted

if TYPE_CHECKING:
    from reader.importers.feeds.shape import Feed

_TOGETHER = 256
"""Issues that are taken in together."""
_IDLE = 1.0
"""Seconds without an answer after which what has come is taken in, so that no slow server keeps it back."""
_GONE = 410


class Answer(NamedTuple):
    """What came of asking one address."""

    address: str
    newsletter: str
    """The newsletter's key."""
    name: str
    added: int = 0
    updated: int = 0
    result: str = ""
    """A sentence: "3 new issues."."""
    error: str = ""
    """Why it failed, as a sentence; "" where it went well."""


class Refreshed(NamedTuple):
    """What a refresh brought."""

    added: int = 0
    updated: int = 0
    answers: tuple[Answer, ...] = ()
    """One for each address, in the order in which they answered."""
    problems: tuple[Problem, ...] = ()
    """Issues that did not come in."""
    cancelled: bool = False
    issues: tuple[str, ...] = ()
    """The keys of those that are new or changed."""

    @property
    def errors(self) -> tuple[Answer, ...]:
        """The addresses that failed."""
        return tuple(answer for answer in self.answers if answer.error)


def refresh(  # noqa: PLR0913 - all but two are told apart by their names
    library: Library,
    addresses: Iterable[str] | None = None,
    *,
    fetches: Fetches,
    due_only: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Refreshed:
    """Ask these addresses, or all that are followed, and take in what is new. Not for the GUI thread.

    With `due_only` those are asked whose time has come. One that asked for patience is left alone in any
    case, one that is gone for good is asked only where it is named. What fails is told in the answers,
    and never stops the rest.
    """
    noted = library.ask(store.noted)
    named = None if addresses is None else set(addresses)
    chosen = [
        one for one in followed(library) if (one.address in named if named is not None else not one.stopped)
    ]
    at = now()
    if due_only:
        chosen = [one for one in chosen if one.due <= at]
    waiting = [one for one in chosen if noted.get(one.address, Noted("")).not_before > at]
    asked = [one for one in chosen if one not in waiting]
    work = _Refresh(library, noted, progress, cancelled, len(asked))
    work.answers += [_put_off(one, noted[one.address].not_before) for one in waiting]
    return work.run(asked, fetches)


class _Came(NamedTuple):
    """An answer whose issues are still to be taken in, and what is noted of it then."""

    one: Followed
    note: Noted
    raws: tuple[RawIssue, ...] = ()


@dataclass
class _Refresh:
    """One refresh under way."""

    library: Library
    noted: dict[str, Noted]
    tell: Callable[[Progress], None]
    cancelled: Callable[[], bool]
    total: int
    filing: Filing = field(init=False)
    done: int = 0
    stopped: bool = False
    had: dict[str, str] = field(default_factory=dict)
    """The digests of what the library has, by location."""
    came: list[_Came] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    issues: list[str] = field(default_factory=list)

    def run(self, asked: Sequence[Followed], fetches: Fetches) -> Refreshed:
        """Ask them all, some at a time, and take in what comes as it comes."""
        if asked:
            self.had, self.filing = self.library.digests(), Filing(self.library)
            with Asking(asked, self.noted, fetches) as asking, Workers() as workers:
                self._listen(asking, workers)
                if not self._stops():
                    self._take_in()
        added = sum(answer.added for answer in self.answers)
        updated = sum(answer.updated for answer in self.answers)
        return Refreshed(
            added, updated, tuple(self.answers), tuple(self.problems), self.stopped, tuple(self.issues)
        )

    def _listen(self, asking: Asking, workers: Workers) -> None:
        quiet = time.monotonic()
        while self.done < self.total and not self._stops():
            heard = asking.next()
            if heard:
                quiet = time.monotonic()
                self._hear(heard, workers)
            elif time.monotonic() - quiet > _IDLE:
                self._take_in()

    def _hear(self, heard: Heard, workers: Workers) -> None:
        if self._stops():  # what failed may have failed for that
            return
        self.done += 1
        try:
            self._come(heard, _feed_of(heard, workers))
        except ImporterError as error:
            self._fail(heard.one, error)
        self.tell(Progress(self.done, self.total, heard.one.name))
        if sum(len(one.raws) for one in self.came) >= _TOGETHER:
            self._take_in()

    def _come(self, heard: Heard, feed: Feed | None) -> None:
        """Keep what answered until it is taken in; `feed` is None where nothing has changed."""
        from reader.importers.network.patience import fresh_for

        before = self.noted.get(heard.one.address, Noted(heard.one.address))
        headers = heard.answer.headers
        wish = _wish(feed) if feed else wish_of(before.wish)
        fresh = wish._replace(seconds=max(wish.seconds, fresh_for(headers)))
        at = now()
        note = before._replace(
            checked=in_utc(at),
            error="",
            due=next_time(at, fresh),
            not_before=0.0,
            stopped=False,
            failures=0,
            etag=headers.get("etag", before.etag if feed is None else ""),
            modified=headers.get("last-modified", before.modified if feed is None else ""),
            digest=digest_of(heard.answer.body) if heard.answer.body else before.digest,
            wish=wish.written(),
        )
        one = self._moved(heard.one, heard.answer)
        raws = self.filing.filed(feed.issues, one) if feed else ()
        new = tuple(raw for raw in raws if self.had.get(raw.location) != raw.digest)
        self.came.append(_Came(one, note._replace(address=one.address), new))

    def _moved(self, one: Followed, answer: Fetched) -> Followed:
        """Follow an address where it is from now on, on all devices."""
        if not answer.moved or answer.moved == one.address:
            return one
        there = one._replace(address=answer.moved, private=one.private and answer.private)
        known = {other.address for other in followed(self.library)}
        told = [
            *([] if there.address in known else store.facts_of(there)),
            *store.moved(one.address, there.address),
        ]
        self.library.record(lambda _connection: told).result()
        return there

    def _fail(self, one: Followed, error: ImporterError) -> None:
        """Note why an address did not answer, and leave it alone for a while."""
        before = self.noted.get(one.address, Noted(one.address))
        at = now()
        patience = error.retry_after if isinstance(error, FetchError) else 0.0
        note = before._replace(
            checked=in_utc(at),
            error=str(error),
            due=max(time_after_failure(at, before.failures + 1), at + patience),
            not_before=at + patience if patience else 0.0,
            stopped=isinstance(error, FetchError) and error.status == _GONE,
            failures=before.failures + 1,
        )
        self.library.write(partial(store.note, notes=[note])).result()
        self.answers.append(Answer(one.address, one.newsletter, one.name, error=str(error)))

    def _take_in(self) -> None:
        """Take in the issues that have come, and note that their addresses answered: in this order."""
        came, self.came = self.came, []
        raws = [raw for one in came for raw in one.raws]
        before = self.library.issue_keys() if raws else set()
        report = import_issues(self.library, raws, cancelled=self.cancelled) if raws else Report()
        if report.cancelled:
            return
        self.problems += report.problems
        self.issues += report.issues
        left = list(report.issues)
        told = [self._told(one, before, left, report.problems) for one in came]
        self.library.write(partial(store.note, notes=[note for note, _ in told])).result()
        self.answers += [answer for _, answer in told]

    def _told(
        self, came: _Came, before: set[str], left: list[str], problems: Sequence[Problem]
    ) -> tuple[Noted, Answer]:
        """Return what is noted and told of an address, once its issues are in; `left` are nobody's yet."""
        one = came.one
        own = [key for key in left if came.raws and key.startswith(f"{one.newsletter}/")]
        left[:] = [key for key in left if key not in own]
        places = {raw.location for raw in came.raws}
        left_out = sum(problem.path in places for problem in problems)
        added = sum(key not in before for key in own)
        result = _sentence(added, len(own) - added, left_out)
        answer = Answer(one.address, one.newsletter, one.name, added, len(own) - added, result)
        return came.note._replace(result=result), answer

    def _stops(self) -> bool:
        self.stopped = self.stopped or self.cancelled()
        return self.stopped


def _feed_of(heard: Heard, workers: Workers) -> Feed | None:
    """Return the feed that came, None where it has not changed; raise ImporterError where none came."""
    if isinstance(heard.outcome, ImporterError):
        raise heard.outcome
    return read_safely(heard.outcome, workers) if isinstance(heard.outcome, Fetched) else heard.outcome


def _wish(feed: Feed) -> Wish:
    return Wish(feed.ttl_minutes * 60.0, feed.skip_hours, feed.skip_days)


def _sentence(added: int, updated: int, left_out: int) -> str:
    """Return what came of asking: "3 new issues, 1 changed."."""
    parts = [f"{added:,} new issue{'' if added == 1 else 's'}"] if added else []
    parts += [f"{updated:,} changed"] if updated else []
    parts += [f"{left_out:,} left out"] if left_out else []
    return f"{', '.join(parts)}." if parts else "Nothing new."


def _put_off(one: Followed, until: float) -> Answer:
    said = time.strftime("%Y-%m-%d %H:%M", time.localtime(until))
    host = without_password(one.address).partition("//")[2].partition("/")[0]
    result = f"{host} asked to be left alone until {said}."
    return Answer(one.address, one.newsletter, one.name, result=result)
