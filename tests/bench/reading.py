"""The window under a stopwatch: clicks, keys and the wheel, until what they ask for is painted."""

import time
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.ui.app import App, make_application


@contextmanager
def opened(directory):
    """The window over a library, ready to be used."""
    make_application()
    app = App(directory)
    app.window.resize(1440, 900)
    app.begin()
    hand = Hand(app)
    hand.rest()
    yield hand
    app.close()


class Hand:
    """A reader's hand with a stopwatch; times are in milliseconds."""

    def __init__(self, app):
        self.window = app.window
        self.library = app.library
        self.reading = app.window.reading
        self.issues = app.window.frame.issues.list
        self.outline = app.window.frame.outline.list
        self.view = app.window.frame.story.view

    def rest(self):
        """Let everything settle."""
        end = time.perf_counter() + 20
        while time.perf_counter() < end:
            QApplication.processEvents()
            if self.window.settled:
                break
        QApplication.processEvents()

    def show_issue(self, row):
        """Click on a row of the issue list, until its outline and its first story are painted."""
        index = self.issues.model().index(row, 0)
        self.issues.scrollTo(index)
        self.rest()
        point = self.issues.visualRect(index).center()
        before = self.reading.issue
        began = time.perf_counter()
        QTest.mouseClick(self.issues.viewport(), Qt.MouseButton.LeftButton, pos=point)
        QApplication.processEvents()
        assert self.reading.issue != before, "nothing was shown"
        return (time.perf_counter() - began) * 1000

    def next_story(self):
        """Press J, until the story is painted."""
        self.rest()
        before = self.reading.story
        began = time.perf_counter()
        QTest.keyClick(self.window, Qt.Key.Key_J)
        QApplication.processEvents()
        assert self.reading.story != before, "nothing was shown"
        return (time.perf_counter() - began) * 1000

    def show_long_issue(self):
        """Show the issue with the most words as it was published."""
        longest = max(self.library.issues()[:400], key=lambda row: row.stories)
        self.reading.open_issue(longest.key)
        if not self.reading.whole:
            self.reading.toggle_whole()
        self.rest()

    def scroll(self, frames):
        """Turn the wheel, back again from each end, and return how long each frame took."""
        bar, step, times = self.view.verticalScrollBar(), -40, []
        for _ in range(frames):
            before = bar.value()
            times.append(self._turn(step))
            assert bar.value() != before, "nothing was scrolled"
            if bar.value() in (bar.minimum(), bar.maximum()):
                step = -step
        return times

    def _turn(self, step):
        port = self.view.viewport()
        at = QPointF(port.rect().center())
        turn = QWheelEvent(
            at,
            QPointF(port.mapToGlobal(at.toPoint())),
            QPoint(0, step),
            QPoint(0, 3 * step),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        began = time.perf_counter()
        QApplication.sendEvent(port, turn)
        QApplication.processEvents()
        return (time.perf_counter() - began) * 1000
