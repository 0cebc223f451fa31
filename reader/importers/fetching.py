"""The network: asks addresses of the web, politely, and trusts nothing that answers.

This module says what the rules are; `network/` keeps them. Nothing of it is loaded before it is used.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from reader import __version__
from reader.model.fetched import Fetched, FetchError
from reader.model.following import without_password

if TYPE_CHECKING:
    import ssl

    import httpcore

    from reader.importers.network.addresses import Place
    from reader.importers.network.sockets import Resolve, Watch

USER_AGENT = f"Tearsheet/{__version__} (a reader of newsletters)"
_SECONDS = 30.0
"""What an answer may take, with all redirects and however slowly it comes."""
_MOST_BYTES = 20_000_000
_REDIRECTS = 5
_AT_ONCE = 2
"""Connections that one host is asked over at a time."""
_IDLE = 15.0
"""Seconds that a connection is kept for the next question."""
_LONGEST = 4_000
"""Signs that a header of ours may have: some are what a server said."""
_PERMANENT = (301, 308)
_LEADING_ON = (301, 302, 303, 307, 308)


class _Question(NamedTuple):
    """What every hop is asked."""

    accept: str
    etag: str
    modified: str
    most: int


class _Redirect(NamedTuple):
    """An answer that only says where to ask."""

    location: str
    permanent: bool


class Fetcher:
    """Asks addresses; a context manager, used from any number of threads.

    - Only http and https, at most five redirects, all in 30 seconds.
    - Every hop goes to a machine of the internet. The reader's own network is open to the hosts that the
      reader `typed`, and only where the question was put to that very host: no site leads there.
    - Certificates are verified, no cookies are kept, and nobody is told where the reader comes from.
    """

    def __init__(
        self,
        typed: Iterable[str] = (),
        *,
        cancelled: Callable[[], bool] = lambda: False,
        seconds: float = _SECONDS,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """Once `cancelled` says True, whatever is under way ends with a FetchError.

        `resolve` looks names up and `trust` verifies certificates; without them the system does.
        """
        self._typed = frozenset(typed)
        self._cancelled = cancelled
        self._seconds = seconds
        self._resolve = resolve
        self._trust = trust
        self._pools: dict[bool, httpcore.ConnectionPool] = {}
        self._gates: dict[str, threading.BoundedSemaphore] = {}
        self._lock = threading.Lock()
        self._own = threading.local()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept."""
        for pool in self._pools.values():
            pool.close()

    def get(
        self, address: str, *, accept: str = "", etag: str = "", modified: str = "", most_bytes: int = 0
    ) -> Fetched:
        """Return what an address answers with 200 or 304; raise FetchError for everything else."""
        from reader.importers.network.sockets import Watch

        self._load_certificates()  # which takes a while, and is not the server's fault
        self._own.watch = Watch(self._seconds, self._cancelled)
        question = _Question(accept or "*/*", etag, modified, most_bytes or _MOST_BYTES)
        try:
            return self._ask(address, question)
        except FetchError as error:
            error.location = without_password(address)
            raise

    def _ask(self, address: str, question: _Question) -> Fetched:
        """Ask an address and those that it leads to, by hand, so that each of them is checked."""
        from reader.importers.network.addresses import led_to, place_of

        first = place_of(address).host
        here, moved, permanent = address, "", True
        for _ in range(_REDIRECTS + 1):
            place = place_of(here)
            private = place.host == first and first in self._typed
            answer = self._ask_once(place, question, private=private)
            if isinstance(answer, Fetched):
                return answer._replace(address=here, moved=moved)
            here = led_to(here, answer.location, address)
            downgraded = place.scheme == "https" and not here.startswith("https:")
            permanent = permanent and answer.permanent and not downgraded
            moved = here if permanent else moved
        raise FetchError("It leads from one address to another without end.")

    def _ask_once(self, place: Place, question: _Question, *, private: bool) -> Fetched | _Redirect:
        import httpcore

        from reader.importers.network.words import in_words

        url = httpcore.URL(scheme=place.scheme, host=place.host, port=place.port, target=place.target)
        headers = _headers(place, question)
        with in_words(place.host, self._seconds, question.most), self._gate(place.host):
            pool = self._pool(private=private)
            try:
                response = pool.handle_request(httpcore.Request("GET", url, headers=headers))
            except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
                # A connection that was kept may have been closed meanwhile; a new one is tried once.
                response = pool.handle_request(httpcore.Request("GET", url, headers=headers))
            try:
                return _answer(response, question)
            finally:
                response.close()

    def _load_certificates(self) -> None:
        import httpcore

        with self._lock:
            self._trust = self._trust or httpcore.default_ssl_context()

    def _pool(self, *, private: bool) -> httpcore.ConnectionPool:
        """Return the connections that may go into the reader's own network, or those that may not."""
        import httpcore

        from reader.importers.network.sockets import Guarded, resolve

        with self._lock:
            if private not in self._pools:
                self._pools[private] = httpcore.ConnectionPool(
                    self._trust,
                    max_connections=None,
                    max_keepalive_connections=_AT_ONCE * 4,
                    keepalive_expiry=_IDLE,
                    network_backend=Guarded(self._watch, self._resolve or resolve, private=private),
                )
            return self._pools[private]

    @contextmanager
    def _gate(self, host: str) -> Iterator[None]:
        """Wait until the host is asked by no more than one other."""
        with self._lock:
            gate = self._gates.setdefault(host, threading.BoundedSemaphore(_AT_ONCE))
        self._watch().acquire(gate)
        try:
            yield
        finally:
            gate.release()

    def _watch(self) -> Watch:
        watch: Watch = self._own.watch
        return watch


def asked_host(address: str) -> str:
    """Return the host of an address; of what is none the text itself, which may be a host; "" for nothing."""
    from reader.importers.network.addresses import place_of

    try:
        return place_of(address if "://" in address else f"https://{address}").host
    except FetchError:
        return ""


def _headers(place: Place, question: _Question) -> list[tuple[str | bytes, str | bytes]]:
    said = {
        "Host": place.authority,
        "User-Agent": USER_AGENT,
        "Accept": question.accept,
        "Accept-Encoding": "gzip, deflate",
        "If-None-Match": question.etag,
        "If-Modified-Since": question.modified,
        "Authorization": place.login,
    }
    return [
        (name, value)
        for name, value in said.items()
        if 0 < len(value) < _LONGEST and value.isascii() and value.isprintable()
    ]


def _answer(response: httpcore.Response, question: _Question) -> Fetched | _Redirect:
    """Return what an answer says, its body whole and inflated."""
    from reader.importers.network.addresses import is_public
    from reader.importers.network.patience import retry_after
    from reader.importers.network.words import refusal

    headers = _by_name(response)
    status = response.status
    if status in _LEADING_ON and headers.get("location"):
        return _Redirect(_utf8(headers["location"]), status in _PERMANENT)
    if status not in (200, 203, 304):
        raise FetchError(refusal(status), status=status, retry_after=retry_after(headers))
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    body = b"" if status == 304 else _body(response, headers, question.most)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    private = not (peer and is_public(str(peer[0])))
    return Fetched("", 304 if status == 304 else 200, body, kind, headers, private=private)


def _by_name(response: httpcore.Response) -> Mapping[str, str]:
    """Return the headers, of each name the first."""
    headers: dict[str, str] = {}
    for name, value in response.headers:
        headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())
    return headers


def _utf8(said: str) -> str:
    """Return a header as it was meant: addresses have UTF-8 in them, which no header may have."""
    try:
        return said.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return said


def _body(response: httpcore.Response, headers: Mapping[str, str], most: int) -> bytes:
    from reader.importers.network.inflating import Body, TooLargeError

    length = headers.get("content-length", "")
    if length.isdecimal() and (len(length) > 18 or int(length) > most):
        raise TooLargeError
    body = Body(headers.get("content-encoding", "").strip().lower(), most)
    for chunk in response.iter_stream():
        body.add(chunk)
    return body.whole()
