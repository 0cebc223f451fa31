import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from ui.hand import click, press, type_text
from ui.story.conftest import LIGHT, words

from reader.services.themes import themes
from reader.ui.story import StoryPane


@pytest.fixture
def pane(qtbot, fonts, page_of):
    made = StoryPane(LIGHT)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    made.view.show_page(page_of(words(30)))
    made.view.setFocus()
    return made


def test_the_foot_names_the_next_story_and_a_click_goes_there(pane, qtbot):
    pane.set_next("Chips, faster:")
    assert pane.next_button.isVisible()
    spoken = QAccessible.queryAccessibleInterface(pane.next_button)
    assert spoken.role() == QAccessible.Role.Button
    assert spoken.text(QAccessible.Text.Name) == "Next: Chips, faster"
    with qtbot.waitSignal(pane.next_requested):
        click(pane.next_button)
    pane.next_button.setFocus()
    with qtbot.waitSignal(pane.next_requested):
        press(pane, "Space")


def test_the_foot_says_that_another_issue_is_next(pane):
    pane.set_next("Import AI 220", lead="Next issue")
    assert pane.next_button.accessibleName() == "Next issue: Import AI 220"


def test_without_a_next_story_there_is_no_foot(pane):
    pane.set_next("Chips")
    pane.set_next(None)
    assert not pane.next_button.isVisible()
    assert not pane.line.isVisible()


@pytest.mark.parametrize("width", [90, 300, 900])
def test_a_long_title_stays_within_the_foot(width, pane, qtbot):
    pane.set_next("A very long title that goes on " * 20)
    pane.resize(width, 300)
    QApplication.processEvents()
    image = pane.next_button.grab().toImage()
    edge = {image.pixelColor(x, y).name() for x in (0, 1, image.width() - 1) for y in range(image.height())}
    assert edge == {LIGHT.page}


def test_typing_finds_and_return_goes_on(pane):
    pane.open_find()
    type_text(pane.find_bar.field, "Paragraph 2")
    assert pane.find_bar.count.text() == "1 of 11"
    press(pane, "Return")
    assert pane.find_bar.count.text() == "2 of 11"
    press(pane, "Shift+Return")
    press(pane, "Shift+Return")
    assert pane.find_bar.count.text() == "11 of 11"
    type_text(pane.find_bar.field, "xyz")
    assert pane.find_bar.count.text() == "Not found"


def test_esc_closes_the_bar_and_gives_the_keys_back_to_the_page(pane):
    pane.open_find()
    type_text(pane.find_bar.field, "Paragraph")
    press(pane, "Esc")
    assert not pane.find_bar.isVisible()
    assert pane.view.hasFocus()
    assert pane.view.extraSelections() == []
    assert not pane.close_find()


def test_the_buttons_of_the_bar_do_what_they_say(pane):
    from PySide6.QtWidgets import QToolButton

    pane.open_find()
    type_text(pane.find_bar.field, "Paragraph")
    buttons = {button.accessibleName(): button for button in pane.find_bar.findChildren(QToolButton)}
    click(buttons["Next find"])
    assert pane.find_bar.count.text() == "2 of 30"
    click(buttons["Previous find"])
    assert pane.find_bar.count.text() == "1 of 30"
    click(buttons["Close the find bar"])
    assert not pane.find_bar.isVisible()


def test_the_bar_opens_with_what_is_selected(pane):
    pane.view.find("words")
    pane.view.clear_find()
    pane.open_find()
    assert pane.find_bar.field.text() == "words"
    assert pane.find_bar.count.text().endswith("of 150")


def test_an_emptied_field_marks_nothing(pane):
    pane.open_find()
    type_text(pane.find_bar.field, "Para")
    pane.find_bar.field.clear()
    assert pane.view.extraSelections() == []
    assert pane.find_bar.count.text() == ""


def test_another_story_closes_the_bar(pane, page_of):
    pane.open_find()
    pane.view.show_page(page_of("Short."))
    assert not pane.find_bar.isVisible()


def test_the_page_asks_for_the_bar(pane):
    pane.view.find_requested.emit()
    assert pane.find_bar.isVisible()
    assert pane.find_bar.field.hasFocus()


def test_a_theme_reaches_every_part(pane):
    pane.set_next("Chips")
    pane.set_theme(themes()["dark"])
    QApplication.processEvents()
    image = pane.grab().toImage()
    assert image.pixelColor(3, 3).name() == themes()["dark"].page
    assert image.pixelColor(3, image.height() - 3).name() == themes()["dark"].page
