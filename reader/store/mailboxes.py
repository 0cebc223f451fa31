"""The mailboxes from which newsletters come in, and how far each has been read."""

from __future__ import annotations

import sqlite3

from reader.model import Change
from reader.model.mailbox import MailAccount, account_from
from reader.store.facts import Fact, values_of

_KIND = "mailbox"
_FIELD = "account"
_NOTE = "mailbox "
"""What the names of their notes begin with."""


def fact(account: MailAccount, *, present: bool) -> Fact:
    """Return what is written down of an account that is added, or removed."""
    return Fact(_KIND, account.key, _FIELD, account._asdict() if present else None)


def accounts(connection: sqlite3.Connection) -> list[MailAccount]:
    """Return the accounts, those of one server together."""
    values = values_of(connection, _KIND, _FIELD).values()
    found = (account_from(value) for value in values if isinstance(value, dict))
    return sorted(account for account in found if account is not None)


def seen(connection: sqlite3.Connection, account: MailAccount) -> tuple[int, int]:
    """Return how far an account was read: what its numbers are known by, and the last of them."""
    row = connection.execute("SELECT value FROM notes WHERE name = ?", (_NOTE + account.key,)).fetchone()
    validity, _, uid = str(row[0] if row else "").partition(":")
    return (int(validity), int(uid)) if validity.isdigit() and uid.isdigit() else (0, 0)


def note_seen(connection: sqlite3.Connection, account: MailAccount, validity: int, uid: int) -> Change:
    """Remember how far an account was read."""
    connection.execute(
        "INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_NOTE + account.key, f"{validity}:{uid}"),
    )
    return Change()
