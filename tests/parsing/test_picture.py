import pytest
from drawn import bmp_head, gif, ico_head, jpeg_head, png, png_head, webp_head
from hypothesis import given
from hypothesis import strategies as st

from reader.parsing.picture import PictureHead, picture_head, what_it_is

STARTS = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"\xff\xd8\xff",
    b"GIF89a",
    b"RIFF\0\0\0\0WEBPVP8 ",
    b"RIFF\0\0\0\0WEBPVP8L",
    b"RIFF\0\0\0\0WEBPVP8X",
    b"BM" + bytes(12) + b"\x28\0\0\0",
    b"\0\0\x01\0\x01\0",
    b"<svg",
    b"<?xml",
    b"",
)


@pytest.mark.parametrize(
    ("data", "head"),
    [
        (png(7, 5), ("png", 7, 5)),
        (gif(40, 30), ("gif", 40, 30)),
        (jpeg_head(640, 480), ("jpeg", 640, 480)),
        (webp_head(300, 20_000), ("webp", 300, 20_000)),
        (bmp_head(64, 32), ("bmp", 64, 32)),
        (ico_head(256, 256), ("ico", 256, 256)),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg width="1">', ("svg", 0, 0)),
        (png_head(100_000, 90_000), ("png", 100_000, 90_000)),
    ],
)
def test_a_picture_is_told_from_its_bytes(data, head):
    assert picture_head(data) == PictureHead(*head)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing"),
        (b"  \n", "nothing"),
        (b"<!DOCTYPE html><title>Not found</title>", "a web page"),
        (b"<html><svg></svg></html>", "a web page"),
        (b"%PDF-1.7", "a PDF"),
        (b"\0\0\0\x20ftypavif", "an AVIF picture"),
        (b"\0\0\0\x20ftypheic", "a HEIC picture"),
        (b"alert(1)", "no picture"),
        (b"\x7fELF", "no picture"),
        (png_head(0, 10), "a damaged picture"),
        (jpeg_head()[:12], "a damaged picture"),
    ],
)
def test_what_is_no_picture_is_named(data, words):
    assert picture_head(data) is None
    assert what_it_is(data) == words


@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_any_bytes_are_a_picture_of_some_size_or_none(start, rest):
    head = picture_head(start + rest)
    assert head is None or head.kind == "svg" or (head.width > 0 and head.height > 0)
    assert what_it_is(start + rest)
