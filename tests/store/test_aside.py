import sqlite3

import pytest

from reader.store import aside
from reader.store.migrations import migrate

LEFT = {"issues", "aside", "aside_locations"}
"""What is no part of an issue."""


@pytest.fixture
def connection():
    opened = sqlite3.connect(":memory:", isolation_level=None)
    migrate(opened)
    yield opened
    opened.close()


def belonging(connection):
    """The tables whose rows go with an issue or with its stories."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in tables:
        owners = {row[2] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
        if owners & {"issues", "stories"}:
            yield table


def test_everything_that_goes_with_an_issue_is_laid_aside_with_it(connection):
    assert {*belonging(connection)} - LEFT == {*aside.TABLES}
