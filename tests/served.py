"""A server of our own on 127.0.0.1 that answers as a test wants it to."""

import contextlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Served:
    """The server: `pages` are functions of a request, by their paths; `asked` is what came in."""

    pages: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    server: ThreadingHTTPServer = None
    most: int = 0
    """How many were asking at once, at most."""
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def port(self):
        return self.server.server_address[1]

    @property
    def root(self):
        return f"http://127.0.0.1:{self.port}"

    def page(self, path, body=b"", status=200, **headers):
        """Let a path answer with this; `_` in the names of headers stands for "-"."""
        data = body.encode() if isinstance(body, str) else body

        def answer(request):
            send(request, data, status, headers)

        self.pages[path] = answer

    def paths(self):
        return [path for path, _ in self.asked]

    @contextlib.contextmanager
    def counted(self):
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1


def send(request, data, status=200, headers=()):
    request.send_response(status)
    for name, value in dict(headers).items():
        request.send_header(name.replace("_", "-"), value)
    if not any(name.lower() == "content_length" for name in headers):
        request.send_header("Content-Length", str(len(data)))
    request.end_headers()
    request.wfile.write(data)


@contextlib.contextmanager
def serving(context=None):
    """Serve until the test is done; over TLS with a context."""
    served = Served()

    class Requests(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            served.asked.append((self.path, dict(self.headers)))
            answer = served.pages.get(self.path)
            with served.counted(), contextlib.suppress(OSError):
                if answer:
                    answer(self)
                else:
                    send(self, b"nothing", 404)

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128
        daemon_threads = True

        def handle_error(self, *_):
            pass

        def get_request(self):
            connection, address = super().get_request()
            if context:
                connection = context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
            return connection, address

    served.server = Server(("127.0.0.1", 0), Requests)
    thread = threading.Thread(target=served.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.server.shutdown()
        served.server.server_close()
        thread.join()
