"""Exporting from a real library, as it changes under the files."""

import make
import yaml

from reader.services.export import copy_markdown, export, show_markdown


def put(library, *stories, **more):
    parsed = make.issue(stories, **more)
    library.put(parsed).result()
    return [story.key for story in parsed.stories]


def head(path):
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])


def test_a_star_reaches_the_file(library, tmp_path):
    keys = put(library, make.story("Chips", key="import-ai/219#chips"))
    [path] = export(library, keys, tmp_path / "out").written

    library.star(keys, starred=True).result()
    library.tag(keys, "hardware", present=True).result()

    assert export(library, keys, tmp_path / "out").updated == (path,)
    assert head(path)["starred"] is True
    assert head(path)["starred_at"]
    assert head(path)["tags"] == ["import-ai", "hardware"]
    assert export(library, keys, tmp_path / "out").unchanged == (path,)


def test_a_changed_issue_reaches_the_file_that_was_renamed(library, tmp_path):
    keys = put(library, make.story("Chips", "Old words.", key="import-ai/219#chips"))
    [path] = export(library, keys, tmp_path / "out").written
    moved = path.rename(tmp_path / "out" / "mine.md")

    put(library, make.story("Chips", "New words.", key="import-ai/219#chips"))

    assert export(library, keys, tmp_path / "out").updated == (moved,)
    assert "New words." in moved.read_text(encoding="utf-8")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["mine.md"]


def test_the_starred_come_out_in_one_file(library, tmp_path):
    keys = put(library, "One", "Two", "Three")
    library.star(keys[::2], starred=True).result()

    starred = [row.key for row in library.stories(starred=True)]
    [path] = export(library, starred, tmp_path / "Starred.md").written

    text = path.read_text(encoding="utf-8")
    assert "## One" in text
    assert "## Three" in text
    assert "## Two" not in text


def test_what_is_copied_and_what_is_shown_is_the_story(library):
    keys = put(library, make.story("Chips", "Sand."))

    assert copy_markdown(library, keys) == "## Chips\n\nSand.\n\n— Import AI 219, 19 October 2020\n"
    assert "# Chips\n\nSand.\n" in show_markdown(library, keys)
