"""The form of an issue: by which signals it was split, and which of them a newsletter's issues share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

WHOLE = "whole"
"""The outer signal of an issue that is one story."""
_FEWEST = 3
"""Issues from which on their common form is known."""


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


def shared_form(forms: Iterable[Form]) -> Form | None:
    """Return the form that explains most of a newsletter's issues; None where they are few, or differ."""
    every = list(forms)
    outer, count = Counter(form.outer for form in every).most_common(1)[0] if every else ("", 0)
    if count < _FEWEST or count * 2 <= len(every):
        return None
    signals = Counter(name for form in every if form.outer == outer for name in form.inner)
    return Form(outer, frozenset(name for name, times in signals.items() if times * 2 > count))
