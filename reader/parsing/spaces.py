"""Where a no-break space keeps words together, and where it is only a space."""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNIT = (
    r"(?:[kMGT]?(?:Hz|W|Wh|B|b|bit|V)|KB|[GMT]iB|[kcmµn]?m|[km]?g|t|l|ml|[mµn]?s|h|min|A|K|[°º][CF]|C|px|pt|em|fps|dpi|rpm"
    r"|ha|km²|m²|m³|kcal|cal|bn|tn|mn|Mio|Mrd|am|pm|AM|PM|USD|EUR|GBP|CHF)\b"
)
# It stays between a number and its unit, inside French quotes and before French punctuation, after initials.
_KEEPING = re.compile(
    r"(?<=\d)\xa0(?=[\d%‰°€$£¥]|" + _UNIT + r")"
    r"|\xa0(?=[»!?;:])|(?<=«)\xa0"
    r"|(?<=\b[A-Z]\.)\xa0(?=\w)"
)


def plain_spaces(texts: Sequence[str]) -> list[str]:
    """Return texts that follow on each other, with spaces where a no-break space keeps nothing together."""
    whole = "".join(texts)
    kept = {match.start() for match in _KEEPING.finditer(whole)}
    out: list[str] = []
    at, before = 0, " "
    for text in texts:
        letters: list[str] = []
        for index, letter in enumerate(text, at):
            space = letter == " " or (letter == "\xa0" and index not in kept)
            if not (space and before in " \n"):
                letters.append(" " if space else letter)
                before = letters[-1]
        at += len(text)
        out.append("".join(letters))
    return out
