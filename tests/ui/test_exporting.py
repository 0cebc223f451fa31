from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox
from ui.hand import answer, click, dialog, press

from reader.ui.dialogs.export import ExportDialog

_Button = QMessageBox.StandardButton
_Ok = QDialogButtonBox.StandardButton.Ok


def open_export(window, folder):
    press(window, "Ctrl+E")
    box = dialog(ExportDialog)
    box.folder.setText(str(folder))
    return box


def files(folder):
    return sorted(path.name for path in Path(folder).iterdir())


def test_the_story_that_is_shown_is_exported_and_the_toast_opens_its_folder(qtbot, window, tmp_path, opener):
    box = open_export(window, tmp_path / "out")
    assert box.what.currentText() == "This story (1 story)"
    names = [box.preview.item(row).text() for row in range(box.preview.count())]
    answer(box, _Ok)
    qtbot.waitUntil(window.frame.toast.isVisible)
    assert files(tmp_path / "out") == names
    assert window.frame.toast.text.text() == "Exported 1 file to out"
    assert "Paragraph 0 of a long story" in (tmp_path / "out" / names[0]).read_text(encoding="utf-8")
    click(window.frame.toast.action)
    assert opener.opened == [(tmp_path / "out").as_uri()]


def test_the_folder_and_the_layout_are_remembered(qtbot, window, tmp_path):
    box = open_export(window, tmp_path / "out")
    box.layouts.setCurrentIndex(box.layouts.findData("all"))
    answer(box, _Ok)
    qtbot.waitUntil(window.frame.toast.isVisible)
    press(window, "E")
    again = dialog(ExportDialog)
    assert again.folder.text() == str(tmp_path / "out")
    assert again.layouts.currentData() == "all"
    press(again, "Esc")


def test_all_starred_stories_are_one_of_the_choices(qtbot, window, tmp_path):
    press(window, "S")
    press(window, "J")
    press(window, "S")
    qtbot.waitUntil(lambda: window.library.counts().starred == 2)
    box = open_export(window, tmp_path / "out")
    box.what.setCurrentIndex(box.what.findText("All starred stories (2 stories)"))
    answer(box, _Ok)
    qtbot.waitUntil(window.frame.toast.isVisible)
    assert len(files(tmp_path / "out")) == 2


def test_without_a_folder_nothing_can_be_exported(window):
    press(window, "E")
    box = dialog(ExportDialog)
    assert box.folder.text().endswith("Tearsheet")
    box.folder.clear()
    assert not box.buttons.button(_Ok).isEnabled()
    press(box, "Esc")


@pytest.mark.parametrize(
    ("button", "left"),
    [(QMessageBox.StandardButton.No, True), (QMessageBox.StandardButton.Yes, False)],
)
def test_the_reader_is_asked_before_a_file_of_his_own_is_overwritten(qtbot, window, tmp_path, button, left):
    out = tmp_path / "out"
    out.mkdir()
    box = open_export(window, out)
    path = out / box.preview.item(0).text()
    path.write_text("My own words.\n", encoding="utf-8")
    answer(box, _Ok)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    question = dialog(QMessageBox)
    assert path.name in question.text()
    assert str(out) in question.informativeText()
    words = [question.button(each).text().replace("&", "") for each in (_Button.Yes, _Button.No)]
    assert words == ["Replace", "Leave"]
    assert all(word in question.informativeText() for word in words)
    click(question.button(button))
    qtbot.waitUntil(window.frame.toast.isVisible)
    assert ("My own words." in path.read_text(encoding="utf-8")) == left
    said = "Left 1 file in out as it was" if left else "Updated 1 file in out"
    assert window.frame.toast.text.text() == said


def test_the_question_tells_a_changed_text_from_a_file_of_the_readers_own(qtbot, window, tmp_path):
    out = tmp_path / "out"
    answer(open_export(window, out), _Ok)
    qtbot.waitUntil(lambda: out.exists() and len(files(out)) == 1)
    path = out / files(out)[0]
    path.write_text(path.read_text(encoding="utf-8").replace("Paragraph 0", "My paragraph"), encoding="utf-8")
    qtbot.waitUntil(window.frame.toast.isVisible)
    answer(open_export(window, out), _Ok)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    question = dialog(QMessageBox)
    assert "You have changed the text" in question.text()
    press(question, "Esc")
    qtbot.waitUntil(lambda: window.frame.toast.text.text() == "Left 1 file in out as it was")
    assert "My paragraph" in path.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_told_in_words(qtbot, window, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    answer(open_export(window, tmp_path / "file"), _Ok)
    qtbot.waitUntil(window.frame.error_bar.isVisible)
    assert "is a file" in window.frame.error_bar.text.text()
    click(window.frame.error_bar.dismiss)
    assert not window.frame.error_bar.isVisible()
