import os
import time

import pytest

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


def test_what_programs_leave_beside_an_issue_is_never_told_of(tmp_path):
    watch = settled(tmp_path)
    for name in (
        ".#a.md",
        ".~lock.a.md#",
        ".syncthing.a.md.tmp",
        "~syncthing~a.md.tmp",
        "a.sync-conflict-20240101-120000-ABCDEFG.md",
        "a (Ada's conflicted copy 2024-01-01).md",
        "a (conflicted copy 2024-01-01 120000).eml",
        "a.md.crdownload",
        "a.md.download",
        "a.eml.part",
        ".goutputstream-ABCDEF",
        "a.md___jb_tmp___",
        ".a.md.kate-swp",
        ".a.md.icloud",
    ):
        write(tmp_path / name)

    assert watch.look() == watch.look() == []


def test_mails_and_mailboxes_are_told_of(tmp_path):
    watch = settled(tmp_path)
    new = {write(tmp_path / name) for name in ("a.eml", "b.emlx", "c.mbox")}

    watch.look()
    assert set(watch.look()) == new


def test_a_file_that_an_editor_puts_in_the_place_of_another_is_a_change(tmp_path):
    path = write(tmp_path / "a.md")
    watch = settled(tmp_path)
    write(tmp_path / ".a.md.new", "Other.\n", at=1_700_000_001)
    (tmp_path / ".a.md.new").rename(path)

    assert watch.look() == []
    assert watch.look() == [path]


def age(folder):
    os.utime(folder, (1_600_000_000, 1_600_000_000))


def test_a_folder_in_which_nothing_came_or_went_is_not_listed_again(tmp_path, monkeypatch):
    path = write(tmp_path / "a.md")
    age(tmp_path)
    watch = settled(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("reader.services.watching.listed", pytest.fail)
        assert watch.look() == []
        write(tmp_path / "a.md", "Other.\n")
        assert watch.look() == []
        assert watch.look() == [path]


def test_a_folder_that_changed_while_it_was_listed_is_listed_again(tmp_path):
    watch = settled(tmp_path)
    changed = tmp_path.stat().st_mtime_ns
    new = write(tmp_path / "a.md")
    os.utime(tmp_path, ns=(changed, changed))

    assert watch.look() == []
    assert watch.look() == [new]


def test_a_drive_that_does_not_date_its_folders_is_listed_now_and_then(tmp_path):
    age(tmp_path)
    watch = settled(tmp_path)
    new = write(tmp_path / "a.md")
    age(tmp_path)

    assert [path for _ in range(20) for path in watch.look()] == [new]


def test_folders_in_a_circle_are_looked_into_once(tmp_path):
    new = write(tmp_path / "deep" / "a.md")
    (tmp_path / "deep" / "again").symlink_to(tmp_path, target_is_directory=True)
    watch = Watch((str(tmp_path),))

    watch.look()
    assert watch.look() == [new]


def test_an_issue_in_parts_is_told_of_when_one_of_them_changes(tmp_path):
    folder = tmp_path / "issue-12"
    for name in ("01-oars.md", "02-sails.md", "03-ropes.md"):
        write(folder / name)
    age(folder)
    watch = settled(tmp_path)
    write(folder / "02-sails.md", "Other.\n", at=1_700_000_009)

    assert watch.look() == []
    assert watch.look() == [str(folder / "index.md")]


def test_the_folders_in_which_something_came_last_are_the_liveliest(tmp_path):
    for at, name in ((1, "old"), (3, "new"), (2, "middle")):
        write(tmp_path / name / "a.md")
        os.utime(tmp_path / name, (at, at))
    age(tmp_path)
    watch = settled(tmp_path)

    assert watch.liveliest(3) == [str(tmp_path), str(tmp_path / "new"), str(tmp_path / "middle")]


def test_a_look_at_ten_thousand_files_is_short(tmp_path):
    for folder in range(20):
        (tmp_path / str(folder)).mkdir()
        for number in range(500):
            (tmp_path / str(folder) / f"{number}.md").touch()
        age(tmp_path / str(folder))
    watch = settled(tmp_path)
    took = []
    for _ in range(5):
        before = time.thread_time()
        assert watch.look() == []
        took.append(time.thread_time() - before)

    assert min(took) < 0.1
