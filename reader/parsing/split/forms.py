"""Forms: by which signals an issue was split, and whether it can have the form of its company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from reader.model.form import Form
from reader.parsing.split.page import Draft, Line, words
from reader.parsing.split.words import DEPENDENT, PARTS_OF_ONE

_SHARE = 0.25
"""From which share of an issue's stories on a signal is one of those that split it."""
_FEWEST_WORDS = 20
"""Words of a piece that leads nowhere and yet stands alone."""
_LOOSE = 150
"""Words above the first piece, or in none below it, that are not too many however short the issue is."""


def form_of(outer: str, drafts: Collection[Draft]) -> Form:
    """Return the form of an issue that was split into these stories."""
    signals = Counter(draft.signal for draft in drafts if draft.signal)
    return Form(outer, frozenset(name for name, count in signals.items() if count >= _SHARE * len(drafts)))


def stand_alone(lines: Sequence[Line], drafts: Sequence[Draft]) -> bool:
    """Tell whether pieces that an issue would have in company make sense each, and are most of it."""
    if not drafts:
        return False
    above, below = words(lines[: drafts[0].first]), words(lines[drafts[0].first :])
    told = sum(words(lines[draft.first : draft.last]) for draft in drafts)
    return max(above, below - told) <= max(_LOOSE, told) and all(
        _stands_alone(lines, draft) for draft in drafts
    )


def _stands_alone(lines: Sequence[Line], draft: Draft) -> bool:
    title = draft.head.title
    if PARTS_OF_ONE.match(title) or DEPENDENT.match(title):
        return False
    own = lines[draft.first : draft.last]
    return any(line.has_link for line in own) or words(own) >= _FEWEST_WORDS
