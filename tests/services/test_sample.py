"""The sample shows what the program can show, and leads nowhere."""

import re
import struct

from reader.services.sample import sample_folder
from reader.services.splitting import split_file


def texts():
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(sample_folder().glob("*.md"))}


def test_the_sample_has_three_issues_named_as_jekyll_names_posts():
    assert [bool(re.match(r"\d{4}-\d\d-\d\d-the-paper-boat-\d\.md", name)) for name in texts()] == [True] * 3


def test_the_sample_leads_to_nobody():
    hosts = {host for text in texts().values() for host in re.findall(r"https?://([^/\s)\"]+)", text)}

    assert hosts <= {"example.org", "example.com"}


def test_the_sample_shows_every_kind_of_text():
    whole = "\n".join(texts().values())

    for shown in (
        "| ---",
        "```python",
        "\n> ",
        "\n  - ",
        "- [x] ",
        "[^bidi]: ",
        "竖排",
        "ספרייה",
        "الورقة",
        "Read more: ",
    ):
        assert shown in whole, shown


def test_every_image_of_the_sample_is_beside_it_and_small():
    named = {name for text in texts().values() for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)}

    assert named == {"boat.png"}
    content = (sample_folder() / "boat.png").read_bytes()
    assert len(content) < 60_000
    assert struct.unpack(">II", content[16:24]) == (1200, 700)


def test_the_sample_is_cut_into_its_stories():
    told = [split_file(path) for path in sorted(sample_folder().glob("*.md"))]

    assert [len(issue["stories"]) for issue in told] == [3, 4, 12]
    assert [story["section"] for story in told[1]["stories"]] == [
        "Scripts",
        "Scripts",
        "Practice",
        "Practice",
    ]
    assert told[0]["stories"][0]["dek"].startswith("…When paper was dear")
