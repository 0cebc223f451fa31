import threading

import pytest

from reader.ui.background import Background
from reader.ui.watching import FolderWatch


class Shelf:
    """A library that only knows which folders were opened."""

    def __init__(self, *folders):
        self.opened = [str(folder) for folder in folders]

    def folders(self):
        return self.opened


@pytest.fixture
def background(qtbot):
    made = Background()
    yield made
    made.close()


@pytest.fixture
def watching(background):
    """Start watching folders; what was found is in a list."""
    begun = []

    def begin(*folders):
        found = []
        watch = FolderWatch(
            Shelf(*folders), background, lambda paths: found.extend(path.name for path in paths)
        )
        watch.begin()
        begun.append(watch)
        return watch, found

    yield begin
    for watch in begun:
        watch.close()


def looked(qtbot, watch):
    watch.look()
    qtbot.waitUntil(lambda: not watch._looking)


def test_what_was_there_before_the_start_is_told_of_at_the_first_looks(qtbot, watching, tmp_path):
    (tmp_path / "a.md").write_text("A", encoding="utf-8")
    watch, found = watching(tmp_path)
    looked(qtbot, watch)
    assert found == []
    looked(qtbot, watch)

    assert found == ["a.md"]


def test_a_folder_that_is_opened_later_is_watched_from_then_on(qtbot, watching, tmp_path):
    (tmp_path / "a.md").write_text("A", encoding="utf-8")
    watch, found = watching()
    watch._library.opened.append(str(tmp_path))
    looked(qtbot, watch)
    (tmp_path / "b.md").write_text("B", encoding="utf-8")
    looked(qtbot, watch)
    looked(qtbot, watch)

    assert found == ["b.md"]


def test_a_drive_that_hangs_keeps_no_other_folder_and_no_end_waiting(qtbot, watching, tmp_path, monkeypatch):
    from reader.services.watching import Watch

    answered = threading.Event()
    look = Watch.look
    monkeypatch.setattr(
        Watch, "look", lambda self: answered.wait(20) and [] if "stuck" in self.folders[0] else look(self)
    )
    monkeypatch.setattr("reader.ui.watching._PATIENCE_S", 0.05)
    (tmp_path / "stuck").mkdir()
    (tmp_path / "works").mkdir()
    (tmp_path / "works" / "a.md").write_text("A", encoding="utf-8")
    watch, found = watching(tmp_path / "stuck", tmp_path / "works")
    works = str(tmp_path / "works")
    for _ in range(2):
        watch.look()
        qtbot.waitUntil(lambda: watch._lookers[works].thread is None)

    assert found == ["a.md"]
    hanging = watch._lookers[str(tmp_path / "stuck")].thread
    watch.close()
    assert hanging.is_alive()
    answered.set()
    hanging.join()


def test_what_never_rests_is_looked_at_ever_more_rarely(qtbot, watching, tmp_path):
    watch, found = watching(tmp_path)
    pauses = []
    for number in range(8):
        (tmp_path / "a.md").write_text("A" * number, encoding="utf-8")
        looked(qtbot, watch)
        pauses.append(watch._soon.interval())

    assert found == []
    assert pauses == sorted(pauses)
    assert pauses[0] <= 1_000
    assert pauses[-1] == 20_000
    looked(qtbot, watch)
    assert found == ["a.md"]


def test_the_system_is_asked_for_hints_of_the_folders_that_are_there(qtbot, watching, tmp_path):
    (tmp_path / "there" / "2024").mkdir(parents=True)
    watch, _ = watching(tmp_path / "there", tmp_path / "away")
    looked(qtbot, watch)
    assert sorted(watch._hints.directories()) == [str(tmp_path / "there"), str(tmp_path / "there" / "2024")]

    watch._library.opened.pop(0)
    looked(qtbot, watch)
    assert watch._hints.directories() == []


def test_a_new_file_in_a_folder_within_is_looked_for_at_once(qtbot, watching, tmp_path):
    (tmp_path / "2024").mkdir()
    watch, _ = watching(tmp_path)
    looked(qtbot, watch)
    watch._soon.stop()
    with qtbot.waitSignal(watch._hints.directoryChanged):
        (tmp_path / "2024" / "a.md").write_text("A", encoding="utf-8")

    assert watch._soon.isActive()


def test_many_files_are_looked_at_less_often(qtbot, watching, tmp_path):
    from reader.ui.watching import Seen

    watch, _ = watching(tmp_path)
    looked(qtbot, watch)
    assert watch._regular.interval() == 20_000
    looker = watch._lookers[str(tmp_path)]
    looker.seen = Seen([], restless=False, lively=[], work=0.2)
    watch._done(looker)

    assert watch._regular.interval() == 200_000
    watch._on_hint()
    assert watch._soon.interval() == 4_000
