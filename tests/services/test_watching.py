import os

from reader.services.watching import Watch


def write(path, text="Text.\n", at=1_700_000_000):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at, at))
    return str(path)


def settled(*folders):
    watch = Watch(tuple(map(str, folders)))
    watch.settle()
    return watch


def test_what_was_there_when_it_settled_is_not_told_of(tmp_path):
    write(tmp_path / "a.md")
    watch = settled(tmp_path)

    assert watch.look() == watch.look() == []
    assert not watch.restless


def test_a_new_file_is_told_of_once_when_two_looks_find_it_the_same(tmp_path):
    watch = settled(tmp_path)
    new = write(tmp_path / "deep" / "b.md")

    assert watch.look() == []
    assert watch.restless
    assert watch.look() == [new]
    assert not watch.restless
    assert watch.look() == []


def test_a_file_that_is_being_written_waits_until_it_rests(tmp_path):
    watch = settled(tmp_path)
    write(tmp_path / "b.md", "One", at=1)
    assert watch.look() == []
    write(tmp_path / "b.md", "One two", at=1)
    assert watch.look() == []
    path = write(tmp_path / "b.md", "One two", at=2)
    assert watch.look() == []
    assert watch.look() == [path]


def test_a_changed_file_is_told_of_again(tmp_path):
    path = write(tmp_path / "a.md")
    watch = settled(tmp_path)
    write(tmp_path / "a.md", "Other.\n", at=1_700_000_001)

    assert watch.look() == []
    assert watch.look() == [path]
    assert watch.look() == []


def test_a_file_that_went_and_came_back_is_told_of(tmp_path):
    path = write(tmp_path / "a.md")
    watch = settled(tmp_path)
    (tmp_path / "a.md").unlink()
    assert watch.look() == watch.look() == []
    write(tmp_path / "a.md")
    assert watch.look() == []
    assert watch.look() == [path]


def test_what_an_editor_leaves_and_what_is_no_issue_is_never_told_of(tmp_path):
    watch = settled(tmp_path)
    for name in (
        "a.md~",
        ".a.md.swp",
        "#a.md#",
        "~$a.md",
        "a.md.part",
        "4913",
        "x.png",
        ".git/a.md",
        "README.md",
    ):
        write(tmp_path / name)

    assert watch.look() == watch.look() == []


def test_a_folder_that_is_away_is_no_error_and_is_seen_when_it_comes_back(tmp_path):
    watch = settled(tmp_path / "drive")
    assert watch.look() == []
    path = write(tmp_path / "drive" / "a.md")

    assert watch.look() == []
    assert watch.look() == [path]
