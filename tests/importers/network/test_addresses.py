import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers.network.addresses import is_public, led_to, place_of
from reader.model.fetched import FetchError


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.251",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::192.168.1.1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "2001::1",
        "2001:db8::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1%eth0",
        "fec0::1",
        "ff02::1",
        "100::1",
        "example.org",
        "",
    ],
)
def test_what_is_not_of_the_internet_is_not_public(number):
    assert not is_public(number)


@pytest.mark.parametrize(
    "number",
    [
        "8.8.8.8",
        "93.184.216.34",
        "2606:4700::6810:84e5",
        "64:ff9b::8.8.8.8",
        "::ffff:8.8.8.8",
        "2002:808:808::1",
    ],
)
def test_machines_of_the_internet_are_public(number):
    assert is_public(number)


def test_an_address_is_taken_apart_as_a_request_needs_it():
    place = place_of("HTTPS://Ada:p%40ss@Boats.Example:8443/a b/ü?q=é&x=%20#part")

    assert place[:4] == ("https", "boats.example", 8443, "/a%20b/%C3%BC?q=%C3%A9&x=%20")
    assert place.authority == "boats.example:8443"
    assert place.login == "Basic QWRhOnBAc3M="  # Ada:p@ss


def test_hosts_of_other_scripts_and_of_numbers():
    assert place_of("http://bücher.example").host == "xn--bcher-kva.example"
    assert place_of("http://[2606:4700::1]:80/").authority == "[2606:4700::1]"
    assert place_of("https://boats.example./x").host == "boats.example"
    assert place_of("https://boats.example").target == "/"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "boats.example",
        "file:///etc/passwd",
        "ftp://boats.example/",
        "javascript:alert(1)",
        "gopher://127.0.0.1:70/",
        "http://",
        "http:///path",
        "http://a..b/",
        "http://-/",
        "http://exa mple.org/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://[nonsense]/",
        "http://a\\b/",
        "http://" + "a" * 300 + "/",
        "http://example.org/" + "a" * 9000,
    ],
)
def test_what_is_no_address_of_the_web_is_refused_in_a_sentence(address):
    with pytest.raises(FetchError) as caught:
        place_of(address)

    assert str(caught.value).endswith(".")


@given(st.text(max_size=30))
def test_no_address_puts_more_into_a_request_than_itself(text):
    try:
        place = place_of(f"http://boats.example/{text}")
    except FetchError:
        return
    assert place.host == "boats.example"
    assert place.target.isascii()
    assert place.target.isprintable()
    assert " " not in place.target


def test_a_password_is_not_told_in_an_error():
    with pytest.raises(FetchError) as caught:
        place_of("ftp://ada:secret@boats.example/")

    assert "secret" not in str(caught.value) + caught.value.location


def test_a_password_in_an_address_that_is_none_is_not_told_either():
    with pytest.raises(FetchError) as caught:
        place_of("http://ada:secret@[boats.example/")

    assert "secret" not in caught.value.location


def test_half_a_sign_in_an_address_is_no_error():
    assert place_of("http://boats.example/\ud800").target == "/%3F"


def test_a_redirect_is_read_from_where_it_was_said():
    assert led_to("https://a.example/x/y", "../z#part", "https://a.example/x/y") == "https://a.example/z"
    assert led_to("https://a.example/x", "//b.example/", "https://a.example/x") == "https://b.example/"


@pytest.mark.parametrize(
    ("first", "location", "told"),
    [
        ("https://ada:pw@a.example/x", "/y", "https://ada:pw@a.example/y"),
        ("http://ada:pw@a.example/x", "https://a.example/x", "https://ada:pw@a.example/x"),
        ("https://ada:pw@a.example/x", "http://a.example/x", "http://a.example/x"),
        ("https://ada:pw@a.example/x", "https://b.example/x", "https://b.example/x"),
        ("https://ada:pw@a.example/x", "https://a.example:8443/x", "https://a.example:8443/x"),
        ("https://a.example/x", "https://eve:pw@b.example/x", "https://b.example/x"),
    ],
)
def test_a_password_goes_along_only_where_it_was_meant_to_go(first, location, told):
    assert led_to(first, location, first) == told


@pytest.mark.parametrize("location", ["file:///etc/passwd", "data:text/html,x", "http://[", "javascript:x"])
def test_a_redirect_out_of_the_web_is_refused(location):
    with pytest.raises(FetchError):
        led_to("https://a.example/", location, "https://a.example/")
