"""HTML made fit for a parser: well-formed text, and no deeper than the parser bears."""

from __future__ import annotations

import re

# A parser's time grows with the square of the depth, and elements of style that are
# left open come back in every paragraph after.
_NESTING = re.compile(
    r"<(/?)(?:a|abbr|article|aside|b|big|blockquote|center|code|del|details|div|dl|em|figure|font|footer|form|header|i|ins|main"
    r"|mark|nav|nobr|ol|pre|q|ruby|s|section|small|span|strike|strong|sub|sup|table|tt|u|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DEEPEST = 400


def tame(html: str) -> str:
    """Return HTML without lone surrogates and nested no deeper than 400; what is in deeper elements stays."""
    if not html.isascii():
        html = _SURROGATE.sub("\ufffd", html)
    if html.count("<") <= 2 * _DEEPEST:
        return html
    depth = 0

    def flatten(match: re.Match[str]) -> str:
        nonlocal depth
        depth = max(depth + (-1 if match[1] else 1), 0)
        # The name alone is changed, to that of an element that means nothing; the rest of the tag may stay.
        return f"<{match[1]}wbr" if depth >= _DEEPEST + (not match[1]) else match[0]

    return _NESTING.sub(flatten, html)
