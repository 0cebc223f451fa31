"""Link reference definitions: lines that say where "[label]" leads."""

from __future__ import annotations

import re

_DEFINITION = re.compile(
    r"""[ ]*\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:\s*"""
    r"""(?:<([^<>\n]*)>|(\S+))"""
    r"""(?:[ ]*\n?[ ]*(?<=\s)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ ]*(?:\n|$)""",
    re.DOTALL,
)
_SPACE = re.compile(r"\s+")
_SIGNS = re.compile(r"[`\\]")


def label_of(text: str) -> str:
    """Return the form in which two labels are compared."""
    return _SPACE.sub(" ", _SIGNS.sub("", text)).strip().casefold()


def take_references(lines: list[str], references: dict[str, tuple[str, str]]) -> list[str]:
    """Take the definitions that begin a paragraph into the table, and return the lines that are left."""
    if not lines or not lines[0].startswith("["):
        return lines
    text = "\n".join(lines)
    at = 0
    while match := _DEFINITION.match(text, at):
        address = match[2] if match[2] is not None else match[3]
        references.setdefault(label_of(match[1]), (address, ""))
        at = match.end()
    rest = text[at:]
    return rest.split("\n") if rest.strip() else []
