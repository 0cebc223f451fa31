"""A sample for each importer: what builds a place that it reads, by its name."""

import exports
import mails


def _folder(tmp_path):
    (tmp_path / "one.md").write_text("# One\n\nText.\n", encoding="utf-8")
    return tmp_path


def _written(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def _feed(tmp_path):
    return _written(
        tmp_path,
        "feed.xml",
        '<?xml version="1.0"?><rss version="2.0"><channel><title>The Boat</title><link>https://boat.example/</link>'
        "<item><title>Letter 1</title><link>https://boat.example/1</link><description>Words.</description></item>"
        "</channel></rss>",
    )


PAGE = """From: <Saved by a browser>
Snapshot-Content-Location: https://boats.example/1
MIME-Version: 1.0
Content-Type: multipart/related; boundary="b"

--b
Content-Type: text/html; charset=utf-8

<html><head><title>One</title></head><body><p>Text.</p></body></html>
--b--
"""


def _page(tmp_path):
    return _written(tmp_path, "one.mhtml", PAGE)


def _wordpress(tmp_path):
    return _written(tmp_path, "export.xml", exports.wxr())


def _substack(tmp_path):
    return exports.substack(tmp_path / "export.zip")


def _bookmarks(tmp_path):
    return _written(tmp_path, "bookmarks.html", exports.BOOKMARKS)


def _starred(tmp_path):
    return _written(tmp_path, "starred.json", exports.starred())


def _saved(tmp_path):
    return _written(tmp_path, "part_000000.csv", exports.table(exports.pocket_row()))


def _omnivore(tmp_path):
    return exports.omnivore(tmp_path / "omnivore.zip")


def _opml(tmp_path):
    return _written(tmp_path, "subscriptions.opml", exports.OPML)


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


SAMPLES = {
    "folder": _folder,
    "feed": _feed,
    "wordpress": _wordpress,
    "substack": _substack,
    "bookmarks": _bookmarks,
    "starred": _starred,
    "saved": _saved,
    "omnivore": _omnivore,
    "page": _page,
    "mail": _mail,
    "mbox": _mbox,
    "maildir": _maildir,
}
WITHOUT_ISSUES = {"opml": _opml}
"""Those that know a file which holds no issues, and say what it is for."""
