import ssl

import keyring
import make
import pytest
from imap_server import Mailbox, serving
from keyrings import Keys, NoKeys
from mails import message

from reader.model import ImporterError, NotFoundError, StoreError
from reader.model.mailbox import MailAccount, account_from
from reader.services import mailboxes as service
from reader.services.mailboxes import (
    add_mailbox,
    find_mailbox,
    mailboxes,
    refresh_mailboxes,
    remove_mailbox,
)

LISTED = {"List_Id": "The Boat <boat.example>"}


@pytest.fixture
def keys(monkeypatch):
    made = Keys()
    before = keyring.get_keyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def box():
    return Mailbox()


@pytest.fixture
def account(box):
    with serving(box) as port:
        yield MailAccount("127.0.0.1", box.user, port)


def letter(number, **fields):
    return message(
        Subject=f"The Boat {number}: oars", Message_ID=f"<{number}@boat.example>", **(LISTED | fields)
    )


@pytest.fixture
def added(library, account, box, keys):
    add_mailbox(library, account, box.password, encrypted=False)
    return account


def refresh(library, accounts=None, **more):
    return refresh_mailboxes(library, accounts, encrypted=False, **more)


def labels(library):
    return sorted(row.label for row in library.issues())


def test_newsletters_come_in_and_other_mail_stays_out(library, box, added):
    box.add(1, letter(1), "\\Seen")
    box.add(2, message("Dear you", Message_ID="<p@e>"))
    box.add(3, letter(2), "\\Flagged")
    report = refresh(library)

    assert (report.added, [problem.reason for problem in report.problems]) == (
        2,
        ["1 mail that is no newsletter was left out."],
    )
    assert labels(library) == ["The Boat 1", "The Boat 2"]
    assert {row.issue_label for row in library.stories(starred=True)} == {"The Boat 2"}
    assert {row.issue_label for row in library.stories(read=True)} == {"The Boat 1"}


def test_no_mail_is_changed_or_marked_as_read(library, box, added):
    box.add(1, letter(1))
    refresh(library)

    words = {line.split()[0].upper() for line in box.asked} - {"UID"}
    assert words <= {"CAPABILITY", "LOGIN", "EXAMINE", "LOGOUT"}
    assert all("PEEK" in line for line in box.asked if "FETCH" in line.upper())
    assert "SELECT" not in words


def test_only_what_is_new_is_fetched(library, box, added):
    box.add(1, letter(1))
    refresh(library)
    box.asked.clear()
    assert refresh(library).added == 0
    assert not any("fetch" in line.lower() for line in box.asked)

    box.add(2, letter(2))
    assert refresh(library).added == 1
    assert [line for line in box.asked if line.lower().startswith("uid fetch 1 ")] == []


def test_when_the_server_counts_anew_all_is_looked_at_and_nothing_comes_twice(library, box, added):
    box.add(5, letter(1))
    refresh(library)
    box.validity = 8
    box.folders["INBOX"] = {}
    box.add(1, letter(1))
    box.add(2, letter(2))
    report = refresh(library)

    assert (report.added, report.unchanged) == (1, 1)
    assert labels(library) == ["The Boat 1", "The Boat 2"]


def test_of_a_sender_all_mails_come_in(library, box, account, keys):
    box.add(1, letter(1))
    box.add(2, message("Dear you", From="Bob <bob@example.org>", Subject="Hello", Message_ID="<b@e>"))
    add_mailbox(library, account._replace(sender="bob@example.org"), box.password, encrypted=False)

    assert refresh(library).added == 1
    assert labels(library) == ["Hello"]


def test_a_folder_is_read_and_no_other(library, box, account, keys):
    box.add(1, letter(1))
    box.add(1, letter(2), folder="Lists/Boats")
    add_mailbox(library, account._replace(folder="Lists/Boats"), box.password, encrypted=False)
    refresh(library)

    assert labels(library) == ["The Boat 2"]


def test_a_mail_that_is_too_large_is_told_of_and_not_fetched(library, box, added, monkeypatch):
    monkeypatch.setattr("reader.importers.imap.LIMIT", 10_000)
    box.add(1, letter(1, X_Long="x" * 20_000))
    box.add(2, letter(2))
    report = refresh(library)

    assert (report.added, len(report.problems)) == (1, 1)
    assert "was left out" in report.problems[0].reason
    assert not any(line.lower().startswith("uid fetch 1 (uid flags") for line in box.asked)


def test_what_came_before_it_was_stopped_stays_and_the_rest_comes_later(library, box, added, monkeypatch):
    monkeypatch.setattr(service, "_TOGETHER", 2)
    for number in range(1, 7):
        box.add(number, letter(number))
    told = []
    first = refresh(library, progress=told.append, cancelled=lambda: len(told) >= 3)
    assert first.cancelled
    assert 2 <= first.added < 6
    assert (told[0].done, told[0].total) == (1, 6)

    box.asked.clear()
    assert refresh(library).added == 6 - first.added
    assert not any(line.lower().startswith("uid fetch 1") for line in box.asked)


def test_the_password_is_in_the_keyring_and_in_no_file(library, box, added, keys, tmp_path):
    box.add(1, letter(1))
    refresh(library)
    library.close()

    assert list(keys.kept.values()) == [box.password]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b'pass "word"' not in path.read_bytes()
            assert b'pass \\"word\\"' not in path.read_bytes()


def test_a_wrong_password_is_refused_and_nothing_is_kept(library, account, keys):
    with pytest.raises(ImporterError) as caught:
        add_mailbox(library, account, "secret-that-is-wrong", encrypted=False)

    assert str(caught.value) == "127.0.0.1 does not let ada@example.org in with this password."
    assert "secret-that-is-wrong" not in repr(caught.value.__dict__) + repr(caught.value.__cause__)
    assert (mailboxes(library), keys.kept) == ([], {})


def test_a_folder_that_is_not_there_is_said(library, box, account, keys):
    with pytest.raises(ImporterError, match=r"has no folder “Nowhere” for ada@example.org\.$"):
        add_mailbox(library, account._replace(folder="Nowhere"), box.password, encrypted=False)


def test_a_server_that_is_not_there_or_hangs_up_stops_no_other(library, box, added, keys):
    gone = added._replace(port=1)
    keys.set_password("Tearsheet", gone.login, "x")
    box.add(1, letter(1))
    report = refresh(library, [gone, added])

    assert report.added == 1
    assert [problem.reason for problem in report.problems] == [
        "127.0.0.1 could not be reached: Connection refused."
    ]

    box.mute_after = "UID SEARCH"
    report = refresh(library)
    assert [problem.reason for problem in report.problems] == [
        "127.0.0.1 answered in a way that is not understood."
    ]


def test_a_server_without_encryption_is_sent_nothing(library, box, account, keys):
    with pytest.raises(ImporterError, match=r"speaks no TLS"):
        add_mailbox(library, account, box.password)

    assert "LOGIN" not in box.asked


@pytest.mark.parametrize("sender", ['a" OR ALL', "a\r\nx", "Küste"])
def test_a_sender_is_no_way_to_another_command(library, box, account, keys, sender):
    with pytest.raises(ImporterError, match="The sender has to be an address"):
        add_mailbox(library, account._replace(sender=sender), box.password, encrypted=False)


def test_without_a_keyring_no_mailbox_is_added(library, box, account):
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeys())
    try:
        with pytest.raises(StoreError, match="has no keyring"):
            add_mailbox(library, account, box.password, encrypted=False)
    finally:
        keyring.set_keyring(before)
    assert mailboxes(library) == []


def test_a_password_that_is_gone_is_asked_for(library, added, keys):
    keys.kept.clear()

    [problem] = refresh(library).problems
    assert problem.reason.startswith("The keyring has no password for ada@example.org at 127.0.0.1.")


def test_a_removed_mailbox_takes_its_password_along_when_nothing_else_needs_it(library, box, account, keys):
    other = account._replace(folder="Lists")
    box.add(1, letter(1), folder="Lists")
    for one in (account, other):
        add_mailbox(library, one, box.password, encrypted=False)

    remove_mailbox(library, other)
    assert (mailboxes(library), len(keys.kept)) == ([account], 1)
    remove_mailbox(library, account)
    assert (mailboxes(library), keys.kept) == ([], {})
    remove_mailbox(library, account)


def test_a_mailbox_is_found_by_what_names_it_alone(library, box, account, keys):
    add_mailbox(library, account, box.password, encrypted=False)
    assert find_mailbox(library, "127.0.0.1") == find_mailbox(library, account.key) == account
    box.folders["Lists"] = {}
    add_mailbox(library, account._replace(folder="Lists"), box.password, encrypted=False)

    with pytest.raises(NotFoundError, match="names 2 mailboxes"):
        find_mailbox(library, account.user)
    with pytest.raises(NotFoundError, match="no mailbox"):
        find_mailbox(library, "elsewhere")


def test_mailboxes_outlive_the_database(library, added, tmp_path):
    library.close()
    for path in (tmp_path / "library").glob("*.sqlite*"):
        path.unlink()
    again = make.library(tmp_path / "library")

    assert mailboxes(again) == [added]
    again.close()


@pytest.mark.parametrize(
    "value", [{}, {"host": 1}, {"host": "h", "user": "u", "folder": "f", "sender": "", "port": "x"}]
)
def test_what_is_no_account_is_none(value):
    assert account_from(value) is None


def test_an_account_is_written_down_and_read_again():
    account = MailAccount("mail.example.org", "ada@example.org", folder="Lists/Boats", sender="a@b.example")

    assert account_from(account._asdict()) == account
    assert account.key == "imap://ada%40example.org@mail.example.org/Lists%2FBoats?from=a%40b.example"


def test_the_server_has_to_prove_who_it_is(library, account, keys, monkeypatch):
    contexts = []

    def refuse(host, port, *, timeout, ssl_context):
        contexts.append(ssl_context)
        raise ssl.SSLCertVerificationError

    monkeypatch.setattr("imap_tools.MailBox", refuse)
    with pytest.raises(ImporterError, match=r"did not prove that it is 127\.0\.0\.1"):
        add_mailbox(library, account, "x")

    assert [(one.verify_mode, one.check_hostname) for one in contexts] == [(ssl.CERT_REQUIRED, True)]
