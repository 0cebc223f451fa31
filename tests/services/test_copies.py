"""Copies of an issue from several places are one issue, and nothing of any of them is lost."""

import errno
import hashlib
import random
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from functools import cache
from itertools import permutations
from pathlib import Path

import make
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.model import Change, RawIssue, State, StoreError, parse_query, text_of
from reader.parsing import parse
from reader.services import copies
from reader.services.importing import import_issues, import_paths
from reader.store import copies as table
from reader.store.signs import letters_of

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("Oars", "Sails", "Ropes", "Tar", "Nails", "Paint", "Planks", "Masts")


@cache
def words(name, key):
    """Words of a story that no other story has, always the same."""
    return make.Prose(zlib.crc32(f"{name} {key}".encode()), size=3000).text(60)


def story(name, key="spring", *, edit=""):
    link = f"https://example.com/{key}/{name}"
    return f'<h3><a href="{link}">{name}</a></h3><p>{words(name, key)} {edit}</p>'


def raw(names=NAMES, *, key="spring", number="7", place="web", cut=False, edit="", **more):
    """An issue of some stories as it comes from a place: the web, a mail, a feed, a folder."""
    html = "".join(story(name, key, edit=edit if name == names[0] else "") for name in names)
    if cut:
        html = html.removesuffix("</p>").rstrip()[:-60].rpartition(" ")[0] + "…</p>"
    title = f"The Boat {number}: {key.title()}" if number else f"{key.title()} on the water"
    known = {
        "location": PLACES[place].format(key=key),
        "markup": "html",
        "newsletter": "The Boat",
        "meta": (("title", title), ("date", "2024-03-05")),
        "digest": hashlib.sha256(f"{html}{title}{place}".encode()).hexdigest(),
    }
    return RawIssue(**{"name": key, "text": html} | known | more)


PLACES = {
    "web": "https://boats.example/p/{key}",
    "mail": "/mail/box.mbox::{key}00112233",
    "feed": "https://feeds.example/{key}",
    "folder": "/letters/{key}.html",
}


def shown(library):
    return {row.key: [story.title for story in library.stories(issue=row.key)] for row in library.issues()}


def take_in(library, *raws):
    return [import_issues(library, [one]) for one in raws]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_mail_feed_and_page_are_one_issue_and_the_fullest_is_shown_in_whatever_order_they_come(
    library, order
):
    every = [
        raw(NAMES[:3], cut=True, place="feed"),
        raw(place="web"),
        raw(NAMES[:7], place="mail"),
    ]
    take_in(library, *(every[number] for number in order))

    assert shown(library) == {"the-boat/7": list(NAMES)}
    rows = copies.copies_of(library, "the-boat/7")
    assert [row.shown for row in rows] == [True, False, False]
    assert {row.source for row in rows} == {"boats.example", "feeds.example", "a mail of 5 March 2024"}
    assert sorted(row.truncated for row in rows) == [False, False, True]
    assert library.outline("the-boat/7").copies == 3
    assert import_issues(library, every).unchanged == 1


def test_a_cut_copy_gains_its_missing_end_and_what_was_done_stays(library):
    take_in(library, raw(NAMES[:4], cut=True, place="folder"))
    keys = {row.title: row.key for row in library.stories()}
    library.star([keys["Tar"]], starred=True).result()
    library.mark_read([keys["Oars"]], read=True).result()
    library.set_note(keys["Sails"], "Ask Ada").result()
    library.set_position(keys["Sails"], 40).result()
    assert library.outline("the-boat/7").issue.truncated

    take_in(library, raw(place="web"))

    assert shown(library) == {"the-boat/7": list(NAMES)}
    assert not library.outline("the-boat/7").issue.truncated
    rows = {row.title: row.state for row in library.stories()}
    assert rows["Tar"].starred
    assert rows["Oars"].read
    assert (rows["Sails"].note, rows["Sails"].position) == ("Ask Ada", 40)
    assert [title for title, state in rows.items() if state.read] == ["Oars"]


def test_corrections_stay_when_a_fuller_copy_comes(library):
    from reader.services.borders import merged

    take_in(library, raw(NAMES[:4], cut=True, place="folder"))
    page = library.whole("the-boat/7")
    key = next(one.key for one in page.stories if one.title == "Sails")
    library.correct({"the-boat/7": merged(page, key)}).result()

    take_in(library, raw(place="web"))

    assert shown(library) == {"the-boat/7": ["Oars", *NAMES[2:]]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (raw(place="web"), raw(place="mail", key="summer")),  # editions: one number, other texts
        (raw(place="web", number="7"), raw(place="mail", number="8")),
        (
            raw(place="web", number="", meta=(("title", "Weekly"), ("date", "2024-03-05"))),
            raw(place="mail", number="", key="summer", meta=(("title", "Weekly"), ("date", "2024-03-05"))),
        ),
        (
            raw(place="web", number="", meta=(("title", "Weekly"), ("date", "2024-03-05"))),
            raw(
                key="summer",
                place="web",
                number="",
                meta=(
                    ("title", "Weekly"),
                    ("date", "2024-03-12"),
                    ("link", "https://boats.example/p/spring"),
                ),
            ),
        ),
        (
            raw(meta=(("title", "The Boat 7"), ("link", "https://shop.example/oars"))),
            raw(
                key="summer",
                place="mail",
                newsletter="The Oar",
                meta=(("title", "The Oar 7"), ("link", "https://shop.example/oars")),
            ),
        ),
    ],
    ids=["editions", "numbers", "one title", "one address", "a link"],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_is_not_the_same_stays_two(library, one, other, turned):
    take_in(library, *((other, one) if turned else (one, other)))

    assert len(library.issue_keys()) == 2


def test_an_issue_that_quotes_another_one_whole_is_no_copy_of_it(library):
    year = raw(key="year", number="", place="mail")
    take_in(
        library,
        raw(place="web", number=""),
        year._replace(
            text=f"{story('Oars', 'autumn')}{raw().text}{raw(key='summer').text}{raw(key='winter').text}"
        ),
    )

    assert len(library.issue_keys()) == 2


@pytest.mark.parametrize(
    "known",
    [
        {"meta": (("title", "A boat"), ("link", "http://www.boats.example/p/spring/?utm_source=mail#top"))},
        {"meta": (("title", "Spring on the water"), ("date", "2024-03-06T01:00:00+09:00"))},
        {"meta": (("title", "Fwd: news"), ("date", "2024-03-05"))},
    ],
    ids=["address", "title and day", "words"],
)
@pytest.mark.parametrize("turned", [False, True])
def test_each_kind_of_evidence_is_enough_with_the_same_words(library, known, turned):
    two = (raw(number=""), raw(number="", place="mail", **known))
    take_in(library, *(reversed(two) if turned else two))

    assert len(library.issue_keys()) == 1


def test_a_copy_of_another_newsletter_s_name_joins_the_issue_and_brings_no_newsletter(library):
    take_in(library, raw(), raw(place="mail", newsletter="Ada from Boats", number="", digest="0" * 64))

    assert shown(library) == {"the-boat/7": list(NAMES)}
    assert [row.key for row in library.newsletters()] == ["the-boat"]


def test_the_words_of_every_copy_are_kept(library):
    every = [raw(), raw(NAMES[:7], place="mail"), raw(NAMES[:3], cut=True, place="feed")]
    take_in(library, *every)

    assert sorted(len(text) for text in kept(library)) == sorted(len(said(one)) for one in every)
    assert {*kept(library)} == {said(one) for one in every}


def said(one):
    """The letters of an issue as it came."""
    return letters_of(re.sub("<[^>]*>", " ", one.text))


def kept(library):
    """The letters of every text that the library has."""
    texts = [letters_of(text_of(library.whole(key).blocks)) for key in library.issue_keys()]
    rows = library.ask(lambda c: [row[0] for row in c.execute("SELECT id FROM copies")])
    return texts + [library.ask(lambda c, row=row: table.letters(c, row)) for row in rows]


def test_the_reader_s_choice_wins_over_the_fullest_also_when_more_comes(library):
    mail = raw(NAMES[:7], place="mail")
    take_in(library, raw(), mail)
    library.star([library.find_story("Masts")], starred=True).result()

    copies.show_copy(library, "the-boat/7", mail.location).result()
    take_in(library, raw(place="feed", digest="1" * 64))

    assert shown(library) == {"the-boat/7": list(NAMES[:7])}
    assert copies.chosen_copy(library, "the-boat/7") == mail.location
    assert not library.outline("the-boat/7").is_edited

    copies.show_copy(library, "the-boat/7", "").result()
    assert shown(library) == {"the-boat/7": list(NAMES)}
    assert [row.title for row in library.stories(starred=True)] == ["Masts"]


def test_a_copy_that_is_not_the_same_is_split_off_for_good_and_undo_brings_it_back(library):
    mail = raw(NAMES[:7], place="mail")
    take_in(library, raw(), mail)
    library.star([library.find_story("Tar")], starred=True).result()
    before = copies.said_apart(library, "the-boat/7")

    copies.split_off(library, "the-boat/7", mail.location).result()
    assert sorted(map(len, shown(library).values())) == [7, 8]
    assert library.outline("the-boat/7").copies == 1
    take_in(library, mail._replace(text=mail.text.replace(".", "!"), digest="2" * 64))
    assert copies.find_copies(library).same == ()
    assert len(library.issue_keys()) == 2

    copies.join_again(library, "the-boat/7", before).result()
    assert shown(library) == {"the-boat/7": list(NAMES)}
    assert [row.title for row in library.stories(starred=True)] == ["Tar"]
    assert library.outline("the-boat/7").copies == 2


def test_splitting_off_what_is_shown_shows_the_fullest_of_the_rest(library):
    web = raw()
    take_in(library, raw(NAMES[:7], place="mail"), web)
    library.star([library.find_story("Masts")], starred=True).result()

    copies.split_off(library, "the-boat/7", web.location).result()

    by_size = sorted(shown(library).items(), key=lambda item: len(item[1]))
    assert [titles for _, titles in by_size] == [list(NAMES[:7]), list(NAMES)]
    assert by_size[0][0] == "the-boat/7"
    starred = library.stories(starred=True)
    assert [(row.title, row.issue) for row in starred] == [("Masts", by_size[1][0])]


def apart_then_found(library):
    """Two copies that were not known as such: as in a library from before."""
    take_in(library, raw(), raw(NAMES[:7], place="mail", number="", newsletter="Ada"))
    mail = PLACES["mail"].format(key="spring")
    copies.split_off(library, "the-boat/7", mail).result()
    from reader.store.copies import kept_apart

    web = PLACES["web"].format(key="spring")
    library.record(lambda _connection: [kept_apart(mail, []), kept_apart(web, [])]).result()


def test_copies_that_are_here_already_are_found_and_united(library):
    apart_then_found(library)
    first, second = (row.key for row in sorted(library.issues(), key=lambda row: -row.stories))
    keys = {row.title: row.key for row in library.stories(issue=second)}
    library.set_states(
        {
            keys["Oars"]: State(starred=True, starred_at="2024-04-01T00:00:00Z", tags=("wood",), note="Two"),
            keys["Sails"]: State(read=True, read_at="2024-04-01T00:00:00Z"),
        }
    ).result()
    ours = {row.title: row.key for row in library.stories(issue=first)}
    library.set_states(
        {
            ours["Oars"]: State(starred=True, starred_at="2024-03-09T00:00:00Z", tags=("red",), note="One"),
            ours["Masts"]: State(read=True, read_at="2024-03-09T00:00:00Z"),
        }
    ).result()

    dry = copies.find_copies(library, dry_run=True)
    assert len(library.issue_keys()) == 2
    found = copies.find_copies(library)

    assert dry.same == found.same
    assert [(one.key, [key for key, _ in one.others]) for one in found.same] == [(first, [second])]
    states = {row.title: row.state for row in library.stories()}
    oars = states["Oars"]
    assert (oars.starred_at, oars.tags, oars.note) == ("2024-03-09T00:00:00Z", ("red", "wood"), "One\n\nTwo")
    assert {title for title, state in states.items() if state.read} == {"Sails", "Masts"}
    assert library.state(keys["Oars"]).starred
    assert copies.find_copies(library).same == ()
    assert library.issue_rows([first])[0].starred == 1
    library.settle()
    hits = library.search(parse_query(words("Oars", "spring").split()[5]))
    assert {hit.story.issue for hit in hits} == {first}


def test_a_library_from_before_knows_the_copies_of_what_it_has(tmp_path):
    library = make.library(tmp_path / "library")
    take_in(library, raw())
    last = library.ask(lambda c: c.execute("SELECT max(id) FROM issues").fetchone()[0])

    def forget(connection):
        from reader.model import Change

        connection.execute("DELETE FROM signs")
        connection.execute("INSERT INTO notes VALUES ('unsigned', ?)", (str(last),))
        return Change()

    library.write(forget).result()
    take_in(library, raw(NAMES[:7], place="mail", number="", newsletter="Ada"))
    assert shown(library) == {"the-boat/7": list(NAMES)}
    library.close()


def edited(library):
    outline = library.outline("the-boat/7")
    return outline.is_edited, [row.title for row in outline.stories if row.key in outline.edited]


def read_first(library, *titles):
    keys = {row.title: row.key for row in library.stories()}
    library.mark_read([keys[title] for title in titles], read=True).result()


def test_an_edit_of_a_story_that_was_read_is_marked_and_shown_and_stays_read(library):
    take_in(library, raw())
    read_first(library, "Oars", "Tar")
    assert edited(library) == (False, [])

    take_in(library, raw(edit="It was nine boats, not ten."))

    assert edited(library) == (True, ["Oars"])
    assert {row.title for row in library.stories(read=True)} == {"Oars", "Tar"}
    edit = copies.edit_of(library, "the-boat/7")
    assert "nine boats" not in text_of(edit.before)
    assert "nine boats" in text_of(edit.now)


def test_the_mark_goes_when_it_is_seen_and_comes_back_with_undo_and_with_another_edit(library):
    take_in(library, raw())
    read_first(library, "Oars")
    take_in(library, raw(edit="It was nine boats, not ten."))

    before = copies.seen_mark(library, "the-boat/7")
    copies.mark_seen(library, "the-boat/7").result()
    assert edited(library) == (False, [])
    copies.set_seen(library, "the-boat/7", before).result()
    assert edited(library) == (True, ["Oars"])
    copies.mark_seen(library, "the-boat/7").result()
    take_in(library, raw(edit="It was eight boats, not nine."))
    assert edited(library) == (True, ["Oars"])


def test_a_story_that_is_read_again_is_marked_no_more(library):
    take_in(library, raw())
    read_first(library, "Oars")
    take_in(library, raw(edit="It was nine boats, not ten."))
    key = library.find_story("Oars")
    state = library.state(key)

    library.set_states({key: state._replace(read_at="2999-01-01T00:00:00Z")}).result()

    assert edited(library) == (False, [])


def test_an_edit_of_what_nobody_read_is_not_marked(library):
    take_in(library, raw())
    read_first(library, "Tar")
    take_in(library, raw(edit="It was nine boats, not ten."))
    assert edited(library) == (False, [])


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(" ", "  ").replace("</p>", "</p>\n\n"),
        lambda text: text.replace(
            "https://example.com/spring/Oars", "https://example.com/spring/Oars?utm_source=x"
        ),
        lambda text: text.replace("It's", "It’s").replace(' "so"', " “so”"),
    ],
    ids=["white space", "tracking", "quotes"],
)
def test_a_trivial_edit_is_none(library, change):
    first = raw(edit='It\'s "so".')
    take_in(library, first)
    read_first(library, *NAMES)
    text = change(first.text)
    assert text != first.text

    take_in(library, first._replace(text=text, digest="3" * 64))

    assert edited(library) == (False, [])
    assert not library.issue_rows(["the-boat/7"])[0].unread


def test_an_issue_that_was_read_never_becomes_unread_by_an_edit(library):
    take_in(library, raw(NAMES[:6]))
    read_first(library, *NAMES[:6])

    take_in(library, raw(NAMES))

    assert not library.issue_rows(["the-boat/7"])[0].unread
    assert edited(library) == (True, ["Planks", "Masts"])


def test_an_issue_that_became_a_summary_at_its_place_is_shown_whole_still(library):
    take_in(library, raw())
    take_in(library, raw(NAMES[:2], cut=True))
    assert shown(library) == {"the-boat/7": list(NAMES)}


def test_many_edits_keep_what_was_read_and_some_of_the_others(library):
    take_in(library, raw(edit="First."))
    read_first(library, "Oars")
    for number in range(20):
        take_in(library, raw(edit=f"Edit number {number} of this."))

    texts = kept(library)
    assert len(texts) == 9
    assert any("first" in text for text in texts)
    assert edited(library) == (True, ["Oars"])


ACTS = st.one_of(
    st.tuples(
        st.just("come"), st.sampled_from(("web", "mail", "feed", "folder")), st.integers(2, 8), st.booleans()
    ),
    st.tuples(st.just("star"), st.sampled_from(NAMES)),
    st.tuples(st.just("read"), st.sampled_from(NAMES)),
    st.tuples(st.just("edit"), st.sampled_from(("web", "mail")), st.integers(2, 8), st.integers(1, 3)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=3, max_size=9), seed=st.integers(0, 99))
def test_whatever_comes_in_whatever_order_nothing_is_lost(tmp_path_factory, acts, seed):
    library = make.library(tmp_path_factory.mktemp("library"))
    places, came, starred, read = {}, [], set(), set()
    try:
        for act, *how in acts:
            if act in ("come", "edit"):
                place, count, more = how
                extra = {"cut": more} if act == "come" else {"edit": f"In other words {more}."}
                places[place] = raw(NAMES[:count], place=place, **extra)
                came.append((place, places[place]))
                take_in(library, places[place])
            else:
                done = {row.title: row.key for row in library.stories()}
                if how[0] in done and act == "star":
                    library.star([done[how[0]]], starred=True).result()
                    starred.add(done[how[0]])
                elif how[0] in done:
                    library.mark_read([done[how[0]]], read=True).result()
                    read.add(done[how[0]])
        assert len(library.issue_keys()) <= 1
        assert all(library.state(key).starred for key in starred)
        assert all(library.state(key).read for key in read)
        assert {said(one) for one in places.values()} <= {*kept(library)}
        texts = kept(library)
        assert import_issues(library, places.values()).issues == ()
        assert kept(library) == texts
        assert whole_text(library) == in_another_order(tmp_path_factory, came, seed)
    finally:
        library.close()


def whole_text(library):
    return [letters_of(text_of(library.whole(key).blocks)) for key in library.issue_keys()]


def in_another_order(tmp_path_factory, came, seed):
    """What is shown where the places told the same in another order, each its own in turn."""
    library = make.library(tmp_path_factory.mktemp("other"))
    told = {place: [one for other, one in came if other == place] for place, _ in came}
    turns = [place for place, _ in came]
    random.Random(seed).shuffle(turns)
    take_in(library, *(told[place].pop(0) for place in turns))
    found = whole_text(library)
    library.close()
    return found


def test_a_crash_between_two_writes_loses_nothing(tmp_path):
    place = tmp_path / "library"
    library = make.library(place)
    take_in(library, raw(NAMES[:4], cut=True, place="feed"))
    library.star([library.find_story("Sails")], starred=True).result()
    library.close()
    program = f"""
import os, sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
import make
from services.test_copies import raw, NAMES, take_in
from reader.store import settling, writing
real = writing.write
def failing(*arguments):
    real(*arguments)
    os._exit(9)
settling.write = failing
library = make.library({str(place)!r})
take_in(library, raw(place="web"))
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9

    library = make.library(place)
    assert [row.title for row in library.stories(starred=True)] == ["Sails"]
    take_in(library, raw(place="web"))
    assert shown(library) == {"the-boat/7": list(NAMES)}
    assert [row.title for row in library.stories(starred=True)] == ["Sails"]
    library.close()


def test_two_places_of_one_text_can_be_split_and_stay_so(library):
    web, mail = raw(), raw(place="mail")
    take_in(library, web, mail._replace(digest=web.digest))
    assert library.outline("the-boat/7").copies == 2

    copies.split_off(library, "the-boat/7", mail.location).result()

    assert [row.stories for row in library.issues()] == [8, 8]
    assert copies.find_copies(library).same == ()
    assert copies.split_off(library, "the-boat/7", web.location).result() == Change()


def test_a_file_that_was_moved_and_edited_on_the_way_is_shown_as_it_is_now(library, tmp_path):
    old, new = tmp_path / "old" / "7.html", tmp_path / "new" / "7.html"
    for path, names in ((old, NAMES), (new, NAMES[:5])):
        path.parent.mkdir()
        one = raw(names)
        path.write_text(f"<title>The Boat 7</title><time>2024-03-05</time>{one.text}", encoding="utf-8")
        import_paths(library, [path])
        if path == old:
            old.unlink()

    ((_, titles),) = shown(library).items()
    assert titles == list(NAMES[:5])
    assert len(kept(library)) == 2


def test_a_text_that_joins_two_issues_makes_one_of_them(library):
    """Neither the feed nor the mail says enough to be known as the other; the page says what both say."""
    feed = raw(NAMES[:4], number="", place="feed", meta=(("title", "A"), ("date", "2024-03-01")))
    mail = raw(
        NAMES[4:], number="", place="mail", newsletter="Ada", meta=(("title", "B"), ("date", "2024-03-09"))
    )
    link = ("link", "https://boats.example/p/spring")
    take_in(library, feed._replace(meta=(*feed.meta, link)), mail._replace(meta=(*mail.meta, link)))
    library.star([library.find_story("Masts"), library.find_story("Oars")], starred=True).result()
    assert len(library.issue_keys()) == 2

    take_in(library, raw(number="", meta=(("title", "C"), ("date", "2024-03-05"))))

    assert list(shown(library).values()) == [list(NAMES)]
    assert [row.title for row in library.stories(starred=True)] == ["Oars", "Masts"]


def test_the_choice_of_a_copy_that_comes_from_another_device_is_followed_at_the_next_start(tmp_path):
    library = make.library(tmp_path / "library")
    mail = raw(NAMES[:7], place="mail")
    take_in(library, raw(), mail)
    library.record(lambda _connection: [table.choice("the-boat/7", mail.location)]).result()
    library.close()

    library = make.library(tmp_path / "library")
    assert shown(library) == {"the-boat/7": list(NAMES[:7])}
    library.close()


def test_an_issue_is_said_to_come_from_a_place_that_holds_what_is_shown(library):
    web, mail = raw(), raw(place="mail")
    take_in(library, web, mail._replace(digest=web.digest))
    assert library.outline("the-boat/7").issue.location == web.location

    take_in(library, raw(NAMES[:6]))

    assert shown(library) == {"the-boat/7": list(NAMES)}
    assert library.outline("the-boat/7").issue.location == mail.location
    assert [row.shown for row in copies.copies_of(library, "the-boat/7")] == [True, False]


def test_a_place_that_says_all_of_several_issues_makes_one_of_them(library):
    parts = {"web": NAMES[:3], "mail": NAMES[3:6], "feed": NAMES[6:]}
    take_in(library, *(raw(names, number="", place=place) for place, names in parts.items()))
    assert len(library.issue_keys()) == 3
    library.star([row.key for row in library.stories()], starred=True).result()

    (report,) = take_in(library, raw(number="", place="feed"))

    assert report.problems == ()
    ((_, titles),) = shown(library).items()
    assert titles == list(NAMES)
    assert len(library.stories(starred=True)) == len(NAMES)


def test_what_was_done_with_a_corrected_story_goes_along_when_its_copy_is_split_off(library):
    from reader.services.borders import renamed

    take_in(library, raw(NAMES[:3], place="folder"), raw(place="web"))
    (key,) = library.issue_keys()
    corrected = renamed(library.whole(key), library.find_story("Nails"), "About nails")
    library.correct({key: corrected}).result()
    library.star([library.find_story("About nails")], starred=True).result()

    copies.split_off(library, key, PLACES["web"].format(key="spring")).result()

    assert [row.title for row in library.stories(starred=True)] == ["Nails"]


def test_a_copy_whose_issue_had_another_key_brings_back_what_was_done_with_it(tmp_path):
    library = make.library(tmp_path / "library")
    take_in(library, raw(number="", place="feed"), raw(number="", place="mail"))
    (key,) = library.issue_keys()
    library.star([library.find_story("Tar")], starred=True).result()
    library.close()
    for file in (tmp_path / "library").glob("library.db*"):
        file.unlink()

    library = make.library(tmp_path / "library")
    take_in(library, raw(number="", place="mail"))

    assert library.issue_keys() == {key}
    assert [row.title for row in library.stories(starred=True)] == ["Tar"]
    library.close()


def test_what_waits_for_a_copy_that_is_not_shown_is_done_with_the_story_that_has_its_words(tmp_path):
    one, other = make.library(tmp_path / "one"), make.library(tmp_path / "other")
    take_in(one, raw(NAMES[:4], place="feed", edit="In other words."))
    key = one.find_story("Tar")
    take_in(other, raw(number="7"))
    assert other.story_rows([key])
    waiting = f"{key}-of-another-day"
    other.star([waiting], starred=True).result()
    one.close()
    again = raw(NAMES[:4], place="feed")
    parsed = parse(again._replace(newsletter="The Boat"))
    stories = tuple(told._replace(key=waiting) if told.title == "Tar" else told for told in parsed.stories)
    other.put(replace(parsed, stories=stories)).result()

    assert [row.title for row in other.stories(starred=True)] == ["Tar"]
    other.close()


def test_what_was_done_elsewhere_comes_in_the_same_write_as_the_issue(library, monkeypatch):
    states = []
    real = library.write
    monkeypatch.setattr(
        library, "write", lambda *a, **k: states.append(len(library.issues())) or real(*a, **k)
    )

    take_in(library, raw()._replace(state=State(starred=True, starred_at="2024-02-03T04:05:06Z")))

    assert len(library.stories(starred=True)) == len(NAMES)
    assert states.count(1) == 0


def test_a_journal_that_cannot_be_written_is_told_in_a_sentence_and_changes_nothing(library, monkeypatch):
    from reader.store.journal import Journal

    take_in(library, raw())
    key = library.find_story("Tar")

    def refused(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "append", refused)
        with pytest.raises(StoreError, match="The disk is full"):
            library.star([key], starred=True).result()
        report = import_issues(library, [raw(place="mail", state=State(starred=True))])
        assert [problem.reason.partition(":")[0] for problem in report.problems] == ["The disk is full"]

    assert not library.state(key).starred
    assert import_issues(library, [raw(place="mail", state=State(starred=True))]).problems == ()
    assert library.state(key).starred
