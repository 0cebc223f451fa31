"""Work off the GUI thread, and its results back on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")

_BETWEEN_S = 0.05
"""Seconds between two words of progress: the window needs no more."""


class Background(QObject):
    """One object that lives as long as the program, so that no result is lost with its sender."""

    failed = Signal(Exception)
    """An error that nobody asked to be told of."""
    _finished = Signal(object, object, object)
    _called = Signal(object)
    _asked = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._questions: set[Future[object]] = set()
        self._begun: set[Future[object]] = set()
        queued = Qt.ConnectionType.QueuedConnection
        self._finished.connect(self._deliver, queued)
        self._called.connect(self._run, queued)
        self._asked.connect(self._put, queued)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        """The threads, which a start does without until the window is painted."""
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(4, "background")

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return bool(self._begun)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> Future[T]:
        """Run work on another thread, then done (or failed) on this one."""
        return self.watch(self._pool.submit(work), done, failed)

    def watch(
        self,
        future: Future[T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> Future[T]:
        """Call done (or failed) on the GUI thread with what the future comes to."""
        self._begun.add(future)  # type: ignore[arg-type]
        future.add_done_callback(lambda finished: self._finished.emit(finished, done, failed))
        return future

    def tell(self, call: Callable[[], object]) -> None:
        """From another thread: run a call on the GUI thread, and do not wait for it."""
        self._called.emit(call)

    def ask(self, question: Callable[[Callable[[T], None]], object]) -> T:
        """From another thread: put a question on the GUI thread and wait until it is answered.

        The question is given the function to answer with. Raises CancelledError where the program
        closes before that.
        """
        from concurrent.futures import Future

        answer: Future[T] = Future()
        self._questions.add(answer)  # type: ignore[arg-type]
        self._asked.emit(question, answer)
        return answer.result()

    def close(self) -> None:
        """Wait for the work that has begun; questions that stand open are taken back."""
        for answer in list(self._questions):
            answer.cancel()
        self._pool.shutdown(cancel_futures=True)

    @Slot(object, object, object)
    def _deliver(
        self,
        finished: Future[T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object] | None,
    ) -> None:
        self._begun.discard(finished)
        if finished.cancelled():
            return
        error = finished.exception()
        if error is None:
            done(finished.result())
        elif failed is not None:
            failed(error)
        else:
            self.failed.emit(error)

    @Slot(object)
    def _run(self, call: Callable[[], object]) -> None:
        call()

    @Slot(object, object)
    def _put(self, question: Callable[[Callable[[T], None]], object], answer: Future[T]) -> None:
        def reply(value: T) -> None:
            self._questions.discard(answer)
            if not answer.done():
                answer.set_result(value)

        if not answer.cancelled():
            question(reply)


def spaced(background: Background, tell: Callable[[T], object]) -> Callable[[T], None]:
    """Return a function for another thread that tells news on the GUI thread, but not all too often."""
    last = 0.0

    def told(news: T) -> None:
        nonlocal last
        if monotonic() - last >= _BETWEEN_S:
            last = monotonic()
            background.tell(lambda: tell(news))

    return told


class Newest:
    """Asks one question after another in the background; only the newest is answered."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._number = 0

    def ask(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Run work in the background; done hears of it unless something newer was asked."""
        self._number += 1
        number = self._number
        self._background.run(work, lambda result: done(result) if number == self._number else None)

    def drop(self) -> None:
        """Take back the question that stands."""
        self._number += 1
