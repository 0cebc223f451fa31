"""OPML in and out: nested, tolerant, and the same again."""

import re

import exports
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exporters.opml import opml_of
from reader.importers.opml import read_opml
from reader.model import ImporterError
from reader.model.subscription import Subscription

_NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"]), min_size=1, max_size=12)  # fmt: skip
_ADDRESSES = st.from_regex(r"https?://[a-z]{1,9}\.example/[a-z0-9/?&=%'\"<>;.-]{0,20}", fullmatch=True)
_LISTS = st.lists(
    st.builds(
        Subscription,
        address=_ADDRESSES,
        name=_NAMES,
        site=st.just("") | _ADDRESSES,
        groups=st.lists(_NAMES, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one.address.partition("://")[2],
)


@pytest.fixture
def listed(tmp_path):
    def listed(text):
        path = tmp_path / "list.opml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_opml(str(path))

    return listed


BOAT = Subscription("https://boat.example/feed", "The Boat", "https://boat.example/", ("Boats",))
OARS = Subscription("https://oars.example/atom.xml", "Oars & co", "", ("Boats", "Wood"))
TAR = Subscription("http://tar.example/rss", "Tar")


def test_folders_are_groups_and_sites_are_kept(listed):
    assert listed(exports.OPML).subscriptions == (BOAT, OARS, TAR)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("<?xml", "\ufeff<?xml"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(' version="2.0"', "").replace('type="rss" ', ""),
        lambda text: text.replace("xmlUrl", "xmlurl").replace("outline", "OUTLINE").replace("opml", "OPML"),
        lambda text: text.replace("Oars &amp; co", "Oars & co"),
        lambda text: text.replace("Oars &amp; co", "Oars &#38; co"),
        lambda text: text.replace('"', "'"),
        lambda text: text.replace("</outline>\n  <outline type", "</outline><!-- <outline xmlUrl='https://no.example'/> --><outline type"),
        lambda text: text.partition("</body>")[0],
        lambda text: text.replace("</opml>", "<!&broken"),
        lambda text: re.sub(r">\s*<", "><", text),
    ],
)  # fmt: skip
def test_a_list_need_not_be_well_formed(listed, change):
    assert listed(change(exports.OPML)).subscriptions == (BOAT, OARS, TAR)


def test_an_address_counts_once_and_feed_is_no_scheme(listed):
    text = (
        '<opml><outline text="One" xmlUrl="feed://a.example/rss"/><outline text="Two" xmlUrl="https://A.example/rss"/>'
        '<outline title="Three" xmlUrl="feed:https://b.example"/><outline type="atom" url="https://c.example/"/></opml>'
    )

    assert listed(text).subscriptions == (
        Subscription("http://a.example/rss", "One"),
        Subscription("https://b.example", "Three"),
        Subscription("https://c.example/"),
    )


def test_a_category_is_a_group_where_no_folder_is(listed):
    text = '<opml><outline xmlUrl="https://a.example/" category="/Boats/Wood,tar"/></opml>'

    assert listed(text).subscriptions[0].groups == ("Boats", "Wood")


def test_what_is_no_address_of_the_web_is_left_out(listed):
    text = (
        '<opml><outline xmlUrl="https://a.example/"/><outline xmlUrl="|~/fetch.py"/>'
        '<outline xmlUrl="javascript:alert(1)"/><outline type="vfolder" xmlUrl="vfolder"/></opml>'
    )

    assert listed(text).left_out == ("|~/fetch.py", "javascript:alert(1)")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><outline xmlUrl='https://a.example/'/></html>", "This is no OPML file, for nothing in it says so."),
        ("<opml><body></body></opml>", "The list has no newsletters in it."),
        (b"PK\x03\x04zip", "This is a zip archive or an office document, not a text."),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_in_a_sentence(listed, text, reason):
    with pytest.raises(ImporterError) as caught:
        listed(text)
    assert str(caught.value) == reason


def test_depth_and_length_take_no_longer_than_they_must(listed):
    deep = "<opml>" + "<outline text='x'>" * 20_000 + "<outline xmlUrl='https://a.example/'/>"
    quotes = "<opml>" + "<outline text=\"'" * 20_000 + "<outline xmlUrl='https://a.example/'/>"

    assert len(listed(deep).subscriptions[0].groups) == 50
    assert listed(quotes).subscriptions[0].address == "https://a.example/"


@given(subscriptions=_LISTS)
def test_what_is_written_is_read_again(subscriptions, tmp_path_factory):
    path = tmp_path_factory.mktemp("opml") / "list.opml"
    path.write_text(opml_of(subscriptions), encoding="utf-8")
    again = read_opml(str(path))

    assert sorted(again.subscriptions) == sorted(subscriptions)
    assert opml_of(again.subscriptions) == path.read_text(encoding="utf-8")
