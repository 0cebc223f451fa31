import shutil
import sqlite3

import make
import pytest

from reader.model import StoreError, parse_query
from reader.services.library import open_library


@pytest.fixture
def heard():
    return make.Heard()


@pytest.fixture
def left(tmp_path, heard):
    """A library with a starred story, a note and an opened folder, closed well."""
    library = make.library(tmp_path, 8, words=400)
    key = library.stories()[0].key
    library.star([key], starred=True)
    library.set_note(key, "Look again")
    library.add_folder("/letters", "Letters")
    library.close()
    return tmp_path, key


def garbage(path):
    path.write_bytes(b"not a database at all " * 1000)


def cut_in_half(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // 4096 * 4096)


def cut_to_a_page(path):
    with path.open("r+b") as file:
        file.truncate(4096)


def hole(path):
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xa5" * 4096 * 20)


def no_tables(path):
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE texts")
    connection.close()


@pytest.mark.parametrize("harm", [garbage, cut_in_half, cut_to_a_page, hole, no_tables])
def test_a_damaged_library_is_set_aside_and_what_the_reader_did_survives(left, heard, harm):
    directory, key = left
    before = (directory / "library.db").read_bytes()
    harm(directory / "library.db")
    harmed = (directory / "library.db").read_bytes()
    assert harmed != before
    library = open_library(directory, heard)
    (notice,) = library.notices
    (aside,) = (directory / "damaged").iterdir()
    assert str(aside) in notice
    assert (aside / "library.db").read_bytes() == harmed
    assert library.issues() == []
    assert library.folders() == ["/letters"]
    assert library.state(key).starred
    for parsed in make.issues(8, words=400):
        library.put(parsed).result()
    assert [(row.key, row.state.note) for row in library.stories(starred=True)] == [(key, "Look again")]
    assert library.search(parse_query("is:starred"))[0].story.key == key
    assert heard.errors == []
    library.close()
    again = open_library(directory, heard)
    assert again.notices == ()
    assert again.state(key).starred
    again.close()


def test_damage_that_is_met_in_the_middle_is_set_aside_at_the_next_start(left, heard):
    directory, key = left
    library = open_library(directory, heard)
    with sqlite3.connect(directory / "library.db") as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'texts'").fetchone()
    connection.close()
    with (directory / "library.db").open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xa5" * 4096)
    with pytest.raises(StoreError, match="damaged"):
        library.page(key)
    library.close()
    again = open_library(directory, heard)
    assert len(again.notices) == 1
    assert again.state(key).starred
    again.close()


@pytest.mark.parametrize("harm", [garbage, cut_in_half, cut_to_a_page, lambda path: path.unlink()])
def test_a_damaged_index_is_made_again_without_a_word(left, heard, harm):
    directory, key = left
    harm(directory / "index.db")
    library = open_library(directory, heard)
    (title,) = (row.title for row in library.story_rows([key]))
    library.settle()
    assert key in [hit.story.key for hit in library.search(parse_query(f'"{title}"'))]
    assert library.notices == ()
    library.close()
    assert heard.errors == []


def test_an_index_that_breaks_in_the_middle_costs_no_answer(left, heard):
    directory, key = left
    library = open_library(directory, heard)
    (title,) = (row.title for row in library.story_rows([key]))
    library.settle()
    library._index._readers.own().close()
    query = parse_query(f'"{title}"')
    assert key in [hit.story.key for hit in library.search(query)]
    library.settle()
    assert key in [hit.story.key for hit in library.search(query)]
    library.close()
    assert heard.errors == []


def test_an_index_of_another_library_is_not_believed(left, heard, tmp_path):
    directory, _ = left
    other = make.library(tmp_path / "other", 3, seed=7)
    title = other.stories()[0].title
    other.close()
    shutil.copy(tmp_path / "other" / "index.db", directory / "index.db")
    library = open_library(directory, heard)
    library.settle()
    assert library.search(parse_query(f'"{title}"')) == []
    assert library.search(parse_query(f'"{library.stories()[0].title}"')) != []
    library.close()


def test_a_library_of_a_newer_version_is_refused_and_left_as_it_is(left, heard):
    directory, _ = left
    with sqlite3.connect(directory / "library.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()}
    with pytest.raises(StoreError, match="newer Tearsheet"):
        open_library(directory, heard)
    assert {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()} == before


def test_a_database_that_is_put_back_from_a_backup_gets_what_was_done_since(left, heard):
    directory, key = left
    shutil.copy(directory / "library.db", directory / "backup")
    library = open_library(directory, heard)
    library.star([key], starred=False).result()
    other = library.stories()[1].key
    library.star([other], starred=True).result()
    library.put(make.issue(["Brand new"])).result()
    library.close()
    shutil.move(directory / "backup", directory / "library.db")
    again = open_library(directory, heard)
    assert [row.key for row in again.stories(starred=True)] == [other]
    again.settle()
    assert again.search(parse_query('"brand new"')) == []
    again.put(make.issue(["Something else"])).result()
    assert [hit.story.title for hit in again.search(parse_query("something"))] == ["Something else"]
    again.close()
