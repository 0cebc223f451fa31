"""Why an address did not answer, in the reader's words."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import httpcore

from reader.importers.network.inflating import BrokenError, TooLargeError
from reader.importers.network.sockets import NotFoundOnNetError, RefusedError, StoppedError, TooLateError
from reader.model.fetched import FetchError

_BROKEN = "The answer broke off before its end, or is not what it says."


@contextmanager
def in_words(host: str, seconds: float, most: int) -> Iterator[None]:
    """Let whatever goes wrong with a host come out as a FetchError."""
    try:
        yield
    except FetchError:
        raise
    except Exception as error:
        raise FetchError(_said(error, host, seconds, most)) from error


def refusal(status: int) -> str:
    """Return what a status says that is neither an answer nor a redirect."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        return f"It answered with the number {status}, which says nothing."
    known = {
        401: "It asks for a name and a password (401).",
        403: "It does not let this program in (403).",
        410: "It is gone for good (410).",
        429: "It asks not to be asked so often (429).",
    }
    return known.get(status, f"It answered “{phrase}” ({status}).")


def size(most: int) -> str:
    """Return a number of bytes as it is said: "20 MB"."""
    return f"{most / 1e6:,.0f} MB" if most >= 1_000_000 else f"{most / 1e3:,.0f} kB"


def _said(error: Exception, host: str, seconds: float, most: int) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of {host} is not valid: {error.verify_message.rstrip('.')}."
    words: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
        (TooLateError, f"It took longer than {seconds:g} seconds."),
        (StoppedError, "It was stopped."),
        (TooLargeError, f"It is larger than {size(most)}."),
        (RefusedError, f"{host} is in your own network, and nobody typed its address."),
        (NotFoundOnNetError, f"The server {host} could not be found."),
        (ssl.SSLError, f"No safe connection to {host} could be made."),
        (ConnectionRefusedError, f"The server {host} does not answer."),
        ((BrokenError, httpcore.ProtocolError), _BROKEN),
        (httpcore.NetworkError, f"The server {host} ended the connection."),
        (OSError, f"The server {host} could not be reached."),
    )
    for kind, said in words:
        if isinstance(error, kind):
            return said
    return f"It could not be asked ({type(error).__name__})."
