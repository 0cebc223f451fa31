from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from reader.services.schedule import Wish, in_utc, next_time, time_after_failure, wish_of

MONDAY = datetime(2024, 1, 1, 12, 30, tzinfo=UTC).timestamp()
MINUTES = 60.0
HOURS = 3600.0


def test_nobody_is_asked_sooner_than_after_half_an_hour_nor_later_than_after_a_day():
    for seconds, least in (
        (0, 30 * MINUTES),
        (60, 30 * MINUTES),
        (2 * HOURS, 2 * HOURS),
        (90 * 24 * HOURS, 24 * HOURS),
    ):
        due = next_time(MONDAY, Wish(seconds))
        assert least <= due - MONDAY <= least * 1.1


def test_not_everybody_is_asked_at_the_same_moment():
    assert len({next_time(MONDAY) for _ in range(20)}) > 10


def test_what_fails_is_asked_ever_more_seldom_but_once_a_day():
    waits = [time_after_failure(MONDAY, failures) - MONDAY for failures in range(1, 12)]

    assert 30 * MINUTES <= waits[0] <= 33 * MINUTES
    assert 60 * MINUTES <= waits[1] <= 66 * MINUTES
    assert max(waits) <= 24 * HOURS * 1.1
    assert time_after_failure(MONDAY, 10_000) - MONDAY <= 24 * HOURS * 1.1


def test_hours_and_days_that_are_to_be_left_out_are():
    due = datetime.fromtimestamp(next_time(MONDAY, Wish(0, {13, 14}, {})), UTC)
    later = datetime.fromtimestamp(next_time(MONDAY, Wish(0, set(range(1, 24)), {1, 2})), UTC)

    assert (due.day, due.hour) == (1, 15)
    assert (later.day, later.hour) == (4, 0)


@given(st.floats(0, 1e7), st.sets(st.integers(0, 23)), st.sets(st.integers(0, 6)))
def test_there_is_always_a_next_time_and_a_wish_is_kept_as_it_is(seconds, hours, days):
    wish = Wish(seconds, hours, days)
    due = next_time(MONDAY, wish_of(wish.written()))

    assert 30 * MINUTES <= due - MONDAY <= 8.2 * 24 * HOURS
    if len(hours) < 24 and len(days) < 7:
        said = datetime.fromtimestamp(due, UTC)
        assert said.hour not in hours
        assert said.weekday() not in days


def test_no_wish_is_one_too():
    assert wish_of("") == Wish()
    assert in_utc(MONDAY) == "2024-01-01T12:30:00Z"
