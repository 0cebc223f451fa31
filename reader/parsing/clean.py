"""What of HTML is not for reading: the active, the hidden, images that only count."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

Attributes = Mapping[str, str | None]

SKIPPED = frozenset(
    """
    applet area audio base basefont bgsound button canvas datalist embed frame frameset head iframe link map
    meta meter noembed noframes object optgroup option param portal progress script select source
    style svg template textarea title track video annotation annotation-xml -comment -doctype
    """.split()  # noqa: SIM905
)
"""Elements that are left out with all that is in them."""

_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE
)
_NO_SIZE = re.compile(
    r"(?:^|;)\s*font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE
)
_NO_HEIGHT = re.compile(r"(?:^|;)\s*max-height\s*:\s*0(?:px)?\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE)
_PIXEL_SIDE = re.compile(
    r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*0*[01](?:\.0*)?(?:px)?\s*(?:!important\s*)?(?:;|$)",
    re.IGNORECASE,
)

_MOST_SIDE = 20_000
"""Pixels: what says to be larger says nothing."""
_SIZED = '[style*="font-size" i]'
_UNSEEN = frozenset(
    ("sr-only", "screen-reader-text", "visually-hidden", "preheader", "preheader-text", "lineno", "gutter")
)


def is_fallback(node: LexborNode) -> bool:
    """Tell whether an element is a `<noscript>` that says what is seen elsewhere; a long one is text."""
    return node.tag == "noscript" and len(node.text(deep=True)) < 200


def is_hidden(node: LexborNode, attributes: Attributes) -> bool:
    """Tell whether an element is there but not to be seen: a preheader, a note for screen readers."""
    if "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found":
        return True
    if attributes.get("aria-hidden") == "true" and len(node.text(deep=True)) < 500:
        return True  # A page saved under an open dialog hides all of itself so.
    if (names := attributes.get("class")) and not _UNSEEN.isdisjoint(names.lower().split()):
        return True
    style = attributes.get("style")
    return _is_hiding(node, style) if style else False


def _is_hiding(node: LexborNode, style: str) -> bool:
    if _HIDING.search(style) or _NO_HEIGHT.search(style):
        return True
    # Mail layouts set 0 on a table to close its gaps, and the size again on the text within.
    return bool(_NO_SIZE.search(style)) and not any(child.css_first(_SIZED) for child in node.iter())


def is_pixel(attributes: Attributes) -> bool:
    """Tell whether an image is there to be counted, not seen: a side of it is 0 or 1."""
    sides = (attributes.get("width"), attributes.get("height"))
    return any(_side(side) <= 1 for side in sides if side) or bool(
        _PIXEL_SIDE.search(attributes.get("style") or "")
    )


def size_of(attributes: Attributes) -> tuple[int, int]:
    """Return the width and height in pixels that an image's markup gives it; 0 for what it does not say."""
    width, height = (_pixels(attributes.get(name) or "") for name in ("width", "height"))
    return width, height


def _pixels(value: str) -> int:
    side = _number(value)
    return round(side) if side and side < _MOST_SIDE else 0


def _side(value: str) -> float:
    side = _number(value)
    return 2 if side is None else side


def _number(value: str) -> float | None:
    match = re.match(r"\s*\d+(?:\.\d+)?(?=\s*(?:px)?\s*$)", value)
    return float(match[0]) if match else None
