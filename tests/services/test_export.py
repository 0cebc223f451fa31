"""Exporting, and exporting again into what has become the reader's."""

import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import make
import pytest
import yaml

from reader.exporters.markdown import blocks_markdown
from reader.model import Block, ExporterError, IssuePage, Kind, Mark, Run, State
from reader.services.export import Clash, ExportResult, Problem, copy_markdown, export

DAY = "2026-01-31"


class Shelf:
    """A library as export sees it: pages by their keys, and the reader's state of each."""

    def __init__(self, *issues):
        self.issues = list(issues) or [make.issue(["Chips are scarce", "Boats of paper"])]
        self.states = {}

    def __iter__(self):
        return (story.key for issue in self.issues for story in issue.stories)

    def pages(self, keys):
        for key in keys:
            for issue in self.issues:
                for number, story in enumerate(issue.stories, 1):
                    if story.key == key:
                        yield make.page(issue, number, self.states.get(key))

    def whole(self, issue_key):
        for issue in self.issues:
            if issue.issue.key == issue_key:
                return IssuePage(issue.issue, issue.newsletter_name, "", issue.blocks, issue.stories)
        return None

    def rewrite(self, **texts):
        """Give stories another text; the keys stay."""
        drafts = [
            make.story(s.title, texts.get(s.title.split()[0].lower(), "It has a body."), key=s.key)
            for s in self.issues[0].stories
        ]
        self.issues[0] = make.issue(drafts)


def again(shelf, folder, layout="story", **more):
    return export(shelf, list(shelf), folder, layout, today="2026-02-02", **more)


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "notes"


@pytest.fixture
def exported(shelf, folder):
    export(shelf, list(shelf), folder, today=DAY)
    return folder


def head(path):
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# -- A first export


def test_each_story_gets_a_file_of_its_own(shelf, folder):
    result = export(shelf, list(shelf), folder)

    assert names(folder) == ["Boats of paper.md", "Chips are scarce.md"]
    assert [path.name for path in result.written] == ["Chips are scarce.md", "Boats of paper.md"]


def test_a_file_begins_with_what_is_known_of_the_story(shelf, folder):
    key = next(iter(shelf))
    shelf.states[key] = State(starred=True, starred_at="2026-01-30T08:00:00Z", tags=("to read", "chips"))
    export(shelf, [key], folder, today=DAY)

    said = head(folder / "Chips are scarce.md")
    assert list(said) == [
        "title",
        "published",
        "created",
        "tags",
        "newsletter",
        "issue",
        "issue_number",
        "story_id",
        "starred",
        "starred_at",
    ]
    assert said["tags"] == ["import-ai", "to-read", "chips"]
    assert said["story_id"] == key
    assert said["starred"] is True
    assert str(said["created"]) == DAY
    assert said["issue_number"] == 219


def test_one_file_can_hold_all(shelf, folder):
    result = export(shelf, list(shelf), folder, "all")

    assert names(folder) == ["Stories.md"]
    text = result.written[0].read_text(encoding="utf-8")
    assert re.findall("^#+ .*", text, re.MULTILINE) == [
        "# Stories",
        "## Chips are scarce",
        "## Boats of paper",
    ]
    assert "— Import AI 219, 19 October 2020" in text


def test_a_destination_that_ends_in_md_is_the_one_file(shelf, folder):
    result = export(shelf, list(shelf), folder / "My week.md")

    assert names(folder) == ["My week.md"]
    assert head(result.written[0])["title"] == "My week"


def test_one_file_can_hold_an_issue(folder):
    shelf = Shelf(make.issue(["One", "Two"]), make.issue(["Three"], number="220"))
    export(shelf, list(shelf), folder, "issue")

    assert names(folder) == ["Import AI 219.md", "Import AI 220.md"]
    assert "## Two" in (folder / "Import AI 219.md").read_text(encoding="utf-8")


def test_two_stories_of_one_title_get_two_files(folder):
    shelf = Shelf(make.issue(["In brief"]), make.issue([make.story("in brief", "Other.")], number="220"))
    export(shelf, list(shelf), folder)

    assert len(names(folder)) == 2
    assert re.fullmatch(r"in brief \([0-9a-f]{6}\)\.md", names(folder)[1])
    assert len({name.casefold() for name in names(folder)}) == 2
    assert len(again(shelf, folder).unchanged) == 2


def test_a_key_that_names_nothing_is_left_out(shelf, folder):
    assert export(shelf, ["nothing"], folder).written == ()


def test_a_story_takes_its_footnotes_along(folder):
    one = make.issue(["One", "Two"])
    call = Block(runs=(Run("Called"), Run("7", Mark.SUPER, note="7")))
    notes = (
        Block(Kind.FOOTNOTE, (Run("The note."),), marker="7"),
        Block(Kind.FOOTNOTE, (Run("No."),), marker="8"),
    )
    start = one.stories[0].heads[0][1] + 1
    whole = (one.blocks[0], call, *one.blocks[2:], *notes)
    story = one.stories[0]._replace(end=start + len(call.text))
    shelf = Shelf(replace(one, blocks=whole, stories=(story,)))

    export(shelf, list(shelf), folder)

    text = (folder / "One.md").read_text(encoding="utf-8")
    assert "Called[^1]\n\n[^1]: The note.\n" in text
    assert "No." not in text


# -- Exporting again


def test_an_export_of_the_same_touches_nothing(shelf, exported):
    for path in exported.iterdir():
        os.utime(path, ns=(1, 1))

    result = again(shelf, exported)

    assert len(result.unchanged) == 2
    assert [path.stat().st_mtime_ns for path in exported.iterdir()] == [1, 1]


def test_a_story_with_another_text_is_brought_up_to_date(shelf, exported):
    shelf.rewrite(chips="New words.")

    result = again(shelf, exported)

    assert [path.name for path in result.updated] == ["Chips are scarce.md"]
    text = result.updated[0].read_text(encoding="utf-8")
    assert "New words." in text
    assert "It has a body." not in text
    assert str(head(result.updated[0])["created"]) == DAY


def test_a_file_is_found_again_under_another_name_in_another_folder(shelf, exported):
    moved = exported / "Hardware" / "2026" / "scarcity.md"
    moved.parent.mkdir(parents=True)
    (exported / "Chips are scarce.md").rename(moved)
    shelf.rewrite(chips="New words.")

    again(shelf, exported)

    assert names(exported) == ["Boats of paper.md", "Hardware/2026/scarcity.md"]
    assert "New words." in moved.read_text(encoding="utf-8")


def test_what_the_reader_wrote_around_the_story_stays(shelf, exported):
    path = exported / "Chips are scarce.md"
    edit(path, "<!-- tearsheet:begin", "Above, mine.\n\n<!-- tearsheet:begin")
    path.write_text(
        path.read_text(encoding="utf-8") + "\n## My thoughts\n\n![[chip.png]]\n", encoding="utf-8"
    )
    shelf.rewrite(chips="New words.")

    again(shelf, exported)

    text = path.read_text(encoding="utf-8")
    assert "---\n\nAbove, mine.\n\n<!-- tearsheet:begin" in text
    assert text.endswith("\n## My thoughts\n\n![[chip.png]]\n")
    assert "New words." in text


def test_the_readers_own_properties_and_tags_stay(shelf, exported):
    path = exported / "Chips are scarce.md"
    edit(path, "tags:\n  - import-ai\n", "rating: 5 # of 5\ntags:\n- hardware\n- import-ai\nstatus: [x]\n")
    key = next(iter(shelf))
    shelf.states[key] = State(starred=True, starred_at="2026-02-01T08:00:00Z", tags=("asml",))

    again(shelf, exported)

    text = path.read_text(encoding="utf-8")
    assert "rating: 5 # of 5\n" in text
    assert "status: [x]\n" in text
    assert head(path)["tags"] == ["hardware", "import-ai", "asml"]
    assert head(path)["starred"] is True


def test_a_tag_taken_from_the_story_leaves_the_file(shelf, exported):
    key = next(iter(shelf))
    shelf.states[key] = State(tags=("asml",))
    again(shelf, exported)
    edit(exported / "Chips are scarce.md", "  - asml\n", "  - asml\n  - mine\n")
    shelf.states[key] = State()

    again(shelf, exported)

    assert head(exported / "Chips are scarce.md")["tags"] == ["import-ai", "mine"]


def test_a_tag_that_the_reader_took_from_the_file_stays_away(shelf, exported):
    edit(exported / "Chips are scarce.md", "tags:\n  - import-ai\n", "tags: []\n")

    again(shelf, exported)

    assert head(exported / "Chips are scarce.md")["tags"] == []


def test_a_property_that_the_reader_changed_stays_changed(shelf, exported):
    path = exported / "Chips are scarce.md"
    edit(path, "title: Chips are scarce\n", "title: Scarcity\n")
    shelf.rewrite(chips="New words.")

    for _ in range(2):
        again(shelf, exported)
        assert head(path)["title"] == "Scarcity"
    assert "New words." in path.read_text(encoding="utf-8")


def test_properties_written_in_another_way_are_no_change(shelf, exported):
    path = exported / "Chips are scarce.md"
    edit(path, "title: Chips are scarce\n", 'title: "Chips are scarce"\n')
    edit(path, "  - import-ai\n", '- "import-ai"\n')

    assert len(again(shelf, exported).unchanged) == 2


def test_front_matter_that_is_no_yaml_is_left_alone(shelf, exported):
    path = exported / "Chips are scarce.md"
    edit(path, "title: Chips", "title: [Chips")
    shelf.rewrite(chips="New words.")

    result = again(shelf, exported, overwrite=lambda _: False)

    assert "title: [Chips" in path.read_text(encoding="utf-8")
    assert path in result.updated


def test_windows_line_ends_and_a_byte_order_mark_stay(shelf, exported):
    path = exported / "Chips are scarce.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert len(again(shelf, exported).unchanged) == 2
    shelf.rewrite(chips="New words.")
    again(shelf, exported)

    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf---\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert b"New words." in content


_A, _B, _C = (Path(name) for name in "abc")


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (ExportResult(written=(_A, _B)), "Exported 2 files to out"),
        (ExportResult(updated=(_A,)), "Updated 1 file in out"),
        (ExportResult(unchanged=(_A,)), "Nothing has changed: 1 file in out is up to date"),
        (ExportResult(unchanged=(_A, _B)), "Nothing has changed: 2 files in out are up to date"),
        (ExportResult((_A,), (_B,), (_C,)), "Exported 1 file to out, updated 1, 1 was up to date"),
        (ExportResult(updated=(_A,), skipped=(_B, _C)), "Updated 1 file in out, left 2 as they were"),
        (ExportResult(skipped=(_A,)), "Left 1 file in out as it was"),
        (ExportResult(problems=(Problem("a", "No."),)), "1 file could not be written"),
        (ExportResult(cancelled=True), "Stopped. Nothing was exported"),
    ],
)
def test_what_was_done_is_said_in_a_sentence(result, said):
    assert result.told("out") == said


# -- What is in the way


def test_a_file_that_was_not_written_here_is_not_overwritten(shelf, folder):
    folder.mkdir()
    (folder / "chips are scarce.md").write_text("Mine.", encoding="utf-8")
    asked = []

    result = export(
        shelf, list(shelf), folder, overwrite=lambda clash: asked.append((clash.path.name, clash.ours))
    )

    assert asked == [("chips are scarce.md", False)]
    assert [path.name for path in result.skipped] == ["chips are scarce.md"]
    assert names(folder) == ["Boats of paper.md", "chips are scarce.md"]
    assert (folder / "chips are scarce.md").read_text(encoding="utf-8") == "Mine."


def test_a_file_that_was_not_written_here_is_overwritten_when_the_reader_says_so(shelf, folder):
    folder.mkdir()
    (folder / "Chips are scarce.md").write_text("Mine.", encoding="utf-8")

    result = export(shelf, list(shelf), folder, overwrite=lambda _: True)

    assert [path.name for path in result.updated] == ["Chips are scarce.md"]
    assert "Mine." not in result.updated[0].read_text(encoding="utf-8")


def test_a_text_that_the_reader_edited_is_asked_about(shelf, exported):
    path = exported / "Chips are scarce.md"
    edit(path, "It has a body.", "It has a body, and my words.")
    shelf.rewrite(chips="New words.")
    shelf.states[next(iter(shelf))] = State(starred=True)

    asked = []
    result = again(shelf, exported, overwrite=asked.append)

    assert asked == [Clash(path, ours=True)]
    assert result.skipped == (path,)
    assert "and my words." in path.read_text(encoding="utf-8")
    assert head(path)["starred"] is True

    result = again(shelf, exported, overwrite=lambda _: True)

    assert result.updated == (path,)
    assert "my words" not in path.read_text(encoding="utf-8")
    assert again(shelf, exported).skipped == ()


def test_white_space_at_the_ends_of_lines_is_no_edit(shelf, exported):
    path = exported / "Chips are scarce.md"
    edit(path, "It has a body.", "It has a body.   ")
    shelf.rewrite(chips="New words.")

    assert again(shelf, exported).updated == (path,)


def test_a_file_without_its_marks_is_asked_about_and_never_doubled(shelf, exported):
    path = exported / "Chips are scarce.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("<!--.*?-->\n", "", text), encoding="utf-8")

    result = again(shelf, exported)

    assert result.skipped == (path,)
    assert names(exported) == ["Boats of paper.md", "Chips are scarce.md"]
    assert path.read_text(encoding="utf-8").count("It has a body.") == 1


def test_a_file_without_its_front_matter_is_still_found(shelf, exported):
    path = exported / "Chips are scarce.md"
    path.write_text(path.read_text(encoding="utf-8").split("---\n", 2)[2], encoding="utf-8")
    path.rename(exported / "renamed.md")

    assert len(again(shelf, exported).unchanged) == 2


# -- Several stories in a file


def test_a_story_more_is_put_in_its_place_and_notes_between_stay(folder):
    shelf = Shelf(make.issue(["One", "Two", "Three"]))
    one, two, three = shelf
    export(shelf, [two, three], folder, "issue", today=DAY)
    path = folder / "Import AI 219.md"
    edit(path, "<!-- tearsheet:end -->\n\n", "<!-- tearsheet:end -->\n\nBetween, mine.\n\n")

    export(shelf, [one, two, three], folder, "issue")

    text = path.read_text(encoding="utf-8")
    order = [
        text.index(words) for words in ("# Import AI 219", "## One", "## Two", "Between, mine.", "## Three")
    ]
    assert order == sorted(order)
    assert export(shelf, [one, two, three], folder, "issue").unchanged == (path,)
    assert export(shelf, [two], folder, "issue").unchanged == (path,)


def test_a_property_changed_in_a_file_of_many_stays_when_a_story_comes_first(folder):
    shelf = Shelf(make.issue(["One", "Two"]))
    one, two = shelf
    export(shelf, [two], folder, "issue")
    path = folder / "Import AI 219.md"
    edit(path, "newsletter: Import AI\n", "newsletter: Mine\n")

    export(shelf, [one, two], folder, "issue")
    export(shelf, [one, two], folder, "issue")

    assert head(path)["newsletter"] == "Mine"


def test_a_week_file_takes_more_stories(shelf, folder):
    one, two = shelf
    export(shelf, [one], folder / "Week.md")

    result = export(shelf, [two], folder / "Week.md")

    text = result.updated[0].read_text(encoding="utf-8")
    assert text.index("## Chips") > text.index("## Boats") > 0


# -- What can go wrong


def test_a_file_where_the_folder_should_be_is_an_error(shelf, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(ExporterError, match="is a file"):
        export(shelf, list(shelf), tmp_path / "file")
    with pytest.raises(ExporterError, match="could not be made"):
        export(shelf, list(shelf), tmp_path / "file" / "below")


def test_one_file_that_cannot_be_written_does_not_stop_the_rest(shelf, folder):
    (folder / "Chips are scarce.md").mkdir(parents=True)

    result = export(shelf, list(shelf), folder)

    assert [path.name for path in result.written] == ["Boats of paper.md"]
    assert result.problems[0].reason.startswith("Chips are scarce.md could not be written: is a directory")


def test_a_full_disk_leaves_the_old_file_whole(shelf, exported, monkeypatch):
    shelf.rewrite(chips="New words.")
    path = exported / "Chips are scarce.md"
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = again(shelf, exported)

    assert result.problems[0].reason == "Chips are scarce.md could not be written: no space left on device."
    assert path.read_bytes() == before
    assert names(exported) == ["Boats of paper.md", "Chips are scarce.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_a_file_keeps_its_permissions(shelf, exported):
    path = exported / "Chips are scarce.md"
    path.chmod(0o600)
    shelf.rewrite(chips="New words.")

    again(shelf, exported)

    assert path.stat().st_mode & 0o777 == 0o600


def test_what_was_written_before_a_cancel_stays(shelf, folder):
    told = []
    result = export(shelf, list(shelf), folder, progress=told.append, cancelled=lambda: bool(told))

    assert result.cancelled
    assert names(folder) == ["Chips are scarce.md"]
    assert (told[0].done, told[0].total, told[0].name) == (1, 2, "Chips are scarce.md")


# -- The clipboard


def test_a_copied_story_says_where_it_is_from():
    shelf = Shelf(
        make.issue([make.story("Boats", "Fold *it*.", dek="Of paper", url="https://example.org/b")])
    )

    assert copy_markdown(shelf, list(shelf)) == (
        "## [Boats](https://example.org/b)\n\n_Of paper_\n\nFold _it_.\n\n— Import AI 219, 19 October 2020\n"
    )


def test_nothing_of_ours_breaks_out_of_its_comment(folder):
    shelf = Shelf(make.issue([make.story("One", key='a/1#x--"y" --> z')]))
    export(shelf, list(shelf), folder)

    body = (folder / "One.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    assert body.count("-->") == 2
    assert again(shelf, folder).unchanged == (folder / "One.md",)


def test_blocks_survive_a_file(folder):
    shelf = Shelf(make.issue([make.story("One", "- a\n\n  - b\n\n> c\n\n```d```")]))
    export(shelf, list(shelf), folder)

    page = next(shelf.pages(shelf))
    assert blocks_markdown(page.body) in Path(folder / "One.md").read_text(encoding="utf-8")
