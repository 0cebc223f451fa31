import sqlite3
from contextlib import closing

import make

from reader.services.library import open_library
from reader.store import issues


def test_the_list_is_read_as_its_index_lies_and_never_sorted(tmp_path):
    open_library(tmp_path, make.Heard()).close()
    with closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        asked = []
        connection.set_trace_callback(asked.append)
        for view in ("all", "unread", "starred"):
            issues.rows(connection, view=view)
        plan = [str(line) for sql in list(asked) for line in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(asked) >= 3
    assert any("COVERING INDEX issues_listed" in line for line in plan)
    assert not [line for line in plan if "TEMP B-TREE" in line]
