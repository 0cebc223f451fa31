import sqlite3
import threading

import pytest

from reader.model import StoreError
from reader.store.database import Database, Urgency

NOTE = "INSERT INTO notes VALUES (?, 'x')"


@pytest.fixture
def database(tmp_path):
    opened = Database(tmp_path / "library.db")
    yield opened
    opened.close()


def names(database):
    with database.reading() as connection:
        return {row[0] for row in connection.execute("SELECT name FROM notes WHERE value = 'x'")}


def test_a_job_is_one_transaction(database):
    def job(connection):
        connection.execute(NOTE, ("a",))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.write(job).result()
    assert names(database) == set()
    database.write(lambda connection: connection.execute(NOTE, ("b",))).result()
    assert names(database) == {"b"}


def test_errors_of_sqlite_come_out_in_words(database):
    with pytest.raises(StoreError, match="could not be used"):
        database.write(lambda connection: connection.execute("SELECT * FROM nowhere")).result()
    with pytest.raises(StoreError), database.reading() as connection:
        connection.execute("SELECT * FROM nowhere")
    with pytest.raises(StoreError), database.reading() as connection:
        connection.execute(NOTE, ("a",))


def test_what_a_person_does_goes_before_what_is_imported(database):
    begun, go_on, order = threading.Event(), threading.Event(), []

    def first(_):
        begun.set()
        go_on.wait(5)

    database.write(first, urgency=Urgency.IMPORT)
    begun.wait(5)
    jobs = [
        database.write(lambda _, name=name: order.append(name), urgency=urgency)
        for name, urgency in [
            ("idle", Urgency.IDLE),
            ("one", Urgency.IMPORT),
            ("two", Urgency.IMPORT),
            ("star", Urgency.PERSON),
        ]
    ]
    assert database.waiting == 4
    go_on.set()
    for job in jobs:
        job.result()
    assert order == ["star", "one", "two", "idle"]


def test_a_view_of_the_library_does_not_change_while_it_is_looked_at(database):
    with database.reading() as connection:
        before = connection.execute("SELECT count(*) FROM notes").fetchone()
        database.write(lambda writing: writing.execute(NOTE, ("a",))).result()
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == before
    assert names(database) == {"a"}


def test_what_waits_is_written_before_the_library_closes(tmp_path):
    database = Database(tmp_path / "library.db")
    jobs = [
        database.write(lambda c, n=n: c.execute(NOTE, (str(n),)), urgency=Urgency.IDLE) for n in range(50)
    ]
    database.close()
    assert all(job.done() for job in jobs)
    with sqlite3.connect(tmp_path / "library.db") as connection:
        assert connection.execute("SELECT count(*) FROM notes WHERE value = 'x'").fetchone() == (50,)
    connection.close()


def test_a_connection_ends_with_its_thread(database):
    kept = []

    def read():
        with database.reading() as connection:
            kept.append(connection)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        kept[0].execute("SELECT 1")


def test_a_library_that_cannot_be_read_is_an_error_in_words(tmp_path):
    (tmp_path / "library.db").mkdir()
    with pytest.raises(StoreError, match="could not be used"):
        Database(tmp_path / "library.db")
