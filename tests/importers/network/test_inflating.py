import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers.network.inflating import Body, BrokenError, TooLargeError


def bare(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKED = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "x-gzip": gzip.compress,
    "": bytes,
    "identity": bytes,
}


def read(coding, data, most=10_000, size=7):
    body = Body(coding, most)
    for start in range(0, len(data), size):
        body.add(data[start : start + size])
    return body.whole()


@given(st.sampled_from(sorted(PACKED)), st.binary(max_size=3000), st.integers(1, 4000))
def test_what_was_packed_comes_out_however_it_is_cut(coding, data, size):
    assert read(coding, PACKED[coding](data), size=size) == data


def test_deflate_without_a_header_is_understood():
    assert read("deflate", bare(b"boats " * 100)) == b"boats " * 100


def test_many_parts_of_gzip_are_one_text_and_padding_is_none():
    assert read("gzip", gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0") == b"one two"


@pytest.mark.parametrize("coding", sorted(PACKED))
def test_one_byte_too_many_is_too_large(coding):
    assert len(read(coding, PACKED[coding](b"x" * 10_000))) == 10_000
    with pytest.raises(TooLargeError):
        read(coding, PACKED[coding](b"x" * 10_001))


@pytest.mark.parametrize("parts", [1, 40])
def test_a_bomb_takes_no_more_memory_than_the_limit(parts):
    bomb = gzip.compress(b"\0" * (100_000_000 // parts)) * parts
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        read("gzip", bomb, most=1_000_000, size=65_536)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 4_000_000


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "gzip, br", "compress"])
def test_codings_that_nobody_asked_for_are_refused(coding):
    with pytest.raises(BrokenError):
        Body(coding, 1000)


def test_what_breaks_off_is_broken():
    with pytest.raises(BrokenError):
        read("gzip", gzip.compress(b"boats" * 1000)[:-9])
    with pytest.raises(BrokenError):
        read("gzip", b"<html>no gzip at all</html>")


@given(st.sampled_from(["gzip", "deflate"]), st.binary(max_size=500))
def test_garbage_is_broken_or_something(coding, data):
    try:
        read(coding, data)
    except (BrokenError, TooLargeError):
        return
