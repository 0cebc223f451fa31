import threading
import time

import pytest
from fetched import Answers, feed, gone, page, unchanged

from reader.model import StoreError
from reader.model.fetched import FetchError
from reader.services import following, refreshing, schedule
from reader.services.following import failures, follow, followed, look_at, refollow, unfollow
from reader.services.refreshing import refresh
from reader.services.workers import Workers

BOAT = "https://boats.example/feed"
OAR = "https://oars.example/feed"


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until a test moves it."""
    at = [1_700_000_000.0]
    for module in (schedule, following, refreshing):
        monkeypatch.setattr(module, "now", lambda: at[0])
    return at


def followed_boat(library, *numbers, address=BOAT, title="The Boat", **headers):
    site = address.removesuffix("/feed")
    body = feed(*numbers, title=title, site=site)
    follow(library, look_at(address, Answers({address: page(body, address, **headers)}), library))
    return site


def one(library, address=BOAT):
    return next(one for one in followed(library) if one.address == address)


def test_only_what_is_new_comes_in(library):
    followed_boat(library, 1, 2)

    report = refresh(library, fetches=Answers({BOAT: feed(1, 2, 3)}))

    assert (report.added, report.updated, report.errors) == (1, 0, ())
    assert report.answers[0][:6] == (BOAT, "the-boat", "The Boat", 1, 0, "1 new issue.")
    assert [row.label for row in library.issues()] == ["The Boat 3", "The Boat 2", "The Boat 1"]
    assert one(library).result == "1 new issue."


def test_an_issue_that_was_edited_is_no_new_one(library):
    followed_boat(library, 1, 2)
    library.mark_read([row.key for row in library.stories()], read=True).result()

    report = refresh(library, fetches=Answers({BOAT: feed(1, 2, text="Other words")}))

    assert (report.added, report.updated) == (0, 2)
    assert one(library).result == "2 changed."


def test_the_server_is_asked_whether_it_has_changed(library):
    followed_boat(library, 1, etag='"1"', last_modified="Mon, 01 Jan 2024 08:00:00 GMT")
    answers = Answers({BOAT: unchanged(BOAT, etag='"2"')})

    first = refresh(library, fetches=answers)
    refresh(library, fetches=answers)

    assert answers.asked == [
        (BOAT, '"1"', "Mon, 01 Jan 2024 08:00:00 GMT"),
        (BOAT, '"2"', "Mon, 01 Jan 2024 08:00:00 GMT"),
    ]
    assert first.answers[0].result == "Nothing new."
    assert one(library).result == "Nothing new."


def test_the_same_bytes_are_not_read_again(library, monkeypatch):
    followed_boat(library, 1)
    refresh(library, fetches=Answers({BOAT: feed(1)}))
    monkeypatch.setattr("reader.services.asking.read_answer", None)

    assert refresh(library, fetches=Answers({BOAT: feed(1)})).answers[0].result == "Nothing new."


def test_one_that_is_broken_does_not_stop_the_rest(library):
    followed_boat(library, 1)
    followed_boat(library, 1, address=OAR, title="The Oar")
    third = "https://tar.example/feed"
    followed_boat(library, 1, address=third, title="Tar")
    body = feed(1, 2, title="The Oar", site="https://oars.example")

    report = refresh(library, fetches=Answers({BOAT: RuntimeError("oh"), OAR: body, third: "<html>words"}))

    assert report.added == 1
    assert {answer.name: answer.error for answer in report.errors} == {
        "The Boat": "It could not be asked (RuntimeError).",
        "Tar": "This is a web page, not a feed.",
    }
    assert one(library).error == "It could not be asked (RuntimeError)."
    assert one(library, OAR).error == ""


def test_a_newsletter_keeps_its_key_and_its_name_when_its_feed_has_another_title(library):
    followed_boat(library, 1)

    refresh(
        library,
        fetches=Answers({BOAT: feed(1, 2).replace("<title>The Boat</title>", "<title>Ships</title>")}),
    )

    assert [(row.key, row.name, row.issues) for row in library.newsletters()] == [("the-boat", "The Boat", 2)]


def test_the_named_alone_are_asked(library):
    followed_boat(library, 1)
    followed_boat(library, 1, address=OAR, title="The Oar")
    answers = Answers({BOAT: unchanged(BOAT), OAR: unchanged(OAR)})

    refresh(library, [OAR, "https://unknown.example/feed"], fetches=answers)

    assert answers.addresses() == [OAR]


def test_by_itself_only_what_is_due_is_asked(library, clock):
    followed_boat(library, 1)
    answers = Answers({BOAT: unchanged(BOAT)})

    assert refresh(library, fetches=answers, due_only=True).answers == ()
    clock[0] += 29 * 60
    assert refresh(library, fetches=answers, due_only=True).answers == ()
    assert len(refresh(library, fetches=answers).answers) == 1  # the reader wants to know
    clock[0] += 34 * 60
    assert len(refresh(library, fetches=answers, due_only=True).answers) == 1


@pytest.mark.parametrize(
    ("head", "headers"),
    [("<ttl>120</ttl>", {}), ("", {"cache_control": "max-age=7200"}), ("<ttl>120</ttl>", {"age": "1"})],
)
def test_what_says_for_how_long_it_stays_is_left_alone_so_long(library, clock, head, headers):
    followed_boat(library, 1)
    answers = Answers({BOAT: page(feed(1, head=head), BOAT, **headers)})

    refresh(library, fetches=answers)

    assert 7200 <= one(library).due - clock[0] <= 7200 * 1.1
    refresh(library, fetches=Answers({BOAT: unchanged(BOAT, **headers)}))  # the same wish
    assert 7200 <= one(library).due - clock[0] <= 7200 * 1.1


def test_what_fails_is_asked_ever_more_seldom_until_it_answers(library, clock):
    followed_boat(library, 1)
    waits = []
    for _ in range(4):
        refresh(library, fetches=Answers({BOAT: gone(500)}))
        waits.append(round((one(library).due - clock[0]) / 1800))
    refresh(library, fetches=Answers({BOAT: unchanged(BOAT)}))

    assert waits == sorted(waits)
    assert waits[-1] >= 8
    assert (one(library).error, one(library).result) == ("", "Nothing new.")
    assert one(library).due - clock[0] < 2000


def test_who_asks_for_patience_is_left_alone_even_when_the_reader_asks(library, clock):
    followed_boat(library, 1)
    refresh(library, fetches=Answers({BOAT: gone(429, retry_after=7200)}))
    answers = Answers({BOAT: feed(1, 2)})
    clock[0] += 7100

    report = refresh(library, fetches=answers)

    assert answers.asked == []
    assert report.answers[0].result.startswith("boats.example asked to be left alone until 20")
    assert refresh(library, [BOAT], fetches=answers, due_only=True).answers == ()
    clock[0] += 200
    assert refresh(library, fetches=answers).added == 1


def test_what_is_gone_for_good_says_so_and_is_asked_no_longer(library):
    followed_boat(library, 1)
    refresh(library, fetches=Answers({BOAT: gone(410)}))
    answers = Answers({BOAT: feed(1, 2)})

    assert (one(library).stopped, one(library).error) == (True, "It answered with 410.")
    assert refresh(library, fetches=answers).answers == ()
    assert refresh(library, fetches=answers, due_only=True).answers == ()
    assert answers.asked == []
    assert refresh(library, [BOAT], fetches=answers).added == 1
    assert not one(library).stopped


def test_who_is_followed_again_is_asked_again(library):
    followed_boat(library, 1)
    refresh(library, fetches=Answers({BOAT: gone(410)}))
    unfollow(library, BOAT)
    refollow(library, BOAT)

    assert refresh(library, fetches=Answers({BOAT: feed(1, 2)}), due_only=True).added == 1


def test_what_moved_for_good_is_followed_where_it_is_now(library, tmp_path):
    followed_boat(library, 1)
    new = "https://boats.example/new"
    answers = Answers({BOAT: page(feed(1, 2), new, etag='"7"')._replace(moved=new), new: unchanged(new)})

    refresh(library, fetches=answers)
    refresh(library, fetches=answers)

    assert [(one.address, one.newsletter) for one in followed(library)] == [(new, "the-boat")]
    assert answers.asked[1] == (new, '"7"', "")
    assert len(library.issues()) == 2


def test_what_moved_to_no_feed_stays_where_it_was(library):
    followed_boat(library, 1)
    new = "https://parked.example/"

    refresh(library, fetches=Answers({BOAT: page("<html>Buy this name", new)._replace(moved=new)}))

    assert [one.address for one in followed(library)] == [BOAT]


def test_what_moved_to_what_is_followed_already_is_one(library):
    followed_boat(library, 1)
    followed_boat(library, 1, address=OAR, title="The Oar")

    refresh(library, [BOAT], fetches=Answers({BOAT: page(feed(1), OAR)._replace(moved=OAR)}))

    assert [(one.address, one.newsletter) for one in followed(library)] == [(OAR, "the-oar")]


def test_of_each_address_the_last_fifty_errors_are_kept(library, clock):
    followed_boat(library, 1)
    for number in range(53):
        refresh(library, fetches=Answers({BOAT: FetchError(f"Fault {number}.")}))
        clock[0] += 60

    kept = failures(library, BOAT)
    assert [failure.error for failure in kept] == [f"Fault {number}." for number in range(52, 2, -1)]
    assert kept[0].time == "2023-11-14T23:05:20Z"


def test_six_are_asked_at_a_time_and_progress_is_told(library):
    for number in range(9):
        followed_boat(library, 1, address=f"https://n{number}.example/feed", title=f"Letter {number}")
    six = threading.Barrier(6)
    told = []

    def answer(address, **_):
        if six.n_waiting or not told:
            six.wait(10)
        return unchanged(address)

    answers = Answers({one.address: answer for one in followed(library)[:6]})
    answers.answers |= {one.address: unchanged(one.address) for one in followed(library)[6:]}
    report = refresh(library, fetches=answers, progress=told.append)

    assert len(report.answers) == 9
    assert [(one.done, one.total) for one in told] == [(n, 9) for n in range(1, 10)]


def test_who_cancels_waits_for_nobody(library):
    followed_boat(library, 1)
    asked, over = threading.Event(), threading.Event()

    def slow(address, **_):
        asked.set()
        over.wait(20)
        return feed(1, 2)

    began = time.monotonic()
    report = refresh(library, fetches=Answers({BOAT: slow}), cancelled=asked.is_set)
    over.set()

    assert time.monotonic() - began < 2
    assert (report.cancelled, report.answers, report.added) == (True, (), 0)
    assert one(library).error == ""


def test_what_has_come_does_not_wait_for_one_that_is_slow(library, monkeypatch):
    monkeypatch.setattr(refreshing, "_IDLE", 0.1)
    followed_boat(library, 1)
    followed_boat(library, 1, address=OAR, title="The Oar")
    there = threading.Event()

    def slow(address, **_):
        for _ in range(100):
            if len(library.issues()) == 3:
                there.set()
                break
            time_passes.wait(0.05)
        return unchanged(address)

    time_passes = threading.Event()
    refresh(library, fetches=Answers({BOAT: feed(1, 2), OAR: slow}))

    assert there.is_set()


def test_a_crash_between_issues_and_notes_loses_nothing_and_doubles_nothing(library, monkeypatch):
    followed_boat(library, 1, etag='"1"')
    answers = Answers({BOAT: page(feed(1, 2), BOAT, etag='"2"')})

    def crash(*_, **__):
        raise StoreError("The disk is gone.")

    with monkeypatch.context() as patch:
        patch.setattr(refreshing, "import_issues", crash)
        with pytest.raises(StoreError):
            refresh(library, fetches=answers)
    assert len(library.issues()) == 1

    with monkeypatch.context() as patch:
        patch.setattr(refreshing.store, "note", crash)
        with pytest.raises(StoreError):
            refresh(library, fetches=answers)
    assert len(library.issues()) == 2

    refresh(library, fetches=answers)
    assert [etag for _, etag, _ in answers.asked] == ['"1"'] * 3
    assert len(library.issues()) == 2


def test_a_feed_replaces_no_issue_of_another_newsletter(library):
    followed_boat(library, 1)
    followed_boat(library, 1, address=OAR, title="The Oar")
    evil = feed(1, 2, title="The Oar", site="https://boats.example", text="Lies")
    answers = Answers({BOAT: feed(1, 2), OAR: evil})

    first = refresh(library, [BOAT], fetches=answers)
    second = refresh(library, [OAR], fetches=answers)
    again = refresh(library, fetches=Answers({BOAT: feed(1, 2) + " ", OAR: evil + " "}))

    assert [(row.name, row.issues) for row in library.newsletters()] == [("The Boat", 2), ("The Oar", 3)]
    assert (first.added, second.added, second.updated, again.added, again.updated) == (1, 2, 0, 0, 0)


def test_a_large_feed_is_read_in_another_process(library):
    followed_boat(library, 1)

    report = refresh(library, fetches=Answers({BOAT: feed(1, 2, text="Words and " * 30_000)}))

    assert (report.added, report.updated, report.errors) == (1, 1, ())


def test_a_large_feed_that_takes_too_long_is_given_up_and_stops_nothing(library, monkeypatch):
    followed_boat(library, 1)
    followed_boat(library, 1, address=OAR, title="The Oar")
    monkeypatch.setattr(refreshing, "Workers", lambda: Workers(seconds=1))
    endless = "<rss version='2.0'><channel><title>x</title><item><description>" + "<a>" * 1_000_000
    body = feed(1, 2, title="The Oar", site="https://oars.example")

    report = refresh(library, fetches=Answers({BOAT: endless, OAR: body}))

    assert [answer.error for answer in report.errors] == [
        "This feed took too long to understand, or ended the work on it."
    ]
    assert report.added == 1


def test_two_addresses_of_one_newsletter_give_an_issue_once(library):
    followed_boat(library, 1)
    other = "https://boats.example/atom"
    follow(library, look_at(other, Answers({other: feed(1)}), library))

    report = refresh(library, fetches=Answers({BOAT: feed(1, 2), other: feed(1, 2)}))

    assert {one.newsletter for one in followed(library)} == {"the-boat"}
    assert len(library.issues()) == 2
    assert report.added == 1
