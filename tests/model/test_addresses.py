import pytest

from reader.model.addresses import canonical_address, host_of, is_web, joined_address


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
        "https://boats.example/p/oars?utm_source=x&ref=y&fbclid=z",
    ],
)
def test_one_page_has_one_address_however_it_is_written(address):
    assert canonical_address(address) == "boats.example/p/oars"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://boats.example/?p=1", "https://boats.example/?p=2"),
        ("https://boats.example/a", "https://boats.example/A"),
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


def test_the_host_of_an_address_has_one_form():
    assert host_of("https://WWW.Boats.example:8443/x") == "boats.example"
    assert host_of("ftp://boats.example") == host_of("boats.example") == host_of("http://[x") == ""


def test_a_whole_address_has_a_host():
    assert all(map(is_web, ["https://boats.example", "HTTP://boats.example/x", " http://127.0.0.1:80/"]))
    assert not any(map(is_web, ["", "boats.example", "//boats.example", "http:///x", "mailto:a@b.example"]))


def test_an_address_within_a_page_is_joined_to_it():
    assert joined_address("https://boats.example/a/", " ../b ") == "https://boats.example/b"
    assert joined_address("https://boats.example/a/", "http://[x") == "http://[x"
