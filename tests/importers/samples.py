"""For each importer a place that it reads: made in a folder, with an issue or two in it."""

FEED = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>The Boat</title><link>https://boats.example/</link>
<item><title>One</title><link>https://boats.example/1</link><description>Text.</description></item>
<item><title>Two</title><description>More text.</description></item>
</channel></rss>
"""


def folder(path):
    (path / "one.md").write_text("# One\n\nText.\n", encoding="utf-8")
    return path


def feed(path):
    place = path / "boat.xml"
    place.write_text(FEED, encoding="utf-8")
    return place


PAGE = """From: <Saved by a browser>
Snapshot-Content-Location: https://boats.example/1
MIME-Version: 1.0
Content-Type: multipart/related; boundary="b"

--b
Content-Type: text/html; charset=utf-8

<html><head><title>One</title></head><body><p>Text.</p></body></html>
--b--
"""


def page(path):
    place = path / "one.mhtml"
    place.write_text(PAGE, encoding="utf-8")
    return place


SAMPLES = {"folder": folder, "feed": feed, "page": page}
"""The builders by the names of the importers: each takes an empty folder and returns the place."""
