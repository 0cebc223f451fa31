"""A story's links: listed with digits, opened in the browser, and only where it is safe."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from reader.model import Link, StoryPage

_SAFE = frozenset({"http", "https", "mailto"})
_LONGEST = 70


class Links:
    """Opens addresses; tests give it another opener than the desktop's."""

    def __init__(self, opener: Callable[[QUrl], object] = QDesktopServices.openUrl) -> None:
        self._open = opener

    def open(self, address: str) -> bool:
        """Open an address in the browser; return False where it is none that may be opened."""
        url = QUrl(address, QUrl.ParsingMode.TolerantMode)
        if not url.isValid() or url.scheme().lower() not in _SAFE:
            return False
        self._open(url)
        return True

    def open_folder(self, path: str) -> None:
        """Show a folder in the desktop's file manager."""
        self._open(QUrl.fromLocalFile(path))


def resolved(address: str, base: str) -> str:
    """Return an address whole: one without a scheme is a place on the site of the base, if there is one."""
    url = QUrl(address)
    return QUrl(base).resolved(url).toString() if address and base and url.isRelative() else address


def reachable(links: Sequence[Link]) -> list[Link]:
    """Return the links that lead somewhere else than on the page; the first of those to one address."""
    first: dict[str, Link] = {}
    for link in links:
        if link.url and not link.url.startswith("#"):
            first.setdefault(link.url, link)
    return list(first.values())


def ways_from(page: StoryPage) -> list[Link]:
    """Return where a story leads: to its own address; if it has none, to its links and its issue's page."""
    if page.story.url:
        return [Link(resolved(page.story.url, page.issue.url), page.story.title)]
    whole = [Link(page.issue.url, "The whole issue")] if page.issue.url else []
    return reachable([*page.story.links, *whole])


def links_menu(links: Sequence[Link], chosen: Callable[[str], object], parent: QWidget) -> QMenu:
    """Return a menu of the links; 1 to 9 and 0 choose the first ten."""
    menu = QMenu("Links", parent)
    menu.setAccessibleName("Links of the story")
    for number, link in enumerate(links, 1):
        digit = f"&{number % 10}   " if number <= 10 else "      "
        action = menu.addAction(digit + _words(link).replace("&", "&&"))
        action.setToolTip(link.url)
        action.triggered.connect(lambda _checked=False, url=link.url: chosen(url))
    menu.setToolTipsVisible(True)
    return menu


def _words(link: Link) -> str:
    host = QUrl(link.url).host().removeprefix("www.")
    text = " ".join((link.text or link.url).split())
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST].rstrip()}…"
    return f"{text}  ({host})" if host and host not in text else text
