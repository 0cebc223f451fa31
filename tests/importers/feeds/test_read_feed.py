"""Feeds of every kind, and what is none."""

import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.importers.feed import importer, looks_like_feed, read_feed
from reader.model import ImporterError, RawIssue

AT = "https://boats.example/feed.xml"
ITEM = "<item><title>One</title><link>https://boats.example/1</link><description>Words.</description></item>"


def rss(items=ITEM, head="", **spaces):
    names = "".join(f' xmlns:{name}="{space}"' for name, space in spaces.items())
    return (
        f'<?xml version="1.0"?><rss version="2.0"{names}><channel><title>The Boat</title>'
        f"<link>https://boats.example/</link>{head}{items}</channel></rss>"
    ).encode()


def atom(entries, head=""):
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Boat</title>'
        f'<link href="https://boats.example/"/>{head}{entries}</feed>'
    ).encode()


def json_feed(*items, **head):
    known = {"version": "https://jsonfeed.org/version/1.1", "title": "The Boat", "items": items}
    return json.dumps(known | head).encode()


def only(feed):
    (raw,) = feed.issues
    return raw


def said(raw):
    return dict(raw.meta)


CONTENT = {"content": "http://purl.org/rss/1.0/modules/content/"}


def test_an_entry_of_rss_is_an_issue():
    item = (
        "<item><title>The Boat 7: Oars &amp;amp; sails</title><link>https://boats.example/7?utm_source=rss&amp;id=7</link>"
        "<guid isPermaLink='false'>seven</guid><pubDate>Mon, 19 Oct 2020 23:30:00 -0700</pubDate>"
        "<author>Ada</author><category>wood</category><category>tar</category>"
        "<description>Short.</description><content:encoded><![CDATA[<p>Oars are <b>long</b>.</p>]]></content:encoded></item>"
    )
    feed = read_feed(rss(item, **CONTENT), AT)
    raw = only(feed)

    assert (feed.title, feed.site) == ("The Boat", "https://boats.example/")
    assert (raw.text, raw.markup, raw.newsletter) == ("<p>Oars are <b>long</b>.</p>", "html", "The Boat")
    assert raw.location == "https://boats.example/7?id=7"
    assert said(raw) == {
        "title": "The Boat 7: Oars & sails",
        "date": "2020-10-19T23:30:00-07:00",
        "author": "Ada",
        "link": "https://boats.example/7?utm_source=rss&id=7",
        "guid": "seven",
        "tags": "wood, tar",
    }


def test_an_entry_of_atom_is_an_issue():
    entry = (
        '<entry xml:base="https://boats.example/2020/"><title type="html">&lt;em&gt;Tar&lt;/em&gt;</title><id>urn:1</id>'
        '<link rel="alternate" href="tar"/><updated>2020-10-20T08:00:00Z</updated><published>2020-10-19T08:00:00+02:00</published>'
        '<summary>Short.</summary><content type="html">&lt;p&gt;Tar is &lt;a href="black"&gt;black&lt;/a&gt;.&lt;/p&gt;</content></entry>'
    )
    raw = only(read_feed(atom(entry), AT))

    assert raw.location == "https://boats.example/2020/tar"
    assert raw.text == '<p>Tar is <a href="https://boats.example/2020/black">black</a>.</p>'
    assert said(raw)["title"] == "Tar"
    assert said(raw)["date"] == "2020-10-19T08:00:00+02:00"


def test_an_entry_of_rdf_is_an_issue():
    data = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        b' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://boats.example/"><title>The Boat</title>'
        b'<link>https://boats.example/</link></channel><item rdf:about="https://boats.example/1"><title>One</title>'
        b"<link>https://boats.example/1</link><description>Words.</description><dc:date>2020-10-19</dc:date></item></rdf:RDF>"
    )
    raw = only(read_feed(data, AT))

    assert (raw.location, said(raw)["date"], raw.text) == ("https://boats.example/1", "2020-10-19", "Words.")


def test_an_entry_of_json_feed_is_an_issue():
    item = {
        "id": 7,
        "url": "/7",
        "title": "Seven",
        "content_html": "<p><img src='oar.png'></p>",
        "date_published": "2020-10-19T08:00:00+02:00",
        "authors": [{"name": "Ada"}, {"name": "Bo"}],
        "image": "https://boats.example/seven.png",
        "attachments": [{"url": "https://boats.example/7.mp3", "mime_type": "audio/mpeg"}],
    }
    written = json_feed(item, home_page_url="https://boats.example/")
    feed = read_feed(written, "https://boats.example/feed.json")
    raw = only(feed)

    assert feed.site == "https://boats.example/"
    assert raw.location == "https://boats.example/7"
    assert "src='https://boats.example/oar.png'" in raw.text
    assert '<a href="https://boats.example/7.mp3">Listen: 7.mp3</a>' in raw.text
    assert said(raw)["author"] == "Ada, Bo"
    assert said(raw)["image"] == "https://boats.example/seven.png"


def test_json_feed_of_the_first_version_and_of_plain_text():
    item = {"id": "1", "url": "https://boats.example/1", "content_text": "a < b", "author": {"name": "Ada"}}
    raw = only(read_feed(json_feed(item, version="https://jsonfeed.org/version/1"), AT))

    assert (raw.text, raw.markup, said(raw)["author"]) == ("a < b", "text", "Ada")


def test_addresses_that_are_none_cost_no_issue():
    items = [
        {"url": "http://[", "content_text": "One."},
        {"url": "http://b.example:x/", "content_text": "Two."},
    ]
    feed = read_feed(json_feed(*items, home_page_url="http://["), AT)

    assert [raw.text for raw in feed.issues] == ["One.", "Two."]


def test_a_title_without_end_is_cut():
    feed = read_feed(rss().replace(b"The Boat", b"&lt;script " * 500_000), AT)

    assert len(feed.title) <= 200


def test_a_feed_says_when_it_need_not_be_asked():
    head = (
        "<ttl>90</ttl><skipHours><hour>0</hour><hour>23</hour><hour>24</hour></skipHours>"
        "<skipDays><day>Saturday</day><day>Sunday</day><day>Someday</day></skipDays>"
    )
    feed = read_feed(rss(head=head), AT)

    assert feed.ttl_minutes == 90
    assert feed.skip_hours == {0, 23}
    assert feed.skip_days == {5, 6}


def test_how_often_a_feed_changes_is_said_in_another_way_too():
    head = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
    feed = read_feed(rss(head=head, sy="http://purl.org/rss/1.0/modules/syndication/"), AT)

    assert feed.ttl_minutes == 360


def test_entries_with_nothing_but_a_text_keep_their_places():
    items = "<item><description>Oars are long, and here are more words than a title has room for, so that it is cut.</description></item>"
    items += "<item><description>Sails.</description></item><item><description>Sails.</description></item>"
    first = read_feed(rss(items), AT)
    again = read_feed(rss("<item><description>New.</description></item>" + items), AT)

    assert [said(raw)["title"] for raw in first.issues] == [
        "Oars are long, and here are more words than a title has room for, so that it is…",
        "Sails.",
    ]
    assert {raw.location for raw in first.issues} < {raw.location for raw in again.issues}
    assert all(raw.location.startswith(f"{AT}::") for raw in first.issues)


def test_entries_of_one_address_are_told_apart():
    items = "".join(
        f"<item><title>Open thread</title><link>https://boats.example/</link><guid>{n}</guid></item>"
        for n in "ab"
    )
    feed = read_feed(rss(items), AT)

    assert len({raw.location for raw in feed.issues}) == 2
    assert len({raw.digest for raw in feed.issues}) == 1


def test_an_entry_without_title_is_called_by_its_date_else_by_the_newsletter():
    items = "<item><pubDate>Mon, 19 Oct 2020 08:00:00 GMT</pubDate></item><item><guid>x</guid></item>"

    assert [said(raw)["title"] for raw in read_feed(rss(items), AT).issues] == ["2020-10-19", "The Boat"]


def test_a_feed_without_title_is_called_by_its_host():
    feed = read_feed(
        b"<rss version='2.0'><channel>" + ITEM.encode() + b"</channel></rss>", "https://www.boats.example/x"
    )

    assert (feed.title, only(feed).newsletter) == ("boats.example", "boats.example")


@pytest.mark.parametrize(
    "date", ["", "soon", "0000-00-00T00:00:00Z", "Mon, 99 Foo 2020 08:00:00 GMT", "9" * 500]
)
def test_a_date_that_is_none_is_left_out_or_kept_as_it_is(date):
    raw = only(read_feed(rss(ITEM.replace("</item>", f"<pubDate>{date}</pubDate></item>")), AT))

    assert said(raw).get("date", "") in ("", date)


def test_the_sounds_and_films_of_an_entry_are_kept_as_links():
    files = (
        '<enclosure url="https://boats.example/7.mp3?a=1&amp;b=2" type="audio/mpeg" length="9"/>'
        '<enclosure url="https://boats.example/7.png" type="image/png"/><enclosure url="javascript:x" type="audio/x"/>'
    )
    raw = only(read_feed(rss(ITEM.replace("</item>", f"{files}</item>")), AT))

    assert raw.text == 'Words.\n<p><a href="https://boats.example/7.mp3?a=1&amp;b=2">Listen: 7.mp3</a></p>'
    assert said(raw)["image"] == "https://boats.example/7.png"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "koi8-r", "shift_jis", "gb18030"]
)
def test_any_encoding_is_read(encoding):
    words = {"koi8-r": "Лодка", "shift_jis": "帆船の話", "gb18030": "帆船的故事"}.get(encoding, "Größe")
    text = rss(ITEM.replace("Words.", words)).decode().replace('"1.0"?', f'"1.0" encoding="{encoding}"?')

    assert only(read_feed(text.encode(encoding), AT)).text == words


@pytest.mark.parametrize(
    "content_type", ["text/xml", "text/xml; charset=iso-8859-1", "text/html; charset=nonsense", ""]
)
def test_utf8_is_read_as_such_whatever_else_is_said(content_type):
    data = rss(ITEM.replace("Words.", "Größe")).replace(b'"1.0"?', b'"1.0" encoding="iso-8859-1"?')

    assert only(read_feed(data, AT, content_type)).text == "Größe"


def test_an_encoding_that_only_the_server_names():
    data = rss(ITEM.replace("Words.", "Лодка")).decode().encode("koi8-r")

    assert only(read_feed(data, AT, "text/xml; charset=koi8-r")).text == "Лодка"


@pytest.mark.parametrize(
    "broken",
    [
        rss(ITEM * 2).replace(b"</item>", b"</itm>", 1),
        rss(ITEM.replace("Words.", "Oars & sails &nbsp; &nope; <br> and <p>tar")),
        rss(ITEM)[:-30],
        b"\n\n" + rss(ITEM),
        b"\xef\xbb\xbf" + rss(ITEM),
        rss(ITEM.replace("Words.", "Oars \x0b\x01 tar")),
        rss(ITEM).replace(b"<rss", b"<!-- a page about <html> --><rss"),
        rss(ITEM).replace(
            b"<rss", b'<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://x.example/rss.dtd"><rss'
        ),
        rss(ITEM.replace("Words.", "&copyright;")).replace(
            b"<rss", b'<!DOCTYPE rss [<!ENTITY copyright "(C)">]><rss'
        ),
        rss(ITEM).replace(b"\n", b"").replace(b"<", b"\n<"),
    ],
)
def test_a_feed_that_is_badly_written_comes_in(broken):
    feed = read_feed(broken, AT)

    assert feed.title == "The Boat"
    assert said(feed.issues[0])["title"] == "One"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]><rss version="2.0"><channel><title>&l9;</title></channel></rss>'
QUADRATIC = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]><rss version="2.0"><channel><title>{"&a;" * 50_000}</title></channel></rss>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32-be", "utf-7"])
@pytest.mark.parametrize(
    "bomb", [BOMB, QUADRATIC, BOMB.replace("<rss", "<rss><").replace("<!DOCTYPE", "<x/><!DOCTYPE")]
)
def test_xml_that_grows_without_end_is_refused(bomb, encoding):
    declared = bomb.replace('"1.0"?', f'"1.0" encoding="{encoding}"?').encode(encoding)
    tracemalloc.start()
    try:
        with pytest.raises(ImporterError) as caught:
            read_feed(declared, AT)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert str(caught.value).endswith(".")
    assert peak < 20_000_000


def test_nothing_outside_of_a_feed_is_read_for_it(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("Nobody may read this.", encoding="utf-8")
    for declared in (
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">',
        f'<!ENTITY % x SYSTEM "{secret.as_uri()}"> %x;',
    ):
        data = rss(ITEM.replace("Words.", "&x;")).replace(
            b"<rss", f"<!DOCTYPE rss [{declared}]><rss".encode()
        )
        assert "Nobody" not in str(read_feed(data, AT))
    with pytest.raises(ImporterError):
        read_feed(str(secret).encode(), AT)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<!DOCTYPE html><html><head><title>Boats</title></head><body><p>x</p></body></html>", "web page"),
        (b"<html><body>x", "web page"),
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"words", "not a feed"),
        (b"<opml version='2.0'><body><outline text='x'/></body></opml>", "not a feed"),
        (b'{"a": 1}', "other JSON"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 7}', "other JSON"),
        (b"{broken", "broken"),
        (b'{"a":' * 100_000, "broken"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not a feed"),
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(data, words):
    with pytest.raises(ImporterError, match=words) as caught:
        read_feed(data, "https://ada:secret@boats.example/x")

    assert caught.value.location == "https://boats.example/x"


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
NAMED = st.dictionaries(st.sampled_from(["id", "url", "name", "tags"]), LEAVES, max_size=3)
JSON = LEAVES | NAMED | st.lists(LEAVES | NAMED, max_size=3)
ITEMS = st.dictionaries(
    st.sampled_from(
        [
            "id",
            "url",
            "title",
            "content_html",
            "content_text",
            "date_published",
            "author",
            "authors",
            "attachments",
            "tags",
            "image",
        ]
    ),
    JSON,
    max_size=6,
)


@given(st.lists(ITEMS | JSON, max_size=4), JSON)
def test_no_json_makes_more_than_issues(items, odd):
    feed = read_feed(json_feed(*items, title=odd, icon=odd, next_url=odd), AT)

    assert all(isinstance(raw, RawIssue) and len(raw.digest) == 64 for raw in feed.issues)
    assert str(feed).encode()


PIECES = st.sampled_from(
    [ITEM, "<item>", "</item>", "<entry>", "<title>", "&amp;", "&#0;", "&#xD800;", "<![CDATA[", "]]>", "<!--", "<", ">", "<link href='//['/>",
     "<link>http://[</link>", "<content xml:base='http://['>", "<pubDate>99</pubDate>", "<enclosure url='x'/>", "\0", "é", "<?php ?>", "<!DOCTYPE x [", "xmlns:a='b'"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["utf-8", "utf-16", "latin-1", "utf-7"]))
def test_no_feed_makes_more_than_issues_or_one_sentence(pieces, encoding):
    issues, told = read_or_told(rss("".join(pieces)).decode().encode(encoding, "replace"))

    assert len({raw.location for raw in issues}) == len(issues)
    assert told == "" or told.endswith(".")
    assert "could not be understood" not in told or encoding == "utf-16"


@given(st.binary(max_size=300))
def test_no_bytes_make_more_than_issues_or_one_sentence(data):
    issues, told = read_or_told(data)

    assert issues or told == "" or told.endswith(".")


def read_or_told(data):
    """The issues of a feed, and the sentence that it was refused with."""
    try:
        return read_feed(data, AT).issues, ""
    except ImporterError as error:
        return (), str(error)


@pytest.mark.parametrize(
    "sign", ["&#xD800;", "&#55296;", "&#x110000;", "&#99999999999999999999;", "&#xFFFFFFFFFFFF"]
)
def test_a_sign_that_there_is_none_of_costs_nothing_but_itself(sign):
    raw = only(read_feed(rss(ITEM.replace("Words.", f"Oars {sign} are long. &#233;&#x41;")), AT))

    assert raw.text.startswith("Oars")
    assert raw.text.endswith("are long. éA")


def test_feeds_on_the_disk_are_told_by_how_they_begin(tmp_path):
    for name, data in (
        ("a.xml", rss()),
        ("b", atom("")),
        ("c.json", json_feed()),
        ("d.rss", rss().decode().encode("utf-16")),
    ):
        (tmp_path / name).write_bytes(data)
        assert importer.accepts(str(tmp_path / name))
    for number, data in enumerate(
        [
            b"<html>about <rss version></html>",
            b"<opml/>",
            b'{"items": []}',
            rss(wp="http://wordpress.org/export/1.2/"),
            b"---\n---\n<feed>{% for post in posts %}",
            b"",
        ]
    ):
        assert not looks_like_feed(data), number
    assert not importer.accepts(str(tmp_path))
    assert not importer.accepts(str(tmp_path / "none"))
    assert not importer.accepts("a\0b")


def test_a_feed_on_the_disk_comes_in_as_from_the_network(tmp_path):
    place = tmp_path / "boat.xml"
    place.write_bytes(rss(ITEM + "<item><title>Two</title></item>"))

    first, second = importer.issues(str(place), pytest.fail)

    assert first == read_feed(rss(), AT).issues[0]
    assert second.location.startswith(f"{place}::")


def test_a_file_that_is_no_feed_after_all_is_told(tmp_path):
    told = []
    (tmp_path / "x.xml").write_bytes(b"words")

    assert list(importer.issues(str(tmp_path / "x.xml"), told.append)) == []
    assert list(importer.issues(str(tmp_path / "none.xml"), told.append)) == []
    assert [error.location for error in told] == [str(tmp_path / "x.xml"), str(tmp_path / "none.xml")]
