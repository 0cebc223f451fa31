"""Sites that a test makes up: what they answer, by address, and a clock that nobody waits for."""

import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from fetched import answered

from reader.model.fetched import FetchError

WORDS = "The harbour was full of boats this week, and every one of them had something to tell. " * 8


def body(number):
    """The HTML of an issue: three stories that are told in full."""
    stories = "".join(
        f'<h2><a href="https://example.com/{name}-{number}">{name} of week {number}</a></h2><p>{WORDS}</p>'
        for name in ("Oars", "Sails", "Tar")
    )
    return f"<p>Welcome to number {number}.</p>{stories}"


def page(number, extra="", title="The Boat"):
    """A whole page around an issue, with what sites put around it."""
    return (
        f"<!doctype html><html><head><title>{title} {number}</title>"
        f'<meta property="og:site_name" content="{title}">'
        f'<meta property="article:published_time" content="{date(number)}"></head><body>'
        '<nav><a href="/">Home</a><a href="/about">About</a></nav>'
        f"<article><h1>{title} {number}</h1>{body(number)}</article>{extra}"
        "<footer>All rights are somebody's.</footer></body></html>"
    )


def date(number):
    """A week for each issue."""
    year, week = divmod(number, 48)
    month, day = divmod(week, 4)
    return f"{2010 + year}-{month + 1:02}-{day * 7 + 1:02}T08:00:00+00:00"


def rss(numbers, address, head="", text=body, title="The Boat"):
    """A feed that holds these issues, whose pages are at address(number)."""
    items = "".join(
        f"<item><title>{title} {number}</title><link>{address(number)}</link>"
        f"<pubDate>{_mail_date(number)}</pubDate>"
        f"<content:encoded><![CDATA[{text(number)}]]></content:encoded></item>"
        for number in numbers
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{title}</title>{head}{items}</channel></rss>'
    )


def _mail_date(number):
    from datetime import datetime
    from email.utils import format_datetime

    return format_datetime(datetime.fromisoformat(date(number)))


class Clock:
    """Time goes on when it is waited for."""

    def __init__(self):
        self.time = 1000.0
        self.waits = []

    def now(self):
        return self.time

    def wait(self, seconds):
        self.waits.append(seconds)
        self.time += seconds


@dataclass
class Web:
    """Answers addresses: a text, bytes, or what a function of the query returns; else it is not there."""

    answers: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    at: list = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    every: object = None
    """Called with each address before it is answered; may raise."""

    def get(self, address, *, accept="", etag="", modified="", most_bytes=0):
        self.asked.append(address)
        self.at.append(self.clock.now())
        if self.every:
            self.every(address)
        parts = urlsplit(address)
        answer = self.answers.get(address, self.answers.get(parts._replace(query="").geturl()))
        if callable(answer):
            answer = answer({name: values[-1] for name, values in parse_qs(parts.query).items()})
        return answered(answer, address, _media_type(answer))


def _media_type(answer):
    data = answer.encode() if isinstance(answer, str) else answer
    start = data.lstrip()[:15].lower() if isinstance(data, bytes) else b""
    if start.startswith((b"<!doctype", b"<html")):
        return "text/html"
    return "application/json" if start[:1] in b"[{" else "application/xml"


HOME = "https://boats.example"


def wordpress(count, *, per_page=10, full=True):
    """A WordPress site of so many issues: its feed goes on with ?paged=2."""

    def feed(query):
        numbers = _slice(count, per_page, int(query.get("paged", 1)))
        text = body if full else (lambda number: f"<p>In number {number} […]</p>")
        generator = "<generator>https://wordpress.org/?v=6.4</generator>"
        return rss(numbers, wordpress_address, generator, text) if numbers else None

    return {f"{HOME}/feed/": feed} | {wordpress_address(n): page(n) for n in range(1, count + 1)}


def wordpress_address(number):
    return f"{HOME}/2020/boat-{number}/"


def posts(count):
    """What the same site answers programs."""

    def answer(query):
        numbers = _slice(count, int(query["per_page"]), int(query["page"]))
        rows = [
            {
                "link": wordpress_address(number),
                "title": {"rendered": f"The Boat {number} &#8211; News"},
                "date_gmt": date(number)[:19],
                "content": {"rendered": body(number)},
            }
            for number in numbers
        ]
        return json.dumps(rows) if rows else FetchError("It refuses.", "", 400)

    return {f"{HOME}/wp-json/wp/v2/posts": answer}


def substack(count, paid=()):
    """A Substack of so many issues, some of them for those who pay."""

    def archive(query):
        offset, limit = int(query["offset"]), int(query["limit"])
        numbers = range(count, 0, -1)[offset : offset + limit]
        rows = [
            {
                "slug": f"boat-{number}",
                "canonical_url": f"{HOME}/p/boat-{number}",
                "title": f"The Boat {number}",
                "type": "newsletter",
                "audience": "only_paid" if number in paid else "everyone",
            }
            for number in numbers
        ]
        return json.dumps(rows)

    def post(number):
        return json.dumps(
            {
                "title": f"The Boat {number}",
                "canonical_url": f"{HOME}/p/boat-{number}",
                "post_date": date(number),
                "body_html": body(number),
                "publishedBylines": [{"name": "Ada Oar"}, {"name": "Ben Sail"}],
            }
        )

    newest = rss(
        range(count, max(count - 5, 0), -1), lambda n: f"{HOME}/p/boat-{n}", "<generator>Substack</generator>"
    )
    return {f"{HOME}/feed": newest, f"{HOME}/api/v1/archive": archive} | {
        f"{HOME}/api/v1/posts/boat-{n}": post(n) for n in range(1, count + 1)
    }


def _slice(count, size, page_number):
    return range(count, 0, -1)[(page_number - 1) * size : page_number * size]


def rfc5005(count, size=5, rel="next"):
    """A feed in pages of five, the first of which is followed."""

    def at(start):
        return f"{HOME}/feed/" if start == count else f"{HOME}/feed/{start}.xml"

    feeds = {}
    for start in range(count, 0, -size):
        following = start - size
        head = f'<atom:link rel="{rel}" href="/feed/{following}.xml"/>' if following > 0 else ""
        feeds[at(start)] = rss(range(start, max(following, 0), -1), lambda n: f"{HOME}/issues/{n}", head)
    return feeds


def sitemap(addresses, kind="url"):
    """A sitemap of pages, or of sitemaps."""
    lines = "".join(f"<{kind}><loc>{address}</loc></{kind}>" for address in addresses)
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</urlset>'
    )


def static(count, in_feed=3, **more):
    """A site of pages with a feed of the newest, and nothing else that lists them."""
    feed = rss(range(count, count - in_feed, -1), lambda n: f"{HOME}/issues/{n}")
    return {f"{HOME}/feed/": feed} | {f"{HOME}/issues/{n}": page(n) for n in range(1, count + 1)} | more


def linked(count, back=lambda n: n - 1):
    """Pages of which each leads to the one before."""
    links = {
        n: f'<a class="nav" href="/issues/{back(n)}">← Previous issue: Boats</a>' for n in range(1, count + 1)
    }
    return static(count) | {f"{HOME}/issues/{n}": page(n, link) for n, link in links.items()}


class AsServed:
    """The pages of a made-up site, as the server of the tests asks for them by path: there HOME is the server."""

    def __init__(self, answers, root):
        self.web = Web(answers)
        self._root = root

    def get(self, path):
        from served import send

        def answer(request):
            try:
                fetched = self.web.get(f"{HOME}{path}")
            except FetchError as error:
                send(request, b"No.", error.status or 500, {"Retry-After": "1"} if error.retry_after else {})
                return
            data = fetched.body.replace(HOME.encode(), self._root.encode())
            send(request, data, 200, {"Content-Type": fetched.media_type})

        return answer
