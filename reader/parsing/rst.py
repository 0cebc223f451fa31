"""reStructuredText as Markdown: headings, links, lists, code, quotes and pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from reader.parsing.kept import Kept, without_marks

_LINK = re.compile(r"(?<![`\w\\])`(?P<text>[^`<>]*)<(?P<url>[^`<>]+)>`__?(?!\w)")
_WEB_LINK = re.compile(r"(?<![`\w\\])`[^`<>]{1,300}<(?:https?|mailto):[^`<>\s]{1,2000}>`__?(?!\w)")
_NAMED = re.compile(
    r"(?<![`\w\\:])(?:`(?P<name>[^`<>\n]{1,200}(?:\n[^`<>\n]{1,200})?)`|(?P<word>\w[\w.-]{0,80}\w))"
    r"(?P<end>__?)(?!\w)"
)
_TARGET = re.compile(
    r"\.\. _(?:`(?P<quoted>[^`]+)`|(?P<name>(?:[^:\\]|\\:|:(?!\s|$))*)):(?:\s+(?P<url>\S.*))?\s*$"
)
_ANONYMOUS = re.compile(r"(?:__|\.\. __:)\s+(?P<url>\S+)\s*$")
_NOTE = re.compile(r"\.\. \[(?P<label>#?[\w.-]*|\*)\]\s+(?P<text>.*)")
_NOTE_CALL = re.compile(r"(?<!\w)\[(?P<label>#?[\w.-]+)\]_(?!\w)")
_DIRECTIVE = re.compile(r"\.\.\s+(?:\|[^|]+\|\s+)?(?P<name>[\w:.+-]+?)::(?:\s+(?P<argument>.*))?\s*$")
_COMMENT = re.compile(r"\.\.(?:\s|$)")
_OPTION = re.compile(r"\s*:(?P<name>[\w-]+):(?:\s+(?P<value>.*))?\s*$")
_LINE = re.compile(r"(?P<sign>[!-/:-@\[-`{-~])(?P=sign){2,}\s*$")
_TABLE = re.compile(r"(?:\+[-=]+)+\+\s*$|={2,}(?:\s+={2,})+\s*$")
_ROLE = re.compile(r"(?<![\w:]):(?P<role>[\w-]{1,40}(?::[\w-]{1,40}){0,3}):`(?P<text>[^`\n]+)`")
_LITERAL = re.compile(r"``(?P<code>[^`\n]+(?:`[^`\n]+)*)``")
_ITEM = re.compile(r"(?:[-+*•]|\d{1,4}[.)]|#\.)\s+")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_CODE = re.compile(r"(```+|``|`)(?!_).+?(?<!`)\1(?![`_])", re.DOTALL)
_CODE_NAMES = frozenset({"code", "code-block", "sourcecode", "literalinclude", "parsed-literal", "math"})
_PICTURES = frozenset({"image", "figure"})
_NO_TEXT = frozenset(
    {
        *("contents", "toctree", "sectnum", "index", "include", "target-notes", "header", "footer"),
        *("meta", "class", "role", "default-role", "highlight", "date", "unicode", "module", "currentmodule"),
    }
)
_FEW = re.compile(r"(?:=+|-+)\s*$")
_DEEPEST = 40

Lines = Sequence[str]


def is_rst(text: str) -> bool:
    """Say whether a text that calls itself Markdown has the links of reStructuredText, and hardly others."""
    if ">`_" not in text:
        return False
    prose = _without_fences(text)
    links = len(_WEB_LINK.findall(prose))
    return links > 0 and links >= prose.count("](http")


def rst_to_markdown(text: str, *, strict: bool = True) -> str:
    """Return the text as Markdown; every word stays but for comments and what says how to lay it out.

    Where it is not `strict`, whatever is Markdown in it already stays so too.
    """
    reader = _Reader(strict, without_marks(text).expandtabs(8).split("\n"))
    return "\n".join(reader.read(reader.lines))


@dataclass
class _Reader:
    """What holds for the whole text: the styles of its headings, its named addresses."""

    strict: bool
    lines: Lines
    styles: list[str] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    anonymous: list[str] = field(default_factory=list)
    depth: int = 0
    """How many blocks that stand in each other are being read."""

    def __post_init__(self) -> None:
        for line in self.lines:
            if (match := _TARGET.match(line)) and match["url"]:
                self.targets[_label(match["quoted"] or match["name"])] = match["url"].strip("`")
            elif match := _ANONYMOUS.match(line):
                self.anonymous.append(match["url"])

    def read(self, lines: Lines) -> Iterator[str]:
        """Yield the lines of some blocks as Markdown; what stands deeper in than anybody writes, as it is."""
        if self.depth == _DEEPEST:
            yield from lines
            return
        self.depth += 1
        at, before = 0, ""
        while at < len(lines):
            took, made = self._block(lines, at, before)
            yield from made
            at += took
            before = lines[at - 1]
        self.depth -= 1

    def _block(self, lines: Lines, at: int, before: str) -> tuple[int, Lines]:
        """Return how many lines the block here takes, and its Markdown."""
        line = lines[at]
        if not line.strip():
            return 1, [""]
        for reader in (self._fence, self._heading, self._table, self._marked):
            if found := reader(lines, at, before):
                return found
        if self.strict and line[:1] == " " and not before.strip() and not _in_list(lines, at):
            inner = _indented(lines, at)
            return len(inner), [f"> {made}".rstrip() for made in self.read(_dedented(inner))]
        return self._text(lines, at)

    def _fence(self, lines: Lines, at: int, _before: str) -> tuple[int, Lines] | None:
        if not _FENCE.match(lines[at]):
            return None
        fence = lines[at].strip()[:3]
        end = next(
            (n for n in range(at + 1, len(lines)) if lines[n].strip().startswith(fence)), len(lines) - 1
        )
        return end + 1 - at, lines[at : end + 1]

    def _heading(self, lines: Lines, at: int, before: str) -> tuple[int, Lines] | None:
        """Read a title between two lines of signs or above one; signs alone are a rule."""
        this, following, third = (lines[n].rstrip() if n < len(lines) else "" for n in (at, at + 1, at + 2))
        over = _LINE.match(this)
        if over and following.strip() and third[:1] == over["sign"] and _LINE.match(third):
            return 3, ["", self._title(following, f"{third[0]}{third[0]}"), ""]
        if over and not before.strip() and not following.strip() and len(this) > 3:
            return 1, ["", "---", ""]
        under = _LINE.match(following)
        if under and not over and this[:1] != " " and not before.strip() and _reaches(this, following):
            return 2, ["", self._title(this, following[0]), ""]
        return None

    def _title(self, text: str, style: str) -> str:
        if style not in self.styles:
            self.styles.append(style)
        return f"{'#' * min(self.styles.index(style) + 1, 6)} {self._inline(text.strip())}"

    def _table(self, lines: Lines, at: int, _before: str) -> tuple[int, Lines] | None:
        """Keep a drawn table as it is drawn."""
        if not _TABLE.match(lines[at]):
            return None
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        return end - at, ["", "```", *lines[at:end], "```", ""]

    def _marked(self, lines: Lines, at: int, _before: str) -> tuple[int, Lines] | None:
        """Read what begins with two dots, and the addresses of links without a name."""
        line = lines[at]
        if _ANONYMOUS.match(line):
            return 1, [""]
        if not _COMMENT.match(line):
            return None
        inner = _indented(lines, at + 1)
        took = 1 + len(inner)
        if note := _NOTE.match(line):
            rest = [f"    {made}".rstrip() for made in self.read(_dedented(inner))]
            return took, ["", f"[^{note['label'].lstrip('#')}]: {self._inline(note['text'])}", *rest, ""]
        if directive := _DIRECTIVE.match(line):
            return took, ["", *self._directive(directive["name"], directive["argument"] or "", inner), ""]
        return took, [""]

    def _directive(self, name: str, argument: str, inner: Lines) -> Lines:
        options, body = _options(_dedented(inner))
        if name in _NO_TEXT:
            return []
        if name in _CODE_NAMES:
            return [f"```{argument}", *body, "```"]
        if name == "raw":
            return body if argument.strip() == "html" else []
        if name in _PICTURES:
            picture = f"![{options.get('alt', '')}](<{argument.strip()}>)"
            return [
                f"[{picture}](<{options['target']}>)" if "target" in options else picture,
                "",
                *self.read(body),
            ]
        return [
            f"> {made}".rstrip()
            for made in (*([f"**{argument}**", ""] if argument else []), *self.read(body))
        ]

    def _text(self, lines: Lines, at: int) -> tuple[int, Lines]:
        """Read a paragraph, a term with its definition, or an item; code follows where it ends in "::"."""
        end = at + 1
        while end < len(lines) and lines[end].strip() and not _COMMENT.match(lines[end]):
            if not self.strict and _FENCE.match(lines[end]):
                break
            if (
                _LINE.match(lines[min(end + 1, len(lines) - 1)])
                and lines[end][:1] != " "
                and end + 1 < len(lines)
            ):
                break
            end += 1
        part = list(lines[at:end])
        code: Lines = []
        if part[-1].rstrip().endswith("::"):
            following = _indented(lines, end, deeper=len(part[0]) - len(part[0].lstrip()))
            if any(line.strip() for line in following):
                part[-1] = _without_colons(part[-1])
                code = ["", "```", *_dedented(following), "```", ""]
                end += len(following)
        return end - at, [*self._paragraph(part), *code]

    def _paragraph(self, part: list[str]) -> list[str]:
        if all(line.startswith("|") for line in part):
            return [f"{self._inline(line[1:].strip())}  " for line in part]
        part = [re.sub(r"^(\s*)#\.\s", r"\g<1>1. ", line) for line in part]
        made = self._inline("\n".join(part)).split("\n")
        inner = len(part) > 1 and part[1][:1] == " " and part[0][:1] != " "
        if self.strict and inner and not _ITEM.match(part[0]):
            return [made[0], f": {' '.join(line.strip() for line in made[1:])}"]
        return made

    def _inline(self, text: str) -> str:
        """Return a paragraph's text with its links and code as Markdown has them."""
        kept = Kept()
        keep = kept.keep
        text = _LITERAL.sub(
            lambda m: keep(f"``{m['code']}``" if "`" in m["code"] else f"`{m['code']}`"), text
        )
        text = _ROLE.sub(lambda m: keep(_of_role(m["role"], m["text"])), text)
        text = _LINK.sub(
            lambda m: keep(_linked(m["text"].strip() or m["url"], self._address(m["url"]))), text
        )
        text = _NOTE_CALL.sub(lambda m: keep(f"[^{m['label'].lstrip('#')}]"), text)
        if not self.strict:
            text = _CODE.sub(lambda m: keep(m[0]), text)
        text = _NAMED.sub(lambda m: self._named(m, keep), text)
        if self.strict:
            text = re.sub(r"\\(?=\s)\s", "", text)
            text = re.sub(r"(?<![`\\])`([^`\n]+)`(?!`)", r"*\1*", text)
            text = re.sub(r"<(?=[a-zA-Z/!?])(?!https?:)", "&lt;", text)
        return kept.put_back(text)

    def _link(self, text: str, url: str) -> str:
        return _linked(text or url, self._address(url))

    def _named(self, match: re.Match[str], keep: Callable[[str], str]) -> str:
        text = match["name"] or match["word"]
        url = self.targets.get(_label(text), "")
        if match["end"] == "__" and not url and self.anonymous and match["name"]:
            url = self.anonymous.pop(0)
        if url:
            return keep(_linked(text, self._address(url)))
        return text if match["name"] and self.strict else match[0]

    def _address(self, url: str) -> str:
        """Return an address; one that ends in "_" is the name of another."""
        url = "".join(url.split()) if "://" in url else url.strip()
        return self.targets.get(_label(url[:-1]), url) if url.endswith("_") else url


def _in_list(lines: Lines, at: int) -> bool:
    """Say whether the last line that stands out is an item."""
    out = next((lines[n] for n in range(at, -1, -1) if lines[n][:1].strip()), "")
    return bool(_ITEM.match(out))


def _label(name: str) -> str:
    return " ".join(name.replace("\\:", ":").casefold().split())


def _linked(text: str, url: str) -> str:
    words = " ".join(text.split()).replace("[", "\\[").replace("]", "\\]")
    return f"[{words}](<{url}>)" if url else words


def _of_role(role: str, text: str) -> str:
    shown = text.partition(" <")[0] if text.endswith(">") else text
    marks = {"emphasis": "*", "title": "*", "strong": "**", "sub": "", "sup": "", "ref": "", "doc": ""}
    mark = marks.get(role.rpartition(":")[2], "`")
    return f"{mark}{shown}{mark}"


def _reaches(title: str, line: str) -> bool:
    """Say whether a line of signs is long enough to make what is above it a title."""
    return len(line) >= min(len(title) - 1, 4) if _FEW.match(line) else len(line) >= len(title.strip()) * 0.7


def _without_colons(line: str) -> str:
    line = line.rstrip()
    return line[:-2].rstrip() if line.endswith(" ::") or line.strip() == "::" else line[:-1]


def _indented(lines: Lines, at: int, deeper: int = 0) -> list[str]:
    """Return the lines from there on that stand in, with the empty ones between them."""
    end = last = at
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > deeper
    ):
        end += 1
        last = end if lines[end - 1].strip() else last
    return list(lines[at:last])


def _dedented(lines: Lines) -> list[str]:
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    made = [line[margin:] for line in lines]
    while made and not made[0].strip():
        made.pop(0)
    return made


def _options(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    options: dict[str, str] = {}
    while lines and (match := _OPTION.match(lines[0])):
        options[match["name"]] = (match["value"] or "").strip()
        lines = lines[1:]
    while lines and not lines[0].strip():
        lines = lines[1:]
    return options, lines


def _without_fences(text: str) -> str:
    return re.sub(r"^ {0,3}(```|~~~).*?^ {0,3}\1", "", text, flags=re.MULTILINE | re.DOTALL)
