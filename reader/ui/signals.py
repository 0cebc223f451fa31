"""What the system says to the program: to end."""

from __future__ import annotations

import os
import signal
import socket

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier


class QuitsOnSignal(QObject):
    """Quits in good order when the system asks: Ctrl+C in the terminal, the end of the session.

    Python hears of a signal only when Qt gives it a turn; a byte in a socket makes Qt do that.
    """

    def __init__(self, qt: QCoreApplication) -> None:
        super().__init__(qt)
        self._read, self._write = socket.socketpair()
        self._write.setblocking(False)  # noqa: FBT003 - a positional argument of the socket's own
        self._before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: qt.quit())
        qt.aboutToQuit.connect(self._close)

    def _drain(self) -> None:
        if self._read.fileno() >= 0:  # what was told already may arrive after the end
            os.read(self._read.fileno(), 64)

    def _close(self) -> None:
        """Leave the signals to Python again."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        self._read.close()
        self._write.close()
