import os
import sys

import pytest

from reader.importers.folder import LIMIT, importer, read, walk
from reader.model import ImporterError


def names(folder, told=None):
    return [
        os.path.relpath(entry.path, folder).replace(os.sep, "/")
        for entry in walk(folder, told or pytest.fail)
    ]


def put(folder, *paths, text="Text.\n"):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def test_a_folder_yields_its_files_newest_name_first_then_those_of_its_folders(tmp_path):
    put(
        tmp_path,
        "2020-01-01-a.md",
        "2021-01-01-b.markdown",
        "issue-9.txt",
        "issue-10.html",
        "deep/er/x.htm",
        "y.mdown",
    )

    assert names(tmp_path) == [
        "y.mdown",
        "issue-10.html",
        "issue-9.txt",
        "2021-01-01-b.markdown",
        "2020-01-01-a.md",
        "deep/er/x.htm",
    ]


@pytest.mark.parametrize(
    "left_out",
    [
        ".hidden.md", ".git/x.md", "_drafts/x.md", "_layouts/x.html", "_includes/x.html", "_site/x.html",
        "node_modules/x/y.md", "vendor/x.md", "__pycache__/x.md", "README.md", "readme.zh-CN.md", "LICENSE.txt",
        "LICENCE.md", "CONTRIBUTING.md", "CHANGELOG.md", "CODE_OF_CONDUCT.md", "picture.png", "x.json", "x.mdx",
        "x.md~", "~$x.md", "_index.md", "sub/README_en.md", "noending",
    ],
)  # fmt: skip
def test_what_is_no_issue_is_left_out(tmp_path, left_out):
    put(tmp_path, left_out, "kept.md")

    assert names(tmp_path) == ["kept.md"]


@pytest.mark.parametrize("kept", ["_posts/x.md", "X.MD", "readmes-of-the-week.md", "a b.md", "周刊.md"])
def test_what_only_looks_like_it_is_kept(tmp_path, kept):
    put(tmp_path, kept)

    assert names(tmp_path) == [kept]


@pytest.mark.parametrize("name", ["README.md", "x.mdx", "data.json", "noending", ".hidden.md"])
def test_a_file_that_is_named_is_always_taken(tmp_path, name):
    put(tmp_path, name)

    assert [entry.path for entry in walk(tmp_path / name, pytest.fail)] == [str(tmp_path / name)]
    assert read(tmp_path / name).text == "Text.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_in_circles_end_and_no_folder_is_entered_twice(tmp_path):
    put(tmp_path, "a/one.md", "b/two.md")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/over").symlink_to(tmp_path / "b")
    (tmp_path / "b/over").symlink_to(tmp_path / "a")
    (tmp_path / "b/self.md").symlink_to(tmp_path / "b/self.md")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")

    assert sorted(name.rpartition("/")[2] for name in names(tmp_path)) == ["one.md", "two.md"]


def test_a_place_that_is_not_there_is_reported(tmp_path):
    told = []

    assert list(walk(tmp_path / "nowhere", told.append)) == []
    assert [str(error) for error in told] == ["It is no longer there."]


def test_a_folder_that_cannot_be_listed_is_reported_and_the_rest_comes_in(tmp_path, monkeypatch):
    put(tmp_path, "closed/x.md", "open/y.md")
    listing = os.scandir

    def scandir(folder):
        if str(folder).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return listing(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    told = []

    assert names(tmp_path, told.append) == ["open/y.md"]
    assert str(told[0]) == "The folder could not be listed. You have no permission to read it."


def test_a_place_that_is_not_there_has_that_one_reason(tmp_path):
    told = []

    assert list(importer.locations(str(tmp_path / "gone"), told.append)) == []
    assert [str(error) for error in told] == ["It is no longer there."]


BAD = {
    "empty": (b"", "The file is empty."),
    "white": (b" \n\t\n", "The file is empty."),
    "mark": (b"\xef\xbb\xbf\n", "The file is empty."),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "This is a PDF, not a text."),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is a picture, not a text."),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "This is a picture, not a text."),
    "zip": (b"PK\x03\x04\x14\0\0\0", "This is a zip archive or an office document, not a text."),
    "gzip": (b"\x1f\x8b\x08\0\0\0\0\0", "This is a compressed file, not a text."),
    "sqlite": (b"SQLite format 3\0\x10\0", "This is a database, not a text."),
    "nuls": (b"abc\0\x01\x02def" * 50, "This is a binary file, not a text."),
    "zeros": (b"\0" * 5000, "This is a binary file, not a text."),
    "noise": (bytes(range(256)) * 20, "This is a binary file, not a text."),
    "controls": (b"\x01\x02\x03\x04abcdef" * 50, "This is a binary file, not a text."),
}


@pytest.mark.parametrize(("data", "reason"), BAD.values(), ids=BAD)
def test_what_is_no_text_is_refused_in_words(tmp_path, data, reason):
    path = tmp_path / "x.md"
    path.write_bytes(data)

    with pytest.raises(ImporterError) as caught:
        read(path)

    assert caught.value.reason == reason
    assert caught.value.location == str(path)


def test_a_file_of_a_hundred_megabytes_is_refused_without_being_read(tmp_path):
    path = tmp_path / "x.md"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    with pytest.raises(ImporterError, match=r"The file is too large: 100 MB; up to 20 MB are read\."):
        read(path)
    assert LIMIT == 20_000_000


def test_a_file_that_vanished_a_folder_and_a_pipe_are_refused_in_words(tmp_path):
    with pytest.raises(ImporterError, match=r"It is no longer there\."):
        read(tmp_path / "gone.md")
    with pytest.raises(ImporterError, match=r"This is not a file\."):
        read(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.md")
        with pytest.raises(ImporterError, match=r"This is not a file\."):
            read(tmp_path / "pipe.md")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused_in_words(tmp_path):
    path = tmp_path / "x.md"
    path.write_text("Text.")
    path.chmod(0)

    with pytest.raises(ImporterError, match=r"You have no permission to read it\."):
        read(path)


def test_an_html_page_is_known_by_what_it_is_whatever_it_is_called(tmp_path):
    put(tmp_path, "x.txt", text="<!DOCTYPE html>\n<html><body><p>Hi</p></body></html>")
    put(tmp_path, "y.htm", "z.json", "w.txt")

    assert [read(tmp_path / name).markup for name in ("x.txt", "y.htm", "z.json", "w.txt")] == [
        "html",
        "html",
        "json",
        "markdown",
    ]


def test_the_digest_is_of_the_bytes(tmp_path):
    put(tmp_path, "a.md", "b.md")
    put(tmp_path, "c.md", text="Other.\n")

    assert read(tmp_path / "a.md").digest == read(tmp_path / "b.md").digest != read(tmp_path / "c.md").digest


def test_the_importer_takes_what_exists(tmp_path):
    assert importer.accepts(str(tmp_path))
    assert not importer.accepts(str(tmp_path / "nowhere"))


def test_of_an_issue_that_lies_there_twice_the_better_copy_is_taken(tmp_path):
    put(tmp_path, "x.txt", "x.html", "x.md", "y.txt", "y.htm", "z.txt", "one/original.html", "one/source.md")

    assert names(tmp_path) == ["z.txt", "y.htm", "x.md", "one/source.md"]
