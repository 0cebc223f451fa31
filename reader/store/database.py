"""Connections to the library's file: many readers, one writing thread that owns the only writing one."""

from __future__ import annotations

import errno
import itertools
import queue
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from reader.model import StoreError
from reader.store.migrations import check_version, migrate

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
Connection: TypeAlias = sqlite3.Connection
Job: TypeAlias = Callable[[Connection], T]
After: TypeAlias = Callable[[Connection, T], object]

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_FULL = (sqlite3.SQLITE_FULL,)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_PATIENCE = 10.0
"""Seconds to wait for another process that writes."""


class Urgency(IntEnum):
    """Which job goes first when several wait."""

    PERSON = 0
    """Somebody pressed a key and looks at the screen."""
    IMPORT = 1
    IDLE = 2
    LAST = 3


class Database:
    """A SQLite file that any thread may read and one thread of its own writes.

    A damaged file raises sqlite3.DatabaseError from the constructor, which is for `damage` to
    handle; everything else raises StoreError.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._readers = Readers(path)
        self._jobs: queue.PriorityQueue[_Waiting] = queue.PriorityQueue()
        self._order = itertools.count()
        self._closed = False
        self._writing = _open_for_writing(path)
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    @property
    def suspect(self) -> Path:
        """A file that stands beside the database when it was found damaged while in use."""
        return self._path.with_suffix(".suspect")

    @property
    def waiting(self) -> int:
        """How many jobs have not begun."""
        return self._jobs.qsize()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the calling thread's connection, with one unchanging view of the library.

        Errors of SQLite come out as StoreError.
        """
        with self._guarded():
            if self._closed:
                raise StoreError("The library is closed.")
            connection = self._readers.own()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                # Not rollback(): it would reset the statements of a read that is still under way.
                with suppress(sqlite3.Error):
                    connection.execute("COMMIT")

    def write(
        self,
        job: Job[T],
        *,
        urgency: Urgency = Urgency.PERSON,
        after: After[T] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Future[T]:
        """Run the job in one transaction on the writing thread.

        `after` is called on that thread once the job is committed, `failed` when it was not; both
        before the future has the result.
        """
        from concurrent.futures import Future  # who only reads does without it

        future: Future[T] = Future()
        if self._closed:
            future.set_exception(StoreError("The library is closed."))
            return future
        self._submit(urgency, lambda: self._run(future, job, after, failed))
        return future

    def close(self) -> None:
        """Finish the writes that wait, then close every connection."""
        if self._closed:
            return
        self._closed = True
        self._submit(Urgency.LAST, None)
        self._thread.join()
        self._readers.close()
        with suppress(sqlite3.Error):
            self._writing.execute("PRAGMA optimize")
        self._writing.close()

    def _submit(self, urgency: Urgency, run: Callable[[], None] | None) -> None:
        self._jobs.put(_Waiting(urgency, next(self._order), run))

    def _work(self) -> None:
        while (run := self._jobs.get().run) is not None:
            run()

    def _run(
        self,
        future: Future[T],
        job: Job[T],
        after: After[T] | None,
        failed: Callable[[BaseException], None] | None,
    ) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            with self._guarded():
                result = self._transact(job)
            if after:
                after(self._writing, result)
        except BaseException as error:  # noqa: BLE001 - whoever waits for the future has it
            if failed:
                failed(error)
            future.set_exception(error)
        else:
            future.set_result(result)

    def _transact(self, job: Job[T]) -> T:
        self._writing.execute("BEGIN IMMEDIATE")
        try:
            result = job(self._writing)
            self._writing.execute("COMMIT")
        except BaseException:
            if self._writing.in_transaction:
                self._writing.rollback()
            raise
        return result

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if is_damage(error):
                self.suspect.touch()
            raise StoreError(sentence(error, self._path)) from error
        except OSError as error:  # of the journal, or of a picture's file
            raise StoreError(_refused(error, self._path)) from error
        except UnicodeEncodeError as error:
            raise StoreError("It holds characters that are none, and cannot be stored.") from error


class _Waiting:
    """A job in the queue; the more urgent first, then the earlier."""

    __slots__ = ("_rank", "run")

    def __init__(self, urgency: Urgency, order: int, run: Callable[[], None] | None) -> None:
        self._rank = (urgency, order)
        self.run = run

    def __lt__(self, other: _Waiting) -> bool:
        return self._rank < other._rank


class Readers:
    """A reading connection for each thread that asks; it is closed when the thread ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._open: dict[int, weakref.ref[_Reader]] = {}

    def own(self) -> sqlite3.Connection:
        """Return the calling thread's connection."""
        reader: _Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = self._local.reader = _Reader(self._path)
            self._open[threading.get_ident()] = weakref.ref(reader)
        return reader.connection

    def close(self) -> None:
        """Close every thread's connection."""
        for reference in list(self._open.values()):
            if reader := reference():
                reader.close()
        self._local = threading.local()


class _Reader:
    def __init__(self, path: Path) -> None:
        self.connection = connect(path)
        self.connection.execute("PRAGMA query_only = ON")

    def close(self) -> None:
        self.connection.close()

    def __del__(self) -> None:
        with suppress(AttributeError, sqlite3.Error):
            self.connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection with the settings that all of ours have."""
    # Closed by whichever thread closes the library; SQLite itself is built to be shared.
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the error says that the file itself is no longer right."""
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _DAMAGED


def sentence(error: sqlite3.Error, path: Path) -> str:
    """Say in the reader's words what SQLite says in its own."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if is_damage(error):
        return "The library is damaged. Start Tearsheet again: it will be set aside and a new one made."
    if code in _FULL:
        return f"The disk is full: nothing could be written to {path.parent}."
    if code in _BUSY:
        return "Another program is using the library. Try again in a moment."
    return f"The library in {path.parent} could not be used: {error}."


def _refused(error: OSError, path: Path) -> str:
    """Say what the system says of a file beside the database."""
    if error.errno == errno.ENOSPC:
        return f"The disk is full: nothing could be written to {path.parent}."
    return f"The library in {path.parent} could not be written: {error.strerror or error}."


def _open_for_writing(path: Path) -> sqlite3.Connection:
    try:
        connection = connect(path)
    except sqlite3.Error as error:
        if is_damage(error):
            raise
        raise StoreError(sentence(error, path)) from error
    try:
        check_version(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        # A commit that a power cut undoes is folded in again from the journal, which is synced.
        connection.execute("PRAGMA synchronous = NORMAL")
        migrate(connection)
    except sqlite3.Error as error:
        connection.close()
        if is_damage(error):
            raise
        raise StoreError(sentence(error, path)) from error
    except StoreError:
        connection.close()
        raise
    return connection
