"""When a story counts as read: shown long enough, or its end was on the screen; never in passing."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

END_MS = 1000
"""How long a story must be shown until its end on the screen counts: J, J, J reads nothing."""


class ReadingTime(QObject):
    """Measures how long a story is shown while the window is in use."""

    read = Signal(str)
    """The story with this key counts as read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seconds = 0.0
        """After how many seconds a story counts as read; 0: only its end counts."""
        self._story = ""
        self._ended = False
        self._in_use = False
        self._shown = QElapsedTimer()
        self._whole = QTimer(self, singleShot=True)
        self._end = QTimer(self, singleShot=True)
        for timer in (self._whole, self._end):
            timer.timeout.connect(self._finish)

    @property
    def story(self) -> str:
        """The story that is being timed, or ""."""
        return self._story

    def begin(self, story: str) -> None:
        """Time a story that is shown and not read yet; "" for none."""
        self.stop()
        self._story, self._ended = story, False
        if self._in_use:
            self._start()

    def stop(self) -> None:
        """Forget the story: nothing is shown any more that could become read."""
        self._story = ""
        self._halt()

    def pause(self) -> None:
        """Stop, as the window is no longer in use; the time begins anew when it is."""
        self._in_use = False
        self._halt()

    def resume(self) -> None:
        """Go on, as the window is in use. Until this is first called, nothing counts."""
        self._in_use = True
        self._start()

    def _halt(self) -> None:
        self._whole.stop()
        self._end.stop()
        self._shown.invalidate()

    def _start(self) -> None:
        if not self._story or self._shown.isValid():
            return
        self._shown.start()
        if self.seconds > 0:
            self._whole.start(round(self.seconds * 1000))
        if self._ended:
            self._end.start(END_MS)

    def end_seen(self) -> None:
        """Take note that the end of the story is on the screen."""
        self._ended = True
        if self._story and self._shown.isValid():
            self._end.start(max(0, END_MS - self._shown.elapsed()))

    def _finish(self) -> None:
        story = self._story
        self.stop()
        if story:
            self.read.emit(story)
