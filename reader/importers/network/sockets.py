"""Connections that watch the clock and whom they connect to.

The names of servers are looked up here, every address found is checked, and the connection goes to an address
that was checked: what the name means a moment later does not matter.
"""

from __future__ import annotations

import errno
import os
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeAlias

import httpcore

from reader.importers.network.addresses import is_public

Resolve: TypeAlias = Callable[[str, int], Iterable[tuple[int, Any]]]
"""Returns the family and the address of each machine that a name stands for; raises OSError."""

_SLICE = 0.1
"""Seconds after which somebody who said stop is heard."""
_PATIENCE = 8.0
"""Seconds that one of the machines behind a name may take to be connected to."""
_MACHINES = 4
"""Machines behind a name that are tried."""
_UNDER_WAY = (0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 10035))


class TooLateError(Exception):
    """The time for all of it is over."""


class StoppedError(Exception):
    """Somebody said stop."""


class RefusedError(Exception):
    """The name leads into the reader's own network, or to nobody."""


class NotFoundOnNetError(Exception):
    """The name stands for no machine."""


class Watch:
    """The time that one answer may take in all, and whether anybody still wants it."""

    def __init__(self, seconds: float, cancelled: Callable[[], bool]) -> None:
        self._end = time.monotonic() + seconds
        self._cancelled = cancelled

    def slice(self) -> float:
        """Return how long to wait before asking again; raise TooLateError, StoppedError when it is over."""
        self.hear()
        left = self._end - time.monotonic()
        if left <= 0:
            raise TooLateError
        return min(left, _SLICE)

    def hear(self) -> None:
        """Raise StoppedError once somebody said stop."""
        if self._cancelled():
            raise StoppedError

    def acquire(self, gate: threading.BoundedSemaphore) -> None:
        """Wait for one's turn, however long that takes: it is not the server's fault."""
        began = time.monotonic()
        while not gate.acquire(timeout=_SLICE):
            self.hear()
        self._end += time.monotonic() - began


def resolve(host: str, port: int) -> list[tuple[int, Any]]:
    """Return the machines that a name stands for, as the system says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, address) for family, _, _, _, address in found]


class Guarded(httpcore.NetworkBackend):
    """Connects to machines of the internet only, or to any where `private` is allowed."""

    def __init__(self, watch: Callable[[], Watch], resolve: Resolve, *, private: bool) -> None:
        self._watch = watch
        self._resolve = resolve
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the watch knows the time
        local_address: str | None = None,  # noqa: ARG002 - any
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - none
    ) -> httpcore.NetworkStream:
        watch = self._watch()
        machines = self._allowed(_looked_up(self._resolve, host, port, watch))
        problem: OSError | None = None
        for family, address in machines[:_MACHINES]:
            try:
                return _Stream(_connected(family, address, watch), self._watch)
            except OSError as error:
                problem = error
        raise problem or NotFoundOnNetError

    def _allowed(self, machines: Iterable[tuple[int, Any]]) -> list[tuple[int, Any]]:
        found = list(machines)
        allowed = [one for one in found if self._private or is_public(str(one[1][0]))]
        if found and not allowed:
            raise RefusedError
        return allowed


class _Stream(httpcore.NetworkStream):
    """A connection; whoever uses it waits in slices, by the watch of the thread that uses it."""

    def __init__(self, connection: socket.socket, watch: Callable[[], Watch]) -> None:
        self._connection = connection
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        try:
            got: bytes = _patiently(self._connection, self._watch(), lambda: self._connection.recv(max_bytes))
        except OSError as error:
            raise httpcore.ReadError from error
        return got

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        try:
            while buffer:
                buffer = buffer[_patiently(self._connection, self._watch(), self._sender(buffer)) :]
        except OSError as error:
            raise httpcore.WriteError from error

    def _sender(self, buffer: bytes) -> Callable[[], int]:
        return lambda: self._connection.send(buffer)

    def close(self) -> None:
        self._connection.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        try:
            secure = ssl_context.wrap_socket(
                self._connection, server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._connection = secure
            _patiently(secure, self._watch(), secure.do_handshake)
        except BaseException:
            self._connection.close()
            raise
        return _Stream(secure, self._watch)

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return self._connection if isinstance(self._connection, ssl.SSLSocket) else None
        if info == "server_addr":
            return self._connection.getpeername()
        if info == "is_readable":  # an idle connection that has something to say was closed
            return _is_ready(self._connection, selectors.EVENT_READ, 0)
        return None


def _patiently(connection: socket.socket, watch: Watch, step: Callable[[], Any]) -> Any:
    """Do what waits for the other side, in slices of the time that is left."""
    while True:
        connection.settimeout(watch.slice())
        with suppress(TimeoutError):
            return step()


def _looked_up(resolve: Resolve, host: str, port: int, watch: Watch) -> list[tuple[int, Any]]:
    """Look a name up in a thread of its own, since nothing else ends a look-up that takes too long."""
    answers: SimpleQueue[list[tuple[int, Any]] | Exception] = SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(list(resolve(host, port)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=look_up, name="look-up", daemon=True).start()
    while True:
        with suppress(Empty):
            answer = answers.get(timeout=watch.slice())
            if isinstance(answer, Exception):
                raise NotFoundOnNetError from answer
            return answer


def _connected(family: int, address: Any, watch: Watch) -> socket.socket:
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        _connect(connection, address, watch)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(connection: socket.socket, address: Any, watch: Watch) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.settimeout(0)
    end = time.monotonic() + _PATIENCE
    code = connection.connect_ex(address)
    while code in _UNDER_WAY and not _is_ready(connection, selectors.EVENT_WRITE, watch.slice()):
        if time.monotonic() > end:
            code = errno.ETIMEDOUT
    if code in _UNDER_WAY:
        code = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))


def _is_ready(connection: socket.socket, event: int, seconds: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(connection, event)
        return bool(selector.select(seconds))
