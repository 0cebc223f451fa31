"""What each way makes of what a site answers, and which addresses are which."""

import gzip
import time

import pytest
from sites import HOME, page, rss, sitemap

from reader.importers.archive import Listed, ways
from reader.importers.archive.earlier import issue_before
from reader.importers.archive.paged import earlier_documents
from reader.importers.archive.pages import is_whole
from reader.importers.archive.places import Alike, Site, query_of, site_of, with_query
from reader.importers.archive.sitemaps import Sitemaps
from reader.importers.archive.substack import Substack
from reader.importers.archive.wordpress_posts import WordPressPosts
from reader.model import ImporterError
from reader.model.fetched import Fetched

SITE = site_of(f"{HOME}/feed/", HOME, (f"{HOME}/issues/9", f"{HOME}/issues/8"))


def answer(body, address=f"{HOME}/x", **headers):
    return Fetched(address, 200, body if isinstance(body, bytes) else body.encode(), "", headers)


def test_ways_are_found_by_their_files_and_have_their_turn():
    names = [way.name for way in ways()]

    assert names == ["paged", "wordpress_feed", "wordpress", "substack", "sitemaps", "links"]


@pytest.mark.parametrize("way", ways(), ids=lambda way: way.name)
@pytest.mark.parametrize(
    "body", [b"", b"\0\xff", b"[]", b"{}", b"[1, null]", b"<html>", b"[" * 100_000, b"\x1f\x8b\0"]
)
def test_no_way_fails_at_nonsense(way, body):
    fetched = answer(body)

    way.starts(SITE, fetched)
    way.starts(SITE._replace(issues=()), None)
    for ask in (lambda: way.listed(SITE, fetched), lambda: way.read(fetched)):
        try:
            ask()
        except ImporterError as error:
            assert str(error).endswith(".")  # noqa: PT017 - it may read it too


def test_queries_are_added_to():
    assert with_query("https://b.example/feed/?cat=3#x", paged=2) == "https://b.example/feed/?cat=3&paged=2"
    assert query_of("https://b.example/?paged=2", "paged") == "2"


NUMBERED = (f"{HOME}/issue-12", f"{HOME}/issue-11")
NAMED = (f"{HOME}/p/oars-are-long", f"{HOME}/p/sails-are-wide")
DATED = (f"{HOME}/2024/05/06/oars", f"{HOME}/2024/04/29/sails")


@pytest.mark.parametrize(
    ("known", "address", "alike"),
    [
        (NUMBERED, f"{HOME}/issue-3", True),
        (NUMBERED, f"{HOME}/issue-3/", True),
        (NUMBERED, f"{HOME}/our-boats", False),
        (NUMBERED, f"{HOME}/about", False),
        (NAMED, f"{HOME}/p/tar-is-black", True),
        (NAMED, f"{HOME}/p/about", False),
        (NAMED, f"{HOME}/p/oar.png", False),
        (NAMED, f"{HOME}/tag/oars", False),
        (NAMED, "https://evil.example/p/tar-is-black", False),
        (NAMED, "http://[", False),
        (DATED, f"{HOME}/2011/12/30/tar", True),
        (DATED, f"{HOME}/2011/12/", False),
        ((), f"{HOME}/p/tar", False),
    ],
)
def test_what_is_alike_is_told_by_folders_and_numbers(known, address, alike):
    assert (address in Alike(known)) is alike


def test_a_site_owns_its_own_hosts_alone():
    assert SITE.owns("http://www.boats.example/x")
    assert not any(
        map(
            SITE.owns, ("https://evil.example", "file:///boats.example", "https://boats.example.evil.example")
        )
    )


def test_the_pages_of_a_feed_are_found_outside_its_entries():
    entry = '<entry><link rel="next" href="/wrong"/></entry>'
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="/x"/>'

    assert earlier_documents(answer(f"{head}{entry}</feed>")) == ()
    assert earlier_documents(answer(f'{head}{entry}<link rel="next" href="?page=2"/></feed>')) == (
        f"{HOME}/x?page=2",
    )
    both = '<link href="/2" rel="next"/><link href="/a" rel="prev-archive"/>'
    assert earlier_documents(answer(f"{head}{both}{entry}</feed>")) == (f"{HOME}/a", f"{HOME}/2")
    assert earlier_documents(answer(f'{head}<link rel="next" href="/x"/></feed>')) == ()  # it is that itself


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("<p>" + "Oars are long. " * 60 + "</p>", True),
        ("<p>Short.</p>", False),
        ("<p>" + "Oars are long. " * 60 + "[&hellip;]</p>", False),
        ("<p>" + "Oars are long. " * 60 + "Read more</p>", False),
        ("<p>" + "Oars are long. " * 60 + '<a href="x">Continue reading Oars →</a></p>', False),
    ],
)
def test_a_summary_is_no_issue(text, whole):
    assert is_whole(text) is whole


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<a rel="prev" href="/8">Oars</a>', "/8"),
        ('<link rel="prev" href="/8">', "/8"),
        ('<div><a class="nav-previous" href="/8">Oars</a></div>', "/8"),
        ('<a href="/8">← Previous</a>', "/8"),
        ('<a href="/8"><span>Previous issue:</span> Oars</a>', "/8"),
        ('<a href="/8" title="Previous issue"><svg></svg></a>', "/8"),
        ('<a href="/8">« Older</a>', "/8"),
        ('<a href="/8">Vorherige Ausgabe</a>', "/8"),
        ('<a href="/8">上一篇：舟</a>', "/8"),
        ('<a href="/10">Next issue</a>', ""),
        ('<a href="/older">Older posts</a>', ""),
        ('<a href="/8">Previously we wrote of oars</a>', ""),
        ('<a href="https://evil.example/8">Previous issue</a>', ""),
        ('<a class="prev" href="#">Previous</a>', ""),
        ('<a class="prev" href="javascript:back()">Previous</a>', ""),
        ('<a href="/8">Previous</a><a rel="prev" href="/7">Oars</a>', "/7"),
    ],
)
def test_the_issue_before_is_found_by_its_link(link, found):
    expected = f"{HOME}{found}" if found else ""

    assert issue_before(answer(page(9, link), f"{HOME}/9")) == expected


def test_a_page_of_links_takes_no_time():
    began = time.process_time()

    issue_before(answer('<a class="prev" href="x">' * 100_000 + "<a " * 100_000))

    assert time.process_time() - began < 3


def test_sitemaps_in_any_writing():
    written = (
        "<urlset><url>\n <loc> <![CDATA[https://boats.example/issues/3]]> </loc><lastmod>2011-02-03</lastmod></url>"
        "<url><lastmod>2012-02-03</lastmod><loc>https://boats.example/issues/4?a=1&amp;b=2</loc></url><url><loc>"
    )

    for body in (written, gzip.compress(written.encode())):
        pages = Sitemaps().listed(SITE, answer(body)).pages
        assert [page.place for page in pages] == [f"{HOME}/issues/4?a=1&b=2", f"{HOME}/issues/3"]


def test_a_sitemap_that_would_unpack_to_gigabytes_is_refused():
    import zlib

    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = b"".join(packing.compress(b"0" * 1_000_000) for _ in range(60)) + packing.flush()

    with pytest.raises(ImporterError, match="larger"):
        Sitemaps().listed(SITE, answer(bomb))


def test_of_many_sitemaps_those_of_pages_and_tags_are_left_out():
    listed = [f"{HOME}/sitemap-{name}.xml" for name in ("pages", "posts", "tags", "authors")]

    assert Sitemaps().listed(SITE, answer(sitemap(listed, "sitemap"))).more == (f"{HOME}/sitemap-posts.xml",)


def test_wordpress_stops_at_the_last_page_it_tells_of():
    body = f'[{{"link": "{HOME}/1", "content": {{"rendered": "x"}}}}, {{"id": 5}}]'
    address = f"{HOME}/wp-json/wp/v2/posts?per_page=20&page=2"

    assert WordPressPosts().listed(SITE, answer(body, address, **{"x-wp-totalpages": "2"})).more == ()
    assert WordPressPosts().listed(SITE, answer(body, address)).more == (
        address.replace("&page=2", "&page=3"),
    )
    assert WordPressPosts().listed(SITE, answer("[]", address)) == Listed()


def test_substack_is_known_by_its_host_and_by_its_feed():
    elsewhere = answer(rss([1], str, "<generator>Substack</generator>"))

    assert Substack().starts(SITE, elsewhere)
    assert Substack().starts(Site("https://boats.substack.com/feed", "https://boats.substack.com"), None)
    assert Substack().starts(SITE, answer(rss([1], str))) == ()
