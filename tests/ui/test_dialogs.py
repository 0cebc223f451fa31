import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QInputDialog, QLabel
from ui.hand import answer, click, dialog, press, type_text

from reader.services.settings import load_settings
from reader.ui.dialogs.keys import KeysPage
from reader.ui.dialogs.note import NoteDialog
from reader.ui.dialogs.settings import SettingsDialog
from reader.ui.dialogs.tags import TagsDialog

_Standard = QDialogButtonBox.StandardButton


@pytest.fixture
def keys(qtbot):
    page = KeysPage({})
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.heard = []
    page.keys_changed.connect(page.heard.append)
    return page


def choose(page, label):
    page.list.setCurrentItem(page.list.findItems(label, Qt.MatchFlag.MatchExactly)[0])


def test_another_key_can_be_given_to_an_action(keys):
    choose(keys, "Star")
    keys.edit.setKeySequence(QKeySequence("F"))
    keys.set_button.click()
    assert keys.heard == [{"story.star": ["F"]}]


def test_a_key_that_is_taken_is_refused_and_its_owner_named(keys):
    choose(keys, "Star")
    keys.edit.setKeySequence(QKeySequence("G"))
    keys.set_button.click()
    assert keys.heard == []
    assert "belongs to" in keys.message.text()


def test_a_second_key_is_added_and_reset_takes_it_away(keys):
    choose(keys, "Star")
    keys.edit.setKeySequence(QKeySequence("F"))
    keys.add_button.click()
    keys.reset_button.click()
    assert keys.heard == [{"story.star": ["S", "F"]}, {}]


def test_the_note_on_a_taken_key_goes_with_the_key(keys):
    choose(keys, "Star")
    keys.edit.setFocus()
    press(keys, "N")
    keys.set_button.click()
    assert keys.message.text()
    press(keys, "Esc")
    assert keys.message.text() == ""
    assert keys.edit.keySequence().isEmpty()


@pytest.mark.parametrize("how", ["Del", "Backspace", "Remove"])
def test_the_keys_of_an_action_are_taken_away(keys, how):
    choose(keys, "Star")
    if how == "Remove":
        keys.remove_button.click()
    else:
        keys.list.setFocus()
        press(keys, how)
    assert keys.heard == [{"story.star": []}]
    assert not keys.remove_button.isEnabled()


def test_esc_forgets_what_was_recorded_and_again_closes_the_settings(window):
    press(window, "Ctrl+,")
    box = dialog(SettingsDialog)
    box.tabs.setCurrentWidget(box.keys)
    box.keys.edit.setFocus()
    press(box, "Ctrl+Shift+F")
    press(box, "Esc")
    assert box.isVisible()
    assert box.keys.edit.keySequence().isEmpty()
    press(box, "Esc")
    assert not box.isVisible()


def test_the_folder_of_an_export_has_its_label(window):
    press(window, "Ctrl+,")
    box = dialog(SettingsDialog)
    labels = [label for label in box.export.findChildren(QLabel) if label.text() == "&Folder:"]
    assert [label.buddy() for label in labels] == [box.export.folder]
    press(box, "Esc")


def test_a_number_stands_off_from_the_border_of_its_field(window):
    press(window, "Ctrl+,")
    box = dialog(SettingsDialog)
    ink = QColor(window.appearance.theme.text)
    for field in (box.reading.text_size, box.reading.measure, box.reading.read_after):
        picture = field.grab().toImage()
        columns = (
            x
            for x in range(picture.width())
            for y in range(4, picture.height() - 4)
            if abs(picture.pixelColor(x, y).lightness() - ink.lightness()) < 90
        )
        assert next(columns) >= 6
    press(box, "Esc")


def test_keys_hold_at_once_and_are_kept(qtbot, window):
    press(window, "Ctrl+,")
    box = dialog(SettingsDialog)
    choose(box.keys, "Star")
    box.keys.edit.setKeySequence(QKeySequence("F"))
    box.keys.set_button.click()
    press(box, "Esc")
    press(window, "S")
    press(window, "F")
    qtbot.waitUntil(lambda: window.reading.row.state.starred)
    window.preferences.save()
    assert load_settings().keys == {"story.star": ["F"]}


def test_settings_are_seen_at_once(window):
    press(window, "Ctrl+,")
    box = dialog(SettingsDialog)
    box.reading.theme.setCurrentIndex(box.reading.theme.findData("dark"))
    assert window.appearance.theme.name == "dark"
    box.reading.read_after.setValue(7)
    assert window.reading_time.seconds == 7
    press(box, "Esc")


def test_tags_are_put_on_and_undone(qtbot, window, disk):
    key = window.reading.story
    press(window, "T")
    box = dialog(TagsDialog)
    type_text(box.field, "chips, long reads")
    answer(box, _Standard.Ok)
    qtbot.waitUntil(lambda: disk().state(key).tags == ("chips", "long reads"))
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: disk().state(key).tags == ())


def test_a_tag_that_only_some_stories_have_stays_on_those_unless_it_is_touched(qtbot, window, disk):
    first, second = (row.key for row in window.reading.rows[:2])
    window.library.tag([first], "chips", present=True).result()
    window.frame.outline.list.selectAll()
    press(window, "T")
    box = dialog(TagsDialog)
    item = box.list.findItems("chips", Qt.MatchFlag.MatchExactly)[0]
    assert item.checkState() is Qt.CheckState.PartiallyChecked
    type_text(box.field, "new")
    answer(box, _Standard.Ok)
    qtbot.waitUntil(lambda: disk().state(second).tags == ("new",))
    assert disk().state(first).tags == ("chips", "new")


def test_a_note_is_written_and_undone(qtbot, window, disk):
    key = window.reading.story
    press(window, "'")
    box = dialog(NoteDialog)
    type_text(box.text, "Remember this")
    press(box, "Ctrl+Return")
    qtbot.waitUntil(lambda: disk().state(key).note == "Remember this")
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: disk().state(key).note == "")


def test_a_newsletter_gets_another_name_everywhere_and_undo_gives_it_back(qtbot, window):
    window.actions_by_id["library.rename"].trigger()
    box = dialog(QInputDialog)
    box.setTextValue("Jack's letter")
    click(box.findChild(QDialogButtonBox).button(_Standard.Ok))
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Jack's letter 219"))
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Import AI 219"))


def test_no_two_parts_of_a_page_of_the_settings_share_a_mnemonic_with_each_other_or_the_pages(window):
    press(window, "Ctrl+,")
    box = dialog(SettingsDialog)
    pages = [box.tabs.tabText(n) for n in range(box.tabs.count())]
    for number in range(box.tabs.count()):
        page = box.tabs.widget(number)
        parts = [part.text() for kind in (QLabel, QAbstractButton) for part in page.findChildren(kind)]
        letters = [text[text.index("&") + 1].casefold() for text in (*pages, *parts) if "&" in text]
        assert sorted(letters) == sorted(set(letters)), pages[number]
    press(box, "Esc")
