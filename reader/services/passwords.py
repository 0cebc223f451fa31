"""Passwords: in the system's keyring and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reader.model import StoreError
from reader.model.mailbox import MISSING

_SERVICE = "Tearsheet"


def password_of(login: str) -> str:
    """Return the password of a login; "" for none. Raise StoreError where the keyring cannot be asked."""
    with _in_words():
        import keyring

        return keyring.get_password(_SERVICE, login) or ""


def keep_password(login: str, password: str) -> None:
    """Put a password into the keyring; raise StoreError where that cannot be."""
    with _in_words():
        import keyring

        keyring.set_password(_SERVICE, login, password)


def forget_password(login: str) -> None:
    """Take a password out of the keyring; that there is none, or no keyring, is no error."""
    try:
        import keyring
        import keyring.errors
    except ModuleNotFoundError:
        return
    try:
        keyring.delete_password(_SERVICE, login)
    except keyring.errors.KeyringError:
        return


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        import keyring.errors
    except ModuleNotFoundError:
        raise StoreError(MISSING) from None
    try:
        yield
    except keyring.errors.NoKeyringError:
        raise StoreError(
            "This system has no keyring, and Tearsheet keeps passwords nowhere else."
            " Install one: GNOME Keyring or KWallet, for example."
        ) from None
    except keyring.errors.KeyringError:
        raise StoreError("The system's keyring is locked or does not answer.") from None
