import os

import pytest

import reader.parsing
from reader.model import StoreError
from reader.services.importing import Progress, import_paths


@pytest.fixture
def letters(tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    return folder


def issue(number, *stories, name="The Boat"):
    parts = [
        f"- [{story}](https://example.com/{story}): words about {story}, in a sentence or two.\n"
        for story in stories
    ]
    return f"---\ntitle: '{name} {number}: News'\ndate: 2020-01-{number:02}\n---\n\n## News\n\n" + "".join(
        parts
    )


def write(folder, number, *stories, **more):
    path = folder / f"issue-{number}.md"
    path.write_text(issue(number, *(stories or ("Oars", "Sails", "Ropes")), **more), encoding="utf-8")
    return path


def titles(library, **wanted):
    return [row.title for row in library.stories(**wanted)]


def reasons(report, folder):
    return {
        problem.path.removeprefix(f"{folder}/").replace("\\", "/"): problem.reason
        for problem in report.problems
    }


def test_a_folder_comes_in_story_by_story(library, letters):
    write(letters, 1)
    write(letters, 2, "Tar", "Rope")

    report = import_paths(library, [letters])

    assert (report.added, report.updated, report.unchanged, report.problems) == (2, 0, 0, ())
    assert [row.label for row in library.issues()] == ["The Boat 2", "The Boat 1"]
    assert titles(library) == ["Tar", "Rope", "Oars", "Sails", "Ropes"]
    assert sorted(report.issues) == ["the-boat/1", "the-boat/2"]


def test_importing_again_changes_nothing(library, letters):
    write(letters, 1)
    import_paths(library, [letters])
    heard = len(library._listener.changes)

    report = import_paths(library, [letters])

    assert (report.added, report.updated, report.unchanged) == (0, 0, 1)
    assert len(library._listener.changes) == heard


def test_a_changed_file_updates_its_issue_and_a_star_stays_with_its_story(library, letters):
    write(letters, 1)
    import_paths(library, [letters])
    library.star([library.find_story("Sails")], starred=True).result()

    write(letters, 1, "Anchors", "Sails", "Ropes", "Oars")
    report = import_paths(library, [letters])

    assert (report.added, report.updated, report.unchanged) == (0, 1, 0)
    assert titles(library) == ["Anchors", "Sails", "Ropes", "Oars"]
    assert titles(library, starred=True) == ["Sails"]


def test_a_file_that_is_gone_leaves_its_issue(library, letters):
    write(letters, 1)
    path = write(letters, 2)
    import_paths(library, [letters])
    path.unlink()

    report = import_paths(library, [letters])

    assert (report.unchanged, report.problems) == (1, ())
    assert library.counts().issues == 2


def test_a_moved_file_and_a_second_copy_are_the_same_issue(library, letters):
    path = write(letters, 1)
    import_paths(library, [letters])
    (letters / "copy.txt").write_bytes(path.read_bytes())
    assert import_paths(library, [letters]).unchanged == 1
    path.rename(letters / "moved.md")

    report = import_paths(library, [letters])

    assert report.added == report.updated == 0
    assert library.counts().issues == 1


@pytest.mark.parametrize("extra", [0, 12], ids=["here", "in processes"])
def test_bad_files_are_named_with_the_reason_and_the_rest_comes_in(library, letters, extra):
    good = 2 + extra
    for number in range(1, good + 1):
        write(letters, number)
    (letters / "invalid.md").write_text(
        "---\ntitle: One: two\ndate: 2020-02-31\n---\nA body of words.\n", encoding="utf-8"
    )
    (letters / "utf16.md").write_bytes("# Wide\n\nA text of Ωords.\n".encode("utf-16"))
    (letters / "latin.md").write_bytes("# Étroit\n\nUn café.\n".encode("latin-1"))
    (letters / "empty.md").touch()
    (letters / "binary.md").write_bytes(b"%PDF-1.7\n\0\0")
    with (letters / "large.md").open("wb") as file:
        file.truncate(100_000_000)

    report = import_paths(library, [letters, letters / "nowhere"])

    assert report.added == good + 3
    assert reasons(report, letters) == {
        "nowhere": "There is nothing of that name.",
        "empty.md": "The file is empty.",
        "binary.md": "This is a PDF, not a text.",
        "large.md": "The file is too large: 100 MB; up to 20 MB are read.",
    }
    warned = {warning.path.rpartition("letters")[2][1:]: warning.reason for warning in report.warnings}
    assert warned.keys() == {"invalid.md", "latin.md"}
    assert [warning.reason for warning in report.warnings if warning.path.endswith("invalid.md")] == [
        "The front matter is not valid YAML (line 2); it was read line by line.",
        "There is no such date as “2020-02-31”.",
    ]
    assert warned["latin.md"] == "It is not in UTF-8; read as Western European (Windows-1252)."
    assert "Un café." in next(
        text_of_issue(library, row.key) for row in library.issues() if "troit" in row.label
    )


def text_of_issue(library, key):
    return "\n".join(block.text for block in library.whole(key).blocks)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RecursionError("x"), "It could not be understood: it is nested too deeply."),
        (MemoryError(), "It could not be understood: it takes more memory than there is."),
        (ZeroDivisionError("by zero"), "It could not be understood (ZeroDivisionError: by zero)."),
    ],
)
def test_a_file_that_the_parser_fails_on_does_not_stop_the_others(
    library, letters, monkeypatch, error, reason
):
    for number in (1, 2, 3):
        write(letters, number)
    parse = reader.parsing.parse

    def failing(raw):
        if raw.name == "issue-2.md":
            raise error
        return parse(raw)

    monkeypatch.setattr(reader.parsing, "parse", failing)

    report = import_paths(library, [letters])

    assert reasons(report, letters) == {"issue-2.md": reason}
    assert [row.label for row in library.issues()] == ["The Boat 3", "The Boat 1"]


def test_an_issue_that_cannot_be_written_is_a_problem_of_its_file(library, letters, monkeypatch):
    write(letters, 1)
    write(letters, 2)
    put = library.put_prepared

    def failing(prepared, **how):
        if prepared.parsed.issue.number == "2":
            raise StoreError("The disk is full.")
        return put(prepared, **how)

    monkeypatch.setattr(library, "put_prepared", failing)

    report = import_paths(library, [letters])

    assert reasons(report, letters) == {"issue-2.md": "The disk is full."}
    assert library.counts().issues == 1


@pytest.mark.parametrize("count", [5, 12], ids=["here", "in processes"])
def test_progress_tells_of_each_file_that_is_looked_at_then_of_each_that_is_taken_in(library, letters, count):
    for number in range(1, count):
        write(letters, number)
    (letters / "empty.md").touch()
    first, again, changed = [], [], []

    import_paths(library, [letters], progress=first.append)
    import_paths(library, [letters], progress=again.append)
    write(letters, 1, "Tar")
    import_paths(library, [letters], progress=changed.append)

    for told in (first, again, changed):
        assert told[0] == Progress(0, 0, "", looking=True)  # at once: listing many files takes a while
        looks = [news for news in told[1:] if news.looking]
        assert [news.done for news in looks] == list(range(1, count + 1))
        assert {news.name for news in looks} == {path.name for path in letters.iterdir()}
        assert {news.total for news in told[1:]} == {count}
    assert [news.done for news in first if not news.looking] == list(range(2, count + 1))
    assert [news for news in again if not news.looking] == []
    assert [news for news in changed if not news.looking] == [Progress(count, count, "issue-1.md")]


@pytest.mark.parametrize("count", [6, 30], ids=["here", "in processes"])
def test_what_came_in_before_cancel_stays(library, letters, count):
    for number in range(1, count + 1):
        write(letters, number)

    report = import_paths(library, [letters], cancelled=lambda: library.counts().issues >= 3)

    assert report.cancelled
    assert report.added == library.counts().issues == 3
    assert library.folders() == [str(letters)]
    assert import_paths(library, [letters]).added == count - 3


def test_an_issue_is_counted_once_however_many_files_hold_it(library, letters):
    for folder in ("a", "b", "c"):
        (letters / folder).mkdir()
        for number in (1, 2):
            path = write(letters / folder, number)
            path.write_text(path.read_text("utf-8").replace("date:", f"from: {folder}\ndate:"), "utf-8")

    report = import_paths(library, [letters])

    assert (report.added, report.updated, report.unchanged) == (2, 0, 0)
    assert library.counts().issues == 2
    assert sorted(report.issues) == ["the-boat/1", "the-boat/2"]

    write(letters, 3)
    write(letters / "a", 1, "Oars", "Sails", "Ropes", "Anchors")
    report = import_paths(library, [letters])
    assert library.counts().issues - 2 == report.added
    assert (report.updated, report.unchanged) == (1, 1)


def test_after_cancel_the_report_counts_what_the_library_has(library, letters):
    for folder in ("a", "b"):
        (letters / folder).mkdir()
        for number in range(1, 7):
            path = write(letters / folder, number)
            path.write_text(path.read_text("utf-8").replace("date:", f"from: {folder}\ndate:"), "utf-8")
    import_paths(library, [letters / "a" / "issue-1.md"])
    seen = []

    report = import_paths(
        library,
        [letters],
        progress=seen.append,
        cancelled=lambda: [news.looking for news in seen].count(False) >= 10,
    )

    assert report.cancelled
    assert report.added == library.counts().issues - 1
    assert (report.unchanged, report.updated) in ((0, 1), (1, 0))


def test_an_issue_whose_number_changed_is_one_that_was_updated(library, letters):
    path = write(letters, 1)
    import_paths(library, [letters])
    path.write_text(issue(7, "Oars", "Sails", "Ropes"), encoding="utf-8")

    report = import_paths(library, [letters])

    assert (report.added, report.updated, report.unchanged) == (0, 1, 0)
    assert [row.label for row in library.issues()] == ["The Boat 7"]


@pytest.mark.parametrize("there", ["empty", "others", "deep"])
def test_a_folder_without_issues_is_a_problem_and_is_watched_all_the_same(library, letters, there):
    if there == "others":
        (letters / "photo.raw").write_text("From: me\n\nWords.\n", encoding="utf-8")
        (letters / "README.md").write_text("# Read me\n", encoding="utf-8")
    if there == "deep":
        (letters / "in" / "there").mkdir(parents=True)

    report = import_paths(library, [letters])

    assert [(problem.path, problem.reason) for problem in report.problems] == [
        (
            str(letters),
            "No issues were found here: Tearsheet reads .md, .markdown, .mdown, .rst, .org, .txt, .html, .htm and .eml files, mbox files and Maildirs. An export of another reader or site is opened by itself.",
        )
    ]
    assert library.folders() == [str(letters)]


def test_cancelled_before_it_began_nothing_comes_in(library, letters):
    write(letters, 1)

    report = import_paths(library, [letters], cancelled=lambda: True)

    assert report.cancelled
    assert library.counts().issues == 0


def test_an_import_is_not_cancelled_when_it_was_done_already(library, letters):
    assert not import_paths(library, [letters]).cancelled


def test_a_folder_is_remembered_but_not_a_file_nor_a_folder_inside_it(library, letters):
    (letters / "inner").mkdir()
    path = write(letters, 1)

    import_paths(library, [path])
    assert library.folders() == []
    import_paths(library, [letters])
    import_paths(library, [letters / "inner", letters])
    assert library.folders() == [str(letters)]


def test_the_name_the_reader_gives_holds_for_what_comes_later(library, letters):
    (letters / "a.md").write_text("# One thing\n\nText of it.\n", encoding="utf-8")
    import_paths(library, [letters], newsletter="My Letter")
    later = letters / "b.md"
    later.write_text("# Another thing\n\nMore text.\n", encoding="utf-8")

    import_paths(library, [later])
    import_paths(library, [letters])

    assert [(row.key, row.name, row.issues) for row in library.newsletters()] == [
        ("my-letter", "My Letter", 2)
    ]


def test_a_later_file_of_the_folder_finds_its_newsletter(library, letters):
    posts = letters / "_posts"
    for year, months in (("2022", "abcd"), ("2023", "e"), ("2024", "f")):
        (posts / year).mkdir(parents=True)
        for month in months:
            title = f"The Boat — a {month} for sailors" if year == "2022" else f"A {month} for rowers"
            (posts / year / f"{month}.md").write_text(f"# {title}\n\nWords of {month}.\n", encoding="utf-8")
        import_paths(library, [posts])

    assert [(row.key, row.name, row.issues) for row in library.newsletters()] == [("the-boat", "The Boat", 6)]


def test_a_new_file_joins_its_newsletter_after_that_was_renamed(library, letters):
    write(letters, 1)
    write(letters, 2)
    import_paths(library, [letters])
    library.rename_newsletter("the-boat", "Boats").result()

    import_paths(library, [write(letters, 3)])

    assert [(row.key, row.name, row.issues) for row in library.newsletters()] == [("the-boat", "Boats", 3)]


def test_what_is_known_by_its_time_and_size_is_not_read_again(library, letters, monkeypatch):
    path = write(letters, 1)
    os.utime(path, (10**9, 10**9))
    import_paths(library, [letters])
    monkeypatch.setattr("reader.importers.folder.read", pytest.fail)
    assert import_paths(library, [letters]).unchanged == 1

    monkeypatch.undo()
    write(letters, 1, "Tar")
    assert import_paths(library, [letters]).updated == 1


def test_an_issue_stays_in_its_newsletter_when_its_title_changes(library, letters):
    path = write(letters, 1)
    import_paths(library, [letters])
    write(letters, 1, name="Another Name Entirely")

    report = import_paths(library, [path])

    assert report.updated == 1
    assert [(row.key, row.issues) for row in library.newsletters()] == [("the-boat", 1)]


def test_a_page_and_its_text_are_one_issue(library, letters):
    write(letters, 1)
    (letters / "issue-1.html").write_text(
        "<html><title>The Boat 1</title><p>Words.</p></html>", encoding="utf-8"
    )

    assert import_paths(library, [letters]).added == 1


def test_an_issue_says_which_opened_folder_it_lies_in(library, letters):
    (letters / "posts").mkdir()
    inside, alone = write(letters / "posts", 1), write(letters, 2)
    import_paths(library, [alone])
    import_paths(library, [letters / "posts"])
    assert [library.whole(f"the-boat/{n}").issue.root for n in (1, 2)] == [str(inside.parent), ""]

    import_paths(library, [letters])
    assert {library.whole(f"the-boat/{n}").issue.root for n in (1, 2)} == {str(letters)}


def gathered(*numbers):
    parts = ""
    for number in numbers:
        stories = "".join(
            f"- [{word} {number}](https://example.com/{word}{number}): words about it, in a sentence or two.\n"
            for word in ("Oars", "Sails", "Ropes", "Tar", "Nails", "Paint", "Planks", "Masts")
        )
        parts += f"## The Boat {number}\n\n{stories}\n"
    return f"# The Boat\n\n{parts}"


def test_a_file_that_holds_many_issues_is_that_many_and_grows(library, letters):
    path = letters / "boats.md"
    path.write_text(gathered(6, 5, 4, 3, 2, 1), encoding="utf-8")
    report = import_paths(library, [letters])
    assert (report.added, report.problems) == (6, ())
    assert sorted(library.issue_keys()) == [f"the-boat/{n}" for n in range(1, 7)]
    library.star([library.find_story("Tar 3")], starred=True).result()
    assert import_paths(library, [letters]).unchanged == 6

    path.write_text(gathered(7, 6, 5, 4, 3, 2, 1).replace("[Nails 3]", "[New nails 3]"), encoding="utf-8")
    report = import_paths(library, [letters])

    assert (report.added, report.updated, report.unchanged) == (1, 1, 5)
    assert titles(library, starred=True) == ["Tar 3"]
    assert "New nails 3" in titles(library, issue="the-boat/3")


def copied(letters, *stories):
    """Two copies of an issue in two folders; return where they are."""
    paths = [letters / "a" / "issue-1.md", letters / "b" / "issue-1.md"]
    for path in paths:
        path.parent.mkdir()
        write(path.parent, 1, *stories)
    return paths


MANY = tuple(f"Boat-{n}" for n in range(20))
SIX = ("Oars", "Sails", "Ropes", "Tar", "Paint", "Nails")


def test_an_edit_of_one_of_two_copies_is_seen_and_the_other_comes_in_no_second_time(library, letters):
    first, second = copied(letters, *SIX)
    import_paths(library, [letters])
    library.star([library.find_story("Tar")], starred=True).result()

    write(first.parent, 1, *SIX[:5], "Masts")
    assert import_paths(library, [letters]).updated == 1
    assert titles(library) == [*SIX[:5], "Masts"]

    write(second.parent, 1, *SIX[:5], "Masts", "Flags")
    assert import_paths(library, [letters]).updated == 1
    assert titles(library) == [*SIX[:5], "Masts", "Flags"]
    assert titles(library, starred=True) == ["Tar"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("newer", [0, 1])
def test_of_two_copies_that_differ_the_one_written_last_is_shown_in_whatever_order_they_come(
    library, letters, order, newer
):
    paths = copied(letters, *MANY)
    write(paths[newer].parent, 1, *MANY, "Flags")
    os.utime(paths[newer], (2_000_000, 2_000_000))
    os.utime(paths[1 - newer], (1_000_000, 1_000_000))

    for number in order:
        import_paths(library, [paths[number]])
    import_paths(library, [letters])

    assert library.issue_keys() == {"the-boat/1"}
    assert titles(library) == [*MANY, "Flags"]


def test_a_copy_that_became_another_text_is_an_issue_of_its_own_and_nothing_is_lost(library, letters):
    first, _ = copied(letters, *SIX)
    import_paths(library, [letters])
    library.star([library.find_story("Tar")], starred=True).result()

    text = "# The Boat 1: Harbours\n\n" + " ".join(f"The {n}th harbour is deep." for n in range(40))
    first.write_text(text, encoding="utf-8")
    report = import_paths(library, [letters])

    assert (report.added, report.updated) == (1, 0)
    assert len(library.issue_keys()) == 2
    assert {*SIX} < {*titles(library)}
    assert titles(library, starred=True) == ["Tar"]
    assert import_paths(library, [letters]).unchanged == 2


def test_corrections_whose_words_are_gone_from_a_file_are_warned_of_and_kept(library, tmp_path):
    from reader.services.borders import left_out

    file = tmp_path / "The Boat 1.md"
    text = "# The Boat 1\n\n- [Oars](https://a.b/1): words about oars.\n- [Sails](https://a.b/2): words about sails.\n"
    file.write_text(text + "- [Tar](https://a.b/3): words about tar.\n", encoding="utf-8")
    import_paths(library, [file])
    (row,) = library.issues()
    page = library.whole(row.key)
    corrections = left_out(page, page.stories[-1].key)
    library.correct({row.key: corrections}).result()
    file.write_text(text + "- [Ropes](https://a.b/4): words about ropes.\n", encoding="utf-8")
    report = import_paths(library, [file])
    (warning,) = report.warnings
    assert (warning.path, "is not found" in warning.reason) == (str(file), True)
    assert library.corrections(row.key) == corrections
