from reader.model import Block, Mark, Run
from reader.parsing.split.lines import part_lines


def parts(*runs, **block):
    return [b.text for b in part_lines([Block(runs=runs, **block)])]


def test_a_bold_line_an_italic_line_and_the_text_after_them_are_three_paragraphs():
    assert parts(Run("Title:\n", Mark.BOLD), Run("the line\n", Mark.ITALIC), Run("Body.")) == [
        "Title:",
        "the line",
        "Body.",
    ]


def test_a_dotted_line_ends_without_a_break():
    assert parts(Run("Title:", Mark.BOLD), Run("…the line…", Mark.ITALIC), Run("Body\nmore.")) == [
        "Title:",
        "…the line…",
        "Body\nmore.",
    ]


def test_an_empty_line_parts_paragraphs():
    assert parts(Run("One.\n \nTwo.")) == ["One.", "Two."]


def test_a_line_that_opens_in_bold_begins_a_paragraph():
    assert parts(Run("Body.\n"), Run("  Read more:", Mark.BOLD), Run(" here")) == ["Body.", "Read more: here"]


def test_a_line_that_only_cites_begins_a_paragraph():
    assert parts(Run("Body.\nRead more: The Paper (arXiv).")) == ["Body.", "Read more: The Paper (arXiv)."]


def test_the_lines_of_a_poem_and_of_an_address_stay_together():
    assert parts(Run("Roses are red,\nviolets are blue")) == ["Roses are red,\nviolets are blue"]


def test_bold_and_italic_words_within_a_sentence_stay_together():
    assert len(parts(Run("Nothing", Mark.BOLD), Run(" is "), Run("ever", Mark.ITALIC), Run(" lost."))) == 1


def test_the_first_piece_of_a_list_item_keeps_the_marker():
    found = list(part_lines([Block(runs=(Run("One\n\nTwo"),), depth=1, marker="-")]))
    assert [(b.text, b.marker, b.depth) for b in found] == [("One", "-", 1), ("Two", "", 1)]
