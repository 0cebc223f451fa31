import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage
from ui.story.conftest import LIGHT

from reader.model import OBJECT, Run
from reader.ui.story.images import draw_picture, find_picture, fitted, looked_at, words_for
from reader.ui.story.look import Look
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


def elsewhere(typography, **more):
    return find_picture(Run(OBJECT, image="https://e.org/a.png", **more), "", typography)


def test_a_placeholder_tells_host_size_what_a_click_does_and_why(typography):
    found = elsewhere(typography, alt="A chart", width=640, height=360)
    assert words_for(looked_at(found, Look(told="click to load", loads=True), typography)) == (
        "Picture on e.org · 640 × 360 · click to load\nA chart"
    )
    failed = Look(told="click to try again", reason="It is gone for good (410).", loads=True)
    assert words_for(looked_at(elsewhere(typography), failed, typography)) == (
        "Picture on e.org · click to try again\nIt is gone for good (410)."
    )


def test_a_fetched_picture_is_shown_at_the_size_of_its_markup_where_that_is_smaller(
    picture, tmp_path, typography
):
    picture("a.png", 800, 400)
    look = Look(tmp_path / "letters/a.png", (800, 400))
    assert looked_at(elsewhere(typography, width=400, height=1), look, typography).size == QSizeF(400, 200)
    assert looked_at(elsewhere(typography, width=1600, height=9), look, typography).size == QSizeF(800, 400)
    assert looked_at(elsewhere(typography), look, typography).size == QSizeF(800, 400)


def test_a_drawing_has_more_pixels_than_its_size(picture, tmp_path, typography):
    picture("a.png", 240, 120)
    look = Look(tmp_path / "letters/a.png", (120, 60))
    assert looked_at(elsewhere(typography), look, typography).size == QSizeF(120, 60)


def test_a_fetched_file_that_cannot_be_read_says_so(tmp_path, typography):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    found = looked_at(elsewhere(typography), Look(tmp_path / "a.png", (9, 9)), typography)
    assert found.path is None
    assert words_for(found) == "Picture on e.org · not loaded\nIt is damaged."


def test_what_only_counts_is_not_drawn(typography):
    found = looked_at(elsewhere(typography), Look(unseen=True), typography)
    assert fitted(found, 600) == QSizeF(1, 1)
    assert draw_picture(found, QSizeF(1, 1), 2.0, typography).pixelColor(0, 0).alpha() == 0
