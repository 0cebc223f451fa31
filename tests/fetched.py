"""A network that a test makes up: a dictionary of answers."""

import threading

from reader.model.fetched import Fetched, FetchError


class Answers:
    """Answers as a test says: bytes, a Fetched, an error, or a function of what is asked for."""

    def __init__(self, answers=()):
        self.answers = dict(answers)
        self.asked = []
        self._lock = threading.Lock()

    def get(self, address, *, accept="", etag="", modified="", most_bytes=0):
        with self._lock:
            self.asked.append((address, etag, modified))
        answer = self.answers.get(address)
        if callable(answer):
            answer = answer(address, etag=etag, modified=modified)
        return answered(answer, address)

    def addresses(self):
        return [address for address, _, _ in self.asked]


def answered(answer, address, kind=""):
    """Return what an address answers, as a test says it: None is not there, an error is raised."""
    if answer is None:
        raise FetchError("It answered “Not Found” (404).", address, 404)
    if isinstance(answer, Exception):
        raise answer
    if isinstance(answer, (str, bytes)):
        return page(answer, address, kind)
    return answer if answer.address else answer._replace(address=address)


def page(body, address="", kind="", **headers):
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fetched(address, 200, data, kind, named)


def unchanged(address="", **headers):
    return Fetched(address, 304, headers={name.replace("_", "-"): value for name, value in headers.items()})


def gone(status, retry_after=0.0):
    return FetchError(f"It answered with {status}.", "", status, retry_after)


def feed(*numbers, title="The Boat", site="https://boats.example", text="Words", head=""):
    """A feed of issues of these numbers, each of two stories."""
    items = "".join(
        f"<item><title>{title} {number}</title><link>{site}/{number}</link>"
        f"<pubDate>{number:02} Jan 2024 08:00:00 GMT</pubDate><description><![CDATA[<h2>News</h2><ul>"
        f"<li><a href='{site}/oars-{number}'>Oars {number}</a>: {text} about the oars of {number}.</li>"
        f"<li><a href='{site}/tar-{number}'>Tar {number}</a>: {text} about the tar of {number}.</li></ul>]]></description></item>"
        for number in numbers
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><link>{site}/</link>'
        f"{head}{items}</channel></rss>"
    )
