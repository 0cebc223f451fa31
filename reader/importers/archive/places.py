"""The addresses of a site: which are its own, which are one, and which look like those of its issues."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from reader.model.addresses import host_of

_DIGITS = re.compile(r"\d+")
_NEVER = re.compile(
    r"about(?:-.*)?|archives?|author|authors|books?|categor(?:y|ies)|contact|cookies?|faq|feed|home|imprint|index"
    r"|jobs|legal|login|page|pages|press|pricing|privacy(?:-.*)?|rss|search|shop|sign-?(?:in|up)|speaking|sponsors?"
    r"|sponsorship|subscribe|subscription|support|tag|tags|team|terms(?:-.*)?|thanks?(?:-.*)?|welcome",
    re.IGNORECASE,
)
_FILE = re.compile(r".*\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|css|js|xml|json|gz)", re.IGNORECASE)
_ALIKE = 0.8
"""The part of the known addresses that has one shape when it is the shape of all."""


class Site(NamedTuple):
    """A newsletter whose older issues are looked for."""

    feed: str
    """The address that is followed."""
    home: str
    """The address of its web site; the beginning of the feed's where that is not known."""
    issues: tuple[str, ...] = ()
    """The web addresses of the issues that are known, the newest first."""
    hosts: frozenset[str] = frozenset()
    """The hosts that are its own, as `host_of` returns them: no other one is ever asked."""

    def owns(self, address: str) -> bool:
        """Say whether an address is one of the site's own."""
        return host_of(address) in self.hosts


def site_of(feed: str, home: str, issues: tuple[str, ...]) -> Site:
    """Return a site; its hosts are that of the feed and that of its home, else that of its issues."""
    hosts = {host_of(feed), host_of(home)}
    if not host_of(home):
        most = Counter(host for issue in issues if (host := host_of(issue))).most_common(1)
        hosts |= {host for host, count in most if count > len(issues) * _ALIKE}
    return Site(feed, home or root_of(feed), issues, frozenset(hosts - {""}))


def root_of(address: str) -> str:
    """Return the beginning of an address, up to its host."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def with_query(address: str, **values: str | int) -> str:
    """Return an address that asks with these values, beside what it asks already."""
    parts = urlsplit(address)
    asked = {**dict(parse_qsl(parts.query, keep_blank_values=True)), **{k: str(v) for k, v in values.items()}}
    return parts._replace(query=urlencode(asked), fragment="").geturl()


def query_of(address: str, name: str) -> str:
    """Return one of the values that an address asks with; "" for none."""
    return dict(parse_qsl(urlsplit(address).query)).get(name, "")


class Alike:
    """Tells by the addresses of known issues whether an address is that of an issue.

    It lies in the same folders, numbers standing for any number; where the names of the known are alike but
    for a number ("issue-12"), its name is so too.
    """

    def __init__(self, known: tuple[str, ...]) -> None:
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        for address in known:
            folders, name = _shape(address)
            self._names[folders][name] += bool(name)

    def __contains__(self, address: str) -> bool:
        folders, name = _shape(address)
        names = self._names[folders] if name and folders in self._names else Counter[str]()
        ((likely, count),) = names.most_common(1) or (("", 0),)
        numbered = "0" in likely and 1 < count >= names.total() * _ALIKE
        return name == likely if numbered else count > 0


def _shape(address: str) -> tuple[str, str]:
    """Return the folders and the name of an address, 0 for each number; no name for what is no issue's."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    folders, _, name = parts.path.rstrip("/").rpartition("/")
    if not name or _FILE.fullmatch(name) or _NEVER.fullmatch(name.partition(".")[0]):
        return "", ""
    return f"{host_of(address)}{_DIGITS.sub('0', folders)}", _DIGITS.sub("0", name)
