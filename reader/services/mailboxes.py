"""Mailboxes: newsletters that come in from a server of mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from reader.importers.imap import Folder, Head, Seen, connected
from reader.importers.messages.chosen import not_chosen
from reader.model import ImporterError, NotFoundError, RawIssue, ReaderError
from reader.model.mailbox import MailAccount
from reader.services.importing import Report, import_issues
from reader.services.library import Library
from reader.services.passwords import forget_password, keep_password, password_of
from reader.services.progress import Problem, Progress
from reader.store import mailboxes as stored

__all__ = [
    "MailAccount",
    "add_mailbox",
    "find_mailbox",
    "mailboxes",
    "put_back_mailbox",
    "refresh_mailboxes",
    "remove_mailbox",
]

_TOGETHER = 100
"""Mails that are fetched and taken in before it is noted that they are here."""


def mailboxes(library: Library) -> list[MailAccount]:
    """Return the mailboxes from which newsletters come in."""
    return library.ask(stored.accounts)


def find_mailbox(library: Library, name: str) -> MailAccount:
    """Return the mailbox whose key, host or user is this; raise NotFoundError for none and for several."""
    there = mailboxes(library)
    found = [one for one in there if name == one.key] or [
        one for one in there if name in (one.host, one.user)
    ]
    if len(found) != 1:
        reason = f"“{name}” names {len(found)} mailboxes." if found else f"There is no mailbox “{name}”."
        raise NotFoundError(reason)
    return found[0]


def add_mailbox(library: Library, account: MailAccount, password: str, *, encrypted: bool = True) -> None:
    """Let newsletters come in from a mailbox, once its server let us in; the password goes to the keyring.

    Raise ImporterError where the server cannot be reached or does not let us in, StoreError where there is
    no keyring; nothing is kept then.
    """
    with connected(account, password, encrypted=encrypted):
        pass
    keep_password(account.login, password)
    library.record(lambda _connection: [stored.fact(account, present=True)]).result()


def remove_mailbox(library: Library, account: MailAccount) -> str:
    """Let no more come in from a mailbox; what came stays. Its password goes when nothing else needs it.

    Return the password, for `put_back_mailbox` to undo this; "" where there is none, or none to be had.
    """
    library.record(lambda _connection: [stored.fact(account, present=False)]).result()
    if any(other.login == account.login for other in mailboxes(library)):
        return ""
    password = ""
    with suppress(ReaderError):
        password = password_of(account.login)
    forget_password(account.login)
    return password


def put_back_mailbox(library: Library, account: MailAccount, password: str) -> None:
    """Let newsletters come in again from a mailbox that was removed."""
    if password:
        keep_password(account.login, password)
    library.record(lambda _connection: [stored.fact(account, present=True)]).result()


def refresh_mailboxes(
    library: Library,
    accounts: Sequence[MailAccount] | None = None,
    *,
    encrypted: bool = True,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Take in what came since the last time, of some mailboxes or of all. Not for the GUI thread.

    A mailbox that cannot be read becomes a problem in the report and stops no other. What came in stays
    when the rest is cancelled or the program ends, and is not fetched again.
    """
    work = _Refresh(library, progress, cancelled)
    for account in mailboxes(library) if accounts is None else accounts:
        try:
            work.read(account, encrypted=encrypted)
        except ReaderError as error:
            work.hear(account, error)
    return work.report


@dataclass
class _Refresh:
    """A refresh of mailboxes under way."""

    library: Library
    tell: Callable[[Progress], None]
    cancelled: Callable[[], bool]
    report: Report = field(default_factory=Report)

    def read(self, account: MailAccount, *, encrypted: bool) -> None:
        """Take in what is new in one mailbox."""
        password = password_of(account.login)
        if not password:
            reason = (
                f"The keyring has no password for {account.user} at {account.host}. Add the mailbox again."
            )
            raise ImporterError(reason, account.place)
        seen = Seen(*self.library.ask(partial(stored.seen, account=account)))
        with connected(account, password, encrypted=encrypted) as folder:
            new = folder.newer(seen)
            self._take(account, folder, new)

    def _take(self, account: MailAccount, folder: Folder, new: Sequence[int]) -> None:
        left_out = 0
        for start in range(0, len(new), _TOGETHER):
            heads = folder.heads(new[start : start + _TOGETHER])
            chosen = [head for head in heads if account.sender or head.listed]
            left_out += len(heads) - len(chosen)
            issues = self._issues(account, folder, chosen, (start, len(new)))
            came = import_issues(self.library, issues, cancelled=self.cancelled)  # which hears of problems
            self.report += came
            if self.cancelled():
                self.report += Report(cancelled=True)
                return
            last = new[min(start + _TOGETHER, len(new)) - 1]
            self._note(account, folder.validity, last)
        if left_out:
            self.hear(account, not_chosen(left_out, account.place))

    def _issues(
        self, account: MailAccount, folder: Folder, heads: Sequence[Head], at: tuple[int, int]
    ) -> Iterator[RawIssue]:
        """Fetch mails one by one, until the reader says stop; tell of each that cannot be read."""
        done, total = at
        for number, head in enumerate(heads, 1):
            if self.cancelled():
                return
            self.tell(Progress(done + number, total, account.folder))
            if issue := self._fetched(account, folder, head):
                yield issue

    def _fetched(self, account: MailAccount, folder: Folder, head: Head) -> RawIssue | None:
        try:
            return folder.issue(head)
        except ImporterError as error:
            self.hear(account, error)
            return None

    def _note(self, account: MailAccount, validity: int, uid: int) -> None:
        self.library.write(partial(stored.note_seen, account=account, validity=validity, uid=uid)).result()

    def hear(self, account: MailAccount, error: ReaderError) -> None:
        """Note what did not come in."""
        location = getattr(error, "location", "") or account.place
        self.report += Report(problems=(Problem(location, str(error)),))
