import pytest
from drawn import SVG
from PySide6.QtGui import QImage

from reader.parsing.svg import harmless_svg
from reader.ui.drawings import rasterise


def svg(inside, size="width='100' height='50'"):
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size}>{inside}</svg>".encode()


def test_a_drawing_is_a_picture_of_twice_its_pixels(qapp):
    drawn = rasterise(harmless_svg(SVG))
    image = QImage.fromData(drawn.data)
    assert (drawn.width, drawn.height) == (120, 60)
    assert (image.width(), image.height()) == (240, 120)
    assert image.pixelColor(100, 100).name() == "#ff0000"


@pytest.mark.parametrize(
    ("size", "shown", "pixels"),
    [
        ("width='30000' height='15000'", (2000, 1000), (2000, 1000)),
        ("width='1500' height='10'", (1500, 10), (2000, 13)),
        ("viewBox='0 0 100000 1'", (2000, 1), (2000, 1)),
    ],
)
def test_no_drawing_is_larger_than_two_thousand_pixels(qapp, size, shown, pixels):
    drawn = rasterise(svg("<rect width='9' height='9'/>", size))
    image = QImage.fromData(drawn.data)
    assert (drawn.width, drawn.height) == shown
    assert (image.width(), image.height()) == pixels


@pytest.mark.parametrize(
    "data", [b"", b"nothing", svg("", "width='0' height='0'"), svg("", "width='-5' height='5'")]
)
def test_what_has_no_size_or_is_no_drawing_is_none(qapp, data):
    assert rasterise(data) is None


def test_no_file_is_read_for_a_drawing(qapp, tmp_path):
    red = QImage(50, 50, QImage.Format.Format_RGB32)
    red.fill(0xFFFF0000)
    red.save(str(tmp_path / "red.png"))
    place = (tmp_path / "red.png").as_uri()
    inside = f"<image href='{place}' width='50' height='50'/><rect x='60' width='9' height='9' fill='blue'/>"
    image = QImage.fromData(rasterise(harmless_svg(svg(inside))).data)
    assert image.pixelColor(50, 50).alpha() == 0
    assert image.pixelColor(125, 10).name() == "#0000ff"
