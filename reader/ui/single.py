"""One window for a library: a second start hands over what it was given and raises the first."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

from reader.model import StoreError

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_WAIT_MS = 500
_TRIES = 30


class Single(QObject):
    """Knows whether this is the first window of a library, and hears of the later ones."""

    called = Signal(list)
    """A later start asks for the window; with the paths it was given."""

    def __init__(self, library_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        try:
            library_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The library in {library_dir} could not be opened: {error.strerror}."
            ) from error
        self._library_dir = library_dir
        self._lock = QLockFile(str(library_dir / "window.lock"))
        # The lock is kept for days; a lock whose process is gone is taken over all the same.
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def first(self) -> bool:
        """Return whether this is the first window; no later start is, from then on."""
        return self._lock.tryLock(0)

    def call(self, paths: Sequence[Path]) -> None:
        """Hand the paths to the first window and raise it.

        Raises StoreError where the first window does not answer.
        """
        message = json.dumps([str(path.absolute()) for path in paths]).encode() + b"\n"
        for _ in range(_TRIES):
            if _sent(server_name(self._library_dir), message):
                return
            # The first window may hold its lock and not listen yet.
            threading.Event().wait(0.1)
        raise StoreError("Tearsheet has this library open already, and its window does not answer.")

    def close(self) -> None:
        """Hear of nobody any more; the next start is the first again."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def listen(self) -> None:
        """Hear of later starts. QtNetwork takes 15 ms to load: call it when the window is painted."""
        from PySide6.QtNetwork import QLocalServer

        name = server_name(self._library_dir)
        QLocalServer.removeServer(name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        self._server.listen(name)

    def _on_connection(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            # Whoever connects writes its one line at once: there is nothing to wait for.
            if socket.canReadLine() or socket.waitForReadyRead(_WAIT_MS):
                paths = _paths_in(bytes(socket.readLine().data()))
                socket.write(b"ok\n")
                socket.waitForBytesWritten(_WAIT_MS)
                self.called.emit(paths)
            socket.disconnectFromServer()
            socket.deleteLater()


def server_name(library_dir: Path) -> str:
    """Return the name under which the first window of a library listens."""
    # Loaded when the window stands, like QtNetwork.
    import getpass
    import hashlib

    told = f"{getpass.getuser()}\n{library_dir.resolve()}"
    name = f"tearsheet-{hashlib.sha256(told.encode()).hexdigest()[:16]}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    # A socket's path may have 108 bytes at most; Qt puts a bare name into the temporary directory.
    return f"{runtime}/{name}" if runtime and len(runtime) < 80 else name


def _sent(name: str, message: bytes) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(message)
    answered = socket.waitForBytesWritten(_WAIT_MS) and socket.waitForReadyRead(4 * _WAIT_MS)
    socket.disconnectFromServer()
    return bool(answered)


def _paths_in(line: bytes) -> list[Path]:
    try:
        told = json.loads(line)
    except ValueError:
        return []
    return [Path(path) for path in told if isinstance(path, str)] if isinstance(told, list) else []
