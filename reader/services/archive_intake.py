"""Taking in what an archive gives, some issues at a time, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from reader.model import RawIssue
from reader.model.addresses import canonical_address
from reader.model.following import Followed, without_password
from reader.services.filing import Filing
from reader.services.importing import Report, import_issues
from reader.services.library import Library
from reader.services.progress import Problem, Progress
from reader.store import older as store

TOGETHER = 8
"""Issues that are taken in at a time: so few need no processes, which take longer to start than a pause."""
_MANY = 40
"""Issues of one answer that are worth these processes."""


@dataclass
class ArchiveIntake:
    """Takes issues into the newsletter that is followed, and knows which ones it has."""

    library: Library
    followed: Followed
    progress: Callable[[Progress], None]
    cancelled: Callable[[], bool]
    report: Report = field(default_factory=Report)
    came: int = 0
    """Issues that were taken in."""
    issues: tuple[str, ...] = field(init=False)
    """The web addresses of the issues that were there before, the newest first."""
    _held: set[str] = field(init=False)
    _filing: Filing = field(init=False)

    def __post_init__(self) -> None:
        key = self.followed.newsletter
        self._filing = Filing(self.library)
        self.issues = tuple(filter(None, self.library.ask(partial(store.addresses, newsletter=key))))
        copies = self.library.ask(partial(store.copies, newsletter=key))
        self._held = {canonical_address(address) for address in (*self.issues, *copies)} - {""}

    def holds(self, address: str) -> bool:
        """Say whether the library has the issue that is at a web address."""
        return canonical_address(address) in self._held

    def take(self, raws: Sequence[RawIssue]) -> bool:
        """Take issues in; say whether all were, and not only the first of them until it was cancelled."""
        at_once = TOGETHER if len(raws) <= _MANY else len(raws)
        for start in range(0, len(raws), at_once):
            if start and self.cancelled():
                return False
            if not self._take_some(raws[start : start + at_once]):
                return False
        return True

    def tell(self, read: int, left: int, name: str) -> None:
        """Tell how many came in or were read to come in, and how many more are known of."""
        done = self.came + read
        self.progress(Progress(done, done + left, name))

    def blame(self, place: str, reason: str) -> None:
        """Add to the report what did not come in."""
        self.report += Report(problems=(Problem(without_password(place), reason),))

    def warn(self, reason: str) -> None:
        """Add to the report what is to be said of the newsletter."""
        self.report += Report(warnings=(Problem(without_password(self.followed.address), reason),))

    def _take_some(self, raws: Sequence[RawIssue]) -> bool:
        few = len(raws) <= TOGETHER  # what is read already comes in, even after a stop: it takes no time
        report = import_issues(
            self.library,
            list(self._filing.filed(raws, self.followed)),
            cancelled=(lambda: False) if few else self.cancelled,
        )
        self.report += report
        if not report.cancelled:
            self.came += len(raws)
            self._held |= {canonical_address(address_of(raw)) for raw in raws} - {""}
        return not report.cancelled


def address_of(raw: RawIssue) -> str:
    """Return the web address of an issue, by which it is known."""
    return dict(raw.meta).get("link", "") or raw.location
