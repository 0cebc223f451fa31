import random
import sqlite3
from contextlib import closing

import make
import pytest

from reader.model import parse_query
from reader.services.library import open_library

COUNTED = """
SELECT stories, read, starred FROM issues EXCEPT
SELECT (SELECT count(*) FROM stories WHERE issue = issues.id AND NOT hidden),
    (SELECT count(*) FROM stories JOIN states USING (key) WHERE issue = issues.id AND NOT hidden AND read_at <> ''),
    (SELECT count(*) FROM stories JOIN states USING (key) WHERE issue = issues.id AND starred_at <> '')
FROM issues
"""
MONTHS = """
SELECT newsletter, month, issues, unread, stories, read, starred FROM months EXCEPT
SELECT newsletter, substr(published, 1, 7), count(*), sum(read < stories), sum(stories), sum(read), sum(starred)
FROM issues GROUP BY 1, 2
"""


@pytest.fixture
def library(tmp_path):
    made = open_library(tmp_path, make.Heard())
    yield made
    made.close()


def put(library, **more):
    drafts = [
        make.story("Chips", "Silicon is thin.", section="News"),
        make.story("Boats", "Buy our boats.", section="Sponsors / Gold"),
        make.story("Oars", "Buy our oars.", section="SPONSORS"),
        make.story("Tar", "Tar is black."),
    ]
    parsed = make.issue(drafts, **more)
    library.put(parsed).result()
    return parsed


def titles(rows):
    return [row.title for row in rows]


def found(library, words):
    library.settle()
    return {hit.story.title for hit in library.search(parse_query(words))}


def test_stories_of_a_hidden_section_are_nowhere_but_in_the_whole_issue(library):
    parsed = put(library)
    change = library.hide_sections("import-ai", ["Sponsors"]).result()
    assert change.issues == {parsed.issue.key}
    assert library.hidden_sections("import-ai") == {"Sponsors"}
    assert titles(library.outline(parsed.issue.key).stories) == titles(library.stories()) == ["Chips", "Tar"]
    assert found(library, "buy") == set()
    assert found(library, "is ") == {"Chips", "Tar"}
    assert library.issues()[0].stories == library.counts().stories == library.counts().unread == 2
    assert titles(library.whole(parsed.issue.key).stories) == ["Chips", "Boats", "Oars", "Tar"]
    assert library.page(parsed.stories[3].key).total == 4


def test_only_what_is_seen_has_to_be_read(library):
    parsed = put(library)
    library.hide_sections("import-ai", ["Sponsors"]).result()
    library.mark_read([parsed.stories[0].key, parsed.stories[3].key], read=True).result()
    assert not library.issues()[0].unread
    assert library.newsletters()[0].unread == 0
    assert library.issues(view="unread") == []


def test_what_is_starred_stays_among_the_starred(library):
    parsed = put(library)
    library.star([parsed.stories[1].key], starred=True).result()
    library.hide_sections("import-ai", ["Sponsors"]).result()
    assert titles(library.stories(starred=True)) == ["Boats"]
    assert found(library, "boats is:starred") == {"Boats"}
    assert library.counts().starred == library.issues()[0].starred == 1


def test_what_was_hidden_is_shown_again(library):
    parsed = put(library)
    before = library.overview(5), library.stories(), library.outline(parsed.issue.key)
    library.hide_sections("import-ai", ["Sponsors", "News"]).result()
    library.hide_sections("import-ai", []).result()
    assert (library.overview(5), library.stories(), library.outline(parsed.issue.key)) == before


def test_sections_are_hidden_in_issues_that_come_later_and_in_no_other_newsletter(library):
    library.hide_sections("import-ai", ["Sponsors"]).result()
    put(library)
    put(library, newsletter="The Boat")
    assert len(library.stories(newsletter="import-ai")) == 2
    assert len(library.stories(newsletter="the-boat")) == 4


def test_a_section_of_a_like_name_is_not_hidden(library):
    library.put(make.issue([make.story("Chips", section="Sponsors of research"), "Boats"])).result()
    library.hide_sections("import-ai", ["Sponsors", ""]).result()
    assert titles(library.stories()) == ["Chips", "Boats"]


def test_an_issue_that_changes_hands_is_hidden_as_its_new_newsletter_says(library):
    parsed = put(library)
    library.hide_sections("import-ai", ["Sponsors"]).result()
    library.move_issues({parsed.issue.key: ("the-boat", "The Boat")}).result()
    assert len(library.stories()) == 4


def test_hidden_sections_outlive_the_database(tmp_path):
    library = make.library(tmp_path / "books")
    put(library)
    library.hide_sections("import-ai", ["Sponsors"]).result()
    library.close()
    for file in (tmp_path / "books").glob("library.*"):
        file.unlink()
    library = make.library(tmp_path / "books")
    put(library)
    assert titles(library.stories()) == ["Chips", "Tar"]
    library.close()


def test_all_counts_agree_whatever_is_hidden_read_and_starred(library, tmp_path):
    chance = random.Random(5)
    keys = []
    for number in range(8):
        month = f"2020-{number % 3 + 1:02}-03"
        keys += [one.key for one in put(library, number=str(number), published=month).stories]
    for _ in range(60):
        deed = chance.choice(("hide", "star", "read", "put"))
        some = chance.sample(keys, 5)
        if deed == "hide":
            library.hide_sections("import-ai", chance.sample(["News", "Sponsors", "Nothing"], 2)).result()
        elif deed == "star":
            library.star(some, starred=chance.random() < 0.6).result()
        elif deed == "read":
            library.mark_read(some, read=chance.random() < 0.6).result()
        else:
            put(library, number=str(chance.randrange(8)), published=f"2020-0{chance.randint(1, 4)}-03")
        with closing(sqlite3.connect(tmp_path / "library.db")) as connection:
            assert connection.execute(COUNTED).fetchall() == []
            assert connection.execute(MONTHS).fetchall() == []


def test_the_index_is_not_thrown_away_because_much_is_hidden(tmp_path):
    library = make.library(tmp_path)
    library.put(make.issue([make.story(f"Story {n}", section="Ads") for n in range(1100)])).result()
    library.settle()
    library.hide_sections("import-ai", ["Ads"]).result()
    library.close()
    with closing(sqlite3.connect(tmp_path / "index.db")) as connection:
        connection.execute("INSERT INTO notes VALUES ('mark', 'stays')")
        connection.commit()
    make.library(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "index.db")) as connection:
        assert connection.execute("SELECT value FROM notes WHERE name = 'mark'").fetchone()
