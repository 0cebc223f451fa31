"""The walk over a tree of HTML that makes blocks of it, by our own list of what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, NamedTuple

from selectolax.lexbor import LexborNode

from reader.model import Block, Blocks, Kind, Mark, Run
from reader.parsing.clean import SKIPPED, Attributes, is_fallback, is_hidden, is_pixel, size_of
from reader.parsing.draft import Draft, Image, on_one_line, without_controls
from reader.parsing.inside import inside_picture
from reader.parsing.links import clean_image, clean_link
from reader.parsing.notes import Notes
from reader.parsing.tables import alignment, is_data_table, rows_of

_MARKS: Mapping[str, int] = {
    **dict.fromkeys(("b", "strong"), Mark.BOLD.value),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), Mark.ITALIC.value),
    **dict.fromkeys(("code", "kbd", "tt", "samp"), Mark.CODE.value),
    **dict.fromkeys(("del", "s", "strike"), Mark.STRIKE.value),
    **dict.fromkeys(("u", "ins"), Mark.UNDERLINE.value),
    "mark": Mark.HIGHLIGHT.value,
    "sub": Mark.SUB.value,
    "sup": Mark.SUPER.value,
    "small": Mark.SMALL.value,
}
_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p search section
    summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905
)
_KINDS = {"dt": Kind.TERM, "dd": Kind.DEFINITION, "figcaption": Kind.CAPTION, "caption": Kind.CAPTION}
_ONE_LINE = (Kind.HEADING, Kind.TERM, Kind.CAPTION)
_RULE = re.compile(r"\*[ ]?\*[ ]?(?:\*[ ]?)+|-[ ]?-[ ]?(?:-[ ]?)+|_[ ]?_[ ]?(?:_[ ]?)+")
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-source-|highlight-(?!source)|brush:\s*)([\w+#.-]+)"
)
_STYLE = re.compile(
    r"font-weight\s*:\s*(?P<weight>bold|normal|\d+)|font-style\s*:\s*(?P<slant>italic|normal)", re.IGNORECASE
)


class _List:
    """A list that is being read, and the number that its next item has; 0 where items have none."""

    __slots__ = ("_number",)

    def __init__(self, number: int) -> None:
        self._number = number

    def next_marker(self, value: str | None) -> str:
        if not self._number:
            return "-"
        number = _number(value, self._number)
        self._number = number + 1
        return f"{number}."


class Place(NamedTuple):
    """Where the walk stands: what an element hands down to all that is in it."""

    marks: int = 0
    href: str = ""
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    quote: int = 0
    depth: int = 0
    items: _List | None = None
    direction: str = ""

    def marked(self, marks: int) -> Place:
        """Return the place within an element that adds marks; `_replace` takes five times as long."""
        return Place(self.marks | marks, *self[1:])

    def linked(self, href: str) -> Place:
        """Return the place within a link."""
        return Place(self.marks, href, *self[2:])


class _Frame(NamedTuple):
    """An element that has been entered and not left."""

    children: Iterator[LexborNode]
    place: Place
    tag: str


_Enter = Callable[["Walk", LexborNode, Attributes, Place], Place | None]
_Take = Callable[["Walk", LexborNode, Attributes, Place], None]


class Walk:
    """One walk over a tree. It keeps its own stack, so no depth is too deep for it."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._out: list[Block] = []
        self._draft = Draft()
        self._begun = Place()
        """Where the block that is being read began."""
        self._marker = ""
        """What the next block is marked with: its list item or footnote has just begun."""

    def read(self, root: LexborNode, place: Place) -> Blocks:
        """Return the blocks of what is in an element."""
        stack = [_Frame(root.iter(include_text=True), place, "body")]
        while stack:
            frame = stack[-1]
            node = next(frame.children, None)
            if node is None:
                self._leave(stack.pop())
            elif node.is_text_node:
                self._add_text(node.text_content or "", frame.place)
            elif (entered := self._enter(node, frame.place)) is not None:
                stack.append(entered)
        self._close()
        return tuple(self._out)

    # Into an element and out of it

    def _enter(self, node: LexborNode, place: Place) -> _Frame | None:
        tag = node.tag or ""
        if tag in SKIPPED or is_fallback(node):
            return None
        attributes = node.attributes
        if attributes and is_hidden(node, attributes):
            return None
        if tag in _BLOCKS:
            self._close()
        if (take := self._TAKEN.get(tag)) is not None:
            take(self, node, attributes, place)
            return None
        inner = self._inner(tag, node, attributes, place)
        if inner is None:
            return None
        if attributes:
            inner = _with_attributes(inner, tag, attributes)
        if self._notes.labels and (label := self._notes.labels.get(node.mem_id)):
            self._close()
            self._marker = label
            inner = inner._replace(kind=Kind.FOOTNOTE, depth=0, items=None)
        return _Frame(node.iter(include_text=True), inner, tag)

    def _inner(self, tag: str, node: LexborNode, attributes: Attributes, place: Place) -> Place | None:
        """Return the place within an element; None where there is nothing more to enter."""
        if (mark := _MARKS.get(tag)) is not None:
            return place.marked(mark)
        enter = self._ENTERED.get(tag)
        return enter(self, node, attributes, place) if enter is not None else place

    def _leave(self, frame: _Frame) -> None:
        if frame.tag in _BLOCKS:
            self._close()
            if frame.tag == "li":
                self._marker = ""
        elif frame.tag == "q":
            self._add_text("”", frame.place)

    # Elements that hand something down

    def _enter_link(self, _node: LexborNode, attributes: Attributes, place: Place) -> Place | None:
        href = attributes.get("href")
        if href and href.startswith("#") and self._notes.targets:
            if href[1:] in self._notes.calls:
                return None  # The way back from a note to its call.
            if label := self._notes.targets.get(href[1:]):
                self._begin(place)
                self._draft.add_call(label, place.marks)
                return None
        return place.linked(clean_link(href) or place.href) if href else place

    def _enter_quote(self, _node: LexborNode, _attributes: Attributes, place: Place) -> Place:
        return place._replace(quote=place.quote + 1)

    def _enter_quotation(self, _node: LexborNode, _attributes: Attributes, place: Place) -> Place:
        self._add_text("“", place)
        return place

    def _enter_heading(self, node: LexborNode, _attributes: Attributes, place: Place) -> Place:
        return place._replace(kind=Kind.HEADING, level=int((node.tag or "h1")[1]))

    def _enter_list(self, node: LexborNode, attributes: Attributes, place: Place) -> Place:
        first = max(_number(attributes.get("start"), 1), 1) if node.tag == "ol" else 0
        kind = place.kind if place.kind is Kind.FOOTNOTE else Kind.PARAGRAPH
        return place._replace(items=_List(first), depth=place.depth + 1, kind=kind)

    def _enter_item(self, _node: LexborNode, attributes: Attributes, place: Place) -> Place:
        self._marker = place.items.next_marker(attributes.get("value")) if place.items else ""
        return place

    def _enter_kind(self, node: LexborNode, _attributes: Attributes, place: Place) -> Place:
        return place._replace(kind=_KINDS[node.tag or "dd"])

    def _enter_table(self, node: LexborNode, _attributes: Attributes, place: Place) -> Place | None:
        if not is_data_table(node):
            return place
        caption = node.css_first("caption")
        if caption is not None:
            self._out.extend(Walk(self._notes).read(caption, place._replace(kind=Kind.CAPTION)))
        rows = [row for cells in rows_of(node) if any(row := self._row(cells, place))]
        if rows:
            width = max(map(len, rows))
            filled = tuple(row + ((),) * (width - len(row)) for row in rows)
            self._append(Block(Kind.TABLE, rows=filled, aligns=alignment(node, width)), place)
        return None

    def _row(self, cells: list[tuple[LexborNode, int]], place: Place) -> tuple[tuple[Run, ...], ...]:
        row: list[tuple[Run, ...]] = []
        for cell, span in cells:
            row.append(self._cell(cell, place))
            row.extend(((),) * (span - 1))
        return tuple(row)

    def _cell(self, cell: LexborNode, place: Place) -> tuple[Run, ...]:
        runs: list[Run] = []
        for block in Walk(self._notes).read(cell, Place(href=place.href)):
            if runs:
                runs.append(Run("\n"))
            runs.extend(block.all_runs)
        return tuple(runs)

    # Elements that are taken whole

    def _take_break(self, _node: LexborNode, _attributes: Attributes, place: Place) -> None:
        if not self._draft:
            return
        if self._begun.kind in _ONE_LINE:
            self._draft.add_text(" ", place.marks, place.href)
        elif not self._draft.add_break(place.marks, place.href):
            self._close()

    def _take_rule(self, node: LexborNode, _attributes: Attributes, place: Place) -> None:
        self._close()
        parent = node.parent
        if parent is None or "footnote" not in (parent.attributes.get("class") or ""):
            self._append(Block(Kind.RULE), place)

    def _take_image(self, _node: LexborNode, attributes: Attributes, place: Place) -> None:
        alt = on_one_line(attributes.get("alt") or "")
        if alt and "emoji" in (attributes.get("class") or ""):
            self._add_text(alt, place)
        elif (address := _image_address(attributes)) and not is_pixel(attributes):
            self._begin(place)
            self._draft.add_image(Image(address, alt, size_of(attributes)), place.marks, place.href)

    def _take_code(self, node: LexborNode, _attributes: Attributes, place: Place) -> None:
        self._close()
        text = without_controls("".join(_code_lines(node))).strip("\n")
        if text.strip():
            self._append(Block(Kind.CODE, (Run(text),), lang=_language(node)), place)

    def _take_box(self, _node: LexborNode, attributes: Attributes, place: Place) -> None:
        """Make a task of a list item that begins with a box to tick."""
        if attributes.get("type") == "checkbox" and place.items and self._marker and not self._draft:
            self._marker = "[x]" if "checked" in attributes else "[ ]"

    _ENTERED: ClassVar[Mapping[str, _Enter]] = {
        "a": _enter_link,
        "blockquote": _enter_quote,
        "q": _enter_quotation,
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _enter_heading),
        **dict.fromkeys(("ul", "ol", "menu", "dir"), _enter_list),
        "li": _enter_item,
        **dict.fromkeys(_KINDS, _enter_kind),
        "table": _enter_table,
    }
    _TAKEN: ClassVar[Mapping[str, _Take]] = {
        "br": _take_break,
        "hr": _take_rule,
        "img": _take_image,
        "input": _take_box,
        **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), _take_code),
    }

    # Blocks

    def _begin(self, place: Place) -> None:
        if not self._draft:
            self._begun = place

    def _add_text(self, text: str, place: Place) -> None:
        self._begin(place)
        self._draft.add_text(text, place.marks, place.href)

    def _close(self) -> None:
        """End the block that is being read, and keep it if anything is in it."""
        if not self._draft:
            return
        place = self._begun
        runs = self._draft.take()
        if len(runs) == 1 and place.kind is Kind.PARAGRAPH and _RULE.fullmatch(runs[0].text):
            self._append(Block(Kind.RULE), place)
        elif runs:
            self._append(Block(place.kind, runs, place.level), place)

    def _append(self, block: Block, place: Place) -> None:
        marker, self._marker = self._marker, ""
        self._out.append(
            Block(
                block.kind,
                block.runs,
                block.level,
                place.quote,
                place.depth,
                marker,
                block.lang,
                block.rows,
                block.aligns,
                place.direction,
            )
        )


def _with_attributes(place: Place, tag: str, attributes: Attributes) -> Place:
    style = attributes.get("style")
    if style and tag not in ("a", "code"):
        place = place._replace(marks=_styled(place.marks, style))
    if (direction := (attributes.get("dir") or "").lower()) in ("rtl", "ltr") and tag in _BLOCKS:
        place = place._replace(direction=direction)
    return place


def _styled(marks: int, style: str) -> int:
    """Follow the weight and slant that mails write as styles; a `<b>` may be of normal weight."""
    for match in _STYLE.finditer(style):
        weight, slant = (match["weight"] or "").lower(), (match["slant"] or "").lower()
        if weight:
            bold = weight == "bold" or (weight.isdigit() and int(weight) >= 600)
            marks = marks | Mark.BOLD if bold else marks & ~Mark.BOLD
        else:
            marks = marks | Mark.ITALIC if slant == "italic" else marks & ~Mark.ITALIC
    return marks


def _number(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else default


def _image_address(attributes: Attributes) -> str:
    """Return where a picture is; a page that loads its pictures late has it in another attribute."""
    first_of_set = (attributes.get("srcset") or attributes.get("data-srcset") or "").strip().partition(" ")[0]
    places = (attributes.get(name) for name in ("src", "data-src", "data-lazy-src", "data-original"))
    found = next((address for value in (*places, first_of_set) if (address := clean_image(value))), "")
    return found or inside_picture(attributes.get("src"))


def _code_lines(node: LexborNode) -> Iterator[str]:
    for inner in node.traverse(include_text=True):
        if inner.is_text_node:
            yield inner.text_content or ""
        elif inner.tag == "br":
            yield "\n"


def _language(node: LexborNode) -> str:
    """Return what language code is in: its own class says it, or that of an element around it."""
    inner = node.css_first("code")
    parent = node.parent
    for candidate in (inner, node, parent, parent.parent if parent is not None else None):
        names = (candidate.attributes.get("class") or "") if candidate is not None else ""
        if match := _LANGUAGE.search(names):
            return match[1].lower()
    return ""
