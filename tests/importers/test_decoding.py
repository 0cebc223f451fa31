import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers.decoding import decode, kind_of_binary

TEXT = "# Übung – “fine” 科技周刊 Ω\n\nIt's a long enough text in English, with a café.\n"
LATIN = "# Übung\n\nUn café très agréable – “oui”.\n"
WESTERN = "It is not in UTF-8; read as Western European (Windows-1252)."

WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", BOMS)
def test_a_byte_order_mark_tells_the_encoding(encoding):
    data = BOMS[encoding] + TEXT.encode(encoding)

    assert kind_of_binary(data) == ""
    assert decode(data) == (TEXT, "")


@pytest.mark.parametrize("encoding", ["utf-8", *WIDE])
def test_the_bytes_tell_the_encoding_where_there_is_no_mark(encoding):
    data = (TEXT * 3).encode(encoding)

    assert kind_of_binary(data) == ""
    assert decode(data) == (TEXT * 3, "")


def test_latin_1_is_read_with_a_warning():
    assert decode(LATIN.encode("cp1252")) == (LATIN, WESTERN)
    assert decode("façade\n".encode("latin-1")) == ("façade\n", WESTERN)


def test_stray_bytes_in_utf_8_are_read_by_what_they_mean_in_windows_1252():
    data = TEXT.encode() + "caf\xe9 \x93quoted\x94".encode("latin-1")

    assert decode(data) == (
        TEXT + "café “quoted”",
        "3 bytes of it are not UTF-8; read as Western European (Windows-1252).",
    )


def test_one_stray_byte_is_one():
    assert (
        decode("Ω ".encode() + b"\xe9")[1]
        == "One byte of it is not UTF-8; read as Western European (Windows-1252)."
    )


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("gb2312", "科技爱好者周刊"),
        ("shift_jis", "日本語の記事"),
        ("windows-1251", "Новости недели"),
        ("iso-8859-1", "café “x”"),
    ],
)
def test_an_html_page_says_its_charset(charset, text):
    encoding = "cp1252" if charset == "iso-8859-1" else charset
    data = f"<html><head><meta charset='{charset}'></head><body>{text}</body>".encode(encoding)

    decoded, warning = decode(data, html=True)

    assert text in decoded
    assert warning == ""


def test_a_charset_that_nobody_knows_or_that_is_wrong_is_no_error():
    assert "café" in decode(b"<meta charset=klingon>caf\xe9", html=True)[0]
    assert "café" in decode(b"<meta charset=utf-16>caf\xe9", html=True)[0]
    assert "Ω" in decode("<meta charset=shift_jis>Ω".encode(), html=True)[0]


def test_half_a_character_at_the_end_is_no_error():
    text, warning = decode(codecs.BOM_UTF16_LE + "Text".encode("utf-16-le") + b"\x41")

    assert text.startswith("Text")
    assert warning == "Some characters of it could not be read."


@given(st.binary(max_size=400))
def test_no_bytes_are_an_error(data):
    kind = kind_of_binary(data)
    text, warning = decode(data, html=len(data) % 2 == 0)

    assert isinstance(text, str)
    assert isinstance(kind, str)
    assert "\0" not in text
    assert warning == "" or warning.endswith(".")


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_always_comes_out_as_it_went_in(text):
    assert kind_of_binary(b"Text: " + text.encode()) == ""
    assert decode(b"Text: " + text.encode()) == ("Text: " + text, "")
