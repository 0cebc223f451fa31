import make
import pytest
from ui.story.conftest import words

from reader.model import Block, Kind, Run
from reader.ui.story.lines import block_at, bottom_of, line_from, top_of


def tall(name):
    return (Run(f"{name} " * 30),)


@pytest.fixture
def document(set_in_type, view):
    table = Block(Kind.TABLE, rows=tuple((tall(f"a{n}"), (Run(f"b{n}"),)) for n in range(5)))
    made = set_in_type([*make.blocks(words(20)), table, *make.blocks(words(20))])
    made.setTextWidth(800)
    return made


def test_the_block_at_a_height_is_found_before_the_rest_is_laid_out(document):
    # The first block has air above it, and Qt's own hit test would tell the last one there.
    assert block_at(document, 5).blockNumber() == 0
    assert block_at(document, -50).blockNumber() == 0


def test_every_block_is_found_at_its_own_height(document):
    layout = document.documentLayout()
    block = document.firstBlock()
    while block.isValid():
        area = layout.blockBoundingRect(block)
        found = block_at(document, area.top())
        assert layout.blockBoundingRect(found).top() == area.top()
        assert found.blockNumber() <= block.blockNumber()
        block = block.next()


def test_a_row_of_a_table_is_found_by_its_first_cell(document):
    start = document.toRawText().index("a2")
    assert block_at(document, top_of(document, start) + 1).text().startswith("a2")


def test_the_first_line_below_a_height_is_told(document):
    at = document.toRawText().index("Paragraph 7")
    assert line_from(document, top_of(document, at)) == at
    assert line_from(document, top_of(document, at) - 5) == at
    assert line_from(document, top_of(document, at) + 1) > at


def test_below_the_last_line_is_the_end(document):
    assert line_from(document, bottom_of(document) + 10) == document.characterCount() - 1
