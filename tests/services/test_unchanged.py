import os

import pytest

from reader.services.unchanged import Unchanged


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("Text.", encoding="utf-8")
    os.utime(path, ns=(10**18, 10**18))
    return path


def remembered(directory, path, digest="d"):
    files = Unchanged(directory)
    files.is_unchanged(str(path), "")
    files.remember(str(path), digest)
    files.save()
    return Unchanged(directory)


def test_a_file_that_was_read_is_known_by_its_time_and_size(tmp_path, path):
    files = remembered(tmp_path, path)

    assert files.is_unchanged(str(path), "d")
    assert not files.is_unchanged(str(path), "other")
    assert not files.is_unchanged(str(path), "")


@pytest.mark.parametrize(("text", "at"), [("Text!", 10**18 + 1), ("Text. More", 10**18)])
def test_a_file_with_another_time_or_size_is_read_again(tmp_path, path, text, at):
    files = remembered(tmp_path, path)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(at, at))

    assert not files.is_unchanged(str(path), "d")


def test_a_file_that_was_written_just_now_is_not_trusted(tmp_path, path):
    path.touch()

    assert not remembered(tmp_path, path).is_unchanged(str(path), "d")


@pytest.mark.parametrize("stored", ["", "[1]", "{", '{"x": 1}', "\ufffd"])
def test_what_cannot_be_read_of_it_costs_nothing_but_time(tmp_path, path, stored):
    (tmp_path / "files.json").write_text(stored, encoding="utf-8")

    assert not Unchanged(tmp_path).is_unchanged(str(path), "d")


def test_a_file_that_is_gone_is_not_unchanged(tmp_path, path):
    files = remembered(tmp_path, path)
    path.unlink()

    assert not files.is_unchanged(str(path), "d")
