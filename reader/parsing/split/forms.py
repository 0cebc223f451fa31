"""Forms: by which signals an issue was split, and which of them the issues of one newsletter share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from reader.parsing.split.page import Draft, Line, words
from reader.parsing.split.words import DEPENDENT, PARTS_OF_ONE

WHOLE = "whole"
"""The outer signal of an issue that is one story."""
_FEWEST = 3
"""Issues from which on their common form is known."""
_SHARE = 0.25
"""From which share of an issue's stories on a signal is one of those that split it."""
_FEWEST_WORDS = 20
"""Words of a piece that leads nowhere and yet stands alone."""
_LOOSE = 150
"""Words above the first piece, or in none below it, that are not too many however short the issue is."""


class Form(NamedTuple):
    """How an issue was split: what parts it as a whole, and what parts its regions."""

    outer: str
    """"separators", "headings", "bold" or "whole"."""
    inner: frozenset[str] = frozenset()
    """Names of signals: "items", "numbers", "linked", "led", "headed", "paragraphs", "sections"."""

    def __str__(self) -> str:
        return ": ".join([self.outer, ", ".join(sorted(self.inner))] if self.inner else [self.outer])

    def is_odd_in(self, company: Form | None) -> bool:
        """Tell whether an issue of this form has another shape than its newsletter's issues."""
        if company is None or company.outer == WHOLE:
            return False
        return self.outer != company.outer or (bool(company.inner) and not self.inner & company.inner)


def form_named(name: str) -> Form | None:
    """Return the form that is written like this; None for ""."""
    outer, _, inner = name.partition(": ")
    return Form(outer, frozenset(inner.split(", ") if inner else ())) if outer else None


def form_of(outer: str, drafts: Collection[Draft]) -> Form:
    """Return the form of an issue that was split into these stories."""
    signals = Counter(draft.signal for draft in drafts if draft.signal)
    return Form(outer, frozenset(name for name, count in signals.items() if count >= _SHARE * len(drafts)))


def shared(forms: Iterable[Form]) -> Form | None:
    """Return the form that explains most of a newsletter's issues; None where they are few, or differ."""
    every = list(forms)
    outer, count = Counter(form.outer for form in every).most_common(1)[0] if every else ("", 0)
    if count < _FEWEST or count * 2 <= len(every):
        return None
    signals = Counter(name for form in every if form.outer == outer for name in form.inner)
    return Form(outer, frozenset(name for name, times in signals.items() if times * 2 > count))


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
