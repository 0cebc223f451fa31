"""Mail from a server, by IMAP: read, never changed, never marked as read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.importers.messages.headers import is_of_newsletter
from reader.importers.messages.reading import LIMIT, name_of_message, read_message
from reader.model import ImporterError, RawIssue, State
from reader.model.mailbox import MISSING, MailAccount

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

_SECONDS = 30.0
"""How long one answer of the server may take to begin."""
_AT_ONCE = 200
"""Mails whose heads are asked for together."""
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_LIST_FIELDS = "UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (LIST-ID LIST-UNSUBSCRIBE LIST-POST)]"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\"\\]")


class Seen(NamedTuple):
    """How far a folder has been read: up to this number, as long as the server counts as it did."""

    validity: int = 0
    uid: int = 0


class Head(NamedTuple):
    """What is known of a mail before it is fetched."""

    uid: int
    size: int
    """Bytes, as the server says."""
    listed: bool
    """Whether it went out to subscribers."""


@contextmanager
def connected(account: MailAccount, password: str, *, encrypted: bool = True) -> Iterator[Folder]:
    """Open the folder of an account for reading; raise ImporterError where that cannot be.

    The server has to prove who it is. Only tests are not `encrypted`. No error says the password.
    """
    box = _box(account, encrypted=encrypted)
    try:
        yield Folder(account, box, _log_in(account, box, password))
    finally:
        _log_out(box)


class Folder:
    """The folder of an account, while the server is there."""

    def __init__(self, account: MailAccount, box: BaseMailBox, validity: int) -> None:
        self.validity = validity
        """What the server's numbers of this folder are known by."""
        self._account = account
        self._box = box

    def newer(self, seen: Seen) -> list[int]:
        """Return the numbers of the mails that came after those seen, the oldest first."""
        first = seen.uid + 1 if seen.validity == self.validity else 1
        criteria = f"UID {first}:*"
        if sender := self._account.sender:
            criteria += f' FROM "{sender}"'
        with _in_words(self._account):
            found = self._box.uids(criteria, charset=None)
        # The last mail of the folder is always in such a range, however old it is.
        return sorted(uid for uid in map(int, found) if uid >= first)

    def heads(self, uids: Sequence[int]) -> list[Head]:
        """Return what is known of some mails before they are fetched."""
        heads: list[Head] = []
        for start in range(0, len(uids), _AT_ONCE):
            wanted = ",".join(map(str, uids[start : start + _AT_ONCE]))
            heads += (_head(*answer) for answer in self._fetch(wanted, f"({_LIST_FIELDS})"))
        return sorted(heads)

    def issue(self, head: Head) -> RawIssue | None:
        """Fetch a mail; None where it is gone by now. Raise ImporterError where it cannot be read."""
        if head.size > LIMIT:
            raise ImporterError(
                f"A mail of {head.size / 1e6:,.0f} MB was left out; up to {LIMIT // 1_000_000} MB are read.",
                self._account.place,
            )
        for said, data in self._fetch(str(head.uid), f"(UID FLAGS BODY.PEEK[]<0.{LIMIT + 1}>)"):
            location = f"{self._account.place}/{name_of_message(data)}"
            state = State(read=b"\\Seen" in said, starred=b"\\Flagged" in said)
            return read_message(data, location)._replace(state=state)
        return None

    def _fetch(self, uids: str, what: str) -> Iterator[tuple[bytes, bytes]]:
        """Yield for each mail what the server said around its bytes, and the bytes."""
        with _in_words(self._account):
            _, answers = self._box.client.uid("fetch", uids, what)
        yield from _parted(answers)


def _parted(answers: Sequence[Any]) -> Iterator[tuple[bytes, bytes]]:
    """Part the answers to a fetch as imaplib has them: a pair for what has bytes, then what stood behind."""
    said, data = b"", b""
    for answer in answers:
        if isinstance(answer, tuple):
            if said:
                yield said, data
            said, data = bytes(answer[0]), bytes(answer[1])
        elif isinstance(answer, bytes) and said:
            said += b" " + answer
    if said:
        yield said, data


def _head(said: bytes, fields: bytes) -> Head:
    uid, size = _UID.search(said), _SIZE.search(said)
    return Head(int(uid[1]) if uid else 0, int(size[1]) if size else 0, is_of_newsletter(fields))


def _box(account: MailAccount, *, encrypted: bool) -> BaseMailBox:
    if _UNSAFE.search(account.sender) or not account.sender.isascii():
        raise ImporterError("The sender has to be an address or a part of one.", account.place)
    try:
        from imap_tools import MailBox, MailBoxUnencrypted
    except ModuleNotFoundError:
        raise ImporterError(MISSING, account.place) from None
    import ssl

    with _in_words(account):
        if not encrypted:
            return MailBoxUnencrypted(account.host, account.port, timeout=_SECONDS)
        # Without a context of ours imaplib asks for no certificate at all.
        context = ssl.create_default_context()
        return MailBox(account.host, account.port, timeout=_SECONDS, ssl_context=context)


def _log_in(account: MailAccount, box: BaseMailBox, password: str) -> int:
    """Log in and open the folder; return what the server's numbers of it are known by."""
    from imap_tools import MailboxFolderSelectError, MailboxLoginError

    plain = account.user.isascii() and password.isascii()
    try:
        with _in_words(account):
            (box.login if plain else box.login_utf8)(account.user, password, initial_folder=None)
            box.folder.set(account.folder, readonly=True)
            _, validity = box.client.response("UIDVALIDITY")
    except MailboxLoginError:
        reason = f"{account.host} does not let {account.user} in with this password."
        raise ImporterError(reason, account.place) from None
    except MailboxFolderSelectError:
        reason = f"{account.host} has no folder “{account.folder}” for {account.user}."
        raise ImporterError(reason, account.place) from None
    return int(validity[0]) if validity and validity[0] else 0


def _log_out(box: BaseMailBox) -> None:
    import imaplib

    from imap_tools import ImapToolsError

    try:
        box.logout()
    except (OSError, ImapToolsError, imaplib.IMAP4.error):
        with suppress(OSError):
            box.client.shutdown()


@contextmanager
def _in_words(account: MailAccount) -> Iterator[None]:
    """Say in words what went wrong between here and the server; who it let in and where is said by others."""
    import imaplib
    import ssl

    from imap_tools import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

    host = account.host
    try:
        yield
    except (MailboxLoginError, MailboxFolderSelectError):
        raise
    except ssl.SSLCertVerificationError:
        raise ImporterError(
            f"{host} did not prove that it is {host}; nothing was sent.", account.place
        ) from None
    except TimeoutError:
        raise ImporterError(f"{host} did not answer in time.", account.place) from None
    except ssl.SSLError:
        raise ImporterError(f"{host} speaks no TLS on port {account.port}.", account.place) from None
    except OSError as error:
        reason = f"{host} could not be reached: {error.strerror or error}."
        raise ImporterError(reason, account.place) from None
    except (ImapToolsError, imaplib.IMAP4.error, UnicodeError, ValueError):
        raise ImporterError(f"{host} answered in a way that is not understood.", account.place) from None
