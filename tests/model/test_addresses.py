import pytest

from reader.model.addresses import canonical_address


@pytest.mark.parametrize(
    "address",
    [
        "https://boats.example/p/oars",
        "http://www.boats.example/p/oars/",
        "https://boats.example/p/oars?token=abc&isFreemail=true#comments",
        "https://boats.example/p/oars/amp/",
        "https://amp.boats.example/p/oars",
        "https://www.boats.example/p/oars?amp=1&email=a%40b.example",
        "https://boats-example.cdn.ampproject.org/c/s/boats.example/p/oars",
        "https://boats.example:443/p/oars",
    ],
)
def test_one_page_has_one_address_however_it_is_written(address):
    assert canonical_address(address) == "boats.example/p/oars"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://boats.example/?p=1", "https://boats.example/?p=2"),
        ("https://boats.example/p/oars", "https://boats.example/p/sails"),
        ("https://boats.example/p/oars", "https://oars.example/p/oars"),
        ("https://boats.example:8080/p/oars", "https://boats.example/p/oars"),
    ],
)
def test_two_pages_have_two(one, other):
    assert canonical_address(one) != canonical_address(other)


@pytest.mark.parametrize(
    "address",
    ["", "https://boats.example/", "mailto:ada@boats.example", "/letters/7.md", "http://[", "imap://a@b/c"],
)
def test_what_is_no_page_has_none(address):
    assert canonical_address(address) == ""
