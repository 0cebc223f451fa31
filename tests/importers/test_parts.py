"""An issue that lies in a folder as numbered files."""

import pytest

from reader.importers.folder import importer, read, walk
from reader.importers.parts import parts_of


@pytest.fixture
def lay(tmp_path):
    """Write files below a folder; return it."""

    def lay(folder, *names):
        for name in names:
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"## {path.stem}\n\nWords of {path.stem}.\n", encoding="utf-8")
        return tmp_path / folder

    return lay


def found(folder):
    return [entry.path.removeprefix(f"{folder}/") for entry in walk(folder, pytest.fail)]


PARTS = ["00-hello.md", "1-news/0-head.md", "1-news/10-ropes.md", "1-news/2-oars.md", "2-end.md"]


@pytest.mark.parametrize("folder", ["issue-12", "2024-05-01", "2024-05-01-boats", "2024/May/01", "2024/05/1"])
def test_a_folder_of_an_issue_with_numbered_parts_is_one_issue_in_their_order(lay, folder):
    made = lay(folder, *PARTS)

    assert found(made) == ["index.md"]
    raw = read(made / "index.md")
    assert [line for line in raw.text.split("\n") if line.startswith("#")] == [
        *("## 00-hello", "## 0-head", "### 2-oars", "### 10-ropes", "## 2-end")
    ]
    assert raw.location == str(made / "index.md")


def test_it_is_called_as_its_folder_where_no_index_says_how(lay):
    assert 'title: "Issue 12"' in read(lay("issue-12", *PARTS) / "index.md").text
    assert 'title: "2024 May 01"' in read(lay("2024/May/01", *PARTS) / "index.md").text
    folder = lay("issue-13", "index.md", *PARTS)
    (folder / "index.md").write_text("---\ntitle: The oars\n---\nHello.\n", encoding="utf-8")

    assert found(folder) == ["issue.md"]
    assert read(folder / "issue.md").text.startswith("---\ntitle: The oars\n---\nHello.\n\n## 00-hello")


def test_the_titles_of_its_parts_stay_and_a_change_of_one_changes_it(lay):
    folder = lay("issue-12", *PARTS)
    before = read(folder / "index.md").digest
    (folder / "2-end.md").write_text("---\ntitle: 'The end'\ndraft: no\n---\nBye.\n", encoding="utf-8")

    assert read(folder / "index.md").text.endswith("# The end\n\nBye.\n")
    assert read(folder / "index.md").digest != before
    (entry,) = walk(folder, pytest.fail)
    assert entry.stat().st_mtime_ns == (folder / "2-end.md").stat().st_mtime_ns


def test_its_location_is_one_that_can_be_taken_in_by_itself(lay):
    folder = lay("issue-12", *PARTS)
    assert importer.accepts(str(folder / "index.md"))
    assert found(folder / "index.md") == [str(folder / "index.md")]
    assert not importer.accepts(str(lay("boats", *PARTS) / "index.md"))


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("boats", ["01-a.md", "02-b.md", "03-c.md"]),
        ("2024", ["01-a.md", "02-b.md", "03-c.md"]),
        ("2024/May", ["01-a.md", "02-b.md", "03-c.md"]),
        ("volume-3", ["01-a.md", "02-b.md", "03-c.md"]),
        ("issue-12", ["01-a.md", "02-b.md"]),
        ("issue-12", ["01-a.md", "02-b.md", "c.md"]),
        ("issue-12", ["11-a.md", "12-b.md", "13-c.md"]),
        ("issue-12", ["01-a.md", "02-b.md", "more/c.md"]),
        ("issue-12", ["2024-05-01-a.md", "2024-05-02-b.md", "2024-05-03-c.md"]),
    ],
)
def test_any_other_folder_holds_an_issue_in_each_file(lay, folder, names):
    made = lay(folder, *names)
    assert parts_of(made) == []
    assert sorted(found(made)) == sorted(names)
