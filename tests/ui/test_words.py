import pytest
from PySide6.QtCore import QLocale

from reader.ui.words import (
    counted,
    grouped,
    long_date,
    middle_date,
    month_heading,
    reads_from_right,
    short_date,
)


@pytest.fixture
def in_country():
    """Switch to the ways of a country, and back at the end."""
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("country", "long", "short"),
    [
        ("C", "19 October 2020", "19 Oct"),
        ("en_GB", "19 October 2020", "19 Oct"),
        ("en_US", "October 19, 2020", "Oct 19"),
        ("de_DE", "19. Oktober 2020", "19. Okt."),
        ("zh_CN", "2020年10月19日", "10月19日"),
        ("ko_KR", "2020년 10월 19일", "10월 19일"),
    ],
)
def test_a_date_is_written_as_in_the_readers_country(in_country, country, long, short):
    in_country(country)
    assert long_date("2020-10-19") == long
    assert short_date("2020-10-19") == short


def test_a_time_keeps_the_day_that_it_names():
    assert long_date("2020-10-19T23:59:00-08:00") == "19 October 2020"
    assert middle_date("2020-10-19 00:10") == "19 Oct 2020"


@pytest.mark.parametrize("text", ["", "last week", "2020-13-45"])
def test_what_is_no_date_stands_as_it_is(text):
    assert long_date(text) == short_date(text) == text


def test_a_month_heads_its_issues_in_capitals(in_country):
    assert month_heading("2020-10") == "OCTOBER 2020"
    in_country("tr_TR")
    assert month_heading("2020-10") == "EKİM 2020"


def test_issues_without_a_date_have_a_heading_too():
    assert month_heading("") == month_heading("soon") == "UNDATED"


def test_a_number_goes_with_its_noun():
    assert counted(1, "story", "stories") == "1 story"
    assert counted(0, "link") == "0 links"
    assert counted(1932, "story", "stories") == "1,932 stories"


def test_digits_are_grouped_as_in_the_readers_country(in_country):
    in_country("de_DE")
    assert grouped(1932) == "1.932"


@pytest.mark.parametrize(
    ("text", "from_right"),
    [
        ("Import AI", False),
        ("نشرة", True),
        ("12: שלום", True),
        ("中文", False),
        ("AI نشرة", False),
        ("", False),
    ],
)
def test_the_first_letter_with_a_direction_decides(text, from_right):
    assert reads_from_right(text) is from_right
