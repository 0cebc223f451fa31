"""The blocks that hold lines and no other blocks: paragraphs, code, raw HTML, tables."""

from __future__ import annotations

import re
from typing import Protocol
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString, code_escape

from reader.parsing.gfm.names import SWALLOWING
from reader.parsing.gfm.templates import is_module_line, is_template_line

_CELL_EDGE = re.compile(r"\\.|`+|\|", re.DOTALL)
_DELIMITERS = re.compile(r" {0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*")
_FENCE_END = re.compile(r" {0,3}(`{3,}|~{3,})[ ]*")
_HIGHLIGHT_END = re.compile(r"\s*\{%-?\s*endhighlight\s*-?%\}\s*")
_LONGEST = 8000
"""How much text the library looks for inlines in at once, in code points: its time grows with the square."""
_PIECE = re.compile(r".{1,8000}(?<=[.!?。])\s|.{1,8000}\s", re.DOTALL)
_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
_MARKUP = re.compile(r"[\\`*_\[<~=@\x02]|://|www\.|[ ]\n")


class Leaf(Protocol):
    """A block that is being read line by line."""

    def takes(self, line: str, raw: str) -> bool:
        """Take the line, given without its containers' markers and raw; tell whether it belonged here."""

    def build(self, parent: Element) -> None:
        """Put what was read into the element."""


def indent_of(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


class Fence:
    """Code between fences; a fence of nothing is a generator's "{% highlight %}"."""

    def __init__(self, fence: str, indent: int, language: str) -> None:
        self._fence, self._indent, self._language = fence, indent, language
        self._lines: list[str] = []
        self._closed = False

    def takes(self, line: str, raw: str) -> bool:
        if self._closed:
            return False
        end = (_FENCE_END if self._fence else _HIGHLIGHT_END).fullmatch(line)
        self._closed = end is not None and (not self._fence or end[1].startswith(self._fence))
        if not self._closed:
            self._lines.append(raw if raw.startswith("\t") else line[min(indent_of(line), self._indent) :])
        return True

    def build(self, parent: Element) -> None:
        _add_code(parent, self._lines, self._language)


class IndentedCode:
    """Code that stands four spaces in."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def takes(self, line: str, raw: str) -> bool:  # noqa: ARG002
        if line.strip() and indent_of(line) < 4:
            return False
        self._lines.append(line[4:])
        return True

    def build(self, parent: Element) -> None:
        _add_code(parent, self._lines, "")


def _add_code(parent: Element, lines: list[str], language: str) -> None:
    pre = SubElement(parent, "pre")
    code = SubElement(pre, "code", {"class": f"language-{language}"} if language else {})
    code.text = AtomicString(code_escape("\n".join(lines)))


class RawHtml:
    """HTML that is handed on as it is, up to a line that holds its end, or up to an empty line."""

    def __init__(self, end: re.Pattern[str] | None) -> None:
        self.lines: list[str] = []
        self._end = end
        self._closed = False

    def takes(self, line: str, raw: str) -> bool:  # noqa: ARG002
        if self._closed or (self._end is None and not line.strip()):
            return False
        self.lines.append(line)
        self._closed = self._end is not None and bool(self._end.search(line))
        return True

    def text(self) -> str:
        """Return the HTML; an element that would take the rest of the issue with it is text."""
        kept = (line for line in self.lines if not (is_template_line(line) or is_module_line(line)))
        html = "\n".join(kept)
        lower = html.lower()
        ends = {name: lower.rfind(f"</{name}") for name in SWALLOWING if f"<{name}" in lower}
        if not ends:
            return html
        return _TAG.sub(
            lambda tag: tag[0] if ends.get(tag[1].lower(), len(html)) > tag.start() else f"&lt;{tag[1]}", html
        )

    def build(self, parent: Element) -> None:
        raise NotImplementedError  # The reader hands its text to the library's stash.


class Dropped(RawHtml):
    """A component or a template's tag that goes over several lines and is no text."""

    def build(self, parent: Element) -> None:
        pass


class Paragraph:
    """Lines of text."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def takes(self, line: str, raw: str) -> bool:  # noqa: ARG002
        self.lines.append(line.lstrip(" "))
        return True

    def build(self, parent: Element) -> None:
        add_text(parent, "p", "\n".join(self.lines).rstrip(" "))


class Table:
    """A table of GFM: a header, a row of dashes, rows."""

    def __init__(self, header: list[str], aligns: list[str]) -> None:
        self._rows = [header]
        self._aligns = aligns

    def takes(self, line: str, raw: str) -> bool:  # noqa: ARG002
        if not line.strip():
            return False
        self._rows.append(split_row(line))
        return True

    def build(self, parent: Element) -> None:
        table = SubElement(parent, "table")
        for index, cells in enumerate(self._rows):
            row = SubElement(table, "tr")
            for column, align in enumerate(self._aligns):
                cell = SubElement(row, "td" if index else "th", {"align": align} if align else {})
                cell.text = inline_text(cells[column] if column < len(cells) else "")


def add_text(parent: Element, tag: str, text: str) -> None:
    """Put text into an element; the first of a list item stands in the item itself."""
    first = tag == "p" and parent.tag in ("li", "dd") and not parent.text and not len(parent)
    element = parent if first or not text else SubElement(parent, tag)
    if len(text) <= _LONGEST:
        element.text = inline_text(text) if text else element.text
        return
    while text:
        piece = _PIECE.match(text) if len(text) > _LONGEST else None
        end = piece.end() if piece else _LONGEST
        SubElement(element, "span").text = inline_text(text[:end])
        text = text[end:]


def inline_text(text: str) -> str:
    """Return the text so that the library looks for inlines only where there may be some."""
    return text if _MARKUP.search(text) else AtomicString(text)


def table_of(header: str, line: str) -> Table | None:
    """Return the table that two lines begin, if the second is a row of dashes as wide as the first."""
    if "-" not in line or not ("|" in header or "|" in line) or not _DELIMITERS.fullmatch(line):
        return None
    dashes = split_row(line)
    cells = split_row(header)
    if len(dashes) != len(cells) or ("|" not in line and ":" not in line):
        return None
    return Table(cells, [_align(dash) for dash in dashes])


def split_row(line: str) -> list[str]:
    """Return the cells of a row; a bar after a backslash parts nothing."""
    line = line.strip()
    edges = [match.start() for match in _CELL_EDGE.finditer(line) if match[0] == "|"]
    starts = [0, *(edge + 1 for edge in edges)]
    cells = [line[a:b].strip().replace("\\|", "|") for a, b in zip(starts, [*edges, len(line)], strict=True)]
    if len(cells) > 1 and not cells[0]:
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1] and line.endswith("|"):
        cells = cells[:-1]
    return cells


def _align(dash: str) -> str:
    ends = (dash.startswith(":"), dash.endswith(":"))
    return {(True, True): "center", (True, False): "left", (False, True): "right"}.get(ends, "")
