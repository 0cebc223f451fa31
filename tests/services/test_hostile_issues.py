"""Issues that were made to do harm, through the whole import: each comes in or is refused in a sentence."""

import make
import pytest
from faults import faults

from reader.model import RawIssue, parse_query
from reader.services.copies import find_copies
from reader.services.importing import import_issues
from reader.services.newsletters import bring_back, remove
from reader.services.resplitting import resplit

TURNED = "\u202eevil\u202c \u2066x\u2069"
TOLD = {
    "title": (
        "x" * 1_000_000,
        "word " * 200_000,
        TURNED,
        "!!!",
        "???",
        "a#b/c+1",
        "A, B!",
        "a b",
        "A—B",
        "",
        "\x00\x1b[31m",
    ),
    "link": (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[::1",
        "https://a\x00b/",
    ),
    "image": ("javascript:x", "file:///etc/passwd"),
    "date": (
        "0000-01-01",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "10000-01-01",
        "9" * 30,
        "٢٠٢٤-٠١-٠٢",
    ),
    "number": ("9" * 5000, "\x00", "-1"),
    "k" * 10_000: ("v" * 10_000,),
}
NAMES = (
    "The\x00 Boat\x1b[31m\x7f",
    "\x00\x01",
    TURNED,
    "n" * 1_000_000,
    "#",
    "a/b",
    "a#b+read",
    "\u200b",
    "\n\t ",
)
LOCATIONS = (
    "x::y",
    "::",
    "a\x00b",
    "/gone/a\x00b::c",
    "",
    "/gone/" + "d" * 5000,
    "https://h.example/::/x",
    "..",
    "-rf",
)


def raw(number, **more):
    html = "<h2>News</h2><ul><li><a href='https://e.example/a'>A boat</a>: {0}.</li><li><a href='javascript:x'>B</a>: {0}.</li></ul>"
    known = {
        "location": f"https://h.example/{number}",
        "name": str(number),
        "text": html.format(make.Prose(number, size=900).text(30)),
        "markup": "html",
        "newsletter": "The Boat",
        "digest": str(number),
    }
    return RawIssue(**known | more)


def every():
    changes = [
        {"meta": (("title", f"Boat {n}"), (key, value))}
        for key, values in TOLD.items()
        for n, value in enumerate(values)
    ]
    changes += [{"newsletter": name} for name in NAMES]
    changes += [{"location": location} for location in LOCATIONS]
    changes += [
        {"text": text} for text in ("", "\x00", "<" * 9000, "<div>" * 5000 + "x", "<p>" + "\u202e" * 1000)
    ]
    return [raw(number, **change) for number, change in enumerate(changes)]


@pytest.fixture
def library(tmp_path):
    opened = make.library(tmp_path / "library", listener=make.Heard())
    yield opened
    assert opened.ask(faults) == []
    opened.close()


def test_whatever_is_said_of_issues_they_come_in_and_can_be_used(library):
    raws = every()
    report = import_issues(library, raws)
    assert report.problems == ()

    for row in library.issues():
        assert not {*row.label} & {*"\x00\x1b\x7f\u202e\u2066\n"}
        assert len(row.label) < 1000
        issue = library.whole(row.key).issue
        assert all(address.startswith("http") for address in (issue.url, issue.image) if address)
    for row in library.newsletters():
        assert row.name.isprintable()
        assert 0 < len(row.name) <= 200
    stories = [row.key for row in library.stories()]
    library.star(stories, starred=True).result()
    assert library.search(parse_query("boat"))
    find_copies(library)
    resplit(library)
    for row in library.newsletters():
        remove(library, row.key)
        bring_back(library, row.key)

    assert len(library.stories(starred=True)) == len(library.stories())
    assert len(library.stories()) >= len(stories) > 60


def test_halves_of_characters_are_refused_in_a_sentence(library):
    report = import_issues(
        library, [raw(1, meta=(("title", "\udfff"),)), raw(2, location="https://h.example/\ud800"), raw(3)]
    )

    assert report.added == 1
    assert {problem.reason for problem in report.problems} == {
        "It holds characters that are none, and cannot be stored."
    }
