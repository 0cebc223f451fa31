"""Copies of an issue from several places are one issue, and nothing of any of them is lost."""

import hashlib
import re
import zlib
from functools import cache
from itertools import permutations

import make
import pytest

from reader.model import RawIssue, State, text_of
from reader.services import copies
from reader.services.importing import import_issues
from reader.store import copies as table
from reader.store.signs import letters_of

NAMES = ("Oars", "Sails", "Ropes", "Tar", "Nails", "Paint", "Planks", "Masts")


@pytest.fixture
def library(tmp_path):
    opened = make.library(tmp_path / "library", listener=make.Heard())
    yield opened
    opened.close()


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
                meta=(("title", "Weekly"), ("date", "2024-03-12"), ("link", "https://boats.example/p/spring")),
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
        year._replace(text=f"{story('Oars', 'autumn')}{raw().text}{raw(key='summer').text}{raw(key='winter').text}"),
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
