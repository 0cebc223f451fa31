"""What of a web page is not for reading: the hidden, the active, and what stands around the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from selectolax.lexbor import LexborNode

Attributes = Mapping[str, str | None]

SKIPPED = frozenset(
    "applet area audio base basefont bgsound button canvas datalist embed frame frameset head iframe input link map "
    "meta meter noembed noframes noscript object optgroup option param portal progress script select source style svg "
    "template textarea title track video annotation annotation-xml -comment -doctype".split()
)
"""Elements that are left out with all that is in them."""

_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_NO_SIZE = re.compile(r"(?:^|;)\s*font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE)
_NO_HEIGHT = re.compile(r"(?:^|;)\s*max-height\s*:\s*0(?:px)?\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE)
_PIXEL_SIDE = re.compile(r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*0*[01](?:\.0*)?(?:px)?\s*(?:!important\s*)?(?:;|$)", re.I)
_WORDS = re.compile(r"[A-Za-z]+")

_UNSEEN = frozenset(("sr-only", "screen-reader-text", "visually-hidden", "preheader", "preheader-text", "lineno", "gutter"))
_ASIDE = frozenset(
    "sharedaddy share shares sharing social subscribe subscription signup related comments comment respond disqus "
    "breadcrumb breadcrumbs pagination pager paywall promo cookie cookies banner newsletter-signup skip byline postmeta "
    "navigation nav menu sidebar widget widgets toolbar tags toc-toggle likes reactions".split()
)
_ARTICLES = (
    "main, [role=main]",
    "article",
    ".entry-content, .post-content, .article-content, .article-body, .post-body, .body.markup, .markdown-body, "
    ".e-content, [itemprop=articleBody], .page-content, .content-body, .gh-content, .available-content",
)

# The parser's time grows with the square of the depth, and elements left open come back in every paragraph after.
_NESTING = re.compile(
    r"<(/?)(?=(?:a|abbr|article|aside|b|big|blockquote|center|code|del|details|div|dl|em|figure|font|form|i|ins|main|mark"
    r"|nobr|ol|pre|q|ruby|s|section|small|span|strike|strong|sub|sup|table|tt|u|ul)\b)(\w+)",
    re.IGNORECASE,
)
_DEEPEST = 400


def shallow(html: str) -> str:
    """Return HTML that is nested no deeper than a parser bears; what is in the deeper elements stays."""
    if html.count("<") <= 2 * _DEEPEST:
        return html
    depth = 0

    def flatten(match: re.Match[str]) -> str:
        nonlocal depth
        depth = max(depth + (-1 if match[1] else 1), 0)
        # The name of an element that means nothing: the rest of the tag can stay as it is.
        return f"<{match[1]}wbr" if depth >= _DEEPEST + bool(not match[1]) else match[0]

    return _NESTING.sub(flatten, html)


def is_hidden(node: LexborNode, attributes: Attributes) -> bool:
    """Tell whether an element is there but not to be seen: preheaders, notes for screen readers, line numbers."""
    if "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found":
        return True
    if attributes.get("aria-hidden") == "true" and len(node.text(deep=True)) < 500:
        return True  # A page saved under an open dialog hides all of itself so.
    if (names := attributes.get("class")) and not _UNSEEN.isdisjoint(names.lower().split()):
        return True
    return bool(style := attributes.get("style")) and _is_hiding(node, style)


def _is_hiding(node: LexborNode, style: str) -> bool:
    if _HIDING.search(style) or _NO_HEIGHT.search(style):
        return True
    # Mail layouts set 0 on a table to close its gaps, and the size again on the text within.
    return bool(_NO_SIZE.search(style)) and not any(
        "font-size" in (inner.attributes.get("style") or "").lower() for inner in node.css("[style]") if inner != node
    )


def is_pixel(attributes: Attributes) -> bool:
    """Tell whether an image is there to be counted, not seen: a side of it is 0 or 1."""
    sides = (attributes.get("width"), attributes.get("height"))
    return any(_side(side) <= 1 for side in sides if side) or bool(_PIXEL_SIDE.search(attributes.get("style") or ""))


def _side(value: str) -> float:
    match = re.match(r"\s*\d+(?:\.\d+)?(?=\s*(?:px)?\s*$)", value)
    return float(match[0]) if match else 2


def article_of(body: LexborNode) -> LexborNode:
    """Return the element of a full page that holds what is to be read; the body itself when there is none.

    It steps from the page to its main part, its article, its content, as long as a step leaves most of the text.
    What stands around and is not for reading is taken out of the tree on the way.
    """
    _strip(body)
    found = body
    for selector in _ARTICLES:
        inner = max(found.css(selector), key=_length, default=None)
        if inner is not None and _length(inner) * 2 >= _length(found):
            found = inner
    return found


def _length(node: LexborNode) -> int:
    return len(node.text(deep=True))


def _strip(body: LexborNode) -> None:
    for node in body.css("script, style, noscript, template, svg"):
        node.decompose()
    for node in body.css("#comments, .comments, .comments-area, #respond, .sharedaddy, .jp-relatedposts, #disqus_thread"):
        node.decompose()
    whole = _length(body)
    _drop((node for node in body.css("nav, header, footer, aside, form, [role=navigation]") if _is_outside(node)), whole // 2)
    _drop((node for node in body.css("[class], [id]") if _is_furniture(node)), min(whole // 3, 400))


def _is_outside(node: LexborNode) -> bool:
    """Tell whether the element is the page's own, not a head or a remark within the article."""
    if node.tag not in ("header", "aside"):
        return True
    parent = node.parent
    while parent is not None:
        if parent.tag in ("article", "main"):
            return False
        parent = parent.parent
    return True


def _is_furniture(node: LexborNode) -> bool:
    if node.tag in ("body", "main", "article", "h1", "h2", "h3", "p", "a", "img", "td", "tr", "table", "li"):
        return False
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    return not _ASIDE.isdisjoint(_WORDS.findall(names))


def _drop(nodes: Iterable[LexborNode], most: int) -> None:
    for node in list(nodes):
        if node.parent is not None and _length(node) <= most:
            node.decompose()
