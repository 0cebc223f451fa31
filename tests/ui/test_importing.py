from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication, QLabel
from ui.hand import click, dialog, dialogs, drop, press

from reader.services.importing import Problem, Report
from reader.ui.dialogs.report import ImportReport, summary_of

ISSUE = """---
title: "Paper Planes {number}: folding"
date: 2021-03-0{number}
---

## [How to fold {number}](https://example.org/fold/{number})

Take a sheet of paper and fold it along its length. Open it again.

## [How to throw {number}](https://example.org/throw/{number})

Throw it gently, a little upwards, away from the wind.

## [How to keep {number}](https://example.org/keep/{number})

Lay it between two heavy books. It will be as new in the morning.
"""


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "planes"
    made.mkdir()
    for number in (1, 2, 3):
        (made / f"2021-03-0{number}-planes.md").write_text(ISSUE.format(number=number), encoding="utf-8")
    return made


@pytest.fixture
def empty_window(start):
    return start().window


def told(report):
    """The lines of a report by the titles of its groups."""
    groups = [report.list.topLevelItem(row) for row in range(report.list.topLevelItemCount())]
    return {group.text(0): [group.child(row) for row in range(group.childCount())] for group in groups}


def wait_for(qtbot, window, issues):
    qtbot.waitUntil(lambda: window.counts.issues == issues and window.settled, timeout=20_000)


@pytest.mark.parametrize("key", ["Return", "Space"])
def test_both_keys_press_a_button_of_the_empty_page(qtbot, empty_window, key):
    empty_window.empty.sample_button.setFocus()
    press(empty_window, key)
    qtbot.waitUntil(lambda: empty_window.counts.issues > 0 and empty_window.settled, timeout=20_000)


def test_an_empty_library_says_how_to_begin(empty_window):
    assert empty_window.frame.body.currentWidget() is empty_window.empty
    assert empty_window.empty.open_button.hasFocus()
    assert not empty_window.actions_by_id["story.star"].isEnabled()
    assert empty_window.actions_by_id["library.open_folder"].isEnabled()


def test_a_folder_that_is_dropped_comes_in_and_is_shown(qtbot, empty_window, folder, disk):
    drop(empty_window, folder)
    wait_for(qtbot, empty_window, 3)
    assert empty_window.frame.body.currentWidget() is empty_window.frame.splitter
    assert [row.title for row in empty_window.reading.rows] == [
        "How to fold 3",
        "How to throw 3",
        "How to keep 3",
    ]
    assert disk().folders() == [str(folder)]
    assert empty_window.frame.status.work.text() == "3 issues came in."
    qtbot.waitUntil(empty_window.frame.outline.list.hasFocus)


def test_files_that_are_dragged_over_the_search_field_are_not_searched_for(empty_window, folder):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    data.setText(str(folder))
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(20, 10), copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(empty_window.frame.search_field, enter)
    assert enter.isAccepted()
    assert empty_window.frame.status.work.text() == "Drop to take in"


def test_the_newest_issue_of_a_folder_that_is_opened_is_shown(qtbot, empty_window, folder, tmp_path):
    window = empty_window
    drop(window, folder)
    qtbot.waitUntil(lambda: window.reading.issue == "paper-planes/3", timeout=20_000)
    older = tmp_path / "kites"
    older.mkdir()
    for number in (4, 5):
        text = ISSUE.format(number=number).replace("2021", "1999").replace("Planes", "Kites")
        (older / f"1999-03-0{number}-kites.md").write_text(text, encoding="utf-8")
    drop(window, older)
    qtbot.waitUntil(lambda: window.reading.issue == "paper-kites/5", timeout=20_000)
    listed = window.frame.issues.list
    assert listed.rows.key_at(listed.currentIndex()) == "paper-kites/5"

    press(window, "[")
    here = window.reading.issue
    press(window, "F5")
    qtbot.waitUntil(lambda: not window.presenters.importing.busy, timeout=20_000)
    assert window.reading.issue == here


def test_an_issue_that_comes_in_is_listed_whichever_newsletter_was(qtbot, empty_window, folder, tmp_path):
    window = empty_window
    drop(window, folder)
    wait_for(qtbot, window, 3)
    kite = tmp_path / "1999-03-04-kites.md"
    kite.write_text(ISSUE.format(number=4).replace("Planes", "Kites"), encoding="utf-8")
    window.frame.issues.set_newsletter("paper-planes")
    drop(window, kite)
    qtbot.waitUntil(lambda: window.reading.issue == "paper-kites/4", timeout=20_000)
    listed = window.frame.issues.list
    assert listed.rows.key_at(listed.currentIndex()) == "paper-kites/4"
    assert window.frame.issues.newsletter == ""


def test_a_sign_of_life_comes_at_once(qtbot, empty_window, folder):
    drop(empty_window, folder)
    assert empty_window.frame.status.work.text() == "Looking for issues…"
    assert empty_window.frame.status.cancel.isVisible()
    wait_for(qtbot, empty_window, 3)
    assert not empty_window.frame.status.cancel.isVisible()


def test_the_sample_shows_what_there_is(qtbot, empty_window):
    click(empty_window.empty.sample_button)
    wait_for(qtbot, empty_window, 3)
    assert len(empty_window.reading.rows) > 1


def test_what_does_not_come_in_is_listed_with_its_reason(qtbot, empty_window, folder):
    (folder / "empty.md").write_bytes(b"")
    (folder / "picture.md").write_bytes(bytes(range(256)) * 40)
    drop(empty_window, folder)
    wait_for(qtbot, empty_window, 3)
    report = dialog(ImportReport)
    assert sorted(told(report)) == ["Did not come in"]
    items = told(report)["Did not come in"]
    assert sorted(Path(item.text(0)).name for item in items) == ["empty.md", "picture.md"]
    assert all(item.text(1) for item in items)
    press(report, "Return")
    assert not report.isVisible()


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (Report(added=1), "1 issue came in."),
        (Report(added=3, unchanged=4), "3 issues came in."),
        (Report(added=3, updated=1), "3 issues came in, 1 issue brought up to date."),
        (Report(unchanged=4), "Nothing is new."),
        (Report(), "No issues came in."),
        (Report(problems=(Problem("a", "No."),) * 2), "No issues came in, 2 files left out."),
        (
            Report(added=2, cancelled=True),
            "Stopped: 2 issues came in. The rest comes in when the folder is looked at again (F5).",
        ),
    ],
)
def test_what_an_import_did_is_said_in_a_sentence(report, said):
    assert summary_of(report) == said


def test_of_a_long_path_in_the_report_the_name_of_the_file_is_seen(empty_window):
    path = "/a/very/long/way/down/through/many/folders/of/which/each/has/a/name/of/its/own/nameofthefile.md"
    report = ImportReport(Report(problems=(Problem(path, "The file is empty."),)), empty_window)
    shown = report.list.fontMetrics().elidedText(
        path, report.list.textElideMode(), report.list.columnWidth(0)
    )
    assert shown.endswith("nameofthefile.md")
    assert shown != path
    assert not report.list.wordWrap()  # or it would end at a slash


def test_what_is_odd_about_a_file_that_came_in_is_told_once(qtbot, empty_window, folder):
    (folder / "odd.md").write_text('---\ntitle: "Broken\n- a: [\n---\n\nWords.\n', encoding="utf-8")
    drop(empty_window, folder)
    wait_for(qtbot, empty_window, 4)
    report = dialog(ImportReport)
    [item] = told(report)["Came in, with a remark"]
    assert Path(item.text(0)).name == "odd.md"
    press(report, "Esc")
    (folder / "empty.md").write_bytes(b"")
    press(empty_window, "F5")
    qtbot.waitUntil(lambda: dialogs(ImportReport) != [], timeout=20_000)
    press(dialog(ImportReport), "Esc")
    with qtbot.waitSignal(empty_window.presenters.importing.finished, timeout=20_000):
        press(empty_window, "F5")
    assert dialogs(ImportReport) == []


def test_refresh_takes_in_what_changed_and_keeps_the_story_that_is_shown(qtbot, empty_window, folder, disk):
    drop(empty_window, folder)
    wait_for(qtbot, empty_window, 3)
    press(empty_window, "S")
    press(empty_window, "J")
    story = empty_window.reading.row.title
    path = folder / "2021-03-03-planes.md"
    path.write_text(
        path.read_text(encoding="utf-8")
        + "\n## [How to land 3](https://example.org/land/3)\n\nSoftly, on grass.\n",
        encoding="utf-8",
    )
    press(empty_window, "F5")
    qtbot.waitUntil(lambda: len(empty_window.reading.rows) == 4, timeout=20_000)
    assert empty_window.reading.row.title == story
    assert empty_window.reading.rows[0].state.starred
    qtbot.waitUntil(lambda: empty_window.settled)


def test_a_file_that_is_new_in_a_watched_folder_comes_in_by_itself(qtbot, start, folder):
    app = start()
    window = app.window
    drop(window, folder)
    wait_for(qtbot, window, 3)
    qtbot.waitUntil(lambda: app._watch is not None)
    app._watch.look()
    qtbot.waitUntil(lambda: not app._watch._looking)
    (folder / "2021-03-04-planes.md").write_text(ISSUE.format(number=4), encoding="utf-8")
    for _ in range(2):
        app._watch.look()
        qtbot.waitUntil(lambda: not app._watch._looking)
    wait_for(qtbot, window, 4)


def test_cancel_keeps_what_came_in(qtbot, empty_window, tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(500):
        (many / f"{number}.md").write_text(
            f"# Letter {number}\n\n## One {number}\n\nWords.\n", encoding="utf-8"
        )
    drop(empty_window, many)
    cancel = empty_window.frame.status.cancel
    qtbot.waitUntil(lambda: empty_window.library.counts().issues > 0 and cancel.isVisible(), timeout=30_000)
    click(cancel)
    qtbot.waitUntil(lambda: empty_window.settled, timeout=30_000)
    assert 0 < empty_window.library.counts().issues < 500
    assert empty_window.frame.status.work.text().startswith("Stopped: ")
    assert empty_window.frame.status.cancel.isHidden()


def test_the_report_tells_in_full_what_was_the_matter_with_the_chosen_file(empty_window):
    reasons = [f"The file is {kind}, and that is a long story. " * 3 for kind in ("empty", "broken")]
    problems = tuple(Problem(f"/tmp/{n}.md", reason) for n, reason in enumerate(reasons))
    report = ImportReport(Report(problems=problems), empty_window)
    report.show()

    assert report.told.text() == reasons[0]
    press(report.list, "Down")
    assert report.told.text() == reasons[1]
    report.close()


def test_a_file_that_breaks_off_before_its_first_issue_is_told_of(qtbot, empty_window, tmp_path):
    file = tmp_path / "broken.xml"
    file.write_text('<?xml version="1.0"?><rss version="2.0"><channel><title>Boats</ti', encoding="utf-8")
    drop(empty_window, file)

    qtbot.waitUntil(lambda: dialogs(ImportReport) != [])
    assert dialog(ImportReport).told.text() == (
        "There is no issue in this file, or it breaks off before the first."
    )
    press(dialog(ImportReport), "Esc")


def test_in_the_smallest_window_no_line_of_the_empty_page_is_broken(empty_window):
    empty_window.resize(empty_window.minimumSize())
    for label in empty_window.empty.findChildren(QLabel):
        for line in label.text().splitlines():
            assert label.fontMetrics().horizontalAdvance(line) <= label.width()
