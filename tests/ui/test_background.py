import threading
from concurrent.futures import CancelledError

import pytest
from PySide6.QtCore import QThread

from reader.ui.background import Background, Newest


@pytest.fixture
def background(qtbot):
    made = Background()
    yield made
    made.close()


def test_a_result_arrives_on_the_gui_thread(qtbot, background):
    heard = []
    background.run(lambda: 42, lambda result: heard.append((result, QThread.currentThread())))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(42, QThread.currentThread())]
    assert not background.busy


def test_no_result_of_many_is_lost(qtbot, background):
    heard = []
    for number in range(2000):
        background.run(lambda number=number: number, heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2000)
    assert sorted(heard) == list(range(2000))


def test_an_error_reaches_whoever_asked_else_everybody(qtbot, background):
    heard = []
    background.run(lambda: 1 / 0, heard.append, lambda error: heard.append(type(error)))
    qtbot.waitUntil(lambda: heard == [ZeroDivisionError])
    with qtbot.waitSignal(background.failed):
        background.run(lambda: 1 / 0, heard.append)


def test_a_question_from_another_thread_is_answered_on_this_one(qtbot, background):
    heard = []
    background.run(lambda: background.ask(lambda reply: reply(QThread.currentThread())), heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [QThread.currentThread()]


def test_closing_takes_back_a_question_that_nobody_answered(qtbot, background):
    asked = threading.Event()
    heard = []

    def work():
        try:
            background.ask(lambda _reply: asked.set())
        except CancelledError:
            heard.append("taken back")

    background.run(work, lambda _: None)
    qtbot.waitUntil(asked.is_set)
    background.close()
    assert heard == ["taken back"]


def test_only_the_newest_question_is_answered(qtbot, background):
    newest, heard = Newest(background), []
    first = threading.Event()
    newest.ask(lambda: first.wait(5) and "first", heard.append)
    newest.ask(lambda: "second", heard.append)
    qtbot.waitUntil(lambda: heard == ["second"])
    first.set()
    qtbot.waitUntil(lambda: not background.busy)
    assert heard == ["second"]
