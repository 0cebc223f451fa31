"""Fetching pictures: told from their bytes, kept or refused in words; trackers never."""

import threading
import time

import pytest
import served
from drawn import SVG, Web, gif, jpeg_head, png, png_head
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.importers.fetching import Fetcher
from reader.model import StoreError
from reader.model.fetched import FetchError
from reader.model.picture import ONLY_ASKED, Drawn
from reader.services import picture_cache as cache
from reader.services.picture_fetching import Fetching, fetch_pictures

HOST = "https://img.example.org"
A, B, C = (f"{HOST}/{name}.png" for name in "abc")


def fetch(library, web, *addresses, **how):
    return fetch_pictures(library, dict.fromkeys(addresses, "import-ai"), Fetching(web, **how))


def known(library, address):
    library.settle()
    return cache.known_pictures(library, [address])[address]


def test_pictures_are_fetched_and_kept(library):
    told = []
    web = Web({A: png(10, 10), B: gif(), C: jpeg_head()})
    result = fetch(library, web, A, B, C, progress=told.append)
    assert (result.fetched, result.failed, result.cancelled) == (3, 0, False)
    assert {known(library, address).kind for address in (A, B, C)} == {"png", "gif", "jpeg"}
    assert [progress.done for progress in told] == [1, 2, 3]
    assert {progress.name for progress in told} == {A, B, C}


def test_what_is_here_is_not_asked_for_again(library):
    web = Web({A: png(10, 10)})
    fetch(library, web, A)
    assert fetch(library, web, A).fetched == 0
    assert web.asked == [A]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"<!doctype html><p>Log in", "img.example.org sent a web page in its place."),
        (b"%PDF-1.4", "img.example.org sent a PDF in its place."),
        (b"alert(1)", "img.example.org sent no picture in its place."),
        (png_head(9000, 9000), "It is too large: 9,000 by 9,000 pixels."),
        (b"<svg><script>alert(1)</script></svg>", "It is a drawing that cannot be shown."),
    ],
)
def test_what_is_no_picture_to_keep_is_refused_in_words(library, answer, reason):
    result = fetch(library, Web({A: answer}), A)
    assert (result.failed, result.reason) == (1, reason)
    found = known(library, A)
    assert (found.error, found.due, found.digest) == (reason, ONLY_ASKED, "")
    assert not [path for path in cache.directory_of(library).rglob("*") if path.is_file()]


def test_a_dot_counts_its_readers_and_is_never_asked_for_again(library):
    web = Web({A: png(1, 1), B: gif(2, 2), C: png(1, 60)})
    assert fetch(library, web, A, B, C).fetched == 1
    assert known(library, A).tracker
    assert known(library, B).tracker
    assert not known(library, C).tracker
    fetch(library, web, A, B, C)
    assert len(web.asked) == 3


def test_a_known_tracker_is_never_asked_for(library):
    address = "https://pixel.wp.com/g.gif?v=1"
    web = Web({address: png(300, 300)})
    assert fetch(library, web, address).fetched == 0
    assert web.asked == []
    assert known(library, address).tracker


def test_a_drawing_is_kept_as_it_looks_at_the_size_that_it_says(library):
    drawn = Drawn(png(240, 120), 120, 60)
    asked = []
    fetch(library, Web({A: SVG}), A, rasterise=lambda data: (asked.append(data), drawn)[1])
    found = known(library, A)
    assert (found.kind, found.width, found.height) == ("png", 120, 60)
    assert b"rect" in asked[0]


def test_what_fails_is_asked_for_ever_later_by_itself(library):
    web = Web({A: FetchError("The server img.example.org could not be reached.", A)})
    waits = []
    for _ in range(4):
        fetch(library, web, A)
        waits.append(known(library, A).due - time.time())
    assert waits == sorted(waits)
    assert 200 < waits[0] < 301
    assert waits[-1] > 80_000
    assert known(library, A).tries == 4
    web.pages[A] = png(10, 10)
    fetch(library, web, A)
    assert (known(library, A).tries, known(library, A).error) == (0, "")


def test_a_server_that_asks_for_patience_has_it(library):
    fetch(library, Web({A: FetchError("It asks not to be asked so often (429).", A, 429, 7200.0)}), A)
    assert known(library, A).due > time.time() + 7000


def test_what_is_gone_is_only_asked_for_by_the_reader(library):
    fetch(library, Web(), A)
    assert known(library, A).due == ONLY_ASKED
    assert "404" in known(library, A).error


def test_a_host_that_does_not_answer_is_not_asked_for_each_picture(library):
    addresses = [f"{HOST}/{n}.png" for n in range(60)]
    web = Web(
        {address: FetchError("The server img.example.org could not be reached.") for address in addresses}
    )
    result = fetch(library, web, *addresses)
    assert result.failed == 60
    assert len(web.asked) < 15


def test_fetching_can_be_stopped_and_what_is_here_stays(library):
    stop = threading.Event()
    addresses = [f"{HOST}/{n}.png" for n in range(60)]
    web = Web({address: png(10, 10, extra=address.encode()) for address in addresses})

    def told(progress):
        if progress.done == 5:
            stop.set()

    result = fetch(library, web, *addresses, progress=told, cancelled=stop.is_set)
    assert result.cancelled
    assert 5 <= result.fetched < 60
    assert cache.usage(library).pictures == result.fetched


def test_the_store_keeps_within_its_limit(library):
    addresses = [f"{HOST}/{n}.png" for n in range(8)]
    web = Web({address: png(50, 50, extra=bytes(9000) + address.encode()) for address in addresses})
    fetch(library, web, *addresses, limit=40_000)
    assert 20_000 < cache.usage(library).size <= 40_000


def test_a_full_disk_is_told_in_words(library):
    cache.directory_of(library).write_text("a file in the place of the directory")
    with pytest.raises(StoreError, match="Pictures could not be kept"):
        fetch(library, Web({A: png(10, 10)}), A)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    start=st.sampled_from([b"", b"GIF89a", b"\xff\xd8\xff", png()[:16], b"<svg>"]),
    rest=st.binary(max_size=80),
)
def test_any_bytes_are_kept_or_refused(library, start, rest):
    address = f"{HOST}/{(start + rest).hex()}.png"
    result = fetch(library, Web({address: start + rest}), address)
    found = known(library, address)
    assert result.fetched + result.failed + found.tracker == 1
    assert bool(found.digest) + bool(found.error) + found.tracker == 1


# With a server of our own


@pytest.fixture
def site():
    with served.serving() as made:
        yield made


def test_pictures_come_from_a_real_server_without_cookies_or_a_referrer(library, site):
    site.page("/a.png", png(20, 20), Content_Type="text/html", Set_Cookie="id=1")
    site.page("/b.png", png(30, 30, extra=b"b"))
    site.page("/page.png", "<!doctype html>", Content_Type="image/png")
    site.page("/huge.png", png(10, 10) + bytes(26_000_000))
    addresses = [f"{site.root}/{name}" for name in ("a.png", "b.png", "page.png", "huge.png", "none.png")]
    with Fetcher(["127.0.0.1"]) as web:
        result = fetch(library, web, *addresses)
        fetch(library, web, addresses[4])
    assert (result.fetched, result.failed) == (2, 3)
    errors = [known(library, address).error for address in addresses]
    assert errors[:2] == ["", ""]
    assert "a web page" in errors[2]
    assert "larger than 25 MB" in errors[3]
    assert "404" in errors[4]
    for _, headers in site.asked:
        assert "Cookie" not in headers
        assert "Referer" not in headers
        assert "avif" not in headers["Accept"]
    assert site.most <= 2


def test_a_newsletter_cannot_have_the_readers_own_network_asked(library, site):
    site.page("/a.png", png(20, 20))
    address = f"{site.root}/a.png"
    with Fetcher() as web:
        assert fetch(library, web, address).failed == 1
    assert site.asked == []
    assert "your own network" in known(library, address).error
