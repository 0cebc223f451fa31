"""Digest or essay: whether sections under headings are stories, or the parts of one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reader.model import Kind
from reader.parsing.split.page import Draft, Line, words
from reader.parsing.split.words import PARTS_OF_ONE

_FEWEST = 3
_SHORT = 100
"""Words of a section, in the middle of all, up to which sections that lead somewhere are stories."""
_TOPICS = re.compile(r"[;,|•·+；，、]")
_WORD = re.compile(r"[^\W_]{4,}")


def are_stories(lines: Sequence[Line], drafts: Sequence[Draft], title: str) -> bool:
    """Tell whether sections are stories: any sign will do but a heading that names a part.

    The headings are links; or the issue's title announces them; or most sections stand behind
    separators, or end with a source; or they are short and lead each somewhere.
    """
    if _share(lines[draft.first].has_link for draft in drafts) >= 0.5:
        return True
    if len(drafts) < _FEWEST or any(PARTS_OF_ONE.match(draft.head.title) for draft in drafts):
        return False
    return (
        _are_announced(drafts, title)
        or _share(_is_parted(lines, draft) for draft in drafts[1:]) >= 0.6
        or _share(_ends_with_source(lines, draft) for draft in drafts) >= 0.6
        or _are_short(lines, drafts)
    )


def _share(signs: Iterable[bool]) -> float:
    found = list(signs)
    return sum(found) / max(len(found), 1)


def _are_announced(drafts: Sequence[Draft], title: str) -> bool:
    """Tell whether two topics of the issue's title are each what another section is about."""
    topics = [set(_WORD.findall(topic.casefold())) for topic in _TOPICS.split(title)]
    named = [set(_WORD.findall(draft.head.title.casefold())) for draft in drafts]
    matched: set[int] = set()
    for place, topic in enumerate(topics):
        own = topic.difference(*topics[:place], *topics[place + 1 :])
        matched |= {next((at for at, name in enumerate(named) if own & name), -1)}
    return len(matched - {-1}) >= 2


def _is_parted(lines: Sequence[Line], draft: Draft) -> bool:
    """Tell whether a separator stands right before a section."""
    return any(line.is_rule for line in lines[max(draft.first - 2, 0) : draft.first])


def _ends_with_source(lines: Sequence[Line], draft: Draft) -> bool:
    last = next((line for line in reversed(lines[draft.first : draft.last]) if line.text), None)
    return last is not None and last.block.kind is Kind.SOURCE


def _are_short(lines: Sequence[Line], drafts: Sequence[Draft]) -> bool:
    """Tell whether sections are short, stand under sections of their own, and lead each somewhere."""
    leading = _share(any(line.has_link for line in lines[draft.first : draft.last]) for draft in drafts)
    under = _share(bool(draft.section) for draft in drafts)
    lengths = sorted(words(lines[draft.first : draft.last]) for draft in drafts)
    return leading >= 0.75 and under >= 0.5 and lengths[len(lengths) // 2] <= _SHORT
