"""Org as Markdown: headings, links, emphasis, lists, blocks and tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reader.parsing.kept import Kept, without_marks

_LINK = re.compile(r"\[\[(?P<url>[^\[\]\n]+)\](?:\[(?P<text>[^\[\]]+)\])?\]")
_WEB_LINK = re.compile(r"\[\[(?:https?|mailto):[^\[\]\n]{1,2000}\](?:\[[^\[\]]{1,400}\])?\]")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp)$", re.IGNORECASE)
_HEADING = re.compile(r"(?P<stars>\*+)\s+(?P<text>\S.*)$")
_KEYWORD = re.compile(r"#\+(?P<key>\w+):(?:\s+(?P<value>.*))?\s*$")
_TASK = re.compile(r"(?:TODO|DONE|NEXT|WAITING|CANCELLED|CANCELED)\s+(?=\S)")
_PRIORITY = re.compile(r"\[#[A-Z0-9]\]\s+")
_TAGS = re.compile(r"\s+:(?:[\w@#%]+:)+\s*$")
_BEGIN = re.compile(
    r"\s*#\+begin_(?P<name>src|example|quote|verse|export|comment)(?:\s+(?P<argument>.*))?\s*$", re.IGNORECASE
)
_EDGE = re.compile(r"\s*#\+(?:begin|end)_\w+", re.IGNORECASE)
_DRAWER = re.compile(r"\s*:(?:PROPERTIES|LOGBOOK|CLOCK):\s*$", re.IGNORECASE)
_DRAWER_END = re.compile(r"\s*:END:\s*$", re.IGNORECASE)
_PLANNED = re.compile(r"\s*(?:SCHEDULED|DEADLINE|CLOSED):\s*[<\[]")
_COMMENT = re.compile(r"\s*#(?:\s|$)")
_LITERAL = re.compile(r"\s*:(?:\s|$)")
_RULED = re.compile(r"\s*\|-[-+|]*\s*$")
_NOTE = re.compile(r"\[fn:(?P<label>[\w-]+)\]")
_TERM = re.compile(r"^(\s*[-+]\s+)(\S.{0,80}?)\s+::\s+")
_BEFORE, _AFTER = r"(?<![^\s\-(\[{'\"\u2018\u201c|])", r"(?![^\s\-.,;:!?)\]}'\"\u2019\u201d|\u2026])"
_MARKED = re.compile(rf"{_BEFORE}(?P<mark>[*/=~+])(?P<text>(?=\S)[^\n]{{1,400}}?(?<=\S))(?P=mark){_AFTER}")
_MARKS = {"*": "**", "/": "*", "=": "`", "~": "`", "+": "~~"}
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_ANGLE = re.compile(r"<(?=[a-zA-Z/!?])(?!https?:)")
_STAR = re.compile(r"(?<=\S)\*|\*(?=\S)")
_ADDRESS = re.compile(r"[a-zA-Z][\w+.-]*:|/|\.|#|[\w./-]+\.\w{1,5}$")
_CODE = frozenset({"src", "example"})
_FENCED = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)


def is_org(text: str) -> bool:
    """Say whether a text that calls itself Markdown has the links of Org, and hardly others."""
    if "]]" not in text:
        return False
    prose = _FENCED.sub("", text)
    links = len(_WEB_LINK.findall(prose))
    return links > 0 and links >= prose.count("](http")


def org_to_markdown(text: str, *, strict: bool = True) -> str:
    """Return the text as Markdown; every word stays but for comments, drawers and settings.

    Where it is not `strict`, whatever is Markdown in it already stays so too, and lines with
    one star are items of a list where they follow each other.
    """
    lines = without_marks(text).split("\n")
    return "\n".join(_Reader(strict, strict or _has_headings(lines)).read(lines))


def _has_headings(lines: list[str]) -> bool:
    """Say whether lines that begin with stars are headings, and no list."""
    starred = [number for number, line in enumerate(lines) if _HEADING.match(line)]
    if any(lines[number].startswith("**") for number in starred):
        return True
    following = sum(lines[number - 1].startswith("* ") for number in starred if number)
    return len(starred) > 2 * following


@dataclass(frozen=True)
class _Reader:
    strict: bool
    headed: bool

    def read(self, lines: Sequence[str]) -> Iterator[str]:
        """Yield the lines as Markdown."""
        at = 0
        ends = cache(lambda pattern: [n for n, line in enumerate(lines) if pattern.match(line)])
        while at < len(lines):
            end = self._end(lines, at, ends)
            yield from self._block(lines[at:end]) if end > at + 1 else self._line(lines, at)
            at = end

    def _end(self, lines: Sequence[str], at: int, ends: Callable[[re.Pattern[str]], list[int]]) -> int:
        """Return where what begins with this line ends; a line that begins nothing is one by itself."""
        line = lines[at]
        if begin := _BEGIN.match(line):
            return _past(at, ends(re.compile(rf"\s*#\+end_{begin['name']}\s*$", re.IGNORECASE)))
        if not self.strict and (fence := _FENCE.match(line)):
            return _past(at, ends(re.compile(rf"\s{{0,3}}{fence[1]}")))
        if _DRAWER.match(line):
            return _past(at, ends(_DRAWER_END))
        if self.strict and _LITERAL.match(line):
            return next((n for n in range(at, len(lines)) if not _LITERAL.match(lines[n])), len(lines))
        return at + 1

    def _block(self, lines: Sequence[str]) -> Iterable[str]:
        begin = _BEGIN.match(lines[0])
        if begin is None and _DRAWER.match(lines[0]):
            return []
        if begin is None:
            literal = self.strict and _LITERAL.match(lines[0])
            return ["```", *(re.sub(r"^\s*: ?", "", line) for line in lines), "```"] if literal else lines
        name, argument, inner = begin["name"].lower(), begin["argument"] or "", lines[1:-1]
        if name in _CODE:
            return ["", f"```{argument.partition(' ')[0] if name == 'src' else ''}", *_dedented(inner), "```"]
        if name == "comment":
            return []
        if name == "export":
            return inner if argument.strip().lower() == "html" else []
        ending = "  " if name == "verse" else ""
        quoted = name in ("quote", "verse")
        made = (f"{line}{ending}" for line in self.read(_dedented(inner)))
        return ["", *(f"> {line}" if quoted else line for line in made), ""]

    def _line(self, lines: Sequence[str], at: int) -> Iterator[str]:
        line = lines[at]
        keyword = _KEYWORD.match(line)
        if keyword and keyword["key"].lower() == "caption":
            yield self._inline(keyword["value"] or "")
        elif keyword or _EDGE.match(line) or _PLANNED.match(line) or (self.strict and _COMMENT.match(line)):
            yield ""
        elif self.headed and (heading := _HEADING.match(line)):
            title = _PRIORITY.sub("", _TASK.sub("", _TAGS.sub("", heading["text"])))
            yield from ("", f"{'#' * min(len(heading['stars']), 6)} {self._inline(title)}", "")
        elif _RULED.match(line):
            yield line.replace("+", "|")
        else:
            yield self._text(line)
            if _is_first_row(lines, at):
                yield f"|{'---|' * (line.strip().strip('|').count('|') + 1)}"

    def _text(self, line: str) -> str:
        if note := _NOTE.match(line):
            return f"[^{note['label']}]: {self._inline(line[note.end() :].strip())}"
        bold = r"\1*\2* " if self.strict else r"\1**\2** "
        return self._inline(_TERM.sub(bold, line).replace("[-] ", "[ ] ", 1))

    def _inline(self, text: str) -> str:
        """Return a line's links and emphasis as Markdown has them."""
        kept = Kept()
        keep = kept.keep
        text = _LINK.sub(lambda match: keep(self._linked(match["url"], match["text"] or "")), text)
        text = _NOTE.sub(r"[^\g<label>]", text)
        if self.strict:
            text = _MARKED.sub(lambda match: self._marked(match, keep), text)
            text = _ANGLE.sub("&lt;", _STAR.sub(r"\\*", text))
        return kept.put_back(text)

    def _linked(self, url: str, text: str) -> str:
        url = re.sub(r"^file:(?://)?", "", url)
        if not text and _PICTURE.search(url):
            return f"![](<{url}>)"
        if _PICTURE.search(text) and "://" in text:
            return f"[![](<{text}>)](<{url}>)"
        words = self._inline(text) if text else url
        return f"[{words}](<{url}>)" if _ADDRESS.match(url) else words

    def _marked(self, match: re.Match[str], keep: Callable[[str], str]) -> str:
        mark = _MARKS[match["mark"]]
        if mark == "`":
            return keep(f"`{match['text']}`")
        inner = _MARKED.sub(lambda found: self._marked(found, keep), match["text"])
        return f"{keep(mark)}{inner}{keep(mark)}"


def _past(at: int, ends: Sequence[int]) -> int:
    """Return where what ends with one of those lines is over; where none follows, it is one line."""
    following = bisect_right(ends, at)
    return ends[following] + 1 if following < len(ends) else at + 1


def _is_first_row(lines: Sequence[str], at: int) -> bool:
    above = lines[at - 1].lstrip() if at else ""
    below = lines[at + 1].lstrip() if at + 1 < len(lines) else ""
    return (
        lines[at].lstrip().startswith("|")
        and not above.startswith("|")
        and below.startswith("|")
        and not re.match(r"\|\s*:?-", below)
    )


def _dedented(lines: Sequence[str]) -> list[str]:
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [re.sub(r"^,(?=[*#,])", "", line[margin:]) for line in lines]
