import io
import json

import pytest

from reader.model.mailbox import MailAccount
from reader.services import mailboxes as service
from reader.services.importing import Report
from reader.services.progress import Problem


@pytest.fixture
def added(monkeypatch):
    """What was added, as no server is asked."""
    told = []

    def add(library, account, password):
        from reader.store import mailboxes as stored

        told.append((account, password))
        library.record(lambda _: [stored.fact(account, present=True)]).result()

    monkeypatch.setattr(service, "add_mailbox", add)
    monkeypatch.setattr(service, "password_of", lambda _login: "")
    monkeypatch.setattr(service, "forget_password", told.append)
    monkeypatch.setattr("sys.stdin", io.StringIO("pass word \n"))
    return told


def test_a_mailbox_is_added_with_a_password_from_standard_input(run, added):
    out, err, status = run(
        "mailbox", "add", "imap.example.org:1993", "--user", "ada", "--folder", "Lists", "--from", "b@c.d"
    )

    assert (err, status) == ("", 0)
    assert out == "Newsletters come in from Lists of ada at imap.example.org now.\n"
    assert added == [(MailAccount("imap.example.org", "ada", 1993, "Lists", "b@c.d"), "pass word ")]


def test_mailboxes_are_listed_without_a_password_and_removed(run, added):
    run("mailbox", "add", "imap.example.org", "--user", "ada")

    assert run("mailbox", "list") == ("imap://ada@imap.example.org/INBOX\n", "", 0)
    assert json.loads(run("mailbox", "list", "--json")[0]) == {
        "key": "imap://ada@imap.example.org/INBOX",
        "host": "imap.example.org",
        "user": "ada",
        "port": 993,
        "folder": "INBOX",
        "sender": "",
    }
    assert run("mailbox", "remove", "ada") == (
        "Nothing more comes in from imap://ada@imap.example.org/INBOX.\n",
        "",
        0,
    )
    assert added[-1] == "ada@imap.example.org"
    assert run("mailbox", "list") == ("", "", 0)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            ("add", "imap.example.org:x", "--user", "ada"),
            "“imap.example.org:x” is no server: write HOST or HOST:PORT.\n",
        ),
        (("remove", "ada"), "There is no mailbox “ada”.\n"),
        (("refresh", "ada"), "There is no mailbox “ada”.\n"),
    ],
)
def test_what_cannot_be_done_is_said(run, added, words, reason):
    assert run("mailbox", *words) == ("", reason, 1)


def test_no_password_adds_nothing(run, added, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    assert run("mailbox", "add", "imap.example.org", "--user", "ada") == ("", "No password was given.\n", 1)
    assert added == []


@pytest.mark.parametrize(
    ("report", "printed"),
    [
        (Report(added=2), ("2 issues came in.\n", "", 0)),
        (
            Report(cancelled=True),
            ("0 issues came in. Stopped; the rest comes in with the next import.\n", "", 130),
        ),
        (
            Report(added=1, problems=(Problem("imap://a", "It is gone."),)),
            ("1 issue came in, 1 left out.\n", "imap://a: It is gone.\n", 1),
        ),
    ],
)
def test_a_refresh_says_what_came_of_it(run, monkeypatch, report, printed):
    monkeypatch.setattr(service, "refresh_mailboxes", lambda library, accounts, **more: report)

    assert run("mailbox", "refresh") == printed
