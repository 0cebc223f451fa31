"""Texts that are far more than an issue can be are read as they are written, so that none takes long."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

from reader.model import Block, Blocks, Kind, Run
from reader.parsing.clean import SKIPPED
from reader.parsing.draft import without_controls
from reader.parsing.tame import tame

_MOST = 300_000
"""What a text may weigh. It is a second or three of work; a megabyte of a real newsletter weighs a tenth."""
_SMALL = 300_000
"""Characters up to which a text is not weighed."""
_LINKED = {"\n": 1, "#": 1, "*": 2, "_": 2, "[": 3, "`": 1, "<": 1, "|": 1, "~": 1, "&": 1}
_WEIGHTS: Mapping[str, Mapping[str, int]] = {
    "markdown": _LINKED,
    "rst": _LINKED | {"\n": 2},
    "org": _LINKED | {"/": 1},
    "text": {"\n": 1},
    "html": {"<": 1, "&": 1},
    "json": {'"': 1, "[": 1, "{": 1, "<": 1},
}
"""How long the work on a sign is, next to that on the end of a line."""


def is_excess(text: str, markup: str) -> bool:
    """Tell whether a text has so much markup that reading it would take longer than anybody waits."""
    if len(text) <= _SMALL:
        return False
    return sum(weight * text.count(sign) for sign, weight in _WEIGHTS[markup].items()) > _MOST


def blocks_as_written(text: str, markup: str) -> Blocks:
    """Return the text as one block, as it is written; of HTML without the tags."""
    whole = without_controls(_text_of(text) if markup == "html" else text).strip("\n")
    return (Block(Kind.CODE, (Run(whole),)),) if whole.strip() else ()


def _text_of(html: str) -> str:
    body = LexborHTMLParser(tame(html)).body
    if body is None:
        return ""
    body.strip_tags([name for name in SKIPPED if not name.startswith("-")], recursive=True)
    return body.text(deep=True, separator="\n")
