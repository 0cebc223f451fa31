import pytest

from reader.ui import reading_time
from reader.ui.reading_time import ReadingTime


@pytest.fixture
def time(qtbot, monkeypatch):
    monkeypatch.setattr(reading_time, "END_MS", 60)
    made = ReadingTime()
    made.heard = []
    made.read.connect(made.heard.append)
    made.seconds = 0.1
    made.resume()
    return made


def test_a_story_that_is_shown_long_enough_is_read(qtbot, time):
    time.begin("one")
    qtbot.waitUntil(lambda: time.heard == ["one"])


def test_a_story_that_is_passed_is_not_read(qtbot, time):
    for story in ("one", "two", "three"):
        time.begin(story)
    qtbot.waitUntil(lambda: bool(time.heard))
    assert time.heard == ["three"]


def test_its_end_counts_where_time_does_not(qtbot, time):
    time.seconds = 0
    time.begin("one")
    time.end_seen()
    assert time.heard == []
    qtbot.waitUntil(lambda: time.heard == ["one"])


def test_the_end_of_a_story_that_was_passed_does_not_count(qtbot, time):
    time.begin("one")
    time.end_seen()
    time.begin("two")
    qtbot.waitUntil(lambda: bool(time.heard))
    assert time.heard == ["two"]


def test_time_stands_still_while_the_window_is_not_in_use(qtbot, time):
    time.begin("one")
    time.end_seen()
    time.pause()
    time.resume()
    time.pause()
    with qtbot.assertNotEmitted(time.read, wait=200):
        pass
    time.resume()
    qtbot.waitUntil(lambda: time.heard == ["one"])


def test_a_story_is_read_once(qtbot, time):
    time.begin("one")
    time.end_seen()
    qtbot.waitUntil(lambda: bool(time.heard))
    with qtbot.assertNotEmitted(time.read, wait=200):
        time.pause()
        time.resume()
