"""Plain text of mail: lines that a mailer broke become paragraphs again (RFC 3676)."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"(>+) ?")
_SIGNATURE = "-- "


def unflowed(text: str, *, joined: bool) -> str:
    """Return text of the format "flowed" with whole lines; a break within a word is undone where `joined`."""
    paragraphs: list[list[str]] = []
    open_quote: int | None = None
    for line in text.splitlines():
        quote = _QUOTED.match(line)
        depth = len(quote[1]) if quote else 0
        words = line[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != _SIGNATURE
        words = words[:-1] if flows and joined else words
        if open_quote == depth and words != _SIGNATURE:
            paragraphs[-1].append(words)
        else:
            paragraphs.append([f"{'>' * depth} {words}" if depth else words])
        open_quote = depth if flows else None
    return "\n".join(map("".join, paragraphs))
