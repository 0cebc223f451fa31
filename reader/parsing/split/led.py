"""Leads as borders: an issue of paragraphs of which each opens with its title, in bold or as a link."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.parsing.split import heads
from reader.parsing.split.page import Draft, Line
from reader.parsing.split.style import lead_end
from reader.parsing.split.words import CITING

_CITES = re.compile(rf"{CITING}\W*:")
_SIGN = re.compile(r"\s*([:：.,–—|(（-])")
_DASHES = "–—|-"
_FEWEST = 3
_SHARE = 0.7
"""From which share of led paragraphs on each is a story; with fewer, leads are run-in headings."""


def led(lines: Sequence[Line], first: int, last: int, fewest: int = _FEWEST) -> list[int]:
    """Return the lines between two that open with a title, if nearly all do and nearly all have links.

    The titles are bold leads, or links with a sign after them.
    """
    prose = [at for at in range(first, last) if lines[at].is_prose]
    if len(prose) < fewest or not sum([lines[at].has_link for at in prose]):
        return []
    bold = _alike(lines, [at for at in prose if not lines[at].setting and lead_end(lines[at].block)])
    if _is_regular(lines, bold, fewest):
        return bold
    opened = [at for at in prose if opens_with_title(lines[at])]
    return opened if _is_regular(lines, opened, fewest) else []


def _is_regular(lines: Sequence[Line], opened: Sequence[int], fewest: int) -> bool:
    if len(opened) < fewest:
        return False
    within = [at for at in range(opened[0], opened[-1] + 1) if lines[at].is_prose]
    linked = sum(lines[at].has_link for at in opened)
    return min(len(opened) / len(within), linked / len(opened)) >= _SHARE


def opens_with_title(line: Line) -> bool:
    """Tell whether a paragraph opens with a link that a dash, or after several words any sign, parts off."""
    if line.link is None or _CITES.match(line.text):
        return False
    sign = _SIGN.match(line.whole, line.link[1])
    return sign is not None and (sign[1] in _DASHES or line.whole.count(" ", *line.link) >= 2)


def _alike(lines: Sequence[Line], opened: Sequence[int]) -> list[int]:
    """Return the paragraphs whose leads end in a colon, or do not, as most do; none that only cites."""
    colons = {
        at: lines[at].whole[: lead_end(lines[at].block)].rstrip().endswith((":", "：")) for at in opened
    }
    usual = sum(colons.values()) * 2 > len(opened)
    return [at for at in opened if colons[at] is usual and not _CITES.match(lines[at].text)]


def by_leads(lines: Sequence[Line], last: int, starts: Sequence[int]) -> list[Draft]:
    """Return a story for each led paragraph, with the pictures, lists and quotes under it.

    What stands below a rule after the last one is none of its own.
    """
    ruled = next((at for at in range(starts[-1], last) if lines[at].is_rule), last)
    ends = [*starts[1:], ruled]
    return [Draft(at, end, heads.item(lines[at])) for at, end in zip(starts, ends, strict=True)]
