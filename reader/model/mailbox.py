"""A mailbox on a server, as far as it may be written down: never with its password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

SECURE_PORT = 993
INBOX = "INBOX"
MISSING = "Reading mailboxes needs two more packages: pip install 'tearsheet[mail]'."


class MailAccount(NamedTuple):
    """A folder of a mailbox from which newsletters come in."""

    host: str
    user: str
    """The name that the server knows, mostly an address."""
    port: int = SECURE_PORT
    folder: str = INBOX
    sender: str = ""
    """Whose mails come in, all of them; "" lets in those that went out to subscribers."""

    @property
    def place(self) -> str:
        """Where its mails are: "imap://ada%40example.org@mail.example.org/INBOX"."""
        return f"imap://{self.login}/{quote(self.folder, safe='')}"

    @property
    def login(self) -> str:
        """Who logs in where; accounts that share it share a password."""
        port = "" if self.port == SECURE_PORT else f":{self.port}"
        return f"{quote(self.user, safe='')}@{self.host}{port}"

    @property
    def key(self) -> str:
        """What the account is known by: its place, and whose mails."""
        return f"{self.place}?{urlencode({'from': self.sender})}" if self.sender else self.place


def account_from(value: Mapping[str, Any]) -> MailAccount | None:
    """Return the account that was written down; None where it cannot be one."""
    texts = [value.get(name) for name in ("host", "user", "folder", "sender")]
    port = value.get("port")
    if not all(isinstance(text, str) for text in texts) or not isinstance(port, int):
        return None
    host, user, folder, sender = map(str, texts)
    return MailAccount(host, user, port, folder, sender)
