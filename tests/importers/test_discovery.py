import pytest
from fetched import Answers, feed, gone, page

from reader.importers.discovery import addresses_in, discover
from reader.model import ImporterError
from reader.model.fetched import FetchError
from reader.model.following import Offer

SITE = "https://boats.example"


def site(*links, body="", base=""):
    """A page with these in its head."""
    return f"<!doctype html><html><head>{base}{''.join(links)}<title>Boats</title></head><body>{body}</body></html>"


def link(href, title="", kind="application/rss+xml", rel="alternate"):
    return f'<link rel="{rel}" type="{kind}" title="{title}" href="{href}">'


@pytest.mark.parametrize(
    ("pasted", "addresses"),
    [
        (" https://boats.example/feed \n", ["https://boats.example/feed"]),
        ("boats.example", ["https://boats.example", "http://boats.example"]),
        ("www.boats.example/a?b=c", ["https://www.boats.example/a?b=c", "http://www.boats.example/a?b=c"]),
        ("boats.example:8080/x", ["https://boats.example:8080/x", "http://boats.example:8080/x"]),
        ("localhost:8000/feed", ["https://localhost:8000/feed", "http://localhost:8000/feed"]),
        ("127.0.0.1:8000", ["https://127.0.0.1:8000", "http://127.0.0.1:8000"]),
        ("feed://boats.example/rss", ["https://boats.example/rss", "http://boats.example/rss"]),
        ("feed:https://boats.example/rss", ["https://boats.example/rss"]),
        ("feed:http://boats.example/rss", ["http://boats.example/rss"]),
        ("<https://boats.example/feed>", ["https://boats.example/feed"]),
        ("Read it here: https://boats.example/feed.", ["https://boats.example/feed"]),
        ("@boats", ["https://boats.substack.com/feed"]),
        ("https://substack.com/@Boats", ["https://boats.substack.com/feed"]),
        ("bücher.example", ["https://bücher.example", "http://bücher.example"]),
        ("ada:secret@boats.example", ["https://ada:secret@boats.example", "http://ada:secret@boats.example"]),
        ("[::1]:8000/x", ["https://[::1]:8000/x", "http://[::1]:8000/x"]),
        ("nas:8080/feed", ["https://nas:8080/feed", "http://nas:8080/feed"]),
        ("xn--bcher-kva.xn--p1ai", ["https://xn--bcher-kva.xn--p1ai", "http://xn--bcher-kva.xn--p1ai"]),
        ("ada@boats.example", []),
        ("2024-05-01", []),
        ("3.14", []),
        ("boats", []),
        ("", []),
        ("ftp://boats.example", []),
        ("javascript:alert(1)", []),
        ("file:///etc/passwd", []),
        ("all about boats. And oars", []),
    ],
)
def test_what_a_pasted_text_means(pasted, addresses):
    assert addresses_in(pasted) == addresses


def test_an_address_that_is_a_feed_is_followed_as_it_is():
    found = discover(f"{SITE}/feed", Answers({f"{SITE}/feed": feed(1, 2)}))

    assert (found.address, found.feed.title, len(found.feed.issues)) == (f"{SITE}/feed", "The Boat", 2)


def test_an_address_that_moved_for_good_is_followed_where_it_is_now():
    moved = page(feed(1), f"{SITE}/new")._replace(moved=f"{SITE}/new")
    passing = page(feed(1), f"{SITE}/cache")

    assert discover(f"{SITE}/old", Answers({f"{SITE}/old": moved})).address == f"{SITE}/new"
    assert discover(f"{SITE}/old", Answers({f"{SITE}/old": passing})).address == f"{SITE}/old"


def test_a_site_says_what_may_be_followed():
    head = site(
        link("/comments/feed/", "Comments"),
        link("weekly.xml", "Weekly", "application/atom+xml"),
        link("//boats.example/all.json", "All", "application/feed+json"),
        link("/wp-json/oembed?x", "", "application/json"),
        link("/style.css", "", "text/css", "stylesheet"),
        link("javascript:x", "Evil"),
        base='<base href="/letters/">',
    )
    answers = Answers({SITE: page(head, f"{SITE}/"), f"{SITE}/letters/weekly.xml": feed(1)})

    found = discover(SITE, answers)

    assert found.address == f"{SITE}/letters/weekly.xml"
    assert found.offers == (Offer(f"{SITE}/all.json", "All"), Offer(f"{SITE}/comments/feed/", "Comments"))


def test_what_a_site_says_and_does_not_have_is_passed_over():
    head = site(link("/gone.xml"), link("/page.xml"), link("/there.xml"))
    answers = Answers(
        {SITE: page(head, f"{SITE}/"), f"{SITE}/page.xml": site(), f"{SITE}/there.xml": feed(1)}
    )

    assert discover(SITE, answers).address == f"{SITE}/there.xml"


def test_a_page_that_links_to_its_feed():
    body = '<a href="/about">x</a><a href="https://other.example/feed">y</a><a href="letters.rss">RSS</a>'
    answers = Answers({SITE: page(site(body=body), f"{SITE}/"), f"{SITE}/letters.rss": feed(1)})

    assert discover(SITE, answers).address == f"{SITE}/letters.rss"
    assert answers.addresses() == [SITE, f"{SITE}/letters.rss"]


@pytest.mark.parametrize(
    "place",
    [
        "/feed",
        "/rss",
        "/feed.xml",
        "/index.xml",
        "/atom.xml",
        "/rss.xml",
        "/feed.json",
        "/rss/",
        "/feed/",
        "/blog/rss",
    ],
)
def test_where_sites_have_their_feeds(place):
    answers = Answers({f"{SITE}/blog": page(site(), f"{SITE}/blog"), SITE + place: feed(1)})

    assert discover(f"{SITE}/blog", answers).address == SITE + place


def test_a_site_that_is_closed_to_programs_may_have_a_feed_all_the_same():
    answers = Answers({SITE: gone(403), f"{SITE}/feed": feed(1)})

    assert discover("boats.example", answers).address == f"{SITE}/feed"


def test_http_is_tried_where_https_does_not_answer():
    plain = "http://boats.example"
    answers = Answers({SITE: FetchError("No."), plain: feed(1)})

    assert discover("boats.example", answers).address == plain


def test_what_a_server_says_over_http_is_told_where_https_does_not_answer():
    answers = Answers({SITE: FetchError("No."), "http://boats.example": gone(404)})

    with pytest.raises(FetchError) as caught:
        discover("boats.example", answers)
    assert caught.value.status == 404


def test_a_site_without_a_feed_is_told_in_a_sentence_and_asked_but_a_few_times():
    answers = Answers({SITE: page(site(), SITE)})

    with pytest.raises(ImporterError, match="Nothing was found there that can be followed."):
        discover(SITE, answers)
    assert len(answers.asked) <= 12


def test_the_first_error_is_told_where_nothing_helps():
    for error in (gone(404), FetchError("The server could not be found.")):
        with pytest.raises(FetchError) as caught:
            discover(SITE, Answers({SITE: error}))
        assert caught.value is error


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_has_had_enough_is_asked_no_more(status):
    answers = Answers({SITE: page(site(), SITE), f"{SITE}/feed": gone(status)})

    with pytest.raises(ImporterError):
        discover(SITE, answers)
    assert answers.addresses() == [SITE, f"{SITE}/feed"]


def test_what_is_no_address_and_what_is_no_page_is_told():
    with pytest.raises(ImporterError, match="no address"):
        discover("about boats", Answers())
    with pytest.raises(ImporterError, match="not a feed"):
        discover(f"{SITE}/x.pdf", Answers({f"{SITE}/x.pdf": b"%PDF-1.4"}))


def test_a_feed_that_cannot_be_read_is_told_and_nothing_else_is_tried():
    bomb = '<!DOCTYPE rss [<!ENTITY a "&b;&b;">]><rss version="2.0"><channel/></rss>'
    answers = Answers({SITE: page(bomb, SITE)})

    with pytest.raises(ImporterError, match="entities"):
        discover(SITE, answers)
    assert answers.addresses() == [SITE]


def test_a_page_that_is_all_links_is_looked_through_in_no_time():
    head = site(*[link(f"/{n}.xml") for n in range(5000)], body="<a href='/x.rss'>x</a>" * 5000)
    answers = Answers({SITE: page(head, SITE)})

    with pytest.raises(ImporterError):
        discover(SITE, answers)
    assert len(answers.asked) < 20
