import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.parsing.links import clean_image, clean_link


@pytest.mark.parametrize(
    ("address", "cleaned"),
    [
        ("https://a.example/x?y=1&z=2#part", "https://a.example/x?y=1&z=2#part"),
        ("HTTP://A.example", "HTTP://A.example"),
        ("//a.example/x", "https://a.example/x"),
        ("\\\\a.example/x", "https://a.example/x"),
        ("www.a.example", "https://www.a.example"),
        ("mailto:jane@a.example", "mailto:jane@a.example"),
        ("#part", "#part"),
        ("images/cover.png", "images/cover.png"),
        ("/2020/219?x=a:b", "/2020/219?x=a:b"),
        ("  https://a.example/with space  ", "https://a.example/with%20space"),
        ("https://a.example/\n  x", "https://a.example/%20%20x"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://例.example/火", "https://例.example/火"),
    ],
)
def test_a_harmless_address_stays(address, cleaned):
    assert clean_link(address) == cleaned


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " \x01javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\u202escript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript%3aalert(1)",
        "javascript%253aalert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "C:\\Users",
        "java script:alert(1)",
        "mailto:",
        "http://",
        "tel:123",
        "",
        None,
    ],
)
def test_any_other_address_is_nothing(address):
    assert clean_link(address) == ""


@pytest.mark.parametrize("address", ["#part", "mailto:a@b.example", "data:image/png;base64,AAAA"])
def test_a_picture_is_on_the_web_or_beside_the_issue(address):
    assert clean_image(address) == ""
    assert clean_image("cover.png") == "cover.png"


@settings(deadline=None)
@given(st.text())
def test_a_clean_address_is_clean(address):
    once = clean_link(address)
    assert clean_link(once) == once
    assert not any(letter.isspace() or letter in '<>"' for letter in once)
