import keyring
import pytest
from imap_server import Mailbox, serving
from keyrings import Keys
from mails import message
from PySide6.QtWidgets import QLineEdit
from ui.hand import click, dialog, press, type_text

from reader.services import mailboxes as service
from reader.services.mailboxes import mailboxes
from reader.ui.dialogs.mailboxes import MailboxesDialog


@pytest.fixture
def keys():
    made, before = Keys(), keyring.get_keyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def box(monkeypatch):
    """A mailbox on this machine; its server speaks no TLS, which the window would insist on."""
    box, real = Mailbox(), service.connected
    monkeypatch.setattr(
        service, "connected", lambda account, password, encrypted: real(account, password, encrypted=False)
    )
    with serving(box) as box.port:
        yield box


@pytest.fixture
def opened(window, keys):
    window.actions_by_id["library.mailboxes"].trigger()
    return dialog(MailboxesDialog)


def fill(opened, box, password=None):
    type_text(opened.host, f"127.0.0.1:{box.port}")
    type_text(opened.user, box.user)
    type_text(opened.password, password or box.password)
    press(opened, "Return")


def letter(number):
    return message(
        Subject=f"The Boat {number}: oars",
        Message_ID=f"<{number}@boat.example>",
        List_Id="The Boat <boat.example>",
    )


def test_a_mailbox_is_added_and_its_newsletters_come_in_with_a_refresh(window, opened, box, qtbot, disk):
    box.add(1, letter(1))
    fill(opened, box)
    qtbot.waitUntil(lambda: opened.list.count() == 1)
    assert opened.list.item(0).text() == f"INBOX of {box.user} at 127.0.0.1"
    assert opened.password.text() == ""
    press(opened, "Esc")

    press(window, "F5")
    qtbot.waitUntil(lambda: "The Boat" in [row.name for row in disk().newsletters()])
    qtbot.waitUntil(lambda: window.settled)


def test_a_server_that_does_not_let_us_in_is_told_and_nothing_is_kept(opened, box, qtbot, disk, keys):
    fill(opened, box, "wrong")

    qtbot.waitUntil(lambda: opened.said.property("part") == "error")
    assert opened.said.text().endswith(".")
    assert "wrong" not in opened.said.text()
    assert opened.add.isEnabled()
    assert mailboxes(disk()) == []
    assert keys.kept == {}


def test_a_mailbox_without_a_password_is_not_asked(opened, box):
    type_text(opened.host, "127.0.0.1")
    click(opened.add)

    assert opened.said.text() == "A mailbox needs a server, a user and a password."
    assert box.asked == []


def test_a_mailbox_is_removed_with_its_password_and_undo_has_both_again(opened, box, qtbot, disk, keys):
    window = opened.parent()
    fill(opened, box)
    qtbot.waitUntil(lambda: opened.list.count() == 1)
    opened.list.setCurrentRow(0)
    click(opened.remove)

    qtbot.waitUntil(lambda: opened.list.count() == 0)
    assert (mailboxes(disk()), keys.kept) == ([], {})
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: opened.list.count() == 1)
    assert list(keys.kept.values()) == [box.password]
    assert [one.user for one in mailboxes(disk())] == [box.user]


def test_the_password_is_not_to_be_read(opened):
    assert opened.password.echoMode() is QLineEdit.EchoMode.Password
    for field in (opened.host, opened.user, opened.password, opened.folder, opened.sender_field):
        assert opened.layout().itemAt(4).layout().labelForField(field)
