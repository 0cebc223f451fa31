"""Workers: pure functions in processes of their own, where they can neither stop the window nor end it."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context, parent_process
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_SLICE = 64  # jobs under way at once: enough to keep the workers busy, few enough to stop soon
_MADE = 10_000  # objects after which garbage is looked for; 700 where nothing is said
_STANDS_BACK = 10  # on the scale from 0, as everybody, to 19
_COUNT = max(1, min(4, os.cpu_count() or 1))


class Workers:
    """Runs a function over many jobs, in order; a job that ends its process costs nothing but itself."""

    def __init__(self, *, here: bool = False, seconds: float = 60.0) -> None:
        """Work in this process (`here`: for a few small jobs) or in others, `seconds` for each job."""
        self._here = here
        self._seconds = seconds
        self._many: Executor | None = None
        self._alone: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in (self._many, self._alone):
            if pool:
                pool.shutdown(cancel_futures=True)

    def results(
        self, function: Callable[[Job], Result], jobs: Iterable[Job]
    ) -> Iterator[tuple[Job, Result | BaseException]]:
        """Yield each job with its result or the exception; BrokenProcessPool where its process ended."""
        waiting: deque[tuple[Job, Future[Result]]] = deque()
        for job in jobs:
            waiting.append((job, self._submit(function, job)))
            if len(waiting) >= _SLICE:
                first = self._first(function, waiting)
                yield first
        while waiting:
            left = self._first(function, waiting)
            yield left

    def _first(
        self, function: Callable[[Job], Result], waiting: deque[tuple[Job, Future[Result]]]
    ) -> tuple[Job, Result | BaseException]:
        job, future = waiting.popleft()
        outcome = self._outcome(function, job, future)
        return job, outcome

    def _outcome(
        self, function: Callable[[Job], Result], job: Job, future: Future[Result]
    ) -> Result | BaseException:
        error = future.exception()
        if isinstance(error, BrokenProcessPool):  # this job or one beside it did that: try it by itself
            future = self._submit_alone(function, job)
            error = future.exception()
        return error or future.result()

    def _submit(self, function: Callable[[Job], Result], job: Job) -> Future[Result]:
        if self._many is None:
            self._many = ThreadPoolExecutor(1) if self._here else self._processes(_COUNT)
        try:
            return self._run(self._many, function, job)
        except BrokenProcessPool:
            self._many = self._processes(_COUNT)
            return self._run(self._many, function, job)

    def _submit_alone(self, function: Callable[[Job], Result], job: Job) -> Future[Result]:
        try:
            if self._alone:
                return self._run(self._alone, function, job)
        except BrokenProcessPool:
            pass
        self._alone = self._processes(1)
        return self._run(self._alone, function, job)

    def _run(self, pool: Executor, function: Callable[[Job], Result], job: Job) -> Future[Result]:
        if self._here:
            return pool.submit(function, job)
        return pool.submit(_watched, function, job, self._seconds)

    @staticmethod
    def _processes(count: int) -> Executor:
        return ProcessPoolExecutor(count, get_context("spawn"), initializer=_settle_in)


def _settle_in() -> None:
    """Prepare a worker: Ctrl+C is the parent's to answer, and without the parent there is no work.

    The window and a star come first: where a process can be told to stand back, this one does. Next to
    nothing of what a job makes is garbage before its end: looking through it took a tenth of the time.
    """
    gc.set_threshold(_MADE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        with suppress(OSError):  # a sandbox may forbid it
            os.nice(_STANDS_BACK)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _watched(function: Callable[[Any], Result], job: Any, seconds: float) -> Result:
    """Run a job; end the process when it takes too long, for nothing else stops a regular expression."""
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            return function(job)
        finally:
            faulthandler.cancel_dump_traceback_later()
