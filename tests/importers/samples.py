"""A sample for each importer: what builds a place that it reads, by its name."""

import mails


def _folder(tmp_path):
    (tmp_path / "one.md").write_text("# One\n\nText.\n", encoding="utf-8")
    return tmp_path


def _mail(tmp_path):
    (tmp_path / "one.eml").write_bytes(mails.message())
    return tmp_path


def _mbox(tmp_path):
    path = tmp_path / "letters.mbox"
    path.write_bytes(mails.mailbox(mails.message(List_Id="The Boat <boat.example>")))
    return path


def _maildir(tmp_path):
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "cur" / "1700000000.M1P1.host:2,S").write_bytes(
        mails.message(List_Id="The Boat <boat.example>")
    )
    return tmp_path


SAMPLES = {"folder": _folder, "mail": _mail, "mbox": _mbox, "maildir": _maildir}
