"""What an address answered, and who asks it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

from reader.model.errors import ImporterError


class Fetched(NamedTuple):
    """An answer of the network, read whole and inflated."""

    address: str
    """Where it came from in the end, after all redirects."""
    status: int
    """200, or 304 where what was asked for has not changed."""
    body: bytes = b""
    media_type: str = ""
    """In lower case, without parameters: "text/html"; "" where none was said."""
    headers: Mapping[str, str] = MappingProxyType({})
    """By their names in lower case."""
    moved: str = ""
    """Where it is from now on, when the redirects that led on were permanent; "" where it stays."""
    private: bool = False
    """Whether it was answered by a server in the reader's own network."""


class FetchError(ImporterError):
    """An address did not give what was asked for; the message says why in the reader's words."""

    def __init__(self, reason: str, location: str = "", status: int = 0, retry_after: float = 0.0) -> None:
        super().__init__(reason, location)
        self.status = status
        """What the server answered: 404, 410, 429 …; 0 where it did not answer."""
        self.retry_after = retry_after
        """Seconds after which it may be asked again, as it says; 0 where it does not."""

    def __reduce__(self) -> tuple[type[FetchError], tuple[str, str, int, float]]:
        return type(self), (self.reason, self.location, self.status, self.retry_after)


class Fetches(Protocol):
    """Asks addresses, as politely and as carefully as the program ever does."""

    def get(
        self, address: str, *, accept: str = "", etag: str = "", modified: str = "", most_bytes: int = 0
    ) -> Fetched:
        """Return what an address answers with 200 or 304; raise FetchError for everything else.

        `etag` and `modified` are what it said of itself the last time. At most `most_bytes` are taken in, on
        the wire and after inflating; 0 is the limit that pages and feeds have.
        """
