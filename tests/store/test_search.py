import threading
from itertools import pairwise

import make
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.model import Query, parse_query
from reader.services.preparing import prepared
from reader.store import prefixes, search
from reader.store.snippets import snippet
from reader.store.words import fold, pattern, tokens

STORIES = [
    make.story("Chips get smaller", "Makers of silicon moved to a new process. L’été in Zürich was hot."),
    make.story("A boat alone", "It crossed the ocean, steered by chips and a camera.", dek="Nobody aboard"),
    make.story("芯片设计", "中国的芯片设计公司开始采用开源架构，成本下降。AI芯片也便宜了。"),
    make.story("数据库", "设计一个芯，一片海。"),
    make.story("Музей ёлок", "がんばれ、東京のベッド。 Re\u0301sume\u0301 in two parts."),
    make.story("The C++ corner", "Don't repeat yourself: use snake_case and a::b."),
]


@pytest.fixture(params=["index", "scan"])
def library(request, tmp_path, monkeypatch):
    if request.param == "scan":
        monkeypatch.setattr("reader.services.library.fts5_exists", lambda: False)
    opened = make.library(tmp_path)
    opened.put(make.issue(STORIES, published="2020-01-01")).result()
    opened.put(
        make.issue(["Old chips"], newsletter="Boats & Co", number="3", published="2019-01-01")
    ).result()
    yield opened
    opened.close()


def found(library, typed):
    return [hit.story.title for hit in library.search(parse_query(typed))]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("silicon", {"Chips get smaller"}),
        ("SILICON process ", {"Chips get smaller"}),
        ("sil", {"Chips get smaller"}),
        ("sil ", set()),
        ("ete", {"Chips get smaller"}),
        ("zurich", {"Chips get smaller"}),
        ("chips", {"Chips get smaller", "A boat alone", "Old chips"}),
        ("aboard", {"A boat alone"}),
        ('"chips and a camera"', {"A boat alone"}),
        ('"chips a camera"', set()),
        ("chips newsletter:boats", {"Old chips"}),
        ("chips newsletter:trains", set()),
        ("芯片", {"芯片设计"}),
        ("片设", {"芯片设计"}),
        ("设计", {"芯片设计", "数据库"}),
        ("ai芯片", {"芯片设计"}),
        ("музей", {"Музей ёлок"}),
        ("МУЗ", {"Музей ёлок"}),
        ("музеи", set()),
        ("ёлок", {"Музей ёлок"}),
        ("がん", {"Музей ёлок"}),
        ("かん", set()),
        ("ベッド", {"Музей ёлок"}),
        ("don't", {"The C++ corner"}),
        ("snake_case", {"The C++ corner"}),
        ("a::b ", {"The C++ corner"}),
        ("c++", {"The C++ corner", "Chips get smaller", "A boat alone", "Old chips"}),
        ("***", set()),
        ('NEAR(" AND OR', set()),
        ("", set()),
    ],
)
def test_words_are_found_in_every_script(library, typed, titles):
    assert set(found(library, typed)) >= titles
    if typed != "c++":  # a beginning while it is typed: "co…" too
        assert set(found(library, typed)) == titles


@pytest.mark.parametrize("library", ["index"], indirect=True)
def test_a_word_in_the_title_counts_more_than_one_in_the_text(library):
    assert found(library, "chips ")[-1] == "A boat alone"


@pytest.mark.parametrize("library", ["scan"], indirect=True)
def test_a_python_that_cannot_search_texts_says_so(library):
    (notice,) = library.notices
    assert "FTS5" in notice


def test_filters_and_words_narrow_together(library):
    keys = {row.title: row.key for row in library.stories()}
    library.star([keys["A boat alone"], keys["数据库"]], starred=True).result()
    library.mark_read([keys["Old chips"]], read=True).result()
    library.tag([keys["Chips get smaller"]], "Hardware", present=True).result()
    assert set(found(library, "chips is:starred")) == {"A boat alone"}
    assert set(found(library, "chips is:unstarred is:unread")) == {"Chips get smaller"}
    assert found(library, "chips is:read") == ["Old chips"]
    assert found(library, "tag:hardware") == ["Chips get smaller"]
    assert found(library, "is:starred") == ["A boat alone", "数据库"]
    assert found(library, "is:unread")[0] == "Chips get smaller"
    assert found(library, "is:starred newsletter:boats") == []


def test_a_changed_story_is_found_by_its_new_words_only(library):
    library.put(make.issue([make.story("Chips get smaller", "Nothing but germanium."), "Boats"])).result()
    assert found(library, "germanium ") == ["Chips get smaller"]
    assert found(library, "silicon ") == []
    assert found(library, "camera ") == []


def test_the_limit_is_kept(library):
    assert len(library.search(parse_query("chips"), limit=2)) == 2
    assert library.search(parse_query("chips"), limit=0) == []


def test_a_snippet_shows_what_was_found(library):
    (hit,) = library.search(parse_query("ZURICH"))
    assert [hit.snippet[start:stop] for start, stop in hit.marks] == ["Zürich"]
    (hit,) = library.search(parse_query("片设"))
    assert [hit.snippet[start:stop] for start, stop in hit.marks] == ["片设"]
    (hit,) = library.search(parse_query("музей"))
    assert hit.marks == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(typed=st.text("ab\"'*()^:{}-+~芯 \t,.\u0301\x00\ud800ANDORT", max_size=12))
def test_nothing_that_is_typed_is_an_error(library, typed):
    library.search(parse_query(typed))


@given(st.text(max_size=60))
def test_folding_leaves_every_position_where_it_was(text):
    assert len(fold(text)) == len(text)


@given(
    st.lists(st.sampled_from(["chip", "Zürich", "芯片", "—", "the", "x" * 50, "\ufffc", "\n"]), max_size=60),
    st.sampled_from(["chip", "zur", "芯"]),
)
def test_marks_lie_within_the_snippet_and_in_order(words, typed):
    text, marks = snippet(" ".join(words), pattern([tokens(typed)], prefix=True))
    assert len(text) <= 182
    assert "\n" not in text
    assert all(0 <= start < stop <= len(text) for start, stop in marks)
    assert all(first[1] <= second[0] for first, second in pairwise(marks))
    assert all(fold(text[start:stop]).startswith(tokens(typed)[0]) for start, stop in marks)
    assert bool(marks) == any(fold(word).startswith(typed) for word in words)


def test_a_snippet_of_a_long_text_is_cut_at_words_around_the_find():
    text = "start " + "filler " * 60 + "needle " + "filler " * 60
    cut, ((start, stop),) = snippet(text, pattern([["needle"]], prefix=False))
    assert cut[start:stop] == "needle"
    assert cut.startswith("…filler ")
    assert cut.endswith(" filler…")


def test_what_was_found_is_within_the_first_line_of_a_narrow_pane():
    _, [(_, stop)] = snippet("word " * 500 + "Hackenburg)", pattern([["hackenburg"]], prefix=False))
    assert stop <= 36


def test_nothing_looked_for_shows_how_the_story_begins():
    assert snippet("It begins\nhere", None) == ("It begins here", ())


# A library in which words are very frequent


@pytest.fixture
def large(tmp_path, monkeypatch):
    monkeypatch.setattr(search, "_RANKABLE", 20)
    monkeypatch.setattr(search, "_CHUNK", 7)
    monkeypatch.setattr(search, "_FEW", 10)
    monkeypatch.setattr(prefixes, "_WIDE", 50)
    opened = make.library(tmp_path, 60, words=20, chinese=False)
    yield opened
    opened.close()


def test_of_very_many_the_newest_come_first_and_titles_before_texts(large):
    hits = large.search(parse_query("the "), limit=400)
    every = [
        row.key
        for row in large.stories()
        if "the" in tokens(f"{row.title} {row.dek} {body_of(large, row.key)}")
    ]
    assert sorted(hit.story.key for hit in hits) == sorted(every)
    few = large.search(parse_query("the "), limit=5)
    assert all("the" in tokens(hit.story.title) for hit in few)
    assert [hit.story.published for hit in few] == sorted((hit.story.published for hit in few), reverse=True)


def test_filters_pass_the_same_stories_whichever_way_they_are_tried(large):
    rows = large.stories()
    large.star([row.key for row in rows[::3]], starred=True).result()
    large.star([row.key for row in rows[:2]], starred=True).result()
    hits = large.search(parse_query("the is:starred"), limit=1000)
    starred = {row.key for row in rows[::3]} | {row.key for row in rows[:2]}
    assert {hit.story.key for hit in hits} == {
        hit.story.key for hit in large.search(parse_query("the "), limit=1000)
    } & starred
    newsletter = rows[0].newsletter
    hits = large.search(Query(("the",), newsletter=newsletter), limit=1000)
    assert hits
    assert {hit.story.newsletter for hit in hits} == {newsletter}


def test_wide_beginnings_stand_for_the_most_frequent_words(large):
    index = large._index
    while large._database.write(lambda main: index.tidy(main, 0.0005, leaving=True)).result():
        pass
    assert {"the", "to"} < set(index.words("t"))
    assert index.words("xyzzy") is None
    hits = large.search(parse_query("t"), limit=5)
    assert all(hit.marks or "t" in fold(hit.story.title) for hit in hits)
    assert len(hits) == 5


def body_of(library, key):
    return " ".join(block.text for block in library.page(key).body)


def test_stars_do_not_wait_for_an_import(tmp_path):
    library = make.library(tmp_path, 5)
    heard, key = threading.Event(), library.stories()[0].key
    ready = [prepared(parsed) for parsed in make.issues(150, seed=5)]
    puts = [library.put_prepared(each) for each in ready]
    star = library.star([key], starred=True)
    star.add_done_callback(lambda _: heard.set())
    assert heard.wait(5)
    assert not puts[-1].done()
    for put in puts:
        put.result()
    library.close()


def test_the_stored_text_and_the_index_take_less_than_they_came_as(tmp_path):
    issues = list(make.issues(100, words=250))
    source = sum(len(make.text_of(parsed.blocks).encode()) for parsed in issues)
    library = make.library(tmp_path)
    for parsed in issues:
        library.put(parsed).result()
    library.settle()
    with library._database.reading() as connection:
        (stored,) = connection.execute("SELECT sum(length(text) + length(shape)) FROM texts").fetchone()
    library.close()
    index = sum(path.stat().st_size for path in tmp_path.glob("index.db*"))
    assert index > source / 5
    assert stored + index < 1.3 * source


@pytest.mark.parametrize("left", ["", " . ", "\n:\n", "…"])
def test_what_is_left_of_a_title_is_no_snippet(left):
    assert snippet(left, pattern([["chip"]], prefix=False)) == ("", ())


def test_the_index_of_few_stories_is_small(tmp_path):
    made = make.library(tmp_path, 1, words=20)
    made.close()

    assert (tmp_path / "index.db").stat().st_size <= 28_000
