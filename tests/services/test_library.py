import threading

import make
import pytest

from reader.model import NOTHING_DONE, Change, Counts, NotFoundError, State, StoreError, parse_query
from reader.services.library import open_library


@pytest.fixture
def heard():
    return make.Heard()


@pytest.fixture
def library(tmp_path, heard):
    opened = make.library(tmp_path / "books", listener=heard)
    yield opened
    opened.close()
    assert heard.errors == []


def put(library, *args, **fields):
    parsed = args[0] if args and not isinstance(args[0], list) else make.issue(*args, **fields)
    library.put(parsed).result()
    return parsed


# What comes in


def test_an_issue_comes_back_as_it_was_put(library):
    parsed = put(
        library,
        [
            make.story(
                "Chips",
                "They **shrink**.\n\n- fast\n\nRead more: [Wire](https://wire.example)",
                dek="Smaller",
            ),
            "Boats",
        ],
        opening="Hello",
        closing="Goodbye",
        author="Ada",
        meta={"icon": "x.png", "title": "T"},
        truncated=True,
    )
    page = library.whole(parsed.issue.key)
    assert (page.issue, page.blocks, page.stories) == (parsed.issue, parsed.blocks, parsed.stories)
    assert page.label == "Import AI 219"
    first = library.page(parsed.stories[0].key)
    assert first == make.page(parsed)
    outline = library.outline(parsed.issue.key)
    assert outline.stories == (make.row(parsed, 1), make.row(parsed, 2))
    assert (outline.has_opening, outline.has_closing) == (True, True)


def test_an_issue_that_is_unchanged_is_no_change(library, heard):
    parsed = put(library)
    heard.changes.clear()
    assert not library.put(parsed).result()
    assert not library.put(make.changed(parsed)).result()
    assert library.digests() == {parsed.issue.location: make.changed(parsed).issue.digest}
    assert heard.changes == []


def test_a_change_names_what_it_touched(library, heard):
    parsed = put(library)
    assert heard.changes == [
        Change(issues=frozenset({"import-ai/219"}), newsletters=frozenset({"import-ai"}))
    ]
    key = parsed.stories[0].key
    assert library.star([key], starred=True).result() == Change(stories=frozenset({key}))
    assert heard.changes[-1] == Change(stories=frozenset({key}))


def test_issues_are_listed_newest_first_and_undated_last(library):
    for number, published in (("1", "2020-01-01"), ("2", ""), ("3", "2021-01-01"), ("4", "2021-01-01")):
        put(library, number=number, published=published)
    assert [row.label for row in library.issues()] == [f"Import AI {n}" for n in "4312"]


def test_issues_without_a_date_are_in_the_order_of_their_numbers(library):
    for number in ("9", "101", "10"):
        put(library, number=number, published="")
    put(library, number="2", published="2020-01-01")
    assert [row.key for row in library.issues()] == [f"import-ai/{number}" for number in (2, 101, 10, 9)]


def test_stories_are_in_the_order_of_their_issues(library):
    for number in ("9", "11", "10"):
        put(library, number=number, published="2020-10-19")
    listed = [row.key for row in library.issues()]
    assert list(dict.fromkeys(row.issue for row in library.stories())) == listed


def test_the_title_alone_is_no_opening_and_a_rule_no_closing(library):
    title = "Import AI 7: Tides & Gates"
    parsed = put(library, ["A"], number="7", title=title, opening=f"# {title}", closing="---")
    found = library.outline(parsed.issue.key)
    assert (found.has_opening, found.has_closing) == (False, False)
    parsed = put(library, ["A"], number="8", title=title, opening=f"# {title}\n\nHello.", closing="Bye.")
    found = library.outline(parsed.issue.key)
    assert (found.has_opening, found.has_closing) == (True, True)


def test_files_of_one_name_and_number_that_say_different_things_are_all_kept(library, tmp_path):
    for folder in ("en", "de", "ja", "fr/ja"):
        file = tmp_path / folder / "issue-5.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        put(library, [make.story("Tides", f"In {folder}.")], number="5", location=str(file))
    said = {library.page(row.key).body[0].text for row in library.stories()}
    assert said == {"In en.", "In de.", "In ja.", "In fr/ja."}


def test_the_views_and_the_newsletter_narrow_the_list(library):
    first, second = put(library, number="1"), put(library, ["Only"], number="2", newsletter="Boats")
    library.star([first.stories[0].key], starred=True).result()
    library.mark_read([second.stories[0].key], read=True).result()
    assert [row.key for row in library.issues(view="unread")] == ["import-ai/1"]
    assert [row.key for row in library.issues(view="starred")] == ["import-ai/1"]
    assert [row.key for row in library.issues(newsletter="boats")] == ["boats/2"]
    assert library.issues(newsletter="unheard-of") == []
    assert [(row.name, row.issues, row.unread) for row in library.newsletters()] == [
        ("Boats", 1, 0),
        ("Import AI", 1, 1),
    ]


def test_the_counts_follow_every_write(library):
    first = put(library, ["A", "B", "C"])
    assert library.counts() == Counts(newsletters=1, issues=1, stories=3, unread=3)
    library.mark_read([first.stories[0].key, first.stories[1].key], read=True).result()
    library.star([first.stories[2].key], starred=True).result()
    assert library.counts() == Counts(newsletters=1, issues=1, stories=3, unread=1, starred=1)
    put(library, ["A", "C"])
    row = library.issues()[0]
    assert (row.stories, row.read, row.starred) == (2, 1, 1)


# States


def test_a_star_outlives_a_second_import_with_another_title_and_another_body(library):
    text = "Makers of chips move their designs to a smaller process and yields are better than feared."
    first = put(library, [make.story("Chips", text), "Boats"])
    key = first.stories[0].key
    library.star([key], starred=True).result()
    library.set_note(key, "Look again").result()
    second = put(library, ["New on top", make.story("On silicon", text + " Really."), "Boats"])
    moved = second.stories[1].key
    assert moved != key
    assert library.state(moved).starred
    assert library.state(key) == library.state(moved)
    assert library.page(key).row.key == moved
    assert [row.key for row in library.stories(starred=True)] == [moved]
    assert library.state(moved).note == "Look again"


def test_a_star_whose_story_vanished_comes_back_with_it(library):
    first = put(library, [make.story("Chips", "Silicon gets thinner every single year now"), "Boats"])
    key = first.stories[0].key
    library.star([key], starred=True).result()
    put(library, ["Boats"])
    assert library.stories(starred=True) == []
    assert library.state(key).starred
    put(library, [make.story("Chips", "Silicon gets thinner every single year now"), "Boats"])
    assert [row.key for row in library.stories(starred=True)] == [key]
    assert library.issues()[0].starred == 1


def test_a_title_that_changes_and_changes_back_keeps_the_star(library):
    text = "Silicon gets thinner every single year and nobody knows for how long"
    for title in ("Chips", "Silicon", "Chips", "Silicon", "Chips"):
        parsed = put(library, [make.story(title, text)])
        key = parsed.stories[0].key
        if not library.stories(starred=True):
            library.star([key], starred=True).result()
        assert [row.key for row in library.stories(starred=True)] == [key]
    library.star([key], starred=False).result()
    put(library, [make.story("Silicon", text)])
    assert library.stories(starred=True) == []


def test_two_starred_stories_that_become_one_leave_it_starred(library):
    one, two = "Silicon gets thinner every single year now", "A boat crossed the ocean with nobody aboard"
    first = put(library, [make.story("Chips", one), make.story("Boats", two)])
    library.star([first.stories[0].key], starred=True).result()
    library.mark_read([first.stories[1].key], read=True).result()
    library.tag([first.stories[1].key], "sea", present=True).result()
    second = put(library, [make.story("This week", f"{one}\n\n{two}")])
    state = library.state(second.stories[0].key)
    assert state.starred
    assert state.tags == ("sea",)


def test_a_star_may_arrive_before_its_story(library):
    parsed = make.issue()
    library.star([parsed.stories[0].key], starred=True).result()
    put(library, parsed)
    assert library.outline(parsed.issue.key).stories[0].state.starred
    assert library.issues()[0].starred == 1


def test_what_is_so_already_is_not_written_again(library, tmp_path):
    key = put(library).stories[0].key
    library.star([key], starred=True).result()
    library.set_states({key: State(starred=True, starred_at="2020-01-01T00:00:00Z")}).result()
    before = library.state(key)
    size = sum(path.stat().st_size for path in (tmp_path / "books" / "journal").rglob("*.jsonl"))
    assert not library.set_states({key: before}).result()
    assert not library.star([key], starred=True).result()
    assert library.state(key) == before
    assert not library.mark_read([key], read=False).result()
    assert sum(path.stat().st_size for path in (tmp_path / "books" / "journal").rglob("*.jsonl")) == size


def test_undo_gives_back_the_exact_earlier_state(library):
    key = put(library).stories[0].key
    earlier = State(
        read=True,
        starred=True,
        tags=("a", "b"),
        note="n",
        position=7,
        starred_at="2020-01-01T00:00:00Z",
        read_at="2020-01-02T00:00:00Z",
    )
    library.set_states({key: earlier}).result()
    assert library.state(key) == earlier
    library.star([key], starred=False).result()
    library.tag([key], "a", present=False).result()
    assert library.state(key) == earlier._replace(starred=False, starred_at="", tags=("b",))
    library.set_states({key: earlier}).result()
    assert library.state(key) == earlier
    library.set_states({key: NOTHING_DONE}).result()
    assert library.state(key) == NOTHING_DONE


def test_tags_are_found_and_forgotten(library):
    first = put(library)
    keys = [story.key for story in first.stories]
    library.tag(keys, "  to   read ", present=True).result()
    assert library.tags() == ["to read"]
    assert [row.key for row in library.stories(tag="to read")] == keys
    library.tag(keys, "to read", present=False).result()
    assert library.tags() == []
    assert not library.tag(keys, " ", present=True).result()


def test_stories_are_listed_as_asked(library):
    first, second = (
        put(library, ["A", "B"], number="1", published="2020-01-01"),
        put(library, ["C"], number="2", newsletter="Boats"),
    )
    library.mark_read([first.stories[1].key], read=True).result()
    assert [row.title for row in library.stories()] == ["C", "A", "B"]
    assert [row.title for row in library.stories(read=False)] == ["C", "A"]
    assert [row.title for row in library.stories(read=True)] == ["B"]
    assert [row.title for row in library.stories(starred=False, newsletter="import-ai")] == ["A", "B"]
    assert [row.title for row in library.stories(issue=second.issue.key)] == ["C"]
    keys = [second.stories[0].key, "unheard-of", first.stories[0].key]
    assert [row.title for row in library.story_rows(keys)] == ["C", "A"]
    assert [page.row.title for page in library.pages(keys)] == ["C", "A"]
    assert library.page("unheard-of") is None
    assert library.whole("unheard-of") is None
    assert library.outline("unheard-of") is None


# Two files, one issue


def test_two_files_that_say_the_same_are_one_issue(library, tmp_path):
    one, two = tmp_path / "a.md", tmp_path / "b.md"
    one.touch()
    two.touch()
    put(library, location=str(one))
    assert not library.put(make.issue(location=str(two))).result()
    assert [library.whole(row.key).issue.location for row in library.issues()] == [str(one)]
    assert set(library.digests()) == {str(one), str(two)}
    one.unlink()
    library.put(make.issue(location=str(two))).result()
    assert library.whole("import-ai/219").issue.location == str(two)


def test_two_files_that_claim_one_number_are_two_issues(library, tmp_path):
    one, two = tmp_path / "219.md", tmp_path / "219 Extra.md"
    one.touch()
    two.touch()
    first = put(library, ["Chips"], location=str(one))
    put(library, ["Boats"], location=str(two))
    assert {row.key for row in library.issues()} == {"import-ai/219", "import-ai/219-219-extra"}
    assert library.page(first.stories[0].key).row.title == "Chips"
    (extra,) = library.outline("import-ai/219-219-extra").stories
    assert extra.key.startswith("import-ai/219-219-extra#boats")
    library.star([extra.key], starred=True).result()
    put(library, ["Boats and ships", "Boats"], location=str(two))
    assert len(library.issues()) == 2
    assert [row.title for row in library.stories(starred=True)] == ["Boats"]


def test_a_file_that_was_moved_and_changed_is_the_same_issue(library, tmp_path):
    put(library, ["Chips"], location=str(tmp_path / "gone.md"))
    put(library, ["Chips", "Boats"], location=str(tmp_path / "new.md"))
    (row,) = library.issues()
    assert row.stories == 2


def test_a_file_whose_issue_gets_another_number_takes_its_stars_along(library):
    first = put(library, ["Chips"], number="21", location="/letters/x.md")
    library.star([first.stories[0].key], starred=True).result()
    change = library.put(make.issue(["Chips"], number="219", location="/letters/x.md")).result()
    assert change.issues == {"import-ai/21", "import-ai/219"}
    assert [row.label for row in library.issues()] == ["Import AI 219"]
    assert [row.issue for row in library.stories(starred=True)] == ["import-ai/219"]


def test_an_issue_that_changes_hands_leaves_no_empty_newsletter_behind(library):
    first = put(library, ["Chips"], location="/letters/x.md")
    library.star([first.stories[0].key], starred=True).result()
    change = library.put(make.issue(["Chips"], newsletter="Boats", location="/letters/x.md")).result()
    assert change.newsletters == {"import-ai", "boats"}
    assert [row.key for row in library.newsletters()] == ["boats"]
    assert set(library.known_newsletters()) == {"boats"}
    assert library.counts().newsletters == 1
    assert [row.newsletter for row in library.stories(starred=True)] == ["Boats"]


# Names


def test_a_newsletter_is_renamed_and_gets_its_name_back(library):
    put(library)
    assert library.rename_newsletter("import-ai", "Jack's letter").result().newsletters == {"import-ai"}
    assert library.issues()[0].label == "Jack's letter 219"
    assert library.stories()[0].newsletter == "Jack's letter"
    put(library, number="220")
    assert {row.newsletter for row in library.stories()} == {"Jack's letter"}
    library.rename_newsletter("import-ai", "").result()
    assert [row.name for row in library.newsletters()] == ["Import AI"]


def test_what_is_known_of_a_newsletter_names_the_next_issue(library):
    put(library, meta={"link": "https://www.importai.example/219"}, title="Import AI 219: Chips")
    known = library.known_newsletters()["import-ai"]
    assert known.name == "Import AI"
    assert (known.prefixes, known.domains, known.folders) == (
        {"Import AI"},
        {"importai.example"},
        {"/letters/import-ai"},
    )


def test_a_story_is_named_by_its_key_the_start_of_it_or_its_title(library):
    first = put(library, ["Chips get smaller", "Chips get faster", "Boats"])
    key = first.stories[2].key
    assert library.find_story(key) == key
    assert library.find_story(key[:-3]) == key
    assert library.find_story("boats") == key
    assert library.find_story("faster") == first.stories[1].key
    with pytest.raises(NotFoundError, match="more than one"):
        library.find_story("Chips")
    with pytest.raises(NotFoundError, match="no story"):
        library.find_story("Trains")
    with pytest.raises(NotFoundError):
        library.find_story("")


def test_issues_and_newsletters_are_named_likewise(library):
    put(library)
    put(library, number="220")
    assert library.find_issue("import ai 219") == "import-ai/219"
    assert library.find_issue("import-ai/220") == "import-ai/220"
    assert library.find_newsletter("Import AI") == "import-ai"
    with pytest.raises(NotFoundError):
        library.find_issue("import-ai/2")


# Opened again


def test_everything_is_there_after_the_library_is_opened_again(tmp_path, heard):
    library = make.library(tmp_path, 3, listener=heard)
    key = library.stories()[0].key
    library.star([key], starred=True)
    library.set_position(key, 12)
    library.add_folder("/letters", "Letters")
    library.add_folder("/more")
    library.remove_folder("/more")
    library.close()
    again = make.library(tmp_path, listener=heard)
    assert again.state(key).starred
    assert again.state(key).position == 12
    assert again.opened() == {"/letters": "Letters"}
    assert len(again.issues()) == 3
    again.close()
    assert heard.errors == []
    assert again.notices == ()


def test_a_closed_library_says_so(tmp_path, heard):
    library = make.library(tmp_path, listener=heard)
    library.close()
    library.close()
    with pytest.raises(StoreError, match="closed"):
        library.issues()
    with pytest.raises(StoreError, match="closed"):
        library.star(["x"], starred=True).result()
    with pytest.raises(StoreError, match="closed"):
        library.search(parse_query("x"))


def test_a_place_that_is_no_directory_is_an_error_in_words(tmp_path, heard):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="could not be opened"):
        open_library(tmp_path / "file", heard)


def test_a_failed_write_is_told_and_leaves_no_trace(library, heard):
    parsed = make.issue([make.story("A", key="x#same"), make.story("B", key="x#same")])
    with pytest.raises(StoreError):
        library.put(parsed).result()
    assert isinstance(heard.errors.pop(), StoreError)
    assert library.issues() == []
    assert library.digests() == {}
    with pytest.raises(NotFoundError):
        library.rename_newsletter("unheard-of", "x").result()
    heard.errors.clear()


def test_threads_come_and_go_and_read(library):
    put(library)
    found = []
    for _ in range(30):
        thread = threading.Thread(target=lambda: found.append(len(library.issues())))
        thread.start()
        thread.join()
    assert found == [1] * 30


def test_a_page_is_read_while_its_issue_changes(library):
    text = " ".join(["word"] * 300)
    stop = threading.Event()
    odd = []

    def read():
        while not stop.is_set():
            for row in library.stories():
                page = library.page(row.key)
                if page and not page.body:
                    odd.append(row.key)

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(30):
        put(library, [make.story(f"T{n}", f"{text} {number}") for n in range(number % 5 + 1)])
    stop.set()
    thread.join()
    assert odd == []


def test_a_second_library_hears_what_the_first_one_wrote(tmp_path, heard):
    ours, theirs = make.library(tmp_path, listener=heard), make.library(tmp_path, listener=heard)
    parsed = put(ours)
    assert ours.poll() == Change()
    assert theirs.poll() == Change(issues=frozenset({"import-ai/219"}), newsletters=frozenset({"import-ai"}))
    assert theirs.poll() == Change()
    theirs.star([parsed.stories[0].key], starred=True).result()
    ours.star([parsed.stories[1].key], starred=True).result()
    assert ours.poll().stories == {parsed.stories[0].key}
    assert [row.state.starred for row in ours.outline("import-ai/219").stories] == [True, True]
    ours.close()
    theirs.close()
    assert heard.errors == []


def test_another_devices_journal_is_taken_in_at_the_next_start(tmp_path, heard):
    mine = make.library(tmp_path / "mine", 1, listener=heard)
    other = make.library(tmp_path / "other", 1, listener=heard)
    key = other.stories()[0].key
    other.star([key], starred=True).result()
    mine.close()
    other.close()
    (folder,) = (tmp_path / "other" / "journal").iterdir()
    (tmp_path / "mine" / "journal").mkdir()
    folder.rename(tmp_path / "mine" / "journal" / folder.name)
    again = make.library(tmp_path / "mine", listener=heard)
    assert again.state(key).starred
    again.star([key], starred=False).result()
    assert not again.state(key).starred
    again.close()
