"""A window on a library of the test's own, and the proof that it leaves nothing behind."""

from pathlib import Path

import make
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from reader.services.library import open_library
from reader.ui.app import App, make_application


class Opener:
    """Takes the addresses that would open in the browser."""

    def __init__(self):
        self.opened = []

    def __call__(self, url):
        self.opened.append(url.toString())


@pytest.fixture(scope="session")
def qapp():
    return make_application()


@pytest.fixture(autouse=True)
def no_key_held(qapp):
    """Fails the test that leaves a modifier pressed, not whichever comes after it."""
    yield
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


@pytest.fixture
def place(tmp_path):
    """Where the window's library is."""
    return tmp_path / "library"


@pytest.fixture
def letters():
    """The issues in the library before the window opens; a module may say others."""
    long = "\n\n".join(f"Paragraph {n} of a long story about chips and ships." * 3 for n in range(60))
    return [
        make.issue(
            [
                make.story("A long one", long, dek="It goes on", url="https://example.org/long"),
                make.story(
                    "A short one", "Two [links](https://example.org/a) [here](https://example.org/b)."
                ),
                make.story("A third one", "Words about penguins."),
            ],
            newsletter="Import AI",
            number="219",
            published="2020-10-19",
        ),
        make.issue(
            [make.story("Older first", "Old words."), make.story("Older second", "More old words.")],
            newsletter="Import AI",
            number="218",
            published="2020-10-12",
        ),
        make.issue(["Rust one"], newsletter="This Week in Rust", number="361", published="2020-09-21"),
    ]


@pytest.fixture
def opener():
    return Opener()


@pytest.fixture
def start(qtbot, qapp, place, opener, monkeypatch):
    """Starts the program as often as a test wants, and takes each window down."""
    running = []

    def start():
        app = App(place)
        app.window.presenters.links._open = opener
        app.begin()
        running.append(app)
        app.window.activateWindow()
        qtbot.waitUntil(app.window.isActiveWindow)
        qtbot.waitUntil(lambda: app.window.settled)
        return app

    start.stop = lambda app: (_stop(qtbot, app), running.remove(app))
    yield start
    for app in running:
        start.stop(app)
    assert not QApplication.topLevelWidgets() or not [
        w for w in QApplication.topLevelWidgets() if w.isVisible()
    ]
    assert _stray(place.parent) == []


def _stop(qtbot, app):
    app.close()
    assert not app.window.isVisible()
    assert not app.preferences.unsaved
    app.window.deleteLater()
    app.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _stray(root: Path):
    """Files that an interrupted write would leave."""
    return [path for path in root.rglob("*") if path.suffix in (".new", ".part", ".tmp")]


@pytest.fixture
def filled(place, letters):
    """The library with the letters in it, closed again."""
    library = open_library(place, make.Heard())
    for letter in letters:
        library.put(letter).result()
    library.close()


@pytest.fixture
def app(filled, start):
    return start()


@pytest.fixture
def window(app):
    return app.window


@pytest.fixture
def disk(place):
    """A second look at what is on disk, through a connection of its own."""
    opened = []

    def look():
        if not opened:
            opened.append(open_library(place, make.Heard()))
        return opened[0]

    yield look
    for library in opened:
        library.close()
