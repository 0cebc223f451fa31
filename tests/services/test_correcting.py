import itertools
import random
from dataclasses import replace

import make
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.model import NOTHING_DONE, State, cut, text_of
from reader.model.correction import Correction
from reader.parsing.split import Piece
from reader.parsing.stories import stories_of
from reader.services import borders, correcting
from reader.services.library import open_library
from reader.services.preparing import prepared

OARS = "An oar is a lever that turns in the water and pushes the boat along.\n\n**Longer oars** are heavier."
SAILS = "A sail is a wing that stands on its end."
TAR = "Tar keeps the water out of every seam."


@pytest.fixture
def library(tmp_path):
    opened = make.library(tmp_path / "books")
    yield opened
    opened.close()


def drafts():
    return [make.story("Oars", OARS), make.story("Sails", SAILS), make.story("Tar", TAR)]


def put(library, stories=(), **more):
    parsed = parsed_issue(stories, **more)
    library.put(parsed).result()
    return parsed.issue.key


def parsed_issue(stories=(), **more):
    """An issue whose stories have the keys that parsing gives."""
    made = make.issue(stories or drafts(), opening="Welcome aboard.", closing="Thanks to all.", **more)
    pieces = [correcting.piece_of(one) for one in made.stories]
    return replace(made, stories=stories_of(made.issue.key, made.blocks, pieces))


def titles(library, key):
    return [row.title for row in library.outline(key).stories]


def story(library, key, title):
    return next(row.key for row in library.outline(key).stories if row.title == title)


def correct(library, key, make_corrections, *arguments):
    corrections = make_corrections(library.whole(key), *arguments)
    library.correct({key: corrections}).result()
    return corrections


def merge(library, key, title):
    return correct(library, key, borders.merged, story(library, key, title))


def split(library, key, words):
    return correct(library, key, borders.split_at, text_of(library.whole(key).blocks).index(words))


# One issue


def test_a_story_is_merged_with_the_one_before_and_comes_apart_again(library):
    key = put(library)
    before = library.stories()
    merge(library, key, "Sails")
    assert titles(library, key) == ["Oars", "Tar"]
    assert text_of(library.page(story(library, key, "Oars")).body).endswith(SAILS)
    library.correct({key: ()}).result()
    assert library.stories() == before


def test_the_first_story_cannot_be_merged(library):
    key = put(library)
    page = library.whole(key)
    assert borders.merged(page, page.stories[0].key) is None
    assert borders.merged(page, "nobody") is None


def test_a_story_begins_with_the_paragraph_at_the_cursor(library):
    key = put(library)
    split(library, key, "oars are heavier")
    assert titles(library, key) == ["Oars", "Longer oars", "Sails", "Tar"]


def test_in_the_first_paragraph_of_a_story_another_begins_with_the_sentence(library):
    key = put(library, ["Boats", make.story("Go", "One stands here. Two stand there.")])
    page = library.whole(key)
    first = borders.left_out(page, page.stories[1].key)
    library.correct({key: first}).result()
    split(library, key, "One stands")
    split(library, key, "wo stand")
    assert titles(library, key) == ["Boats", "One stands here.", "Two stand there."]


def test_no_story_begins_where_one_does_or_where_no_words_are(library):
    key = put(library)
    page = library.whole(key)
    assert borders.split_at(page, page.stories[1].start) is None
    assert borders.split_at(page._replace(blocks=()), 0) is None


def test_a_story_is_renamed_and_found_under_its_old_key(library):
    key = put(library)
    old = story(library, key, "Tar")
    library.star([old], starred=True).result()
    page = library.whole(key)
    assert borders.renamed(page, old, " ") is None
    assert borders.renamed(page, old, "Tar") is None
    correct(library, key, borders.renamed, old, "  Pitch \n black ")
    assert titles(library, key) == ["Oars", "Sails", "Pitch black"]
    assert library.page(old).row.title == "Pitch black"
    assert library.page(old).row.state.starred
    again = correct(library, key, borders.renamed, story(library, key, "Pitch black"), "Pitch")
    assert [one.title for one in again] == ["Pitch"]


def test_what_is_left_out_is_no_story_and_all_its_words_are_in_the_issue(library):
    key = put(library)
    before = library.whole(key).blocks
    correct(library, key, borders.left_out, story(library, key, "Tar"))
    assert titles(library, key) == ["Oars", "Sails"]
    assert library.whole(key).blocks == before
    assert library.outline(key).has_closing


def test_a_merged_story_has_what_was_done_with_both_until_they_come_apart(library):
    key = put(library)
    oars, sails = story(library, key, "Oars"), story(library, key, "Sails")
    library.tag([oars], "wood", present=True).result()
    library.star([sails], starred=True).result()
    library.set_note(sails, "Look").result()
    states = library.state(oars), library.state(sails)
    for _ in range(2):
        merge(library, key, "Sails")
        state = library.state(oars)
        assert (state.starred, state.note, state.tags) == (True, "Look", ("wood",))
        assert library.state(sails) == state
        library.correct({key: ()}).result()
        assert (library.state(oars), library.state(sails)) == states
    library.tag([oars], "wood", present=False).result()
    assert library.tags() == []


@pytest.mark.parametrize(
    "deeds",
    [
        [("merge", "Tar"), ("merge", "Knots"), ("merge", "Sails")],
        [("outside", "Sails"), ("merge", "Tar"), ("merge", "Knots")],
        [("merge", "Sails"), ("outside", "Oars"), ("merge", "Knots")],
        [("merge", "Sails"), ("merge", "Tar"), ("split", "lever"), ("rename", "Knots")],
    ],
)
def test_half_way_back_a_story_has_the_notes_of_its_own_parts(library, deeds):
    key = put(library, [*drafts(), make.story("Knots", "A knot holds what it ties.")])
    for row in library.outline(key).stories:
        library.set_note(row.key, f"Of {row.title}").result()
    steps = []
    for deed, what in deeds:
        steps.append((library.corrections(key), snapshot(library, key)))
        if deed == "split":
            split(library, key, what)
        elif deed == "rename":
            correct(library, key, borders.renamed, story(library, key, what), "Bends")
        else:
            make_corrections = {"merge": borders.merged, "outside": borders.left_out}[deed]
            correct(library, key, make_corrections, story(library, key, what))
    for corrections, before in reversed(steps):
        library.correct({key: corrections}).result()
        assert snapshot(library, key) == before


def test_a_note_that_was_changed_since_holds_nothing_of_a_part_again(library):
    key = put(library)
    oars = story(library, key, "Oars")
    for row in library.outline(key).stories:
        library.set_note(row.key, f"Of {row.title}").result()
    merge(library, key, "Sails")
    merge(library, key, "Tar")
    library.set_note(oars, "Mine").result()
    library.correct({key: library.corrections(key)[:1]}).result()
    assert (library.state(oars).note, library.state(story(library, key, "Tar")).note) == ("Mine", "Of Tar")


def test_the_parts_of_a_story_that_was_read_are_read(library):
    key = put(library)
    library.mark_read([story(library, key, "Oars")], read=True).result()
    before = library.stories()
    split(library, key, "oars are heavier")
    assert [row.state.read for row in library.outline(key).stories] == [True, True, False, False]
    library.correct({key: ()}).result()
    assert library.stories() == before


def test_what_was_corrected_is_found(library):
    key = put(library)
    split(library, key, "oars are heavier")
    library.settle()
    from reader.model import parse_query

    assert [hit.story.title for hit in library.search(parse_query("heavier"))] == ["Longer oars"]


# What it outlives


def test_corrections_outlive_another_import_of_the_same_and_of_an_edited_text(library):
    key = put(library)
    merge(library, key, "Sails")
    assert not library.put(parsed_issue()).result()
    put(library, [make.story("Oars", OARS), make.story("Knots", "Knots hold."), *drafts()[1:]])
    assert titles(library, key) == ["Oars", "Knots", "Tar"]


def test_corrections_outlive_the_database(tmp_path):
    library = make.library(tmp_path)
    key = put(library)
    merge(library, key, "Sails")
    library.star([story(library, key, "Oars")], starred=True).result()
    before = library.stories()
    library.close()
    for file in tmp_path.glob("library.*"):
        file.unlink()
    library = make.library(tmp_path)
    put(library)
    assert library.stories() == before
    library.correct({key: ()}).result()
    assert titles(library, key) == ["Oars", "Sails", "Tar"]
    library.close()


def test_corrections_of_another_device_are_applied_at_the_next_start(tmp_path):
    other, here = make.library(tmp_path / "other"), make.library(tmp_path / "here")
    key = put(other)
    put(here)
    merge(other, key, "Sails")
    other.close()
    here.close()
    (tmp_path / "other" / "journal").rename(tmp_path / "here" / "journal")
    heard = make.Heard()
    here = open_library(tmp_path / "here", heard)
    here.settle()
    assert titles(here, key) == ["Oars", "Tar"]
    assert key in heard.change.issues
    here.close()


def test_corrections_follow_an_issue_to_another_key(library):
    key = put(library, location="/letters/a.md")
    corrections = merge(library, key, "Sails")
    moved = put(library, location="/letters/a.md", number="220")
    assert moved != key
    assert titles(library, moved) == ["Oars", "Tar"]
    assert library.corrections(moved) == corrections
    assert library.corrections(key) == ()


def test_corrections_follow_an_issue_to_another_newsletter(library):
    key = put(library)
    corrections = merge(library, key, "Sails")
    library.move_issues({key: ("the-boat", "The Boat")}).result()
    assert library.corrections("the-boat/219") == corrections
    library.correct({"the-boat/219": ()}).result()
    assert titles(library, "the-boat/219") == ["Oars", "Sails", "Tar"]


def test_corrections_whose_words_are_gone_are_kept_and_told_of(library):
    key = put(library)
    corrections = merge(library, key, "Sails")
    put(library, [make.story("Oars", OARS), make.story("Tar", TAR)])
    assert library.corrections(key) == corrections
    (told,) = correcting.gone_corrections(library.as_found(key))
    assert "merged" in told
    put(library)
    assert titles(library, key) == ["Oars", "Tar"]


def test_corrections_may_be_made_before_their_issue_is_here(library):
    elsewhere = Correction("merge", "sailsasailisawing", "", 0.5)
    library.correct({"import-ai/219": (elsewhere,)}).result()
    assert titles(library, put(library)) == ["Oars", "Tar"]


# The newsletter's other issues


def several(library):
    keys = [
        put(
            library,
            [
                make.story(f"News {n}", f"It is news number {n}.\n\n**Quote of the week:** Yes, {n}."),
                make.story("Sponsor", f"Buy boats from firm {n}."),
                make.story(f"Tools {n}", f"A tool is number {n}."),
            ],
            number=str(n),
        )
        for n in range(1, 4)
    ]
    put(library, ["News 9", "Tools 9"], number="9")
    put(library, ["News", "Sponsor"], newsletter="The Boat")
    return keys


def test_the_same_is_offered_for_the_stories_of_the_same_title(library):
    first, second, third = several(library)
    page = library.whole(first)
    (correction,) = borders.left_out(page, story(library, first, "Sponsor"))
    offer = correcting.others_like(library, first, correction)
    assert [one.issue.key for one in offer.issues] == [third, second]
    assert offer.issues[0].before == ("News 3", "Sponsor", "Tools 3")
    assert offer.issues[0].after == ("News 3", "Tools 3")
    library.correct(
        {one.issue.key: one.corrections for one in offer.issues} | {first: (correction,)}
    ).result()
    assert [titles(library, key) for key in (second, third)] == [["News 2", "Tools 2"], ["News 3", "Tools 3"]]
    assert correcting.others_like(library, first, correction).issues == ()


def test_a_line_of_the_same_words_begins_a_story_in_the_other_issues_too(library):
    first, second, third = several(library)
    position = text_of(library.whole(first).blocks).index("Quote")
    (correction,) = borders.split_at(library.whole(first), position)
    for _ in range(2):  # the offer is the same before and after it is done in the first
        offer = correcting.others_like(library, first, correction)
        assert [one.issue.key for one in offer.issues] == [third, second]
        assert offer.issues[1].after == ("News 2", "Quote of the week:", "Sponsor", "Tools 2")
        library.correct({first: (correction,)}).result()


def test_what_only_one_issue_has_is_offered_to_none(library):
    first, *_ = several(library)
    page = library.whole(first)
    (correction,) = borders.merged(page, story(library, first, "Tools 1"))
    assert correcting.others_like(library, first, correction).issues == ()
    assert correcting.others_like(library, "nobody/1", correction).issues == ()


def test_nothing_is_offered_once_it_is_cancelled(library):
    first, *_ = several(library)
    (correction,) = borders.left_out(library.whole(first), story(library, first, "Sponsor"))
    asked = itertools.count()
    assert correcting.others_like(library, first, correction, lambda: next(asked) > 1).issues == ()
    assert next(asked) == 3


def test_many_issues_are_corrected_at_once_and_the_change_names_them(library):
    keys = several(library)
    wanted = {key: borders.left_out(library.whole(key), story(library, key, "Sponsor")) for key in keys}
    assert library.correct(wanted).result().issues == {*keys}
    assert [len(titles(library, key)) for key in keys] == [2, 2, 2]


# Whatever is done

DEEDS = st.lists(
    st.tuples(st.sampled_from(("merge", "split", "rename", "outside")), st.integers(0)), max_size=6
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    opened = make.library(tmp_path_factory.mktemp("shelf"))
    yield opened, itertools.count(1)
    opened.close()


def some_issue(shelf, seed):
    library, numbers = shelf
    (parsed,) = make.issues(1, seed=seed % 50, words=30, stories=(2, 6))
    number = str(next(numbers))
    key = f"letter/{number}"
    stories = tuple(one._replace(key=f"{key}#{one.key.partition('#')[2]}") for one in parsed.stories)
    issue = replace(parsed.issue, key=key, newsletter="letter", number=number, location=f"/{number}.md")
    pieces = [correcting.piece_of(one) for one in parsed.stories]
    stories = stories_of(key, parsed.blocks, pieces)
    library.put(replace(parsed, issue=issue, stories=stories)).result()
    chance = random.Random(seed)
    for one in stories:
        at = f"2020-01-01T00:00:{chance.randrange(60):02}Z"
        starred, read = chance.random() < 0.5, chance.random() < 0.4
        state = State(
            read=read,
            starred=starred,
            tags=tuple(sorted(chance.sample(("a", "b", "c"), chance.randrange(3)))),
            note=chance.choice(("", f"note {chance.randrange(99)}")),
            starred_at=at if starred else "",
            read_at=at if read else "",
        )
        library.set_states({one.key: state}).result()
    return library, key


def after(page, deed, chance):
    story = page.stories[chance % len(page.stories)] if page.stories else None
    if deed == "split":
        return borders.split_at(page, chance % (len(text_of(page.blocks)) + 1))
    if story is None:
        return None
    if deed == "rename":
        return borders.renamed(page, story.key, f"Title {chance % 7}")
    return {"merge": borders.merged, "outside": borders.left_out}[deed](page, story.key)


def snapshot(library, key):
    page = library.whole(key)
    rows = [row for row in library.stories() if row.issue == key]
    return rows, page.stories, page.blocks


def holds_all(page):
    borders = [
        0,
        *(place for one in page.stories for place in (one.start, one.end)),
        len(text_of(page.blocks)),
    ]
    parts = [text_of(cut(page.blocks, *two)) for two in itertools.pairwise(borders) if two[0] < two[1]]
    assert borders == sorted(borders)
    assert letters("".join(parts)) == letters(text_of(page.blocks))


def letters(text):
    return [character for character in text if character.isalnum()]


def has_what(now, before):
    assert now.starred >= before.starred
    assert now.read >= before.read
    assert {*now.tags} >= {*before.tags}
    assert before.note in now.note


@settings(max_examples=25)
@example(10_000, [("outside", 153), ("merge", 3), ("split", 14_011_587)])
@given(st.integers(0, 10_000), DEEDS)
def test_nothing_is_lost_by_correcting_and_undo_gives_back_what_was(shelf, seed, deeds):
    library, key = some_issue(shelf, seed)
    first = {one.key: library.state(one.key) for one in library.whole(key).stories}
    undone = []
    for deed, chance in deeds:
        page = library.whole(key)
        corrections = after(page, deed, chance)
        if corrections is None:
            continue
        undone.append((page.corrections, snapshot(library, key)))
        library.correct({key: corrections}).result()
        assert not correcting.gone_corrections(library.as_found(key))
        holds_all(library.whole(key))
        for old, state in first.items():
            has_what(library.state(old), state)
    for corrections, before in reversed(undone):
        library.correct({key: corrections}).result()
        assert snapshot(library, key) == before


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 10_000), min_size=1, max_size=4))
def test_nothing_is_lost_by_splitting_in_any_other_way(shelf, seed, others):
    library, key = some_issue(shelf, seed)
    before = library.whole(key)
    first = {one.key: library.state(one.key) for one in before.stories}
    places = {one.key: one for one in before.stories}
    for other in others:
        page = library.whole(key)
        parsed = make.issue(["x"])
        stories = stories_of(key, page.blocks, pieces_at_random(page, random.Random(other)))
        parsed = replace(parsed, issue=page.issue, blocks=page.blocks, stories=stories)
        library.put_split(prepared(parsed)).result()
        holds_all(library.whole(key))
        for old, state in first.items():
            has_what(library.state(old), state)
            assert library.page(old) or state == NOTHING_DONE or not shares(stories, places[old])
            places[old] = library.page(old).story if library.page(old) else places[old]
    parsed = replace(make.issue(["x"]), issue=before.issue, blocks=before.blocks, stories=before.stories)
    library.put_split(prepared(parsed)).result()
    assert [one.key for one in library.whole(key).stories] == [one.key for one in before.stories]
    for old, state in first.items():
        has_what(library.state(old), state)


def shares(stories, one):
    return any(min(other.end, one.end) > max(other.start, one.start) for other in stories)


def pieces_at_random(page, chance):
    """Some of the blocks as stories of one to four blocks."""
    pieces, at, start = [], 0, 0
    starts = []
    for block in page.blocks:
        starts.append((start, start + len(block.text)))
        start += len(block.text) + 1
    while at < len(starts):
        last = min(at + chance.randint(0, 3), len(starts) - 1)
        if chance.random() < 0.8:
            pieces.append(Piece(starts[at][0], starts[last][1], f"Title {chance.randrange(5)}"))
        at = last + 1
    return pieces
