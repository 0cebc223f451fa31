import threading

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from served import send, serving
from ui.hand import click, dialog, dialogs, press, type_text

from reader.services.following import followed
from reader.ui.dialogs.follow import FollowDialog
from reader.ui.dialogs.newsletters.dialog import NewslettersDialog
from reader.ui.dialogs.opening import SaveList
from reader.ui.dialogs.report import ImportReport
from reader.ui.dialogs.subscriptions import SubscriptionsDialog

ISSUE = """<item><title>Boats {n}: news</title><link>https://boats.example/{n}</link>
<pubDate>Mon, 0{n} Jan 2024 10:00:00 GMT</pubDate>
<description><![CDATA[<h2>News</h2><ul>
<li><a href="https://boats.example/{n}/oars">Oars {n}</a>: they are long, and they are made of ash.</li>
<li><a href="https://boats.example/{n}/tar">Tar {n}</a>: it is black, and it keeps the water out.</li></ul>]]>
</description></item>"""


def feed(*numbers):
    issues = "".join(ISSUE.format(n=n) for n in numbers)
    return f"<rss version='2.0'><channel><title>Boats</title><link>https://boats.example/</link>{issues}</channel></rss>"


@pytest.fixture
def server():
    with serving() as served:
        served.page("/feed.xml", feed(1, 2), Content_Type="application/rss+xml")
        served.page(
            "/",
            '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><p>Boats</p></html>',
            Content_Type="text/html",
        )
        yield served


@pytest.fixture
def asking(window, qtbot):
    """The window that asks for an address."""
    QGuiApplication.clipboard().clear()
    press(window, "Ctrl+N")
    return dialog(FollowDialog)


@pytest.fixture
def boats(window, asking, server, qtbot):
    """The newsletter of the server, followed."""
    type_text(asking.address, server.root)
    press(asking, "Return")
    qtbot.waitUntil(asking.found.isVisible)
    click(asking.follow_button)
    qtbot.waitUntil(lambda: any(row.name == "Boats" for row in window.library.newsletters()))
    qtbot.waitUntil(lambda: window.settled)
    return next(row for row in window.library.newsletters() if row.name == "Boats")


def names(library):
    return sorted(row.name for row in library.newsletters())


def settled(window, qtbot):
    qtbot.waitUntil(lambda: window.settled)


def test_an_address_is_looked_at_before_it_is_followed(asking, server, qtbot, disk):
    type_text(asking.address, server.root)
    press(asking, "Return")

    qtbot.waitUntil(asking.found.isVisible)
    assert asking.name.text() == "Boats"
    assert asking.issue.text() == "Its newest issue: Boats 2: news · 2 January 2024 · 2 stories"
    assert [asking.stories.item(n).text() for n in range(2)] == ["Oars 2", "Tar 2"]
    assert followed(disk()) == []
    assert "Boats" not in names(disk())


def test_what_is_followed_comes_in_and_undo_takes_it_back(window, boats, disk, qtbot):
    assert boats.issues == 2
    assert [one.name for one in followed(disk())] == ["Boats"]

    window.undo_stack.undo()
    settled(window, qtbot)
    assert followed(disk()) == []
    assert "Boats" not in names(disk())

    window.undo_stack.redo()
    settled(window, qtbot)
    assert [one.name for one in followed(disk())] == ["Boats"]
    assert "Boats" in names(disk())


def test_an_address_with_nothing_to_follow_is_told_in_words(asking, server, qtbot):
    server.pages.clear()
    server.page("/empty", "<p>Nothing here</p>", Content_Type="text/html")
    type_text(asking.address, f"{server.root}/empty")
    press(asking, "Return")

    qtbot.waitUntil(lambda: asking.said.property("part") == "error")
    assert asking.said.text().endswith(".")
    assert not asking.follow_button.isEnabled()
    assert not asking.progress.isVisible()


def test_an_address_that_was_copied_is_there_already(window, server, qtbot):
    QGuiApplication.clipboard().setText(f"  {server.root}/feed.xml \n")
    press(window, "Ctrl+N")

    assert dialog(FollowDialog).address.text() == f"{server.root}/feed.xml"
    QGuiApplication.clipboard().clear()


def test_typing_another_address_forgets_what_was_found(asking, server, qtbot):
    type_text(asking.address, server.root)
    press(asking, "Return")
    qtbot.waitUntil(asking.found.isVisible)

    type_text(asking.address, "x")

    assert not asking.found.isVisible()
    assert not asking.follow_button.isEnabled()


def test_a_refresh_brings_what_is_new(window, boats, server, qtbot, disk):
    server.page("/feed.xml", feed(1, 2, 3), Content_Type="application/rss+xml")

    press(window, "F5")

    qtbot.waitUntil(lambda: len(disk().issues(newsletter=boats.key)) == 3)
    settled(window, qtbot)
    assert window.frame.status.work.text() == "1 new issue"


def test_a_second_f5_does_not_ask_again_what_is_being_asked(window, boats, server, qtbot):
    before, held = len(server.asked), threading.Event()

    def slow(request):
        held.wait(20)
        send(request, feed(1, 2).encode(), 200, {"Content-Type": "application/rss+xml"})

    server.pages["/feed.xml"] = slow
    press(window, "F5")
    qtbot.waitUntil(lambda: len(server.asked) > before)
    press(window, "F5")
    press(window, "F5")
    held.set()

    settled(window, qtbot)
    assert len(server.asked) == before + 1


def test_what_fails_is_told_with_the_newsletters_name(window, boats, server, qtbot):
    server.page("/feed.xml", "no", status=500)

    press(window, "F5")

    qtbot.waitUntil(window.frame.error_bar.isVisible)
    assert window.frame.error_bar.text.text().startswith("Boats: ")
    assert not window.frame.error_bar.details.isVisible()
    settled(window, qtbot)


def test_the_page_of_the_newsletter_tells_how_it_went_and_stops_it(window, boats, server, qtbot, disk):
    server.page("/feed.xml", "no", status=500)
    press(window, "F5")
    qtbot.waitUntil(window.frame.error_bar.isVisible)
    settled(window, qtbot)
    window.reading.open_issue(disk().issues(newsletter=boats.key)[0].key)

    press(window, "Ctrl+Shift+N")
    page = dialog(NewslettersDialog)
    part = page._parts[1]
    assert part.told.text().startswith(f"{server.root}/feed.xml\n")
    assert part.log.count() == 1
    part.policy.setFocus()
    press(page, "End")
    part.policy.activated.emit(part.policy.currentIndex())
    click(part.stop)

    qtbot.waitUntil(lambda: followed(disk()) == [])
    qtbot.waitUntil(lambda: part.told.text().startswith("Nothing is followed."))
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: len(followed(disk())) == 1)


def test_the_list_of_newsletters_shows_which_could_not_be_refreshed(window, boats, server, qtbot):
    server.page("/feed.xml", "no", status=500)
    press(window, "F5")
    qtbot.waitUntil(window.frame.error_bar.isVisible)
    settled(window, qtbot)

    press(window, "Ctrl+Shift+N")
    tree = dialog(NewslettersDialog).tree
    [item] = tree.findItems("Boats", Qt.MatchFlag.MatchEndsWith)
    error = followed(window.library)[0].error
    assert item.text(0) == "⚠ Boats"
    assert item.toolTip(0) == f"Boats\n{error}"
    assert item.data(0, Qt.ItemDataRole.AccessibleTextRole) == f"Boats, 2 unread issues. {error}"

    server.page("/feed.xml", feed(1, 2), Content_Type="application/rss+xml")
    tree.setCurrentItem(item)
    click(dialog(NewslettersDialog)._parts[1].refresh)
    qtbot.waitUntil(lambda: tree.findItems("Boats", Qt.MatchFlag.MatchExactly) != [])
    settled(window, qtbot)


def test_a_newsletter_that_is_refreshed_only_when_asked_is_left_alone(window, boats, server):
    from reader.services.newsletters import due_by_themselves, set_refresh_policy

    tomorrow = 2_000_000_000.0
    assert due_by_themselves(window.library, 60, tomorrow) == [f"{server.root}/feed.xml"]
    set_refresh_policy(window.library, boats.key, "never").result()
    assert due_by_themselves(window.library, 60, tomorrow) == []
    set_refresh_policy(window.library, boats.key, "daily").result()
    assert due_by_themselves(window.library, 60, tomorrow) == [f"{server.root}/feed.xml"]
    checked = followed(window.library)[0].checked
    assert checked
    set_refresh_policy(window.library, boats.key, "often").result()


def test_nothing_is_asked_by_itself_where_the_settings_say_so(window, boats, server, qtbot):
    asked = len(server.asked)
    window.preferences.change(refresh_minutes=0)

    window.begin_news()
    settled(window, qtbot)
    window.deeds.news.following.refresh_due()
    settled(window, qtbot)

    assert len(server.asked) == asked


def test_pictures_of_what_is_new_are_fetched_where_the_reader_allows_it(
    window, boats, server, qtbot, monkeypatch
):
    asked = []
    monkeypatch.setattr(window.presenters.pictures, "fetch_issues", asked.append)
    server.page("/feed.xml", feed(1, 2, 3), Content_Type="application/rss+xml")

    press(window, "F5")

    qtbot.waitUntil(lambda: asked != [])
    assert asked == [(f"{boats.key}/3",)]
    settled(window, qtbot)


def test_an_address_that_is_pasted_is_looked_at(window, server, qtbot):
    QGuiApplication.clipboard().setText(f"{server.root}/feed.xml")
    press(window, "Ctrl+V")

    asking = dialog(FollowDialog)
    qtbot.waitUntil(asking.found.isVisible)
    assert asking.name.text() == "Boats"
    QGuiApplication.clipboard().clear()


def test_a_text_that_is_pasted_is_an_issue_and_is_one_when_pasted_again(window, qtbot, disk):
    QGuiApplication.clipboard().setText(
        "# Tides\n\n- [Spring](https://tides.example/a): they are high, at new moon and at full moon.\n"
        "- [Neap](https://tides.example/b): they are low, when the moon is a half one.\n"
    )
    press(window, "Ctrl+V")
    qtbot.waitUntil(lambda: "Pasted" in names(disk()))
    settled(window, qtbot)
    assert [row.title for row in disk().stories(newsletter="pasted")] == ["Spring", "Neap"]
    assert window.frame.toast.text.text() == "Took in what you pasted"
    click(window.frame.toast.action)
    qtbot.waitUntil(lambda: window.reading.issue.startswith("pasted/"))

    press(window, "Ctrl+V")
    qtbot.waitUntil(lambda: window.frame.toast.text.text() == "What you pasted is here already")
    settled(window, qtbot)
    assert len(disk().issues(newsletter="pasted")) == 1
    QGuiApplication.clipboard().clear()


def test_with_nothing_copied_a_paste_says_so(window):
    QGuiApplication.clipboard().clear()
    press(window, "Ctrl+V")
    assert window.frame.status.work.text() == "There is no text to paste"


def test_ctrl_v_in_the_search_field_pastes_there(window):
    QGuiApplication.clipboard().setText("penguins")
    press(window, "Ctrl+K")
    press(window, "Ctrl+V")
    assert window.frame.search_field.text() == "penguins"
    QGuiApplication.clipboard().clear()


def page_of(number, previous):
    back = f'<a href="/issues/{previous}">Previous issue</a>' if previous else ""
    return (
        f"<html><head><title>Boats {number}</title></head><body><article><h1>Boats {number}</h1>"
        f"{ISSUE.format(n=number).partition('[CDATA[')[2].partition(']]')[0]}</article>{back}</body></html>"
    )


@pytest.fixture
def archive(server):
    """A newsletter whose issues lead from one to the one before; the older ones answer when they may."""
    held, asked = threading.Event(), threading.Event()
    item = ISSUE.replace("https://boats.example/{n}<", f"{server.root}/issues/{{n}}<").format(n=9)
    server.page(
        "/feed.xml",
        f"<rss version='2.0'><channel><title>Boats</title><link>{server.root}/</link>{item}</channel></rss>",
        Content_Type="application/rss+xml",
    )
    server.page("/issues/9", page_of(9, 8), Content_Type="text/html")

    def slow(request):
        asked.set()
        held.wait(20)
        send(request, page_of(8, 0).encode(), 200, {"Content-Type": "text/html"})

    server.pages["/issues/8"] = slow
    server.held, server.older_asked = held, asked
    yield server
    held.set()


def follow_with_older(asking, server, qtbot):
    type_text(asking.address, f"{server.root}/feed.xml")
    press(asking, "Return")
    qtbot.waitUntil(asking.found.isVisible)
    asking.older.setChecked(True)
    press(asking, "Return")


def test_older_issues_are_told_of_as_such(window, asking, archive, qtbot, disk):
    follow_with_older(asking, archive, qtbot)

    qtbot.waitUntil(lambda: window.frame.status.work.text() == "Looking for older issues…")
    archive.held.set()
    qtbot.waitUntil(lambda: "Boats" in names(disk()) and window.settled, timeout=20_000)
    assert window.frame.status.work.text() == "1 older issue"


def test_undoing_what_was_followed_stops_its_older_issues(window, asking, archive, qtbot, disk):
    follow_with_older(asking, archive, qtbot)
    qtbot.waitUntil(archive.older_asked.is_set, timeout=20_000)

    press(window, "Ctrl+Z")

    qtbot.waitUntil(lambda: followed(disk()) == [] and "Boats" not in names(disk()), timeout=10_000)
    assert not archive.held.is_set()
    settled(window, qtbot)


def test_a_cancel_says_that_older_issues_go_on_another_time_and_keeps_what_was_undone(
    window, asking, archive, qtbot, disk
):
    follow_with_older(asking, archive, qtbot)
    qtbot.waitUntil(archive.older_asked.is_set, timeout=20_000)
    window.deeds.news.following.run(lambda _stop: done.append("step back"), lambda _: None, kept=True)
    window.deeds.news.following.run(lambda _stop: done.append("refresh"), lambda _: None)
    done = []

    click(window.frame.status.cancel)

    settled(window, qtbot)
    assert done == ["step back"]
    assert window.frame.status.work.text() == (
        "Stopped: No older issues came in. The next time it goes on from there."
    )


def test_what_came_of_following_is_a_press_away(window, boats, qtbot):
    toast = window.frame.toast
    assert toast.text.text() == "2 issues came in"
    assert not window.reading.issue.startswith(boats.key)

    click(toast.action)
    assert window.reading.issue == f"{boats.key}/2"


def test_of_several_that_fail_the_details_name_each(window, boats, server, qtbot):
    server.page("/other.xml", feed(7).replace(">Boats<", ">Other Boats<"), Content_Type="application/rss+xml")
    window.deeds.news.following.look_at(
        f"{server.root}/other.xml", window.deeds.news.following.follow, pytest.fail
    )
    qtbot.waitUntil(lambda: len(followed(window.library)) == 2)
    settled(window, qtbot)
    for path in ("/feed.xml", "/other.xml"):
        server.page(path, "no", status=500)

    press(window, "F5")
    qtbot.waitUntil(window.frame.error_bar.isVisible)
    settled(window, qtbot)
    assert window.frame.status.work.text() == "Nothing new, 2 newsletters could not be asked"
    click(window.frame.error_bar.details)
    box = dialog(QMessageBox)
    lines = box.informativeText().splitlines()
    assert sorted(line.partition(":")[0] for line in lines) == ["Boats", "Other Boats"]
    press(box, "Esc")


def test_the_dialog_is_low_until_something_was_found(asking, server, qtbot):
    assert asking.height() < 250
    type_text(asking.address, server.root)
    press(asking, "Return")
    qtbot.waitUntil(asking.found.isVisible)
    assert asking.height() > 450


def test_the_dialog_does_not_grow_off_the_screen(asking, server, qtbot):
    room = asking.screen().availableGeometry()
    asking.move(asking.x(), room.bottom() - asking.height())
    type_text(asking.address, server.root)
    press(asking, "Return")

    qtbot.waitUntil(asking.found.isVisible)
    qtbot.waitUntil(lambda: room.contains(asking.geometry()))


def test_a_link_that_is_dropped_from_a_browser_is_looked_at(window, server, qtbot):
    data = QMimeData()
    data.setUrls([QUrl(f"{server.root}/feed.xml")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert window.frame.status.work.text() == "Drop to follow"
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, left, none))

    asked = dialog(FollowDialog)
    qtbot.waitUntil(asked.found.isVisible)
    assert asked.name.text() == "Boats"


OPML = """<opml version="2.0"><body><outline text="Sea">
<outline text="Boats" type="rss" xmlUrl="{root}/feed.xml"/></outline>
<outline text="Trains" type="rss" xmlUrl="{root}/trains.xml"/></body></opml>"""


def test_a_list_of_newsletters_that_is_dropped_is_followed_where_it_is_ticked(
    window, server, qtbot, disk, tmp_path
):
    file = tmp_path / "mine.opml"
    file.write_text(OPML.format(root=server.root), encoding="utf-8")
    window.take_in([file])
    qtbot.waitUntil(lambda: dialogs(SubscriptionsDialog) != [])
    asked = dialog(SubscriptionsDialog)
    assert [asked.list.item(n).text() for n in range(2)] == ["Boats  ·  Sea", "Trains"]
    assert asked.follow_button.text() == "&Follow 2 Newsletters"
    assert not dialogs(ImportReport)

    asked.list.setCurrentRow(1)
    press(asked, "Space")
    assert asked.follow_button.text() == "&Follow 1 Newsletter"
    press(asked, "Return")

    qtbot.waitUntil(lambda: [one.name for one in followed(disk())] == ["Boats"])
    settled(window, qtbot)
    press(window, "Ctrl+Z")
    qtbot.waitUntil(lambda: followed(disk()) == [])
    settled(window, qtbot)


def test_what_is_followed_is_written_for_other_readers(window, boats, server, qtbot, tmp_path):
    window.actions_by_id["library.export_list"].trigger()
    asked = dialog(SaveList)
    file = tmp_path / "mine.opml"
    asked.fileSelected.emit(str(file))
    asked.reject()

    qtbot.waitUntil(file.exists)
    settled(window, qtbot)
    assert f'xmlUrl="{server.root}/feed.xml"' in file.read_text(encoding="utf-8")
    assert window.frame.status.work.text() == "Wrote 1 newsletter into mine.opml"


def test_with_nothing_followed_there_is_no_list_to_write(window):
    window.deeds.news.ask_file()
    assert window.frame.status.work.text() == "No newsletter is followed yet"
    assert dialogs(SaveList) == []


def test_a_page_that_holds_nothing_to_follow_is_read_by_itself(asking, window, server, qtbot, disk):
    server.pages.clear()
    page = "<html><head><title>Tides</title></head><body><h1>Tides</h1><p>They come and go.</p></body></html>"
    server.page("/tides", page, Content_Type="text/html")
    type_text(asking.address, f"{server.root}/tides")
    press(asking, "Return")
    qtbot.waitUntil(asking.page_button.isVisible)

    click(asking.page_button)

    qtbot.waitUntil(lambda: "Tides" in [row.title for row in disk().stories()])
    settled(window, qtbot)
    assert followed(disk()) == []
