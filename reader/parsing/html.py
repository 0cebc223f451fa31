"""HTML to blocks: a fragment, a mail, or the article of a web page."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reader.model import Blocks
from reader.parsing.article import article_of
from reader.parsing.notes import NO_NOTES, find_notes
from reader.parsing.tame import tame
from reader.parsing.walk import Place, Walk

_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)


def html_blocks(html: str) -> Blocks:
    """Read HTML from anywhere; nothing active or hidden comes through. Of a full page the article is read."""
    tree = LexborHTMLParser(tame(html))
    body = tree.body
    if body is None:
        return ()
    if _PAGE.search(html) is None:
        return _read(body, html)
    return _read(article_of(body), html, _direction(tree))


def fragment_blocks(html: str) -> Blocks:
    """Read HTML that is no page but a piece of text, such as Markdown gives; all of it is taken."""
    body = LexborHTMLParser(tame(html)).body
    return _read(body, html) if body is not None else ()


def _read(root: LexborNode, html: str, direction: str = "") -> Blocks:
    notes = find_notes(root) if "#" in html or "data-note" in html else NO_NOTES
    return Walk(notes).read(root, Place(direction=direction))


def _direction(tree: LexborHTMLParser) -> str:
    """Return "rtl" if the page says so; "ltr" is said by so many pages that it says nothing."""
    return "rtl" if tree.css_first("html[dir=rtl i], body[dir=rtl i]") is not None else ""
