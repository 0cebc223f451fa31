"""Inlines that the library reads otherwise than GitHub, or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import (
    HtmlInlineProcessor,
    InlineProcessor,
    Pattern,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import InlineProcessor as TreeInlineProcessor
from markdown.util import AtomicString, code_escape

from reader.parsing.gfm.leaves import inline_text
from reader.parsing.gfm.names import HTML_NAMES, SWALLOWING
from reader.parsing.gfm.references import label_of

_Found = tuple[Element | str | None, int | None, int | None]
_NOT_HERE: _Found = (None, None, None)

_REPLACED = (
    "backtick",
    "reference",
    "link",
    "image_link",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "html",
    "entity",
)
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "code_spans": ("`",),
    "backslash_break": ("\\\n",),
    "escape": ("\\",),
    "links": ("[",),
    "images": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "bare_links": ("://", "www.", "@"),
    "strike": ("~",),
    "mark": ("==",),
}
"""What a text must hold for a pattern to find anything in it."""
_BRACKET = re.compile(r"[\[\]]")
_TARGET = re.compile(
    r"""\(\s*(?:<([^<>\n]*)>|((?:[^\s()<]|\((?:[^\s()]|\([^\s()]*\))*\))(?:[^\s()]++|\((?:[^\s()]++|\([^\s()]*\))*\))*+)?)"""
    r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)"""
)
_LABEL = re.compile(r"[ ]?\[((?:[^\[\]])*)\]")
_LONGEST_LABEL = 999
_ESCAPED = re.compile("\x02(\\d+)\x03")
_NAME = r"</?([a-zA-Z][a-zA-Z0-9-]*)"
_HTML = (
    rf"""{_NAME}(?:\s+[a-zA-Z_:@][^\s"'=<>/]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*/?>"""
    r"|<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>"
)
_URL = (
    r"(?<![\w/.@-])(?:https?://|www\.)(?=[^\s<])[^\s<>\x02\x03（）。，、；：！？「」『』《》【】“”‘’]+"
    r"|(?<![\w.+/@:-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b(?![@/])"
)
_TRAIL = re.compile(r"(?:&[a-zA-Z0-9]+;|[?!.,:;*_~'\"\]])+$")


def register_inlines(md: Markdown, notes: dict[str, str]) -> None:
    """Put GitHub's inlines into the library's table, in the place of those that differ."""
    patterns = md.inlinePatterns
    for name in _REPLACED:
        patterns.deregister(name)
    patterns.register(CodeSpans(r"(?<!\\)(?:\\\\)*(`+)", md), "code_spans", 190)
    patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 185)
    # Pictures before links: the label of "![alt][label]" would be a link else.
    patterns.register(Images(md), "images", 160)
    patterns.register(Links(md, notes), "links", 150)
    patterns.register(Html(_HTML, md), "html", 90)
    patterns.register(BareLinks(_URL, md), "bare_links", 70)
    patterns.register(
        SimpleTagInlineProcessor(r"(?<!~)(~~?)(?=[^\s~])(.{1,2000}?)(?<=[^\s~])\1(?!~)", "del"), "strike", 50
    )
    patterns.register(
        SimpleTagInlineProcessor(r"(?<![=\w])(==)(?=[^\s=])(.{1,2000}?)(?<=[^\s=])\1(?![=\w])", "mark"),
        "mark",
        45,
    )
    md.treeprocessors.register(Inlines(md), "inline", 20)


class Inlines(TreeInlineProcessor):
    """Reads inlines as the library does, but asks a pattern only about text that holds one of its signs."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        patterns = md.inlinePatterns
        self._signs = {patterns[name]: signs for name, signs in _SIGNS.items() if name in patterns}
        # The library sorts its table again at each look; a plain list is looked up twice as fast.
        self.inlinePatterns = list(patterns)  # type: ignore[assignment]

    def _InlineProcessor__applyPattern(  # noqa: N802 - the library's own name for it
        self, pattern: Pattern, data: str, *place: int
    ) -> tuple[str, bool, int]:
        for sign in self._signs.get(pattern, ("",)):
            if sign in data:
                found: tuple[str, bool, int] = super()._InlineProcessor__applyPattern(pattern, data, *place)  # type: ignore[misc]
                return found
        return data, False, 0


class CodeSpans(InlineProcessor):
    """Code between runs of backticks of one length, without one space on either side."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        ticks = m[1]
        end = re.compile(rf"(?<!`){ticks}(?!`)").search(data, m.end())
        if end is None:
            return _NOT_HERE
        text = data[m.end() : end.start()].replace("\n", " ")
        if text.strip() and text.startswith(" ") and text.endswith(" "):
            text = text[1:-1]
        code = Element("code")
        code.text = AtomicString(code_escape(text))
        return code, m.start(1), end.end()


class Links(InlineProcessor):
    """Links: "[text](address)", "[text][label]", "[label][]", "[label]"; and the calls of notes: "[^1]"."""

    def __init__(self, md: Markdown, notes: dict[str, str], pattern: str = r"(?<!!)\[") -> None:
        super().__init__(pattern, md)
        self._references: dict[str, tuple[str, str]] = md.references
        self._notes = notes
        self._brackets = Brackets()

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        end = self._brackets.closing(data, m.end() - 1)
        if end < 0 or (end > m.end() + _LONGEST_LABEL and data[end + 1 : end + 2] != "("):
            return _NOT_HERE
        text = data[m.end() : end]
        if text.startswith("^") and (label := self._notes.get(label_of(text[1:]))):
            return _note(label), m.start(), end + 1
        address, after = self._address(text, data, end + 1)
        if address is None:
            return _NOT_HERE
        return self._element(text, address), m.start(), after

    def _address(self, text: str, data: str, at: int) -> tuple[str | None, int]:
        """Return where the brackets lead and where the link ends; None where they lead nowhere."""
        if target := _TARGET.match(data, at):
            return self._plain(target[1] if target[1] is not None else target[2] or ""), target.end()
        label = _LABEL.match(data, at)
        if not self._references or len(text) > _LONGEST_LABEL:
            return None, at
        for name, end in ((label[1] or text, label.end()) if label else ("", at), (text, at)):
            if name and (found := self._references.get(label_of(self._plain(name)))):
                return found[0], end
        return None, at

    def _plain(self, text: str) -> str:
        """Return text in which the library's stand-ins for code and escapes are again what they stand for."""
        if "\x02" not in text:
            return text
        return _ESCAPED.sub(lambda match: chr(int(match[1])), self.unescape(text))

    def _element(self, text: str, address: str) -> Element:
        link = Element("a", {"href": address})
        link.text = inline_text(text)
        return link


class Images(Links):
    """Pictures: as links, with "!" before."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md, {}, r"!\[")

    def _element(self, text: str, address: str) -> Element:
        return Element("img", {"src": address, "alt": self._plain(text)})


class Html(HtmlInlineProcessor):
    """Tags of HTML. One that HTML does not know ("Vec<T>"), or a "<title>" that nothing ends, is text."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        name = m[1]
        known = not name or (name.lower() in HTML_NAMES and name.lower() not in SWALLOWING)
        if not known and f"</{name}>" not in data:
            return _NOT_HERE
        found: _Found = super().handleMatch(_Whole(m), data)  # type: ignore[arg-type]
        return found


class _Whole:
    """A match of which the library asks for the first group and is given the whole."""

    def __init__(self, match: re.Match[str]) -> None:
        self._match = match

    def group(self, _number: int) -> str:
        return self._match[0]

    def start(self, _number: int) -> int:
        return self._match.start()

    def end(self, _number: int) -> int:
        return self._match.end()


class BareLinks(InlineProcessor):
    """Addresses that stand in the text as they are."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: ARG002, N802
        text = trimmed(m[0])
        if "@" in text and "/" not in text and not text.startswith("www."):
            address = f"mailto:{text}"
        else:
            address = text if text.startswith("http") else f"http://{text}"
        link = Element("a", {"href": address})
        link.text = AtomicString(text)
        return link, m.start(), m.start() + len(text)


def trimmed(address: str) -> str:
    """Return an address without the punctuation that follows it in a sentence."""
    while True:
        shorter = _TRAIL.sub("", address)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


class Brackets:
    """Which bracket closes which; worked out once for all the links of a text."""

    def __init__(self) -> None:
        self._known = ""
        self._ends: dict[int, int] = {}
        """Where brackets close by where they open, both counted back from the end."""

    def closing(self, data: str, at: int) -> int:
        """Return where the bracket at a place closes; -1 where it does not."""
        rest = data[at:]
        # The library writes a stand-in over each link that was found: what follows stays as it was.
        if not self._known.endswith(rest):
            self._pair(rest)
        return len(data) - self._ends.get(len(rest), len(data) + 1)

    def _pair(self, text: str) -> None:
        self._known, self._ends = text, {}
        opened: list[int] = []
        for match in _BRACKET.finditer(text):
            if match[0] == "[":
                opened.append(match.start())
            elif opened:
                self._ends[len(text) - opened.pop()] = len(text) - match.start()


def _note(label: str) -> Element:
    raised = Element("sup")
    link = SubElement(raised, "a", {"href": f"#fn:{label}"})
    link.text = AtomicString(label)
    return raised
