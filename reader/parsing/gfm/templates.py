"""What a site's generator reads and a person does not: tags of Liquid and Hugo, components of MDX."""

from __future__ import annotations

import re

from reader.parsing.gfm.names import HTML_NAMES

_TAG = (
    r"\{%[^{}]{0,400}%\}|\{\{[<%][^{}]{0,400}[>%]\}\}|\{:[^{}\n]{0,400}\}"
    r"|\{\{-?\s*(?:site|page|include)\.[^{}]{0,400}\}\}"
)
_LINE = re.compile(rf"\s*(?:(?:{_TAG})\s*)+")
_INLINE = re.compile(rf"(?<!`)(`++).{{0,400}}?(?<!`)\1(?!`)|[ ]?(?:{_TAG})", re.DOTALL)
_COMPONENTS = re.compile(r"\s*(?:</?([A-Z]\w*[a-z]\w*(?:\.\w+)*|[A-Z])(?:\s[^<]*|/)?>\s*)+")
_OPEN_COMPONENT = re.compile(r"\s*<([A-Z]\w*[a-z]\w*(?:\.\w+)*)(?:\s+[^<>]*)?")
_COMPONENT_END = re.compile(r"/?>\s*$")
_MODULE = re.compile(
    r"""import\s+(?:[\w*{][^"']*\sfrom\s+)?["'][^"']+["'];?\s*|export\s+(?:const|default|function|let)\s.*"""
)


def is_template_line(line: str) -> bool:
    """Tell whether a line holds a template's tags or components, and nothing to read."""
    if "{" in line and _LINE.fullmatch(line):
        return True
    component = _COMPONENTS.fullmatch(line) if "<" in line else None
    return component is not None and component[1].lower() not in HTML_NAMES


def opens_template(line: str) -> re.Pattern[str] | None:
    """Return how a component ends that begins on this line and goes on; None where none does."""
    component = _OPEN_COMPONENT.fullmatch(line)
    return _COMPONENT_END if component and component[1].lower() not in HTML_NAMES else None


def is_module_line(line: str) -> bool:
    """Tell whether a line imports or exports something of MDX."""
    return line.startswith(("import", "export")) and bool(_MODULE.fullmatch(line))


def without_templates(lines: list[str]) -> list[str]:
    """Return the lines of a paragraph without the tags in them; in code they are text."""
    if not any("{" in line for line in lines):
        return lines
    return _INLINE.sub(lambda match: match[0] if match[1] else "", "\n".join(lines)).split("\n")
