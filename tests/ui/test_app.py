import os
import signal
import subprocess
import sys

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from ui.hand import press

from reader.services.settings import load_settings
from reader.ui.session import Session, read_session, stored


def test_what_was_read_is_shown_again_after_a_restart(qtbot, filled, start):
    app = start()
    window = app.window
    window.resize(790, 640)
    press(window, "]")
    press(window, "J")
    press(window, "F9")
    press(window, "Ctrl++")
    window.appearance.choose("sepia")
    story = window.reading.story
    start.stop(app)
    again = start().window
    assert again.reading.story == story
    assert [row.title for row in again.reading.rows] == ["Older first", "Older second"]
    assert not again.frame.issues.isVisible()
    assert again.appearance.theme.name == "sepia"
    assert again.preferences.settings.text_size == 20
    assert again.size() == QSize(790, 640)


def drag(handle, pixels):
    """Drag the handle between two panes."""
    start, end = handle.rect().center(), handle.rect().center() + QPoint(pixels, 0)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(handle, end)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=end)


def test_the_panes_get_wider_with_the_window_until_the_reader_gives_them_widths(qtbot, filled, start):
    app = start()
    window, splitter = app.window, app.window.frame.splitter
    window.resize(800, 600)
    qtbot.waitUntil(lambda: splitter.width() == 800)
    narrow = splitter.sizes()
    window.resize(1300, 700)
    qtbot.waitUntil(lambda: splitter.width() == 1300)
    assert splitter.sizes()[0] > narrow[0]
    assert splitter.sizes()[1] > narrow[1]
    drag(splitter.handle(1), 60)
    chosen = splitter.sizes()[0]
    window.resize(1200, 700)
    qtbot.waitUntil(lambda: splitter.width() == 1200)
    assert splitter.sizes()[0] == chosen


def test_the_widths_that_the_reader_gave_the_panes_come_back_after_a_restart(qtbot, filled, start):
    app = start()
    window, splitter = app.window, app.window.frame.splitter
    window.resize(790, 600)
    qtbot.waitUntil(lambda: splitter.width() == 790)
    shared = splitter.sizes()
    drag(splitter.handle(1), 15)
    chosen = splitter.sizes()
    assert chosen[0] > shared[0]
    start.stop(app)
    assert start().window.frame.splitter.sizes() == chosen


def test_the_place_on_the_page_comes_back_after_a_restart(qtbot, filled, start):
    app = start()
    press(app.window, "Space")
    press(app.window, "Space")
    place = app.window.frame.story.view.position()
    assert place > 0
    start.stop(app)
    view = start().window.frame.story.view
    qtbot.waitUntil(lambda: abs(view.position() - place) < 100)


def test_where_the_issue_that_was_read_is_gone_the_newest_is_shown(qtbot, filled, start):
    app = start()
    app.preferences.remember(stored(Session(issue="another/1", story="another/1#x", position=90)))
    app.window.save_session = lambda: None
    start.stop(app)
    again = start().window
    assert again.reading.issue == "import-ai/219"
    assert again.reading.story


def test_the_whole_issue_comes_back_after_a_restart(qtbot, filled, start):
    app = start()
    press(app.window, "W")
    start.stop(app)
    again = start().window
    assert again.reading.whole
    qtbot.waitUntil(lambda: "Words about penguins." in again.frame.story.view.toPlainText())


def test_the_unread_view_and_the_starred_list_come_back_after_a_restart(qtbot, filled, start):
    app = start()
    press(app.window, "S")
    qtbot.waitUntil(lambda: app.window.reading.row.state.starred)
    press(app.window, "G, S")
    start.stop(app)
    again = start().window
    assert again.frame.issues.view == "starred"
    assert [row.title for row in again.reading.rows] == ["A long one"]


def test_damaged_settings_are_left_out():
    assert read_session({"panes": ["x"], "geometry": 3, "issue": "a/1", "side": "yes"}) == Session(
        issue="a/1"
    )


def test_what_another_program_writes_is_seen(qtbot, filled, start, disk):
    window = start().window
    disk().star([window.reading.story], starred=True).result()
    qtbot.waitUntil(lambda: window.reading.row.state.starred, timeout=5000)


def test_the_program_ends_in_good_order_when_it_is_told_to(filled, place):
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", "--library", str(place)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    )
    lock = place / "window.lock"
    while not lock.exists() and process.poll() is None:
        os.sched_yield()
    # Until the settings are there, the window is not.
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=30)
    assert "Traceback" not in told
    assert not lock.exists() or process.returncode != 0


def test_settings_are_written_where_they_are_looked_for(qtbot, filled, start):
    app = start()
    app.window.appearance.choose("dark")
    start.stop(app)
    assert load_settings().theme == "dark"
