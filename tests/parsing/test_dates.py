import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parsing.dates import date_in_path, parse_date, read_published


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020-10-19", "2020-10-19"),
        ("2020-10-19 05:16:27", "2020-10-19T05:16:27"),
        ("2020-10-19T05:16", "2020-10-19T05:16:00"),
        ("2020-1-5", "2020-01-05"),
        ("2015-11-17 16:16:01 -0600", "2015-11-17T16:16:01-06:00"),
        ("2025-12-15T12:03:26.479524+00:00", "2025-12-15T12:03:26+00:00"),
        ("2026-04-03T10:59:24Z", "2026-04-03T10:59:24+00:00"),
        ("2016.02.17", "2016-02-17"),
        ("2020/10/19", "2020-10-19"),
        ("2020年10月19日", "2020-10-19"),
        ("20160229", "2016-02-29"),
        ("13-04-2024", "2024-04-13"),
        ("04-13-2024", "2024-04-13"),
        ("09-04-2024", "2024-09-04"),
        ("09/04/2024", "2024-09-04"),
        ("09.04.2024", "2024-04-09"),
        ("20/10/2020 10:00", "2020-10-20T10:00:00"),
        ("Mon, 19 Oct 2020 05:16:27 GMT", "2020-10-19T05:16:27+00:00"),
        ("Tue, 18 May 2021 14:16:22 -0700", "2021-05-18T14:16:22-07:00"),
        ("19 October 2020", "2020-10-19"),
        ("19th of October, 2020", "2020-10-19"),
        ("October 19, 2020", "2020-10-19"),
        ("Oct 19th 2020 at 5:16 PM", "2020-10-19T17:16:00"),
        ("Monday, October 19, 2020", "2020-10-19"),
        ("5 Sept. 2019", "2019-09-05"),
        ("2020-10-19 12:05 am", "2020-10-19T00:05:00"),
        ("1603084587", "2020-10-19T05:16:27+00:00"),
        ("1603084587000", "2020-10-19T05:16:27+00:00"),
        ("2020-10-19T25:00:00", "2020-10-19"),
        ("2020-02-31", ""),
        ("2020-13-01", ""),
        ("30 February 2020", ""),
        ("yesterday", ""),
        ("May", ""),
        ("", ""),
    ],
)
def test_a_date_is_read_in_every_way_it_is_written(written, read):
    assert parse_date(written) == read


@pytest.mark.parametrize(
    ("location", "read"),
    [
        ("/a/2016-02-29-issue.md", "2016-02-29"),
        ("/a/20160229.md", "2016-02-29"),
        ("/a/2015.12.01 notes.md", "2015-12-01"),
        ("/a/24-01-23-news.md", "2024-01-23"),
        ("/a/2022/Jul/15.md", "2022-07-15"),
        ("/a/2023/05/08/one/two.md", "2023-05-08"),
        ("C:\\a\\2016\\02\\29.md", "2016-02-29"),
        ("/a/2016-02-30-issue.md", ""),
        ("/a/issue-20160.md", ""),
        ("/a/2016/02/issue.md", ""),
        ("/a/issue-132.md", ""),
    ],
)
def test_a_file_is_dated_by_its_name_or_its_folders(location, read):
    assert date_in_path(location) == read


def test_the_front_matter_goes_before_the_name():
    assert read_published({"date": "2020-10-19"}, "/2016-02-29-a.md") == ("2020-10-19", "")
    assert read_published({}, "/2016-02-29-a.md") == ("2016-02-29", "")
    assert read_published({"published_at": "2020-10-19"}, "/a.md") == ("2020-10-19", "")
    assert read_published({}, "/a.md") == ("", "")


def test_an_impossible_date_gives_way_to_the_name_with_a_warning():
    assert read_published({"date": "2020-02-31"}, "/2016-02-29-a.md") == (
        "2016-02-29",
        "There is no such date as “2020-02-31”.",
    )


@given(st.text(max_size=40))
def test_no_text_is_an_error(text):
    assert isinstance(parse_date(text), str)
    assert isinstance(date_in_path(text), str)
