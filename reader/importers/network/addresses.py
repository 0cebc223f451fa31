"""Web addresses taken apart, and which machines may be behind them."""

from __future__ import annotations

import ipaddress
import re
from base64 import b64encode
from typing import NamedTuple
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit, urlunsplit

from reader.model.fetched import FetchError
from reader.model.following import without_password

_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"(?=.{1,253}\.?\Z)[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")
_PATH = "/%:@!$&'()*+,;=~-._"
_QUERY = _PATH + "?[]"
_LONGEST = 8_000
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: a network without IPv4 reaches it so
_UNICAST = ipaddress.IPv6Network("2000::/3")


class Place(NamedTuple):
    """A web address as a request needs it."""

    scheme: str
    host: str
    """In lower case and in ASCII; of IPv6 without the brackets."""
    port: int
    target: str
    """The path and what is asked for there, in ASCII."""
    login: str = ""
    """What the Authorization header says; "" for nothing."""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Whom it belongs to: what one origin is told no other is."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """What the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def place_of(address: str) -> Place:
    """Take an address apart; raise FetchError where it is none of the web."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _no_address(address) from error
    if parts.scheme not in _PORTS:
        raise FetchError("Only addresses of the web (http and https) are asked.", without_password(address))
    if port == 0 or len(address) > _LONGEST:
        raise _no_address(address)
    target = quote(parts.path or "/", safe=_PATH, errors="replace")
    if parts.query:
        target += "?" + quote(parts.query, safe=_QUERY, errors="replace")
    login = _login(parts.username, parts.password)
    return Place(parts.scheme, _host(host, address), port or _PORTS[parts.scheme], target, login)


def led_to(here: str, location: str, first: str) -> str:
    """Return where a redirect leads; a name and a password go along where they were meant for it."""
    try:
        there = urldefrag(without_password(urljoin(without_password(here), location.strip()))).url
    except ValueError as error:
        raise FetchError("It leads to what is no address.", without_password(here)) from error
    asked, place = place_of(first), place_of(there)
    upgraded = (asked.scheme, asked.port, *place.origin) == ("http", 80, "https", asked.host, 443)
    if asked.login and (place.origin == asked.origin or upgraded):
        parts = urlsplit(there)
        login = urlsplit(first).netloc.rpartition("@")[0]
        return urlunsplit(parts._replace(netloc=f"{login}@{parts.netloc}"))
    return there


def is_public(number: str) -> bool:
    """Say whether an IP address is one of the internet: not of this machine, a home, or of no one."""
    try:
        ip = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not (ip.is_multicast or ip.is_reserved)
    inner = ip.ipv4_mapped or ip.sixtofour
    if ip in _TRANSLATED:
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(str(inner))
    return ip in _UNICAST and ip.is_global and ip.scope_id is None


def _host(host: str, address: str) -> str:
    if ":" in host and "%" not in host:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError as error:
            raise _no_address(address) from error
    if not host.isascii():
        import idna  # few addresses need it

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise _no_address(address) from error
    host = host.lower()
    if not _NAME.fullmatch(host) or ".." in host:
        raise _no_address(address)
    return host.rstrip(".")


def _login(name: str | None, password: str | None) -> str:
    if not name and not password:
        return ""
    said = f"{unquote(name or '')}:{unquote(password or '')}"
    return "Basic " + b64encode(said.encode("utf-8", "replace")).decode("ascii")


def _no_address(address: str) -> FetchError:
    return FetchError("This is no address of the web.", without_password(address))
