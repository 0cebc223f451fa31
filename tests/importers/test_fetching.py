"""The network against a server of our own that does everything a server should not."""

import contextlib
import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc

import pytest
from served import send, serving

from reader import __version__
from reader.importers.fetching import Fetcher, asked_host
from reader.importers.network import sockets
from reader.model.fetched import FetchError


@pytest.fixture
def served():
    with serving() as running:
        yield running


@pytest.fixture
def fetcher():
    with Fetcher(typed=["127.0.0.1"], seconds=5) as opened:
        yield opened


def named(**hosts):
    """A resolver that knows these names (with "_" for "."), each by the address of a machine."""

    def resolve(host, port):
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        family = socket.AF_INET6 if ":" in known[host] else socket.AF_INET
        return [(family, (known[host], port))]

    known = {name.replace("_", "."): number for name, number in hosts.items()}
    return resolve


def refused(fetcher, address, **more):
    with pytest.raises(FetchError) as caught:
        fetcher.get(address, **more)
    assert str(caught.value).endswith(".")
    return caught.value


def test_an_answer_comes_whole_with_its_facts(served, fetcher):
    served.page(
        "/a", "words", Content_Type="Text/HTML; charset=utf-8", ETag='"1"', X_Y="1", Set_Cookie="id=7"
    )

    answer = fetcher.get(
        f"{served.root}/a", accept="text/html", etag='"0"', modified="Mon, 19 Oct 2020 08:00:00 GMT"
    )
    fetcher.get(f"{served.root}/a")

    assert (answer.status, answer.body, answer.media_type) == (200, b"words", "text/html")
    assert (answer.headers["etag"], answer.moved, answer.private) == ('"1"', "", True)
    (_, first), (_, second) = served.asked
    assert first["User-Agent"].startswith(f"Tearsheet/{__version__}")
    assert (first["Accept"], first["If-None-Match"]) == ("text/html", '"0"')
    assert first["If-Modified-Since"] == "Mon, 19 Oct 2020 08:00:00 GMT"
    assert not {"Cookie", "Referer", "If-None-Match", "Authorization"} & second.keys()


def test_what_has_not_changed_has_no_body(served, fetcher):
    served.pages["/a"] = lambda request: send(request, b"", 304, {"ETag": '"1"'})

    assert fetcher.get(f"{served.root}/a", etag='"1"')[:3] == (f"{served.root}/a", 304, b"")


def test_what_a_server_said_once_cannot_put_words_into_our_mouth(served, fetcher):
    served.page("/a")

    fetcher.get(f"{served.root}/a", etag='"1"\r\nX-Evil: 1', modified="ü")

    assert not {"X-Evil", "If-None-Match", "If-Modified-Since"} & served.asked[0][1].keys()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "It answered “Not Found” (404)."),
        (410, "It is gone for good (410)."),
        (401, "It asks for a name and a password (401)."),
        (500, "It answered “Internal Server Error” (500)."),
        (204, "It answered “No Content” (204)."),
        (299, "It answered with the number 299, which says nothing."),
    ],
)
def test_whatever_is_no_answer_is_told_in_words(served, fetcher, status, words):
    served.pages["/a"] = lambda request: send(request, b"", status)

    error = refused(fetcher, f"{served.root}/a")

    assert (str(error), error.status, error.location) == (words, status, f"{served.root}/a")


def test_a_server_that_asks_for_patience(served, fetcher):
    served.page("/a", "", 429, Retry_After="120")
    served.page("/b", "", 503, Retry_After="Mon, 19 Oct 2020 08:00:00 GMT")

    assert (
        refused(fetcher, f"{served.root}/a").status,
        refused(fetcher, f"{served.root}/a").retry_after,
    ) == (429, 120)
    assert refused(fetcher, f"{served.root}/b").retry_after == 0


def test_only_redirects_that_last_are_moves(served, fetcher):
    served.page("/end", "words")
    served.page("/for-good", "", 301, Location="/also")
    served.page("/also", "", 308, Location=f"{served.root}/end#part")
    served.page("/now", "", 302, Location="/for-good")
    served.page("/half", "", 301, Location="/now")

    assert fetcher.get(f"{served.root}/for-good")[::5] == (f"{served.root}/end", f"{served.root}/end")
    assert fetcher.get(f"{served.root}/now").moved == ""
    assert fetcher.get(f"{served.root}/half").moved == f"{served.root}/now"


def test_a_move_that_makes_it_less_safe_is_none(secure, certificate, served):
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    secure.page("/feed", "", 301, Location=f"http://boats.example:{served.port}/feed")
    served.page("/feed", "words")
    with Fetcher(
        typed=["boats.example"], resolve=named(boats_example="127.0.0.1"), trust=trust, seconds=5
    ) as fetcher:
        answer = fetcher.get(f"https://boats.example:{secure.port}/feed")

    assert (answer.body, answer.moved) == (b"words", "")


def test_a_redirect_in_another_script(served, fetcher):
    served.pages["/a"] = lambda request: send(
        request, b"", 302, {"Location": "/ü".encode().decode("latin-1")}
    )
    served.page("/%C3%BC", "words")

    assert fetcher.get(f"{served.root}/a").body == b"words"


def test_waiting_for_ones_turn_takes_none_of_the_servers_time(served):
    pause = threading.Event()

    def slowly(request):
        pause.wait(0.6)
        send(request, b"words")

    served.pages["/a"] = slowly
    bodies = []
    with Fetcher(typed=["127.0.0.1"], seconds=2) as fetcher:
        threads = [
            threading.Thread(target=lambda: bodies.append(fetcher.get(f"{served.root}/a").body))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)

    assert bodies == [b"words"] * 8


def test_redirects_end(served, fetcher):
    served.page("/round", "", 302, Location="/round")
    for number in range(6):
        served.page(f"/{number}", "", 302, Location=f"/{number + 1}")
    served.page("/6", "words")

    assert "without end" in str(refused(fetcher, f"{served.root}/round"))
    assert len(served.asked) == 6
    refused(fetcher, f"{served.root}/0")
    assert fetcher.get(f"{served.root}/1").body == b"words"


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://[", "data:,x"])
def test_redirects_stay_on_the_web(served, fetcher, location):
    served.page("/a", "", 302, Location=location)

    refused(fetcher, f"{served.root}/a")


def test_nothing_in_the_own_network_is_asked_that_nobody_typed(served):
    served.page("/", "secret")
    resolve = named(inside_example="127.0.0.1", router_example="192.168.1.1", other_example="::1")

    with Fetcher(resolve=resolve) as fetcher:
        for host in ("inside.example", "router.example", "other.example"):
            assert "your own network" in str(refused(fetcher, f"http://{host}:{served.port}/"))
    with Fetcher() as fetcher:
        for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"):
            refused(fetcher, f"http://{host}:{served.port}/")
    assert served.asked == []


def test_no_site_leads_into_the_own_network_even_to_a_host_that_was_typed(served):
    served.page("/a", "", 302, Location=f"http://localhost:{served.port}/secret")
    served.page("/secret", "secret")

    with Fetcher(typed=["127.0.0.1", "localhost"], seconds=5) as fetcher:
        assert fetcher.get(f"http://localhost:{served.port}/secret").body == b"secret"  # a connection is kept
        error = refused(fetcher, f"{served.root}/a")

    assert "your own network" in str(error)
    assert served.paths() == ["/secret", "/a"]


@pytest.fixture
def tried(monkeypatch):
    """The machines that would have been connected to: none of them is."""
    machines = []

    def connected(family, address, watch):
        machines.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(sockets, "_connected", connected)
    return machines


def test_a_name_is_looked_up_once_and_connected_to_as_it_was_checked(tried):
    answers = iter(["8.8.8.8", "127.0.0.1"])

    with Fetcher(resolve=lambda _, port: [(socket.AF_INET, (next(answers), port))]) as fetcher:
        refused(fetcher, "http://rebinding.example/")

    assert tried == ["8.8.8.8"]


def test_of_several_machines_only_those_of_the_internet_are_asked(tried):
    machines = ["127.0.0.1", "8.8.8.8", "10.0.0.1", "9.9.9.9"]

    with Fetcher(resolve=lambda _, port: [(socket.AF_INET, (one, port)) for one in machines]) as fetcher:
        refused(fetcher, "http://mixed.example/")

    assert tried == ["8.8.8.8", "9.9.9.9"]


def test_what_cannot_be_found_or_does_not_answer(fetcher):
    with Fetcher(resolve=named()) as nobody:
        assert str(refused(nobody, "http://no.example/")) == "The server no.example could not be found."
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert str(refused(fetcher, address)) == "The server 127.0.0.1 does not answer."


def test_a_second_machine_is_tried_when_the_first_does_not_answer(served):
    served.page("/", "words")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        machines = [(socket.AF_INET, ("127.0.0.1", port)) for port in (closed.getsockname()[1], served.port)]
        with Fetcher(typed=["two.example"], resolve=lambda *_: machines) as fetcher:
            assert fetcher.get("http://two.example/").body == b"words"


def test_a_password_goes_to_its_server_alone_and_is_never_told(served, fetcher):
    served.page("/in", "", 302, Location="/inside")
    served.page("/inside", "words")
    served.page("/out", "", 302, Location=f"http://localhost:{served.port}/inside")
    start = served.root.replace("//", "//ada:secret@")

    fetcher.get(f"{start}/in")
    error = refused(fetcher, f"{start}/out")

    assert [said["Authorization"] for _, said in served.asked] == ["Basic YWRhOnNlY3JldA=="] * 3
    assert "secret" not in str(error) + error.location
    assert "secret" not in served.asked[0][1]["Host"]


def test_answers_are_inflated_and_bombs_are_not(served, fetcher):
    served.page("/small", gzip.compress(b"words"), Content_Encoding="gzip")
    served.page("/bomb", gzip.compress(bytes(300_000_000)), Content_Encoding="gzip")
    served.page("/odd", b"words", Content_Encoding="br")

    assert fetcher.get(f"{served.root}/small").body == b"words"
    tracemalloc.start()
    error = refused(fetcher, f"{served.root}/bomb", most_bytes=5_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert str(error) == "It is larger than 5 MB."
    assert peak < 15_000_000
    assert "not what it says" in str(refused(fetcher, f"{served.root}/odd"))


def endless(request, *, piece=b"x" * 65_536, pause=0.0, head=b"HTTP/1.1 200 OK\r\n\r\n"):
    request.close_connection = True
    request.wfile.write(head)
    stop = threading.Event()
    with contextlib.suppress(OSError):
        for _ in range(100_000):
            request.wfile.write(piece)
            stop.wait(pause)


def test_a_body_without_end_is_cut_off(served, fetcher):
    served.pages["/a"] = endless
    served.page("/long", b"x" * 2_000_000)

    assert str(refused(fetcher, f"{served.root}/a", most_bytes=1_000_000)) == "It is larger than 1 MB."
    assert str(refused(fetcher, f"{served.root}/long", most_bytes=1_000_000)) == "It is larger than 1 MB."


@pytest.mark.parametrize(
    ("piece", "head"),
    [
        (b"x", b"HTTP/1.1 200 OK\r\n\r\n"),
        (b"x", b"HTTP/1.1 200 OK\r\nX-Y: "),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b""),
    ],
)
def test_an_answer_that_drips_ends_with_the_time(served, piece, head):
    served.pages["/a"] = lambda request: endless(request, piece=piece, pause=0.02, head=head)
    began = time.monotonic()

    with Fetcher(typed=["127.0.0.1"], seconds=0.6) as fetcher:
        error = refused(fetcher, f"{served.root}/a")

    assert str(error) == "It took longer than 0.6 seconds."
    assert time.monotonic() - began < 3


def test_a_name_that_is_looked_up_for_ever_ends_with_the_time():
    over = threading.Event()

    with Fetcher(resolve=lambda *_: [over.wait(20)][1:], seconds=0.3) as fetcher:
        assert "longer" in str(refused(fetcher, "http://slow.example/"))
    over.set()


def test_who_says_stop_is_heard_at_once(served):
    stopped, begun = threading.Event(), threading.Event()

    def slowly(request):
        begun.set()
        endless(request, piece=b"x", pause=0.05)

    served.pages["/a"] = slowly
    errors = []

    def get():
        with Fetcher(typed=["127.0.0.1"], cancelled=stopped.is_set) as fetcher:
            errors.append(refused(fetcher, f"{served.root}/a"))

    thread = threading.Thread(target=get)
    thread.start()
    assert begun.wait(5)
    began = time.monotonic()
    stopped.set()
    thread.join(5)

    assert time.monotonic() - began < 1
    assert str(errors[0]) == "It was stopped."


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"nothing of the web\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nwords!",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://exa mple/\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
    ],
)
def test_what_is_no_answer_is_an_error_in_words(served, fetcher, said):
    def answer(request):
        request.close_connection = True
        request.wfile.write(said)

    served.pages["/a"] = answer

    refused(fetcher, f"{served.root}/a")


def test_a_connection_is_kept_and_one_that_was_closed_is_opened_again(served, fetcher):
    ports = []

    def answer(request):
        ports.append(request.client_address[1])
        send(request, b"words")
        request.close_connection = len(ports) == 2  # without saying so

    served.pages["/a"] = answer
    for _ in range(4):
        assert fetcher.get(f"{served.root}/a").body == b"words"

    assert ports[0] == ports[1] != ports[2] == ports[3]


def test_a_host_is_asked_over_two_connections_at_a_time(served, fetcher):
    both = threading.Barrier(2)

    def answer(request):
        both.wait(5)  # two come at a time
        send(request, b"words")

    served.pages["/a"] = answer
    bodies = []
    threads = [
        threading.Thread(target=lambda: bodies.append(fetcher.get(f"{served.root}/a").body)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert bodies == [b"words"] * 8
    assert served.most == 2


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of boats.example that nobody has signed but itself."""
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    made = (folder / "certificate.pem", folder / "key.pem")
    words = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=boats.example",
    ]
    words += ["-addext", "subjectAltName=DNS:boats.example", "-out", made[0], "-keyout", made[1]]
    subprocess.run(words, check=True, capture_output=True)
    return made


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with serving(context) as running:
        running.page("/", "words")
        yield running


def test_a_certificate_that_nobody_vouches_for_is_refused_in_words(secure):
    resolve = named(boats_example="127.0.0.1")
    with Fetcher(typed=["boats.example"], resolve=resolve, seconds=5) as fetcher:
        error = refused(fetcher, f"https://boats.example:{secure.port}/")

    assert str(error).startswith("The certificate of boats.example is not valid: self")
    assert secure.asked == []


def test_a_certificate_is_verified_for_the_name_that_was_asked_for(secure, certificate):
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    resolve = named(boats_example="127.0.0.1", other_example="127.0.0.1")
    with Fetcher(
        typed=["boats.example", "other.example"], resolve=resolve, trust=trust, seconds=5
    ) as fetcher:
        assert fetcher.get(f"https://boats.example:{secure.port}/").body == b"words"
        error = refused(fetcher, f"https://other.example:{secure.port}/")

    assert "other.example is not valid" in str(error)
    assert [said["Host"] for _, said in secure.asked] == [f"boats.example:{secure.port}"]


def test_a_handshake_without_end_ends_with_the_time(served):
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        Fetcher(typed=["127.0.0.1"], seconds=0.4) as fetcher,
    ):
        error = refused(fetcher, f"https://127.0.0.1:{silent.getsockname()[1]}/")

    assert "longer" in str(error)


def test_the_asked_host_what_was_typed():
    assert asked_host("https://Ada:x@Boats.Example:80/x") == "boats.example"
    assert asked_host("boats.example/feed") == "boats.example"
    assert asked_host("127.0.0.1:8000") == "127.0.0.1"
    assert asked_host("mailto:ada@boats.example") in ("", "boats.example")
    assert asked_host("no address at all") == ""
