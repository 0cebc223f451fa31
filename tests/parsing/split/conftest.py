import pytest

from reader.model import leave_out, text_of
from reader.parsing.markdown import markdown_blocks
from reader.parsing.source import mended
from reader.parsing.split import heal, split


@pytest.fixture
def healed():
    """The blocks of Markdown as they are kept."""
    return lambda text: heal(markdown_blocks(mended(text)))


class Told:
    """A story as a test asks for it."""

    def __init__(self, piece, blocks):
        self.title, self.dek, self.section = piece.title, piece.dek, piece.section
        self.derived, self.sponsored = piece.title_derived, piece.sponsored
        self.body = text_of(leave_out(blocks, piece.start, piece.end, piece.heads))
        self.span = (piece.start, piece.end)


@pytest.fixture
def stories():
    """The stories of an issue in Markdown."""

    def told(text, title=""):
        found = split(markdown_blocks(mended(text)), title)
        return [Told(piece, found.blocks) for piece in found.stories]

    return told
