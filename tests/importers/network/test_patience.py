from email.utils import formatdate
from time import time

import pytest

from reader.importers.network.patience import fresh_for, retry_after


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("99999999", 604_800),
        ("1e5", 0),
        ("9" * 5000, 0),
    ],
)
def test_retry_after_in_seconds(said, seconds):
    assert retry_after({"retry-after": said}) == seconds


def test_retry_after_as_a_date():
    assert 50 < retry_after({"retry-after": formatdate(time() + 60, usegmt=True)}) <= 60
    assert retry_after({"retry-after": formatdate(time() - 60, usegmt=True)}) == 0
    assert retry_after({"retry-after": "Mon, 99 Foo 2020 08:00:00 GMT"}) == 0


def test_how_long_an_answer_is_fresh():
    assert fresh_for({"cache-control": "public, max-age=3600, s-maxage=10"}) == 3600
    assert fresh_for({"cache-control": "no-cache, s-maxage=10"}) == 0
    assert 50 < fresh_for({"expires": formatdate(time() + 60, usegmt=True)}) <= 60
    assert fresh_for({"expires": "0"}) == 0
    assert fresh_for({}) == 0
