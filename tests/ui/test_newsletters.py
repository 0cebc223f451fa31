import threading
import time

import make
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTreeWidget
from ui.hand import click, dialog, press, type_text

from reader.model import NewsletterRow
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


def test_a_long_name_is_cut_in_the_menu_of_newsletters_and_told_whole_on_it(window):
    rows = [NewsletterRow("long", ("Letter of the harbour and all of its boats " * 3).strip(), 1, 1)]
    menu = window.frame.issues._menu
    menu.fill(rows, "")

    action = next(each for each in menu.actions() if each.data() == "long")
    assert action.text().endswith("…\t1")
    assert action.toolTip() == rows[0].name
    assert menu.sizeHint().width() < 600


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
    assert opened.looks.group.lineEdit().accessibleName() == "Group"


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


def test_a_newsletter_that_was_dropped_elsewhere_is_still_the_chosen_one(opened, qtbot, disk, monkeypatch):
    def as_qt_does(tree, _event):
        """Take the item out, which chooses the next one, and put it in elsewhere."""
        tree.addTopLevelItem(tree.takeTopLevelItem(0))

    tree = opened.tree
    monkeypatch.setattr(QTreeWidget, "dropEvent", as_qt_does)
    tree.dropEvent(None)

    qtbot.waitUntil(lambda: standing(disk()) == [Place(RUST), Place(AI)])
    assert tree.chosen == AI
    assert opened.looks.name.text() == "Import AI"


def test_what_was_done_is_told_in_the_window_and_undone_there(opened, qtbot, disk):
    click(opened.contents.remove)
    qtbot.waitUntil(lambda: [each.key for each in disk().newsletters()] == [RUST])
    assert opened.told.text() == "Removed “Import AI”; what you did with its stories is kept"
    qtbot.waitUntil(lambda: opened.tree.chosen_removed == AI and opened.back.isVisible())

    opened.tree.setFocus()
    press(opened, "Ctrl+Z")
    qtbot.waitUntil(lambda: len(disk().issues(newsletter=AI)) == 2)
    qtbot.waitUntil(lambda: opened.tree.chosen == AI)
    assert opened.told.text() == ""
    assert not opened.undo.isVisible()

    press(opened, "Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: [each.key for each in disk().newsletters()] == [RUST])
    qtbot.waitUntil(lambda: opened.tree.chosen_removed == AI)


def test_what_is_being_typed_outlives_news_of_the_newsletter(opened, window, qtbot):
    opened.looks.name.selectAll()
    type_text(opened.looks.name, "Mach")
    group = opened.looks.group.lineEdit()

    window.library.star([window.library.stories(newsletter=AI)[0].key], starred=True).result()
    window.library.rename_newsletter(RUST, "Rust").result()
    qtbot.waitUntil(lambda: opened.tree.topLevelItem(1).text(0) == "Rust")
    assert opened.looks.name.text() == "Mach"

    type_text(group, "Gro")
    window.library.rename_newsletter(RUST, "Rusty").result()
    qtbot.waitUntil(lambda: opened.tree.topLevelItem(1).text(0) == "Rusty")
    assert group.text() == "Gro"
    group.clear()


def test_no_two_parts_of_the_page_share_a_mnemonic(opened):
    texts = [w.text() for w in (*opened.findChildren(QLabel), *opened.findChildren(QAbstractButton))]
    letters = [text[text.index("&") + 1].casefold() for text in texts if "&" in text.replace("&&", "")]
    assert sorted(letters) == sorted(set(letters))
    assert len(letters) > 12


def test_the_fields_of_all_parts_begin_at_one_line(opened):
    pictures, contents = opened._parts[2], opened.contents
    lefts = {
        widget.mapTo(opened, QPoint(0, 0)).x()
        for widget in (opened.looks.name, opened.looks.colour, pictures.policy, pictures.kept, contents.holds)
    }
    assert len(lefts) == 1


def test_the_last_newsletter_that_is_removed_can_be_brought_back(window, qtbot, disk):
    for key in (AI, RUST):
        newsletters.remove(window.library, key)
    qtbot.waitUntil(lambda: window.counts.issues == 0 and window.settled)

    press(window, "Ctrl+Shift+N")
    opened = dialog(NewslettersDialog)
    group = opened.tree.topLevelItem(0)
    opened.tree.setCurrentItem(group.child(0))
    click(opened.back)

    qtbot.waitUntil(lambda: [each.key for each in disk().newsletters()] == [AI])
    qtbot.waitUntil(lambda: window.settled)


def test_with_no_newsletters_at_all_the_window_says_how_to_begin(start):
    window = start().window
    press(window, "Ctrl+Shift+N")
    assert dialog(NewslettersDialog).empty.text().startswith("There are no newsletters yet.")


def test_a_newsletter_that_is_followed_and_has_no_issue_yet_is_there_to_be_stopped(window, qtbot, disk):
    from reader.model.following import Preview
    from reader.services.following import follow, followed

    follow(window.library, Preview("https://quiet.example/feed", "Quiet Letter"))
    press(window, "Ctrl+Shift+N")
    opened = dialog(NewslettersDialog)
    last = opened.tree.topLevelItem(opened.tree.topLevelItemCount() - 1)
    assert last.text(0) == "Quiet Letter"

    opened.tree.setCurrentItem(last)
    assert opened.contents.holds.text() == "No issue yet"
    assert not opened.contents.remove.isEnabled()
    assert not opened.up.isEnabled()
    click(opened._parts[1].stop)

    qtbot.waitUntil(lambda: followed(disk()) == [])
    qtbot.waitUntil(lambda: opened.tree.topLevelItemCount() == 2)


def test_the_window_is_not_held_up_by_a_removal_that_takes_long(opened, window, qtbot, monkeypatch):
    going, let_go = threading.Event(), threading.Event()

    def slow(library, key):
        going.set()
        assert let_go.wait(20)

    monkeypatch.setattr("reader.ui.newsletters.remove", slow)
    click(opened.contents.remove)
    assert going.wait(20)

    begun = time.monotonic()
    assert len(opened._newsletters.rows()) == 2
    window.presenters.marks.writes.settle()
    assert time.monotonic() - begun < 1
    let_go.set()
    qtbot.waitUntil(lambda: window.settled)


def test_removing_and_bringing_back_are_done_in_their_order(opened, window, qtbot, disk, monkeypatch):
    done = []
    monkeypatch.setattr("reader.ui.newsletters.remove", lambda _library, key: done.append(f"remove {key}"))
    monkeypatch.setattr("reader.ui.newsletters.bring_back", lambda _library, key: done.append(f"back {key}"))

    click(opened.contents.remove)
    for _ in range(3):
        window.undo_stack.undo()
        window.undo_stack.redo()

    qtbot.waitUntil(lambda: window.settled)
    assert done == [f"remove {AI}", *[f"back {AI}", f"remove {AI}"] * 3]


def test_some_newsletter_is_always_chosen_at_first(window, qtbot):
    window.reading.open_starred()
    press(window, "Ctrl+Shift+N")
    assert dialog(NewslettersDialog).looks.name.text() == "Import AI"
    assert dialog(NewslettersDialog).tree.currentItem().isSelected()


def test_a_change_of_one_of_many_leaves_the_list_where_it_is_scrolled_to(window, qtbot):
    for n in range(40):
        window.library.put(make.issue(["One", "Two"], newsletter=f"Letter {n:02}", number="1")).result()
    qtbot.waitUntil(lambda: window.counts.issues == 43 and window.settled)
    press(window, "Ctrl+Shift+N")
    opened = dialog(NewslettersDialog)
    tree = opened.tree
    tree.setCurrentItem(tree.topLevelItem(20))
    bar = tree.verticalScrollBar()
    bar.setValue(bar.value() + 5)
    scrolled = bar.value()

    window.library.rename_newsletter("letter-20", "Letter of the harbour and all of its boats " * 4).result()

    qtbot.waitUntil(lambda: tree.findItems("Letter of", Qt.MatchFlag.MatchStartsWith) != [])
    qtbot.waitUntil(lambda: window.settled)
    assert bar.value() == scrolled
    assert tree.viewport().rect().contains(tree.visualItemRect(tree.currentItem()).center())


def test_of_a_long_name_the_beginning_is_seen(opened, window, qtbot):
    window.library.rename_newsletter(AI, "Letter of the harbour and all of its boats " * 4).result()
    qtbot.waitUntil(lambda: opened.looks.name.text().startswith("Letter"))
    assert opened.looks.name.cursorPosition() == 0
