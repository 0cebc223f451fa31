"""Inlines that the library reads otherwise than GitHub, or not at all."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import HtmlInlineProcessor, InlineProcessor, SimpleTagInlineProcessor, SubstituteTagInlineProcessor
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString

from reader.parsing.gfm.leaves import inline_text
from reader.parsing.gfm.names import HTML_NAMES
from reader.parsing.gfm.references import label_of

_Found = tuple[Element | str | None, int | None, int | None]
_NOT_HERE: _Found = (None, None, None)

_REPLACED = ("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref", "html", "entity")
_BRACKET = re.compile(r"[\[\]]")
_TARGET = re.compile(
    r"""\(\s*(?:<([^<>\n]*)>|((?:[^\s()<]|\((?:[^\s()]|\([^\s()]*\))*\))(?:[^\s()]++|\((?:[^\s()]++|\([^\s()]*\))*\))*+)?)"""
    r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)"""
)
_LABEL = re.compile(r"[ ]?\[((?:[^\[\]])*)\]")
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
    patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 185)
    patterns.register(Links(md, notes), "links", 160)
    patterns.register(Images(md), "images", 150)
    patterns.register(Html(_HTML, md), "html", 90)
    patterns.register(BareLinks(_URL, md), "bare_links", 70)
    patterns.register(SimpleTagInlineProcessor(r"(?<!~)(~~?)(?=[^\s~])(.+?)(?<=[^\s~])\1(?!~)", "del"), "strike", 50)
    patterns.register(SimpleTagInlineProcessor(r"(?<![=\w])(==)(?=[^\s=])(.+?)(?<=[^\s=])\1(?![=\w])", "mark"), "mark", 45)
    # The library sorts its table again at each look; a plain list is looked up twice as fast.
    md.treeprocessors["inline"].inlinePatterns = list(patterns)


class Links(InlineProcessor):
    """Links and what stands for them: "[text](address)", "[text][label]", "[label][]", "[label]", "[^note]"."""

    def __init__(self, md: Markdown, notes: dict[str, str], pattern: str = r"(?<!!)\[") -> None:
        super().__init__(pattern, md)
        self._references: dict[str, tuple[str, str]] = md.references
        self._notes = notes

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        end = closing(data, m.end())
        if end < 0:
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
    """Tags of HTML. Where the name is none of HTML's ("Vec<T>"), the brackets are text."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: N802
        name = m[1]
        if name and name.lower() not in HTML_NAMES and f"</{name}>" not in data:
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


def closing(data: str, at: int) -> int:
    """Return where the bracket closes that opened just before; -1 where it does not."""
    depth = 1
    for match in _BRACKET.finditer(data, at):
        depth += 1 if match[0] == "[" else -1
        if not depth:
            return match.start()
    return -1


def _note(label: str) -> Element:
    raised = Element("sup")
    link = SubElement(raised, "a", {"href": f"#fn:{label}"})
    link.text = AtomicString(label)
    return raised
