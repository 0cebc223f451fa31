"""Blocks by CommonMark's rules, read line by line: which containers go on, what begins, else text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import AtomicString

from reader.parsing.gfm.leaves import (
    Dropped,
    Fence,
    IndentedCode,
    Leaf,
    Paragraph,
    RawHtml,
    add_text,
    indent_of,
    table_of,
)
from reader.parsing.gfm.references import label_of, take_references
from reader.parsing.gfm.templates import is_module_line, is_template_line, opens_template, without_templates

_QUOTE = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ ]+(.*?))?(?:[ ]+#+)?[ ]*")
_SEPARATOR = re.compile(r" {0,3}#{7,}[ ]*")
"""No heading, and for GitHub just text; but a line drawn with it stands for itself."""
_ANCHOR = re.compile(r"[ ]*\{:?[ ]*[#.][^{}]*\}[ ]*$")
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|-+)[ ]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})[ ]*([^\s`]*).*")
_ITEM = re.compile(r"( {0,3})([-+*]|\d{1,9}[.)])(?=[ ]|$)")
_TASK = re.compile(r"\[([ xX])\](?=[ ])")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ ]*")
_DEFINITION = re.compile(r":([ ]{1,3})(?=\S)")
_HIGHLIGHT = re.compile(r"[ ]*\{%-?\s*highlight\s+([\w+#.-]+)[^%]*%\}[ ]*")
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    "|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr"
    "|track|ul"
)
_ATTRIBUTE = r"""\s+[a-zA-Z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_HTML = (
    (
        re.compile(r"<(?:script|pre|style|textarea)(?:\s|>|$)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![a-zA-Z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_BLOCK_TAGS})(?:\s|/?>|$)", re.IGNORECASE), None),
)
_LONE_TAG = re.compile(rf"(?:<[a-zA-Z][\w-]*(?:{_ATTRIBUTE})*\s*/?>|</[a-zA-Z][\w-]*\s*>)\s*")
_LONGEST_TERM = 60
_DEEPEST = 60
"""How many containers may stand in each other; what is deeper is read as text."""


class _Container:
    """A quote, a list item, a footnote or a definition that is open."""

    __slots__ = ("element", "indent", "opened_empty")

    def __init__(self, element: Element, indent: int, *, opened_empty: bool = False) -> None:
        self.element = element
        self.indent = indent
        """How far in its content stands; 0 for a quote, which has a sign instead."""
        self.opened_empty = opened_empty

    def rest_of(self, line: str) -> str | None:
        """Return what a line holds for this container, or None if the container does not go on."""
        if not self.indent:
            quote = _QUOTE.match(line)
            return line[quote.end() :] if quote else None
        if not line.strip():
            return None if self.opened_empty and not self.element.text and not len(self.element) else ""
        return line[self.indent :] if indent_of(line) >= self.indent else None


class BlockReader:
    """Takes lines and builds the tree that the library then reads inlines in."""

    def __init__(self, md: Markdown, notes: dict[str, str]) -> None:
        self._md = md
        self._notes = notes
        self._root = Element(md.doc_tag)
        self._open: list[_Container] = []
        self._leaf: Leaf | None = None
        self._list_signs: dict[Element, str] = {}

    def read(self, raw: str) -> None:
        """Read one line."""
        line = raw.expandtabs(4) if "\t" in raw else raw
        reached, line = self._go_on(line)
        whole = reached == len(self._open)
        if whole and self._goes_on_in_leaf(line, raw if not self._open else ""):
            return
        if self._leaf is not None and not isinstance(self._leaf, Paragraph):
            self._end_leaf()
        if not line.strip() or (is_template_line(line) and not _HIGHLIGHT.fullmatch(line)):
            self._end(reached)
        else:
            self._begin(line, reached)

    def finish(self) -> Element:
        """End whatever is open and return the tree."""
        self._end(0)
        return self._root

    # Containers and leaves that are open

    @property
    def _tip(self) -> Element:
        return self._open[-1].element if self._open else self._root

    def _go_on(self, line: str) -> tuple[int, str]:
        """Return how many containers the line goes on in, and the line without their signs."""
        for index, container in enumerate(self._open):
            rest = container.rest_of(line)
            if rest is None:
                return index, line
            line = rest
        return len(self._open), line

    def _goes_on_in_leaf(self, line: str, raw: str) -> bool:
        leaf = self._leaf
        if leaf is None or isinstance(leaf, Paragraph):
            return False
        if isinstance(leaf, Fence | IndentedCode | RawHtml):
            return leaf.takes(line, raw)
        return not self._begins_block(line) and leaf.takes(line, raw)

    def _begins_block(self, line: str) -> bool:
        """Tell whether a line ends a table."""
        return bool(
            _QUOTE.match(line) or _HEADING.fullmatch(line) or _RULE.fullmatch(line) or _FENCE.match(line)
        ) or bool(_ITEM.match(line) or line.lstrip(" ").startswith("<!--"))

    def _end(self, reached: int) -> None:
        """End the leaf, and the containers after the first few."""
        self._end_leaf()
        del self._open[reached:]

    def _end_leaf(self) -> None:
        leaf, self._leaf = self._leaf, None
        if isinstance(leaf, Paragraph):
            leaf.lines = take_references(without_templates(leaf.lines), self._md.references)
            if not leaf.lines:
                return
        if isinstance(leaf, RawHtml) and not isinstance(leaf, Dropped):
            self._stash(leaf.text())
        elif leaf is not None:
            leaf.build(self._tip)

    def _stash(self, html: str) -> None:
        element = Element("raw")
        # An element without a name is written as its text alone: HTML may end in a later block.
        element.tag = None  # type: ignore[assignment]
        element.text = AtomicString(self._md.htmlStash.store(html))
        self._tip.append(element)

    # What begins

    def _begin(self, line: str, reached: int) -> None:
        """Open the containers that the line begins, then its leaf, or add it to the open paragraph."""
        while len(self._open) < _DEEPEST and (rest := self._begin_container(line, reached)) is not None:
            line = rest
            reached = len(self._open)
            if not line.strip():
                return
        if self._begin_leaf(line, reached):
            return
        if not isinstance(self._leaf, Paragraph):
            self._end(reached)
            self._leaf = Paragraph()
        self._leaf.takes(line, "")

    def _begin_container(self, line: str, reached: int) -> str | None:
        """Open a container and return what of the line is in it; None where none begins."""
        if indent_of(line) >= 4:
            return None
        if quote := _QUOTE.match(line):
            self._end(reached)
            self._push(SubElement(self._tip, "blockquote"), 0)
            return line[quote.end() :]
        if note := _NOTE.match(line):
            return self._begin_note(line, note, reached)
        if (definition := _DEFINITION.match(line)) and self._begin_definition(reached, len(definition[1])):
            return line[definition.end() :]
        if (item := _ITEM.match(line)) and not _RULE.fullmatch(line) and not self._underlines(line, reached):
            return self._begin_item(line, item, reached)
        return None

    def _push(self, element: Element, indent: int, *, empty: bool = False) -> None:
        self._open.append(_Container(element, indent, opened_empty=empty))

    def _goes_on(self, reached: int) -> Paragraph | None:
        """Return the paragraph that is open right here, not in a container that the line has left."""
        return self._leaf if isinstance(self._leaf, Paragraph) and reached == len(self._open) else None

    def _underlines(self, line: str, reached: int) -> bool:
        return self._goes_on(reached) is not None and bool(_UNDERLINE.fullmatch(line))

    def _begin_note(self, line: str, note: re.Match[str], reached: int) -> str:
        self._end(reached)
        label = self._notes.setdefault(
            label_of(note[1]), note[1] if len(note[1]) <= 4 else str(len(self._notes) + 1)
        )
        self._push(SubElement(self._tip, "section", {"id": f"fn:{label}", "data-note": label}), 4)
        return line[note.end() :]

    def _begin_definition(self, reached: int, gap: int) -> bool:
        """Make terms of the paragraph before, or go on in the list of definitions."""
        paragraph = self._goes_on(reached)
        if paragraph is not None:
            terms = paragraph.lines
            if self._open or (gap < 3 and (len(terms) > 1 or len(terms[0]) > _LONGEST_TERM)):
                return False  # A colon that converters of web pages leave at the start of a line.
            self._leaf = None
            definitions = SubElement(self._tip, "dl")
            for term in terms:
                add_text(definitions, "dt", term)
        else:
            parent = self._open[reached - 1].element if reached else self._root
            if not len(parent) or parent[-1].tag != "dl":
                return False
            self._end(reached)
            definitions = parent[-1]
        self._push(SubElement(definitions, "dd"), 4)
        return True

    def _begin_item(self, line: str, item: re.Match[str], reached: int) -> str | None:
        rest = line[item.end() :]
        empty = not rest.strip()
        if self._goes_on(reached) is not None and (empty or item[2][:-1] not in ("", "1")):
            return None  # Inside a paragraph only a bullet or a 1 begins a list.
        self._end(reached)
        gap = indent_of(rest)
        gap = 1 if empty or gap > 4 else gap
        element = SubElement(self._list_for(item[2]), "li")
        self._push(element, item.end() + gap, empty=empty)
        rest = rest[gap:]
        if task := _TASK.match(rest):
            SubElement(
                element, "input", {"type": "checkbox"} | ({"checked": "checked"} if task[1] != " " else {})
            )
            rest = rest[task.end() :].lstrip(" ")
        return rest

    def _list_for(self, sign: str) -> Element:
        """Return the list that goes on here with items of this sign, or a new one."""
        parent = self._tip
        last = parent[-1] if len(parent) else None
        if last is not None and self._list_signs.get(last) == sign[-1]:
            return last
        if sign[-1] in "-+*":
            found = SubElement(parent, "ul")
        else:
            found = SubElement(parent, "ol", {"start": str(int(sign[:-1]))})
        self._list_signs[found] = sign[-1]
        return found

    def _begin_leaf(self, line: str, reached: int) -> bool:
        """Begin a leaf that is no paragraph; tell whether one has begun."""
        if indent_of(line) >= 4:
            return self._begin_code(line, reached)
        if self._begin_heading(line, reached):
            return True
        if _RULE.fullmatch(line):
            self._end(reached)
            SubElement(self._tip, "hr")
            return True
        leaf = self._fence(line) or self._html(line) or self._no_text(line) or self._table(line, reached)
        if leaf is None:
            return False
        self._end(reached)
        self._leaf = leaf
        return True

    def _begin_code(self, line: str, reached: int) -> bool:
        if isinstance(self._leaf, Paragraph):
            return False
        self._end(reached)
        self._leaf = IndentedCode()
        return self._leaf.takes(line, "")

    def _begin_heading(self, line: str, reached: int) -> bool:
        paragraph = self._goes_on(reached)
        if paragraph is not None and (underline := _UNDERLINE.fullmatch(line)):
            lines = take_references(without_templates(paragraph.lines), self._md.references)
            if lines:
                self._leaf = None
                add_text(
                    self._tip, "h1" if underline[1] else "h2", _ANCHOR.sub("", "\n".join(lines)).rstrip()
                )
                return True
        if _SEPARATOR.fullmatch(line):
            self._end(reached)
            add_text(self._tip, "p", line.strip())
            return True
        if heading := _HEADING.fullmatch(line):
            self._end(reached)
            self._add_heading(len(heading[1]), without_templates([heading[2] or ""])[0])
            return True
        return False

    def _add_heading(self, level: int, text: str) -> None:
        add_text(self._tip, f"h{level}", _ANCHOR.sub("", text).rstrip())

    def _fence(self, line: str) -> Leaf | None:
        if "{" in line and (highlight := _HIGHLIGHT.fullmatch(line)):
            return Fence("", 0, highlight[1].lower())
        fence = _FENCE.fullmatch(line)
        return Fence(fence[1], indent_of(line), fence[2].lower()) if fence else None

    def _html(self, line: str) -> Leaf | None:
        text = line.lstrip(" ")
        if not text.startswith("<"):
            return None
        for start, end in _HTML:
            if start.match(text):
                return self._taken(RawHtml(end), line)
        if not isinstance(self._leaf, Paragraph) and _LONE_TAG.fullmatch(text):
            return self._taken(RawHtml(None), line)
        return None

    def _no_text(self, line: str) -> Leaf | None:
        if end := opens_template(line):
            return self._taken(Dropped(end), line)
        if self._leaf is None and is_module_line(line):
            return self._taken(Dropped(re.compile("")), line)
        return None

    def _taken(self, leaf: RawHtml, line: str) -> Leaf:
        leaf.takes(line, "")
        return leaf

    def _table(self, line: str, reached: int) -> Leaf | None:
        paragraph = self._goes_on(reached)
        table = table_of(paragraph.lines[-1], line) if paragraph is not None else None
        if table is not None and paragraph is not None:
            paragraph.lines.pop()
        return table
