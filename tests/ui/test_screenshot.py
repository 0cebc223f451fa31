import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage


def draw(place, path, *more):
    return subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(place), "screenshot", str(path), *more],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"},
    )


@pytest.mark.parametrize(("scale", "width"), [("1", 900), ("2", 1800)])
def test_the_window_is_drawn_at_every_scale_without_a_display(filled, place, tmp_path, scale, width):
    path = tmp_path / "window.png"
    done = draw(place, path, "--size", "900x600", "--scale", scale, "--theme", "dark")
    assert (done.returncode, done.stderr) == (0, "")
    picture = QImage(str(path))
    assert picture.width() == width
    assert picture.pixelColor(width - 40, picture.height() // 2).lightness() < 60


def test_a_picture_changes_nothing(filled, place, tmp_path, disk):
    assert draw(place, tmp_path / "window.png", "--issue", "Import AI 218").returncode == 0
    assert disk().counts().unread == 6
    assert not (tmp_path / "settings").exists()


def test_an_unknown_issue_is_said_in_one_sentence(filled, place, tmp_path):
    done = draw(place, tmp_path / "window.png", "--issue", "Nothing 7")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "window.png").exists()
