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


SAMPLES = {"folder": folder, "feed": feed}
"""The builders by the names of the importers: each takes an empty folder and returns the place."""
