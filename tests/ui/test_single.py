import subprocess
import sys
from pathlib import Path

import pytest

from reader.model import StoreError
from reader.ui.single import Single

_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from reader.ui.single import Single
app = QCoreApplication([])
single = Single(Path(sys.argv[1]))
if not single.first():
    single.call([Path(path) for path in sys.argv[2:]])
    print("handed over")
"""


def start_second(library, *paths):
    # A lock is one process's: only another process can be the second.
    return subprocess.Popen(
        [sys.executable, "-c", _SECOND, str(library), *map(str, paths)], stdout=subprocess.PIPE, text=True
    )


def test_a_second_start_hands_its_paths_to_the_first(qtbot, tmp_path):
    first = Single(tmp_path)
    assert first.first()
    first.listen()
    with qtbot.waitSignal(first.called, timeout=20_000) as called:
        second = start_second(tmp_path, tmp_path / "wörter & more")
    assert called.args == [[Path(tmp_path / "wörter & more")]]
    assert second.communicate()[0].strip() == "handed over"
    first.close()


def test_the_next_start_after_closing_is_the_first_again(qtbot, tmp_path):
    for _ in range(2):
        single = Single(tmp_path)
        assert single.first()
        single.close()


def test_two_libraries_have_a_window_each(qtbot, tmp_path):
    one, other = Single(tmp_path / "one"), Single(tmp_path / "other")
    assert one.first()
    assert other.first()
    one.close()
    other.close()


def test_a_file_where_the_library_should_be_is_said_in_a_sentence(tmp_path):
    (tmp_path / "taken").touch()
    with pytest.raises(StoreError, match="could not be opened"):
        Single(tmp_path / "taken")
