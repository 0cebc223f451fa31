import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage
from ui.story.conftest import LIGHT

from reader.model import OBJECT, Run
from reader.ui.story.images import draw_picture, find_picture, fitted, words_for
from reader.ui.story.typography import Typography


@pytest.fixture
def typography(fonts):
    return Typography(LIGHT)


def test_a_picture_of_the_site_around_the_issue_is_found(picture, tmp_path, typography):
    location = picture()
    picture("../assets/chart.png")
    run = Run(OBJECT, image="/assets/chart.png", alt="")
    found = find_picture(run, location, typography, root=str(tmp_path))
    assert found.path == tmp_path / "assets/chart.png"
    assert find_picture(run, location, typography).path is None


def test_a_file_that_is_no_image_has_a_placeholder(picture, tmp_path, typography):
    location = picture()
    (tmp_path / "letters/fake.png").write_text("not an image")
    found = find_picture(Run(OBJECT, image="fake.png", alt="A chart"), location, typography)
    assert found.path is None
    assert words_for(found) == "Picture not found\nA chart"


def test_an_image_of_too_many_pixels_is_not_read(picture, tmp_path, typography):
    location = picture()
    # A PNG head that claims 100,000 by 100,000 pixels.
    head = bytearray((tmp_path / "letters/photo.png").read_bytes())
    head[16:24] = (100_000).to_bytes(4) * 2
    import zlib

    head[29:33] = zlib.crc32(bytes(head[12:29])).to_bytes(4)
    (tmp_path / "letters/bomb.png").write_bytes(bytes(head))
    assert find_picture(Run(OBJECT, image="bomb.png", alt=""), location, typography).path is None


def test_a_remote_image_is_told_by_its_host(typography):
    found = find_picture(
        Run(OBJECT, image="https://cdn.example.net/a.jpg", alt=""), "/letters/issue.md", typography
    )
    assert found.path is None
    assert words_for(found) == "Picture on cdn.example.net · not loaded"


@pytest.mark.parametrize("address", ["https://[", "//", "http://"])
def test_an_address_that_is_none_has_a_placeholder_too(typography, address):
    found = find_picture(Run(OBJECT, image=address, alt=""), "/letters/issue.md", typography)
    assert words_for(found) == "Picture not found"


def test_a_large_image_is_scaled_to_the_column_and_a_small_one_left(picture, typography):
    location = picture("large.png", 2000, 500)
    picture("small.png", 100, 50)
    assert fitted(find_picture(Run(OBJECT, image="large.png", alt=""), location, typography), 600) == QSizeF(
        600, 150
    )
    assert fitted(find_picture(Run(OBJECT, image="small.png", alt=""), location, typography), 600) == QSizeF(
        100, 50
    )


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_picture_has_a_pixel_for_each_of_the_screens_and_round_corners(ratio, picture, typography):
    found = find_picture(Run(OBJECT, image="photo.png", alt=""), picture("photo.png", 400, 300), typography)
    drawn = draw_picture(found, QSizeF(200, 150), ratio, typography)
    assert (drawn.width(), drawn.height()) == (200 * ratio, 150 * ratio)
    assert drawn.pixelColor(0, 0).alpha() == 0
    assert drawn.pixelColor(drawn.rect().center()).name() == "#ff0000"


def test_a_file_that_went_after_it_was_found_is_drawn_as_a_placeholder(picture, tmp_path, typography):
    found = find_picture(Run(OBJECT, image="photo.png", alt=""), picture(), typography)
    (tmp_path / "letters/photo.png").unlink()
    drawn = draw_picture(found, QSizeF(100, 50), 1.0, typography)
    assert isinstance(drawn, QImage)
    assert drawn.pixelColor(5, 25).name() == LIGHT.code_ground


def test_a_placeholder_among_words_is_a_word_itself(typography):
    badge = Run(OBJECT, image="https://badges.example/build.svg", alt="build passing")
    found = find_picture(badge, "/letters/issue.md", typography, alone=False)
    assert words_for(found) == "build passing"
    assert fitted(found, 600).width() < 150
    assert fitted(found, 600).height() < 1.5 * typography.size
    assert fitted(found, 60).width() == 60
