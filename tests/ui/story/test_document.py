import socket

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument, QTextFormat
from ui.story.conftest import LIGHT

from reader.model import OBJECT, Block, Kind, Mark, Run, text_of
from reader.ui.story.document import slug
from reader.ui.story.typography import Property


def lines(document):
    return [block for block in iterate(document) if block.text()]


def iterate(document):
    block = document.firstBlock()
    while block.isValid():
        yield block
        block = block.next()


def runs(block):
    found, it = [], block.begin()
    while not it.atEnd():
        found.append((it.fragment().text(), it.fragment().charFormat()))
        it += 1
    return found


def run_of(document, text):
    return next(f for block in iterate(document) for said, f in runs(block) if said == text)


def test_headings_have_levels_for_those_who_listen(set_in_type):
    document = set_in_type("## Two\n\nWords.\n\n### Three")
    assert [b.blockFormat().headingLevel() for b in lines(document)] == [2, 0, 3]


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        (Mark.BOLD, lambda f: f.fontWeight() == 700),
        (Mark.LEAD, lambda f: f.fontWeight() == 700),
        (Mark.ITALIC, lambda f: f.fontItalic()),
        (Mark.CODE, lambda f: f.fontFamilies()[0] == "JetBrains Mono" and f.property(Property.GROUND)),
        (Mark.STRIKE, lambda f: f.fontStrikeOut()),
        (Mark.HIGHLIGHT, lambda f: f.property(Property.GROUND) == LIGHT.mark),
        (Mark.SUB, lambda f: f.verticalAlignment() == f.VerticalAlignment.AlignSubScript),
        (Mark.SUPER, lambda f: f.verticalAlignment() == f.VerticalAlignment.AlignSuperScript),
        (Mark.UNDERLINE, lambda f: f.fontUnderline()),
        (Mark.SMALL, lambda f: f.font().pixelSize() == 16),
    ],
)
def test_every_mark_is_shown(mark, shown, set_in_type):
    document = set_in_type([Block(runs=(Run("plain "), Run("marked", mark)))])
    assert shown(run_of(document, "marked"))
    assert not shown(run_of(document, "plain "))


def test_a_run_in_one_mark_keeps_its_link(set_in_type):
    document = set_in_type([Block(runs=(Run("code", Mark.CODE | Mark.BOLD, href="https://example.org"),))])
    made = run_of(document, "code")
    assert made.anchorHref() == "https://example.org"
    assert made.fontUnderline()
    assert made.fontWeight() == 700
    assert made.foreground().color().name() == LIGHT.link


def test_code_is_one_block_of_many_lines_without_ligatures(set_in_type):
    document = set_in_type([Block(Kind.CODE, (Run("a => b\n\nc"),), lang="python")])
    [block] = lines(document)
    assert block.text() == "a => b\u2028\u2028c"
    assert block.blockFormat().hasProperty(Property.BOX)
    assert [tag.toString() for tag in runs(block)[0][1].font().featureTags()] == [b"calt"]


def test_a_line_break_stays_in_its_paragraph(set_in_type):
    [block] = lines(set_in_type([Block(runs=(Run("one\ntwo\r\u2029three\ufdd0"),))]))
    assert block.text() == "one\u2028two \u2028three "


def test_lists_nest_by_depth_and_keep_their_markers(set_in_type):
    document = set_in_type("- one\n\n  - two\n\n1. first\n\n- [x] done")
    formats = [block.blockFormat() for block in lines(document)]
    assert [f.property(Property.MARKER) for f in formats] == ["-", "-", "1.", "[x]"]
    assert formats[1].leftMargin() == pytest.approx(2 * formats[0].leftMargin())


def test_a_quote_inside_a_list_item_begins_where_the_item_does(set_in_type):
    inside = [Block(runs=(Run("item"),), depth=1, marker="-"), Block(runs=(Run("quoted"),), depth=1, quote=1)]
    around = [Block(runs=(Run("quoted"),), quote=1), Block(runs=(Run("item"),), depth=1, quote=1, marker="-")]
    inset = [b.blockFormat().property(Property.QUOTE_INSET) for b in lines(set_in_type(inside))][-1]
    assert inset == pytest.approx(1.45 * 19)
    assert [b.blockFormat().property(Property.QUOTE_INSET) for b in lines(set_in_type(around))] == [0, 0]


@pytest.mark.parametrize(
    ("block", "right"),
    [
        (Block(runs=(Run("שלום hello"),)), True),
        (Block(runs=(Run("1. «مرحبا»"),)), True),
        (Block(runs=(Run("hello שלום"),)), False),
        (Block(runs=(Run("hello"),), direction="rtl"), True),
        (Block(runs=(Run("123"),)), False),
        (Block(Kind.CODE, (Run("שלום"),)), False),
    ],
)
def test_the_first_strong_character_decides_the_direction(block, right, set_in_type):
    [made] = lines(set_in_type([block]))
    assert (made.blockFormat().layoutDirection() is Qt.LayoutDirection.RightToLeft) is right


def test_right_to_left_lists_stand_in_from_the_right(set_in_type):
    [made] = lines(set_in_type([Block(runs=(Run("שלום"),), depth=1, marker="-")]))
    assert made.blockFormat().rightMargin() > made.blockFormat().leftMargin() == 0


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("解决三个", "Noto Sans CJK SC"),
        ("日本語の段落", "Noto Sans CJK JP"),
        ("한국어 漢字", "Noto Sans CJK KR"),
    ],
)
def test_han_characters_are_drawn_as_the_texts_language_does(text, family, set_in_type):
    assert family in run_of(set_in_type([Block(runs=(Run(text),))]), text).fontFamilies()


def cell(text, **more):
    return (Run(text, **more),)


TABLE = Block(
    Kind.TABLE,
    rows=((cell("Name"), cell("Size")), (cell("Menger"), cell("8.6")), (cell("short row"),)),
    aligns=("left", "right"),
)


def test_a_table_has_a_header_aligned_columns_and_lines_under_its_rows(set_in_type):
    document = set_in_type([TABLE])
    table = document.rootFrame().childFrames()[0]
    assert (table.rows(), table.columns()) == (3, 2)
    number = table.cellAt(1, 1)
    assert number.firstCursorPosition().blockFormat().alignment() & Qt.AlignmentFlag.AlignRight
    frame = number.format().toTableCellFormat()
    assert (frame.bottomBorder(), frame.leftBorder(), frame.topBorder()) == (1, 0, 0)
    assert run_of(document, "Name").fontWeight() == 600


def test_a_wide_table_offers_a_window_of_its_own(set_in_type):
    wide = Block(Kind.TABLE, rows=(tuple(cell(f"Column {n}") for n in range(14)),))
    assert run_of(set_in_type([wide]), "Enlarge table").anchorHref() == "#table:0"
    assert "Enlarge" not in set_in_type([TABLE]).toPlainText()


def test_empty_blocks_around_tables_take_no_room(set_in_type):
    document = set_in_type([TABLE, TABLE, Block(runs=(Run("After."),))])
    layout = document.documentLayout()
    outside = [b for b in iterate(document) if not b.text() and b.layout().lineCount()]
    assert all(
        layout.blockBoundingRect(b).height() < 2 or b.layout().lineAt(0).height() < 40 for b in outside
    )
    after = layout.blockBoundingRect(document.lastBlock())
    tables = [layout.frameBoundingRect(f) for f in document.rootFrame().childFrames()]
    assert after.top() - tables[-1].bottom() < 2 * 19
    assert tables[1].top() - tables[0].bottom() < 3 * 19


def test_every_position_of_the_text_has_its_place(set_in_type):
    body = (
        Block(runs=(Run("Über 🦀 crabs"),)),
        TABLE,
        Block(Kind.CODE, (Run("a\nb"),)),
        Block(Kind.RULE),
        Block(runs=(Run("See "), Run(OBJECT, image="x.png"), Run(" it"))),
    )
    document = set_in_type(body)
    shown = {"\n": {"\u2028", "\u2029", "\ufdd1", "\ufdd0"}, "\t": {"\u2029"}}
    raw = document.toRawText().encode("utf-16-le")
    for position, character in enumerate(text_of(body)):
        at = document.places.at(position)
        assert document.places.position(at) == position
        if ord(character) < 0x10000 and character not in shown:
            assert raw[2 * at : 2 * at + 2].decode("utf-16-le") == character


def test_a_footnote_and_its_call_lead_to_each_other(set_in_type):
    body = [
        Block(runs=(Run("Said"), Run("a", note="a"))),
        Block(Kind.FOOTNOTE, (Run("By whom."),), marker="a"),
    ]
    document = set_in_type(body)
    assert run_of(document, "a").anchorHref() == "#note:a"
    assert document.findBlock(document.anchors["#note:a"]).text().startswith("By whom.")
    assert run_of(document, "\u00a0↩").anchorHref() == "#call:a"
    assert document.findBlock(document.anchors["#call:a"]).text() == "Saida"


def test_a_heading_is_reached_by_its_words(set_in_type):
    assert slug("Get involved, now!") == "get-involved-now"
    document = set_in_type("Words.\n\n## Get involved!")
    assert document.findBlock(document.anchors["#get-involved"]).text() == "Get involved!"


def test_images_know_their_words_and_their_size(picture, set_in_type):
    location = picture("wide.png", 2000, 1000)
    document = set_in_type(
        [Block(runs=(Run(OBJECT, image="wide.png", alt="A chart", href="https://e.org"),))], location=location
    )
    made = runs(lines(document)[0])[0][1].toImageFormat()
    column = document.typography.column
    assert made.property(QTextFormat.Property.ImageAltText) == "A chart"
    assert made.anchorHref() == "https://e.org"
    assert (made.width(), made.height()) == (pytest.approx(column), pytest.approx(column / 2))
    document.fit(400)
    made = runs(lines(document)[0])[0][1].toImageFormat()
    assert made.width() == pytest.approx(400 - 2 * document.rootFrame().frameFormat().leftMargin())


def test_no_image_is_ever_fetched_and_no_other_file_read(set_in_type, monkeypatch, tmp_path):
    def refuse(*args, **kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    sources = ["https://example.org/a.png", secret.as_uri(), str(secret), "qrc:/a", "../secret.txt"]
    document = set_in_type(
        [Block(runs=(Run(OBJECT, image=s),)) for s in sources], location=str(tmp_path / "a/i.md")
    )
    kind = QTextDocument.ResourceType.ImageResource.value
    for number in range(len(sources)):
        assert (
            document.resource(kind, QUrl(f"picture:{number}")).pixelColor(20, 10).name() == LIGHT.code_ground
        )
    for source in [*sources, "picture:99", "picture:x", "picture:-1"]:
        assert document.resource(kind, QUrl(source)) is None


def test_a_document_is_written_in_slices(fonts):
    from reader.ui.story.document import StoryDocument
    from reader.ui.story.sheet import text_sheet
    from reader.ui.story.typography import Typography

    sheet = text_sheet("", tuple(Block(runs=(Run(f"Paragraph {n}"),)) for n in range(50)))
    document = StoryDocument(sheet, Typography(LIGHT))
    turns = 1
    while not document.write(0):
        turns += 1
    assert turns == 50
    assert document.toPlainText().split("\n") == [f"Paragraph {n}" for n in range(50)]


def test_an_image_in_a_table_or_a_list_stays_within_it(picture, set_in_type):
    location = picture("wide.png", 2000, 1000)
    image = (Run(OBJECT, image="wide.png"),)
    body = [Block(Kind.TABLE, rows=((image, cell("x")),)), Block(runs=image, depth=3, marker="-")]
    document = set_in_type(body, location=location)
    widths = [f.toImageFormat().width() for b in iterate(document) for _, f in runs(b) if f.isImageFormat()]
    assert widths[0] < document.typography.column / 2
    assert widths[1] < document.typography.column - 3 * 1.4 * 19


def test_a_call_whose_note_is_not_on_the_page_is_no_link(set_in_type):
    made = run_of(set_in_type([Block(runs=(Run("Said"), Run("9", note="9")))]), "9")
    assert made.verticalAlignment() == made.VerticalAlignment.AlignSuperScript
    assert not made.isAnchor()
