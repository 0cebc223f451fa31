"""Following and refreshing from end to end: a library, the network, and a server of our own."""

import gzip
import threading
import time

import pytest
from fetched import feed
from served import send, serving

from reader.model import ImporterError
from reader.services import following
from reader.services.following import fetcher, fetcher_for, followed, look_at
from reader.services.refreshing import refresh


@pytest.fixture
def served():
    with serving() as running:
        yield running


def boat(served, *numbers, path="/feed", **more):
    """Let the server have a feed that knows when it has changed."""
    body = feed(*numbers, site=f"{served.root}/letters{path}", **more).encode()
    etag = f'"{hash(body)}"'

    def answer(request):
        if request.headers.get("If-None-Match") == etag:
            send(request, b"", 304, {"ETag": etag})
        else:
            send(request, gzip.compress(body), headers={"ETag": etag, "Content_Encoding": "gzip"})

    served.pages[path] = answer


def follow(library, served, path="/feed"):
    with fetcher([served.root]) as fetches:
        return following.follow(library, look_at(f"{served.root}{path}", fetches, library))


def refreshed(library, **more):
    with fetcher_for(library) as fetches:
        return refresh(library, fetches=fetches, **more)


def test_a_newsletter_is_followed_by_its_site_and_refreshed(library, served):
    head = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>Boats</body></html>'
    served.page("/", head, Content_Type="text/html")
    boat(served, 1, 2)
    assert follow(library, served, "/").added == 2

    assert refreshed(library).answers[0].result == "Nothing new."
    boat(served, 1, 2, 3)
    assert refreshed(library).added == 1

    assert [row.label for row in library.issues()] == ["The Boat 3", "The Boat 2", "The Boat 1"]
    assert "If-None-Match" in served.asked[-1][1]


def test_an_address_in_the_own_network_stays_open_only_to_whom_it_was_typed(library, served):
    boat(served, 1)
    with fetcher() as fetches, pytest.raises(ImporterError, match="your own network"):
        look_at(f"{served.root}/feed", fetches, library)
    follow(library, served)

    assert followed(library)[0].private
    served.page("/feed", "", 302, Location=f"http://localhost:{served.port}/secret")
    served.page("/secret", feed(1, 2))
    (answer,) = refreshed(library).answers

    assert answer.error == "localhost is in your own network, and nobody typed its address."
    assert "/secret" not in served.paths()


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (410, {}, "It is gone for good (410)."),
        (429, {"Retry_After": "600"}, "It asks not to be asked so often (429)."),
        (503, {}, "It answered “Service Unavailable” (503)."),
        (200, {"Content_Type": "text/html"}, "This is a web page, not a feed."),
        (302, {"Location": "/feed"}, "It leads from one address to another without end."),
        (302, {"Location": "file:///etc/passwd"}, "Only addresses of the web (http and https) are asked."),
    ],
)
def test_whatever_a_server_does_is_told_in_words_and_stops_nothing(library, served, status, headers, error):
    boat(served, 1)
    boat(served, 1, path="/other", title="The Oar")
    follow(library, served)
    follow(library, served, "/other")
    served.page("/feed", "<!doctype html><html><body>Back soon.</body></html>", status, **headers)
    boat(served, 1, 2, path="/other", title="The Oar")

    report = refreshed(library)

    assert [answer.error for answer in report.errors] == [error]
    assert report.added == 1
    assert len(library.issues()) == 3
    asked = len(served.asked)
    refreshed(library)
    left_alone = status in (410, 429)
    assert served.paths()[asked:].count("/feed") == (
        0 if left_alone else 6 if headers.get("Location") == "/feed" else 1
    )


@pytest.mark.parametrize("typed", ["{}/feed", "feed:{}/feed", "<{}/feed>", "Read {}/feed."])
def test_an_address_is_typed_in_whatever_way_it_is_written(served, typed):
    boat(served, 1)
    text = typed.format(served.root)

    with fetcher([text]) as fetches:
        assert look_at(text, fetches).issues == 1


def test_what_moved_for_good_is_asked_where_it_is_now(library, served):
    boat(served, 1)
    follow(library, served)
    boat(served, 1, 2)
    served.pages["/new"] = served.pages["/feed"]
    served.page("/feed", "", 301, Location="/new")

    assert refreshed(library).added == 1
    assert refreshed(library).answers[0].result == "Nothing new."
    assert served.paths()[-3:] == ["/feed", "/new", "/new"]


def test_cancelling_in_the_middle_of_a_slow_answer_ends_at_once(library, served):
    boat(served, 1)
    follow(library, served)
    asked, over = threading.Event(), threading.Event()

    def slow(request):
        asked.set()
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss")
        over.wait(20)
        request.close_connection = True

    served.pages["/feed"] = slow
    began = time.monotonic()
    with fetcher_for(library, asked.is_set) as fetches:
        report = refresh(library, fetches=fetches, cancelled=asked.is_set)
    took = time.monotonic() - began
    over.set()

    assert took < 3
    assert report.cancelled
    assert followed(library)[0].error == ""
    boat(served, 1, 2)
    assert refreshed(library).added == 1
