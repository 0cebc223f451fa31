import base64
import time

import pytest
from drawn import SVG, gif, jpeg_head, png, webp_head
from hypothesis import given
from hypothesis import strategies as st

from reader.model import OBJECT, Kind, RawIssue
from reader.model.picture import kept_address
from reader.parsing import parse


def data(picture, kind="png", head="data:image/{};base64,"):
    return head.format(kind) + base64.b64encode(picture).decode()


def read(text, markup="html"):
    raw = RawIssue(name="a", text=text, location="/letters/a.html", digest="x", markup=markup)
    return parse(raw)


def images(parsed):
    return [run.image for block in parsed.blocks for run in block.all_runs if run.image]


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (png(9, 9), "png"),
        (jpeg_head(), "jpeg"),
        (jpeg_head(), "jpg"),
        (gif(), "gif"),
        (webp_head(5, 5), "webp"),
    ],
    ids=["png", "jpeg", "jpg", "gif", "webp"],
)
def test_a_picture_that_is_written_as_data_comes_apart(picture, kind):
    parsed = read(f'<p>Words.</p><p><img src="{data(picture, kind)}" alt="A chart"></p>')
    assert parsed.inside == ((kept_address(picture), picture),)
    assert images(parsed) == [kept_address(picture)]
    assert "data:" not in str(parsed.blocks)


def test_markdown_has_them_too():
    parsed = read(
        f"# Letter\n\nWords.\n\n![A chart]({data(png(9, 9))})\n\n![B]({data(gif(), 'gif')})\n",
        "markdown",
    )
    assert images(parsed) == [kept_address(png(9, 9)), kept_address(gif())]


def test_a_picture_in_a_cell_of_a_table_comes_apart():
    cells = f'<tr><th>a</th><th>b</th></tr><tr><td>1</td><td><img src="{data(png(9, 9))}"></td></tr>'
    parsed = read(f"<p>Words.</p><table>{cells}</table>")
    table = next(block for block in parsed.blocks if block.kind is Kind.TABLE)
    assert table.rows[1][1][0].image == kept_address(png(9, 9))


def test_the_same_picture_twice_is_kept_once():
    one = f'<img src="{data(png(9, 9))}">'
    assert len(read(f"<p>{one} and {one}</p>").inside) == 1


@pytest.mark.parametrize(
    "address",
    [
        data(png(1, 1)),
        data(gif(1, 1), "gif"),
        data(b"<html></html>"),
        data(SVG, "svg+xml"),
        data(SVG, "png"),
        "data:image/png;base64,????",
        "data:image/png;base64,",
        "data:image/png,abc",
        "data:text/html;base64,PGI+",
        "data:text/html,<script>alert(1)</script>",
        data(png(9, 9, extra=bytes(2_000_001))),
    ],
)
def test_what_is_no_picture_to_keep_is_left_out(address):
    parsed = read(f"<p>Words <img src='{address}'> and words.</p>")
    assert parsed.inside == ()
    assert images(parsed) == []
    assert OBJECT not in parsed.blocks[0].text


def test_a_picture_that_is_loaded_late_is_that_and_not_its_stand_in():
    late = f'<img src="{data(gif(9, 9), "gif")}" data-src="https://example.org/a.png">'
    assert images(read(f"<p>Words {late}</p>")) == ["https://example.org/a.png"]


def test_code_that_shows_data_stays_as_it_is():
    shown = data(png(90, 90, extra=bytes(20_000)))
    parsed = read(f"Words.\n\n```html\n<img src='{shown}'>\n```\n", "markdown")
    assert shown in "".join(block.text for block in parsed.blocks)
    assert parsed.inside == ()


def test_a_megabyte_of_data_takes_no_time():
    text = f"# Letter\n\nWords.\n\n![A chart]({data(png(900, 900, extra=bytes(1_000_000)))})\n\nMore words.\n"
    began = time.perf_counter()
    assert len(read(text, "markdown").inside) == 1
    assert time.perf_counter() - began < 3


@given(st.text("ABCDabcd0123+/=% \n", max_size=60))
def test_any_data_is_a_picture_or_nothing(digits):
    read(f'<p>Words <img src="data:image/gif;base64,{digits}"></p>')
    read(f'<p>Words <img src="data:image/gif;base64,R0lGODlh{digits}"></p>')
