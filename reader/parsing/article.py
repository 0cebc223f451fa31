"""Which part of a web page is its article, and what in it is the site's and not the writer's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborNode

_STEPS = (
    "main, [role=main]",
    "article",
    """
    .article-body, .article-content, .available-content, .content-body, .e-content, .entry-content,
    .gh-content, .markdown-body, .page-content, .post-body, .post-content, [itemprop=articleBody]
    """,
)
_NO_TEXT = "script, style, template, svg"
_COMMENTS = "#comments, .comments, .comments-area, #respond, .sharedaddy, .jp-relatedposts, #disqus_thread"
_AROUND = "nav, header, footer, aside, form, [role=navigation]"
_FURNITURE = frozenset(
    """
    banner breadcrumb breadcrumbs byline comment comments cookie cookies disqus likes menu nav navigation
    pager pagination paywall postmeta promo reactions related respond share sharedaddy shares sharing sidebar
    signup skip social subscribe subscription tags toolbar widget widgets
    """.split()  # noqa: SIM905
)
_NEVER = frozenset(("a", "article", "body", "h1", "h2", "h3", "img", "li", "main", "p", "table", "td", "tr"))
_WORD = re.compile(r"[a-z]+")
_SHORT = 400
"""How long a part may be, in code points, that is left out for its name alone."""


def article_of(body: LexborNode) -> LexborNode:
    """Return the element of a full page that holds what is to be read; the body itself where there is none.

    It steps from the page to its main part, its article, its content, as long as a step leaves at least
    half of the text. What is not for reading is taken out of the tree before.
    """
    _take_out(body.css(_NO_TEXT))
    _take_out(body.css(_COMMENTS))
    whole = _length(body)
    _take_out(node for node in body.css(_AROUND) if _is_outside(node) and _length(node) <= whole // 2)
    short = min(whole // 3, _SHORT)
    _take_out(node for node in body.css("[class], [id]") if _is_furniture(node) and _length(node) <= short)
    found = body
    for selector in _STEPS:
        inner = max(found.css(selector), key=_length, default=None)
        if inner is not None and _length(inner) * 2 >= _length(found):
            found = inner
    return found


def _length(node: LexborNode) -> int:
    return len(node.text(deep=True))


def _is_outside(node: LexborNode) -> bool:
    """Tell whether an element is the page's own, not the head of the article or a remark in it."""
    if node.tag not in ("header", "aside"):
        return True
    return not any(above.tag in ("article", "main") for above in _ancestors(node))


def _is_furniture(node: LexborNode) -> bool:
    if node.tag in _NEVER:
        return False
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    return not _FURNITURE.isdisjoint(_WORD.findall(names))


def _ancestors(node: LexborNode) -> Iterable[LexborNode]:
    while node.parent is not None:
        node = node.parent
        yield node


def _take_out(nodes: Iterable[LexborNode]) -> None:
    """Take elements out of the tree. What is in another of them goes with it and must not be touched."""
    found = {node.mem_id: node for node in nodes}
    outermost = [
        node for node in found.values() if not any(above.mem_id in found for above in _ancestors(node))
    ]
    for node in outermost:
        node.decompose()
