import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from ui.hand import click, dialog, press, type_text

from reader.services import newsletters
from reader.services.newsletters import Place
from reader.ui.dialogs.newsletters.dialog import NewslettersDialog

AI, RUST = "import-ai", "this-week-in-rust"


@pytest.fixture
def opened(window, qtbot):
    press(window, "Ctrl+Shift+N")
    return dialog(NewslettersDialog)


def standing(library):
    return newsletters.places(library)


def row(library, key):
    return newsletters.newsletter_row(library, key)


def undo(window, qtbot, fact):
    window.undo_stack.undo()
    qtbot.waitUntil(fact)


def test_the_window_shows_the_newsletter_that_is_read(opened):
    assert opened.tree.chosen == AI
    assert opened.looks.name.text() == "Import AI"
    assert opened.contents.holds.text().startswith("2 issues · 5 stories · ")
    assert opened.page.isVisible()
    assert not opened.empty.isVisible()


def test_a_newsletter_gets_another_name_and_it_can_be_undone(opened, window, qtbot, disk):
    opened.looks.name.selectAll()
    type_text(opened.looks.name, "Machines")
    press(opened, "Return")
    qtbot.waitUntil(lambda: opened.tree.currentItem().text(0) == "Machines")
    assert row(disk(), AI).name == "Machines"

    undo(window, qtbot, lambda: opened.looks.name.text() == "Import AI")
    assert row(disk(), AI).name == "Import AI"


def test_icon_and_colour_are_seen_in_the_list_of_issues(opened, window, qtbot, disk):
    opened.looks.icon.setFocus()
    opened.looks.icon.insert("⛵")  # as an input method does
    press(opened, "Return")
    qtbot.waitUntil(lambda: row(disk(), AI).icon == "⛵")
    opened.looks.colour.setFocus()
    press(opened, "Down")
    opened.looks.colour.activated.emit(opened.looks.colour.currentIndex())
    qtbot.waitUntil(lambda: row(disk(), AI).colour == "red")

    qtbot.waitUntil(lambda: window.frame.issues._delegate.marks == {AI: ("⛵", "red")})
    assert opened.tree.currentItem().text(0) == "⛵ Import AI"
    undo(window, qtbot, lambda: row(disk(), AI).colour == "")
    assert row(disk(), AI).icon == "⛵"


def test_keys_put_newsletters_in_order_and_into_groups(opened, window, qtbot, disk):
    opened.tree.setFocus()
    press(opened, "Alt+Down")
    qtbot.waitUntil(lambda: standing(disk()) == [Place(RUST), Place(AI)])
    assert opened.tree.chosen == AI

    type_text(opened.looks.group, "Machines")
    press(opened, "Return")
    qtbot.waitUntil(lambda: standing(disk()) == [Place(RUST), Place(AI, "Machines")])
    qtbot.waitUntil(lambda: opened.tree.topLevelItem(1).text(0) == "Machines")

    opened.tree.setFocus()
    press(opened, "Alt+Up")
    qtbot.waitUntil(lambda: standing(disk()) == [Place(RUST), Place(AI)])
    undo(window, qtbot, lambda: standing(disk()) == [Place(RUST), Place(AI, "Machines")])


def test_the_menu_of_newsletters_shows_the_groups(opened, window, qtbot, disk):
    type_text(opened.looks.group, "Machines")
    press(opened, "Return")
    qtbot.waitUntil(lambda: row(disk(), AI).group == "Machines")

    menu = window.frame.issues._menu
    menu.fill(disk().newsletters(), "")

    texts = [action.text().partition("\t")[0] for action in menu.actions()]
    assert texts.index("Machines") + 1 == texts.index("Import AI")
    assert texts.index("This Week in Rust") < texts.index("Machines")


def test_all_stories_are_marked_read_and_unread_again(opened, window, qtbot, disk):
    click(opened.contents.read)
    qtbot.waitUntil(lambda: disk().stories(newsletter=AI, read=False) == [])
    qtbot.waitUntil(lambda: not opened.contents.read.isEnabled())

    undo(window, qtbot, lambda: len(disk().stories(newsletter=AI, read=False)) == 5)
    assert len(disk().stories(read=False)) == 6


def test_a_newsletter_is_removed_and_comes_back_with_its_stars(opened, window, qtbot, disk):
    first = disk().stories(newsletter=AI)[0].key
    window.library.star([first], starred=True).result()

    click(opened.contents.remove)
    qtbot.waitUntil(lambda: [each.key for each in disk().newsletters()] == [RUST])
    qtbot.waitUntil(lambda: opened.tree.topLevelItem(0).text(0) == "This Week in Rust")
    qtbot.waitUntil(lambda: window.settled)
    assert window.reading.issue == ""

    undo(window, qtbot, lambda: len(disk().issues(newsletter=AI)) == 2)
    qtbot.waitUntil(lambda: window.settled)
    assert disk().state(first).starred
    assert disk().stories(starred=True)[0].key == first


def test_with_nothing_chosen_the_page_says_so(opened):
    opened.tree.setCurrentItem(None)

    assert opened.empty.isVisible()
    assert not opened.page.isVisible()
    assert not opened.up.isEnabled()


def test_everything_is_named_for_a_screen_reader(opened):
    assert opened.tree.accessibleName() == "Newsletters"
    item = opened.tree.currentItem()
    assert item.data(0, Qt.ItemDataRole.AccessibleTextRole) == "Import AI, 2 unread issues"
    for field in (opened.looks.name, opened.looks.icon, *opened.findChildren(QComboBox)):
        assert field.parent().layout().labelForField(field)


def test_a_newsletter_removed_long_ago_is_brought_back(window, qtbot, disk):
    newsletters.remove(window.library, RUST)
    press(window, "Ctrl+Shift+N")
    opened = dialog(NewslettersDialog)
    group = opened.tree.topLevelItem(opened.tree.topLevelItemCount() - 1)
    assert group.text(0) == "Removed"

    opened.tree.setCurrentItem(group.child(0))
    assert opened.empty.text().startswith("You removed this newsletter.")
    click(opened.back)

    qtbot.waitUntil(lambda: [each.key for each in disk().newsletters()] == [AI, RUST])
    qtbot.waitUntil(lambda: window.settled)
    undo(window, qtbot, lambda: [each.key for each in disk().newsletters()] == [AI])
    qtbot.waitUntil(lambda: window.settled)


def test_a_removed_newsletter_is_no_longer_followed_until_it_comes_back(window, qtbot, disk):
    from reader.model.following import Preview
    from reader.services.following import follow, followed

    follow(window.library, Preview("https://rust.example/feed", "This Week in Rust"))
    row = newsletters.newsletter_row(window.library, RUST)
    assert [one.newsletter for one in followed(disk())] == [RUST]

    window.deeds.newsletters.remove(row)
    qtbot.waitUntil(lambda: followed(disk()) == [])
    qtbot.waitUntil(lambda: window.settled)
    undo(window, qtbot, lambda: len(followed(disk())) == 1)
    qtbot.waitUntil(lambda: window.settled)


def test_pictures_of_a_newsletter_are_loaded_as_is_chosen_there(window, opened, qtbot, disk):
    from reader.model.picture import Policy
    from reader.services.picture_cache import policy_of

    part = opened._parts[2]
    assert part.policy.currentText() == "When I ask"
    assert part.kept.text() == "None"
    part.policy.setFocus()
    press(opened, "Up")
    part.policy.activated.emit(part.policy.currentIndex())

    qtbot.waitUntil(lambda: policy_of(disk(), AI) is Policy.ALWAYS)
    qtbot.waitUntil(lambda: window.settled)
    undo(window, qtbot, lambda: policy_of(disk(), AI) is Policy.ASK)
    qtbot.waitUntil(lambda: part.policy.currentText() == "When I ask")
