"""File names that Windows, macOS and Linux all take."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.services.file_names import LONGEST, folded, safe_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Chips are scarce", "Chips are scarce.md"),
        ("Import AI 219: LSTMs", "Import AI 219 - LSTMs.md"),
        ("Why this matters:", "Why this matters.md"),
        ('a<b>c:d"e/f\\g|h?i*j', "a b c d e f g h i j.md"),
        ("CON", "_CON.md"),
        ("con.tables", "_con.tables.md"),
        ("Console wars", "Console wars.md"),
        ("aux", "_aux.md"),
        ("COM1", "_COM1.md"),
        ("lpt9.x", "_lpt9.x.md"),
        ("NUL.", "_NUL.md"),
        ("Trailing dots...", "Trailing dots.md"),
        (" ..hidden", "hidden.md"),
        ("tab\tand\nline\x00\x1f end", "tab and line end.md"),
        ("", "Untitled.md"),
        ("???", "Untitled.md"),
        ("…", "….md"),
        ("竖排：从上到下", "竖排：从上到下.md"),
        ("מפות 🗺️", "מפות 🗺️.md"),
        ("cafe\u0301", "café.md"),
        ("evil\u202egnp.exe", "evil gnp.exe.md"),
        ("../../etc/passwd", "etc passwd.md"),
    ],
)
def test_a_title_becomes_a_name(title, name):
    assert safe_name(title, ".md") == name


def test_a_long_name_is_cut_between_words():
    name = safe_name("word " * 60, ".md")

    assert len(name.encode()) <= LONGEST
    assert name.endswith("word.md")


def test_a_long_name_without_spaces_is_cut_between_letters():
    assert safe_name("竖" * 100, ".md") == "竖" * 39 + ".md"


def test_an_emoji_of_several_signs_is_not_cut_apart():
    family = "👩\u200d👩\u200d👧"
    name = safe_name("x" * 107 + family, ".md")

    assert name == "x" * 107 + ".md"


def test_the_mark_that_tells_two_apart_is_never_cut():
    name = safe_name("long " * 60, ".md", " (a1b2c3)")

    assert name.endswith(" (a1b2c3).md")
    assert len(name.encode()) <= LONGEST


def test_names_that_some_system_takes_for_one_are_folded_to_one():
    assert folded("Straße É.md") == folded("STRASSE e\u0301.md")


@given(st.text(max_size=200))
def test_every_title_gives_a_name_that_every_system_takes(title):
    name = safe_name(title, ".md")

    assert len(name.encode()) <= LONGEST + 1
    assert not set('<>:"/\\|?*') & set(name)
    assert name == name.strip(" ")
    assert name[0] != "."
    assert not name.removesuffix(".md").endswith((" ", "."))
    assert all(unicodedata.category(letter) != "Cc" for letter in name)
    assert name == unicodedata.normalize("NFC", name)
