"""How an issue is called in one line, and what is said of it in another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.model.block import OBJECT

_SUMMARY = 200
"""Characters that are kept of a summary: more than any list can show."""
_NUMBER = (
    r"(?i)\W*(?:第|(?:issue|edition|newsletter|weekly|week|volume|vol|number|no|nr|episode|ep)\b)?"
    r"\W*(?P<number>\d+)\s*[期号號回卷辑輯集]?[\s:：;,，.|·•–—)）\]】-]*"
)
"""Compiled when it is first used: a start does without it."""


def label(name: str, number: str, heading: str) -> str:
    """Return an issue's label: the newsletter's name and the number, else its title."""
    return f"{name} {number}" if number else heading or name


def summary(title: str, number: str, names: Sequence[str], stories: Sequence[str]) -> str:
    """Return what an issue's title says besides its label, else what is said of its first stories."""
    rest = without_label(title, number, names) if number else ""
    line = rest or "; ".join(stories)
    line = " ".join(line.replace(OBJECT, " ").split())
    return line if len(line) <= _SUMMARY else line[: _SUMMARY - 1].rstrip() + "…"


def without_label(title: str, number: str, names: Sequence[str]) -> str:
    """Return the title without the newsletter's name and the number: "Import AI 219: Chips" is "Chips"."""
    rest = title.strip()
    bare = rest.lstrip("[【《(（ ")
    for name in sorted(names, key=len, reverse=True):
        if name and bare.lower().startswith(name.lower()):
            bare = bare[len(name) :]
            break
    found = re.match(_NUMBER, bare)
    if found and found["number"].lstrip("0") == number.lstrip("0"):
        return bare[found.end() :]
    return "" if rest.lower() in {name.lower() for name in names} else rest
