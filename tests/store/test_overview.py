import random
import sqlite3
from contextlib import closing

import make
import pytest

from reader.services.library import open_library

COUNTED = """
SELECT newsletter, substr(published, 1, 7), count(*), sum(read < stories), sum(stories), sum(read), sum(starred)
FROM issues GROUP BY 1, 2
"""


@pytest.fixture
def library(tmp_path):
    made = open_library(tmp_path, make.Heard())
    yield made
    made.close()


def counted(directory, sql):
    with closing(sqlite3.connect(directory / "library.db")) as connection:
        return sorted(connection.execute(sql))


def test_the_months_always_say_what_counting_all_issues_would(library, tmp_path):
    chance = random.Random(3)
    issues = list(make.issues(25, seed=3, newsletters=3))
    for _ in range(60):
        one = chance.choice(issues)
        if chance.random() < 0.5:
            month = chance.choice(("", "2020", "2020-01-05", "2020-02-09", "2021-02-01T10:00"))
            library.put(make.changed(one, published=month)).result()
        elif keys := [row.key for row in library.stories()]:
            some = chance.sample(keys, min(len(keys), 6))
            mark = chance.choice((library.star, library.mark_read))
            name = "starred" if mark == library.star else "read"
            mark(some, **{name: chance.random() < 0.7}).result()
        assert counted(tmp_path, "SELECT * FROM months") == counted(tmp_path, COUNTED)


def test_the_overview_agrees_with_the_list(library):
    for one in make.issues(30, seed=4):
        library.put(one)
    library.settle()
    library.star([row.key for row in library.stories()[:5]], starred=True).result()
    overview, rows = library.overview(10), library.issues()
    assert overview.first == rows[:10]
    assert sum(count for _, count in overview.months) == len(rows) == overview.counts.issues
    assert [month for month, _ in overview.months] == list(dict.fromkeys(row.published[:7] for row in rows))
    assert overview.counts == library.counts()
    assert overview.counts.starred == 5
    assert overview.newsletters == library.newsletters()
