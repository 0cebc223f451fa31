import plistlib
import tracemalloc

import pytest
from mails import WORDS, mailbox, message

from reader.importers.mail import importer as mail
from reader.importers.maildir import importer as maildir
from reader.importers.mbox import importer as mbox
from reader.importers.mbox import messages_in
from reader.model import ImporterError, State, file_of

LISTED = {"List_Id": "The Boat <boat.example>"}
PERSONAL = message("Dear you", kind="text/plain", Message_ID="<personal@e>")


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def emlx(data, flags):
    said = plistlib.dumps({"flags": flags, "date-received": 1700000000})
    return f"{len(data):<10}\n".encode() + data + said


# --- Files


def test_mail_files_of_a_folder_are_listed_and_temporary_ones_are_not(tmp_path):
    for name in (
        "b 10.eml",
        "b 9.EML",
        "deep/c.eml",
        ".hidden.eml",
        "~x.eml",
        "x.eml.part",
        "notes.md",
        "p.png",
    ):
        write(tmp_path / name, b"x")

    found = [location.removeprefix(f"{tmp_path}/") for location in mail.locations(str(tmp_path), pytest.fail)]

    assert found == ["b 10.eml", "b 9.EML", "deep/c.eml"]


def test_a_message_is_told_by_its_beginning_where_its_name_does_not_tell(tmp_path):
    assert mail.accepts(str(write(tmp_path / "saved message", message())))
    assert mail.accepts(str(write(tmp_path / "1700.M1.host:2,S", message())))
    assert not mail.accepts(str(write(tmp_path / "post.md", message())))
    assert not mail.accepts(str(write(tmp_path / "notes", b"Title: Oars\nDate: today\n\nWords.")))
    assert not mail.accepts(str(write(tmp_path / "Inbox", mailbox(message()))))
    assert not mail.accepts(str(tmp_path / "nowhere"))


def test_a_mail_that_is_named_comes_in_though_it_is_no_newsletter(tmp_path):
    raw = mail.read(str(write(tmp_path / "one.eml", PERSONAL)))

    assert (raw.text, raw.newsletter) == ("Dear you", "The Boat")


@pytest.mark.parametrize(
    ("flags", "state"),
    [
        (0, State()),
        (1, State(read=True)),
        (16, State(starred=True)),
        (8590195729, State(read=True, starred=True)),
    ],
)
def test_apple_mails_files_tell_what_was_done_with_them(tmp_path, flags, state):
    raw = mail.read(str(write(tmp_path / "1.emlx", emlx(message(), flags))))

    assert (raw.name, raw.state) == ("The Boat 12: oars", state)


@pytest.mark.parametrize(
    "tail", [b"", b"<?xml", b"<plist><dict><key>flags</key>", b"\xff\x00", b"bplist00\xff"]
)
def test_apple_mails_files_are_read_though_their_end_is_broken(tmp_path, tail):
    data = message()
    raw = mail.read(str(write(tmp_path / "1.emlx", f"{len(data)}\n".encode() + data + tail)))

    assert (raw.name, raw.state) == ("The Boat 12: oars", State())


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("1.emlx", b"words", "This is not a mail of Apple Mail."),
        ("1.eml", b"", "The file is empty."),
        ("1.eml", b"\x89PNG\r\n", "This is a picture, not a mail."),
    ],
)
def test_what_is_no_mail_is_refused(tmp_path, name, data, reason):
    with pytest.raises(ImporterError, match=reason):
        mail.read(str(write(tmp_path / name, data)))


# --- mbox


def all_of(importer, path):
    told = []
    issues = list(importer.issues(str(path), told.append))
    return issues, [str(error) for error in told]


def test_a_mailbox_gives_its_newsletters_and_tells_once_what_stays_out(tmp_path):
    letters = [message(Message_ID=f"<{n}@b>", Subject=f"The Boat {n}", **LISTED) for n in range(3)]
    path = write(tmp_path / "Inbox", mailbox(letters[0], PERSONAL, letters[1], PERSONAL, letters[2]))
    issues, told = all_of(mbox, path)

    assert mbox.accepts(str(path))
    assert [raw.name for raw in issues] == ["The Boat 0", "The Boat 1", "The Boat 2"]
    assert told == ["2 mails that are no newsletters were left out."]
    assert {file_of(raw.location)[0] for raw in issues} == {str(path)}
    assert all(len(file_of(raw.location)[1]) == 16 for raw in issues)


def test_an_issue_has_the_same_name_whatever_else_the_mailbox_holds(tmp_path):
    one = message(**LISTED)
    [alone], _ = all_of(mbox, write(tmp_path / "a.mbox", mailbox(one)))
    issues, _ = all_of(
        mbox, write(tmp_path / "a.mbox", mailbox(PERSONAL, message(Message_ID="<0@b>", **LISTED), one))
    )

    assert issues[-1].location == alone.location


def test_lines_that_begin_with_from_are_text_where_nothing_says_otherwise(tmp_path):
    text = f"Oars.\n\nFrom the desk of Ada\n\n>From here to 12:30 in 2015\n\n>>From there\n\n{WORDS}"
    [raw], _ = all_of(mbox, write(tmp_path / "a", mailbox(message(text, kind="text/plain", **LISTED))))

    assert "\nFrom the desk of Ada" in raw.text
    assert "\nFrom here to 12:30 in 2015" in raw.text
    assert "\n>From there" in raw.text


def test_line_ends_of_windows_are_read(tmp_path):
    data = mailbox(message(**LISTED), message(Message_ID="<2@b>", **LISTED)).replace(b"\n", b"\r\n")
    issues, _ = all_of(mbox, write(tmp_path / "a", data))

    assert len(issues) == 2


def test_the_line_above_a_message_dates_one_that_has_no_date(tmp_path):
    [raw], _ = all_of(mbox, write(tmp_path / "a", mailbox(message(Date=None, **LISTED))))

    assert dict(raw.meta)["date"] == "2015-01-03T01:05:34"


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"Status": "O"}, State()),
        ({"Status": "RO"}, State(read=True)),
        ({"Status": "RO", "X_Status": "AF"}, State(read=True, starred=True)),
        ({"X_Mozilla_Status": "0005"}, State(read=True, starred=True)),
        ({"X_Mozilla_Status": "zz"}, State()),
        ({"X_Gmail_Labels": "Inbox,Unread,Starred"}, State(starred=True)),
        ({"X_Gmail_Labels": "=?UTF-8?Q?Inbox,Starred,B=C3=BCro?="}, State(read=True, starred=True)),
    ],
)
def test_marks_of_mail_programs_become_states(tmp_path, fields, state):
    [raw], _ = all_of(mbox, write(tmp_path / "a", mailbox(message(**LISTED, **fields))))

    assert raw.state == state


def test_what_was_deleted_in_thunderbird_does_not_come_back(tmp_path):
    issues, told = all_of(mbox, write(tmp_path / "a", mailbox(message(X_Mozilla_Status="0009", **LISTED))))

    assert (issues, told) == ([], [])


def test_of_a_folder_the_mailboxes_are_read_that_are_named_so_or_have_an_index(tmp_path):
    one = mailbox(message(**LISTED))
    for name in ("All mail.mbox", "Inbox", "Inbox.msf", "Other", "empty.mbox"):
        write(tmp_path / name, b"" if name in ("Inbox.msf", "empty.mbox") else one)

    assert mbox.accepts(str(tmp_path))
    assert [file_of(raw.location)[0] for raw in all_of(mbox, tmp_path)[0]] == [
        str(tmp_path / "All mail.mbox"),
        str(tmp_path / "Inbox"),
    ]


def test_a_message_that_cannot_be_read_is_told_and_the_rest_comes(tmp_path):
    data = mailbox(message("", Message_ID="<1@b>", **LISTED), message(**LISTED))
    issues, told = all_of(mbox, write(tmp_path / "a", data))

    assert len(issues) == 1
    assert told == ["There is nothing to read in this mail."]


def test_of_a_large_mailbox_one_message_is_in_memory_at_a_time(tmp_path):
    one = message("x" * 1_000_000, **LISTED)
    path = write(tmp_path / "large.mbox", mailbox(*[one] * 40))
    tracemalloc.start()
    with path.open("rb") as file:
        count = sum(1 for _ in messages_in(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 40
    assert peak < 8_000_000


def test_of_an_endless_message_only_the_beginning_is_kept(tmp_path):
    path = write(tmp_path / "a", mailbox(message("x" * 5_000_000), message()))
    with path.open("rb") as file:
        sizes = [len(data) for _, data in messages_in(file, most=1_000_000)]

    assert len(sizes) == 2
    assert sizes[0] < 3_000_000


# --- Maildir


def maildir_at(path, **messages):
    for folder in ("cur", "new", "tmp"):
        (path / folder).mkdir(parents=True, exist_ok=True)
    for name, data in messages.items():
        write(path / name.replace("__", "/"), data)
    return path


def test_a_maildir_gives_its_newsletters_with_their_flags(tmp_path):
    files = {
        "cur/1.a:2,S": message(Subject="read", Message_ID="<1@b>", **LISTED),
        "cur/2.a:2,FS": message(Subject="starred", Message_ID="<2@b>", **LISTED),
        "cur/3.a:2,ST": message(Subject="thrown away", Message_ID="<3@b>", **LISTED),
        "new/4.a": message(Subject="new", Message_ID="<4@b>", **LISTED),
        "cur/5.a:2,": PERSONAL,
        "cur/.hidden": PERSONAL,
        "tmp/6.a": message(Subject="half", **LISTED),
    }
    issues, told = all_of(maildir, maildir_at(tmp_path, **files))

    assert [(raw.name, raw.state.read, raw.state.starred) for raw in issues] == [
        ("new", False, False),
        ("starred", True, True),
        ("read", True, False),
    ]
    assert told == ["1 mail that is no newsletter was left out."]


def test_a_flag_moves_no_issue(tmp_path):
    [before], _ = all_of(maildir, maildir_at(tmp_path, **{"new/1.a": message(**LISTED)}))
    (tmp_path / "new" / "1.a").rename(tmp_path / "cur" / "1.a:2,S")
    [after], _ = all_of(maildir, tmp_path)

    assert before.location == after.location


def test_maildirs_in_a_folder_are_read_each_by_itself(tmp_path):
    for name in (".Lists", "Inbox"):
        maildir_at(tmp_path / name, **{"cur/1.a": message(**LISTED)})
    issues, _ = all_of(maildir, tmp_path)

    assert maildir.accepts(str(tmp_path))
    assert [file_of(raw.location)[0] for raw in issues] == [str(tmp_path / ".Lists"), str(tmp_path / "Inbox")]
    assert not maildir.accepts(str(tmp_path / "Inbox" / "cur"))


def test_of_apple_mails_folders_only_newsletters_come_in(tmp_path):
    write(tmp_path / "Messages" / "1.emlx", emlx(message(**LISTED), 0))
    write(tmp_path / "Messages" / "2.emlx", emlx(PERSONAL, 0))
    told = []

    assert list(mail.locations(str(tmp_path), told.append)) == [str(tmp_path / "Messages" / "1.emlx")]
    assert [str(error) for error in told] == ["1 mail that is no newsletter was left out."]
    named = str(tmp_path / "Messages" / "2.emlx")
    assert list(mail.locations(named, told.append)) == [named]
