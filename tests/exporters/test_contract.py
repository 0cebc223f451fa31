"""What holds for every exporter there is."""

import make
import pytest

from reader.exporters import Sheet, exporters
from reader.model import State

FOUND = exporters()


@pytest.fixture(params=sorted(FOUND))
def exporter(request):
    return FOUND[request.param]


def sheet(layout="story", titles=("First", "Second"), *, text="It has a body.", state=None):
    issue = make.issue([make.story(title, text, key=f"import-ai/219#{title}") for title in titles])
    pages = tuple(make.page(issue, number, state) for number in range(1, len(titles) + 1))
    return Sheet(layout, pages[:1] if layout == "story" else pages, "2026-01-31", "A title")


LAYOUTS = pytest.mark.parametrize("layout", ["story", "issue", "all"])


def test_there_is_an_exporter_for_markdown():
    assert "markdown" in FOUND


def test_an_exporter_has_a_name_a_label_and_an_ending(exporter):
    assert exporter.name.isidentifier()
    assert exporter.label
    assert exporter.suffix.startswith(".")
    assert exporter.suffix == exporter.suffix.lower()


@LAYOUTS
def test_a_file_tells_what_it_was_written_for(exporter, layout):
    one = sheet(layout)

    assert exporter.identity(exporter.write(one)) == one.identity
    assert exporter.identity(exporter.write(one)[: 32 * 1024]) == one.identity


@pytest.mark.parametrize(
    "content", [b"", b"Mine.", b"---\ntitle: Mine\n---\nMine.", b"\xff\xfe\x00", b"---\n: [\n---\n"]
)
def test_a_file_that_was_not_written_here_tells_nothing(exporter, content):
    assert exporter.identity(content) == ""


@LAYOUTS
def test_the_same_again_gives_the_same_bytes(exporter, layout):
    written = exporter.write(sheet(layout))

    assert exporter.update(written, sheet(layout)).content == written
    assert exporter.update(written, sheet(layout)).kept == ()


@LAYOUTS
def test_an_update_gives_what_a_new_file_would_hold(exporter, layout):
    new = sheet(layout, text="Other words.", state=State(starred=True, starred_at="2026-01-31T10:00:00Z"))

    assert exporter.update(exporter.write(sheet(layout)), new).content == exporter.write(new)


@pytest.mark.parametrize("layout", ["issue", "all"])
def test_an_update_keeps_the_stories_that_are_not_in_the_sheet(exporter, layout):
    both = exporter.write(sheet(layout))

    updated = exporter.update(both, sheet(layout, ["Second"], text="Other words.")).content

    assert b"It has a body." in updated
    assert b"Other words." in updated
