from dataclasses import replace

import make
import pytest
from PySide6.QtGui import QColor, QImage

from reader.model import IssuePage, StoryPage
from reader.services.themes import themes
from reader.ui.story import StoryView
from reader.ui.story.document import StoryDocument
from reader.ui.story.sheet import text_sheet
from reader.ui.story.typography import Typography
from reader.ui.style import load_fonts

LIGHT = themes()["light"]


@pytest.fixture(scope="session")
def fonts(qapp):
    return load_fonts()


@pytest.fixture
def view(qtbot, fonts):
    """A story view on the screen, 800 by 600."""
    made = StoryView(LIGHT)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def page_of():
    """Make the page of a story whose body is the blocks given, or the text that make.blocks reads.

    Other fields are the issue's, else the row's, else the story's; the story `leads` to an address.
    """

    def build(body, **fields):
        body = make.blocks(body) if isinstance(body, str) else tuple(body)
        page = make.page(make.issue([make.story("A title:", "x", dek="…A dek…")]))
        issue = replace(page.issue, **_taken(page.issue, fields))
        url = fields.pop("leads", "")
        row = page.row._replace(url=url, **_taken(page.row, fields))
        story = page.story._replace(url=url, links=(), **_taken(page.story, fields))
        return StoryPage(row, story, issue, "Import AI", "Import AI 219", body, fields.pop("total", 5))

    return build


@pytest.fixture
def set_in_type(qtbot, fonts):
    """Set blocks in a document of their own, all of them. It lives as long as the test: its blocks need it."""
    made = []

    def build(body, *, location="", theme=LIGHT, width=800):
        body = make.blocks(body) if isinstance(body, str) else tuple(body)
        document = StoryDocument(text_sheet("", body, location), Typography(theme))
        document.fit(width)
        assert document.write(60)
        made.append(document)
        return document

    return build


@pytest.fixture
def issue_of():
    """Make the page of a whole issue."""

    def build(parsed):
        return IssuePage(parsed.issue, parsed.newsletter_name, "Import AI 219", parsed.blocks, parsed.stories)

    return build


@pytest.fixture
def picture(tmp_path):
    """Write an image beside an issue; return the issue's location."""

    def write(name="photo.png", width=100, height=50, colour="#ff0000"):
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        path = tmp_path / "letters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        assert image.save(str(path))
        return str(tmp_path / "letters" / "issue.md")

    return write


def _taken(made, fields):
    """Take the fields that a thing has out of those that are given."""
    return {name: fields.pop(name) for name in list(fields) if hasattr(made, name)}


def words(count):
    """So many paragraphs of so many different words that a page is filled by a dozen."""
    return "\n\n".join(f"Paragraph {n} " + "with words that fill some lines of it " * 5 for n in range(count))
