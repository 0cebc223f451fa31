"""The part of a file that is ours: what stands between a begin and an end.

The two are HTML comments, which nobody sees on GitHub, in Obsidian, in Hugo or in an editor's preview.
Obsidian's own %% comments %% would be printed by all the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from reader.exporters.gfm.properties import fingerprint

_BEGIN = re.compile(r"^<!-- tearsheet:begin((?: \w+=\"[^\"\n]*\")*) -->(?=[ \t]*$)", re.MULTILINE)
_FACT = re.compile(r'(\w+)="([^"]*)"')
_END = re.compile(r"^<!-- tearsheet:end -->(?=[ \t]*$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file that we wrote, and where it stands."""

    start: int
    begun: int
    """Where its text starts, behind its begin."""
    end: int
    text: str
    facts: Mapping[str, str]

    @property
    def key(self) -> str:
        """The key of its story."""
        return self.facts.get("id", "")

    @property
    def edited(self) -> bool:
        """Whether its text is no longer what we wrote. White space at the ends of lines does not count."""
        return self.facts.get("text") != text_fingerprint(self.text)


def marked(text: str, key: str) -> str:
    """Return a story's text between its begin, which tells its key and fingerprint, and its end."""
    begin = _begin({"id": key, "text": text_fingerprint(text)})
    return f"{begin}\n\n{text.strip()}\n\n<!-- tearsheet:end -->"


def told(body: str, facts: Mapping[str, str]) -> str:
    """Return a file's body with these facts in its first begin, and in no other."""
    for number, part in reversed(list(enumerate(parts(body)))):
        own = {name: part.facts[name] for name in ("id", "text") if name in part.facts}
        begin = _begin({**own, **(facts if number == 0 else {})})
        if begin != body[part.start : part.begun]:
            body = body[: part.start] + begin + body[part.begun :]
    return body


def _begin(facts: Mapping[str, str]) -> str:
    said = "".join(f' {name}="{_safe(value)}"' for name, value in facts.items() if value)
    return f"<!-- tearsheet:begin{said} -->"


def parts(body: str) -> list[Part]:
    """Return the parts of a file that are ours, in order; one without an end is none."""
    found: list[Part] = []
    at = 0
    while begin := _BEGIN.search(body, at):
        end = _END.search(body, begin.end())
        following = _BEGIN.search(body, begin.end())
        at = begin.end()
        if end is None or (following and following.start() < end.start()):
            continue
        facts = {name: unquote(value) for name, value in _FACT.findall(begin[1])}
        found.append(Part(begin.start(), begin.end(), end.end(), body[begin.end() : end.start()], facts))
        at = end.end()
    return found


def first_facts(body: str) -> Mapping[str, str]:
    """Return what the first begin of a file tells, were its end cut off."""
    begin = _BEGIN.search(body)
    return {name: unquote(value) for name, value in _FACT.findall(begin[1])} if begin else {}


def text_fingerprint(text: str) -> str:
    """Return the fingerprint of a text, however its lines end."""
    return fingerprint("\n".join(line.rstrip() for line in text.strip().splitlines()))


def _safe(value: str) -> str:
    return quote(value, safe="/#:@,+ ").replace("--", "-%2D")
