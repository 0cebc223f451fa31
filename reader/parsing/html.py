"""HTML to blocks, through our own list of what is allowed; nothing else of it lives on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reader.model import OBJECT, Block, Blocks, Kind, Mark, Run
from reader.parsing.clean import SKIPPED, Attributes, article_of, is_hidden, is_pixel, shallow
from reader.parsing.links import clean_image, clean_link
from reader.parsing.notes import NO_NOTES, Notes, find_notes
from reader.parsing.spaces import plain_spaces
from reader.parsing.tables import alignment, is_data_table, rows_of

_MARKS = {
    "b": Mark.BOLD, "strong": Mark.BOLD,
    "i": Mark.ITALIC, "em": Mark.ITALIC, "cite": Mark.ITALIC, "var": Mark.ITALIC, "dfn": Mark.ITALIC,
    "code": Mark.CODE, "kbd": Mark.CODE, "tt": Mark.CODE, "samp": Mark.CODE,
    "del": Mark.STRIKE, "s": Mark.STRIKE, "strike": Mark.STRIKE,
    "mark": Mark.HIGHLIGHT, "sub": Mark.SUB, "sup": Mark.SUPER,
    "u": Mark.UNDERLINE, "ins": Mark.UNDERLINE, "small": Mark.SMALL,
}  # fmt: skip
_BLOCKS = frozenset(
    "address article aside body center dd details dialog dir div dl dt fieldset figcaption figure footer form header "
    "h1 h2 h3 h4 h5 h6 hgroup html legend li main menu nav ol p search section summary table tbody td tfoot th thead "
    "tr ul blockquote caption".split()
)
_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ufeff\ufffc]")
_RULE = re.compile(r"\*[ ]?\*[ ]?(?:\*[ ]?)+|-[ ]?-[ ]?(?:-[ ]?)+|_[ ]?_[ ]?(?:_[ ]?)+")
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|highlight|brush:)-?\s*([\w+#.-]+)")
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|normal|\d+)|font-style\s*:\s*(italic|normal)", re.IGNORECASE)
_ONE_LINE = (Kind.HEADING, Kind.TERM, Kind.CAPTION)


class _List:
    """A list that is being read, and the number its next item has; 0 where items have none."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def next_marker(self, value: str | None) -> str:
        if not self.number:
            return "-"
        number = _number(value, self.number)
        self.number = number + 1
        return f"{number}."


class _Place(NamedTuple):
    """Where the reading stands: what an element hands down to all that is in it."""

    marks: int = 0
    href: str = ""
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    quote: int = 0
    depth: int = 0
    items: _List | None = None
    direction: str = ""


class _Frame(NamedTuple):
    """An element that has been entered and not left."""

    children: Iterator[LexborNode]
    place: _Place
    tag: str


class _Piece:
    """A run in the making."""

    __slots__ = ("alt", "href", "image", "marks", "note", "text")

    def __init__(self, text: str, marks: int, href: str) -> None:
        self.text, self.marks, self.href = text, marks, href
        self.image = self.alt = self.note = ""

    @property
    def plain(self) -> bool:
        return not (self.image or self.note)

    def run(self) -> Run:
        return Run(self.text, Mark(self.marks), self.href, self.image, self.alt, self.note)


def html_blocks(html: str) -> Blocks:
    """Read HTML: a fragment, a mail, or a full web page, of which only the article is taken."""
    tree = LexborHTMLParser(shallow(html.encode("utf-8", "replace").decode()))
    body = tree.body
    if body is None:
        return ()
    root = article_of(body) if _PAGE.search(html) else body
    return _read(root, html, _direction_of_page(tree) if root is not body else "")


def fragment_blocks(html: str) -> Blocks:
    """Read HTML that is known to be no page but a piece of text, such as Markdown gives."""
    body = LexborHTMLParser(shallow(html.encode("utf-8", "replace").decode())).body
    return _read(body, html, "") if body is not None else ()


def _read(root: LexborNode, html: str, direction: str) -> Blocks:
    notes = find_notes(root) if "#" in html else NO_NOTES
    return _Walk(notes).read(root, _Place(direction=direction))


def _direction_of_page(tree: LexborHTMLParser) -> str:
    """Return "rtl" if the page says so; that a page is "ltr" is said by so many that it says nothing."""
    return "rtl" if tree.css_first("html[dir=rtl i], body[dir=rtl i]") is not None else ""


class _Walk:
    """One walk over a tree. It keeps its own stack, so depth costs nothing."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._out: list[Block] = []
        self._pieces: list[_Piece] = []
        self._place = _Place()
        self._marker = ""

    def read(self, root: LexborNode, place: _Place) -> Blocks:
        """Return the blocks of what is in the element."""
        stack = [_Frame(root.iter(include_text=True), place, "body")]
        while stack:
            frame = stack[-1]
            node = next(frame.children, None)
            if node is None:
                self._leave(stack.pop())
            elif node.is_text_node:
                self._text(node.text_content or "", frame.place)
            elif (entered := self._enter(node, frame.place)) is not None:
                stack.append(entered)
        self._close()
        return tuple(self._out)

    # Elements

    def _enter(self, node: LexborNode, place: _Place) -> _Frame | None:
        tag = node.tag or ""
        if tag in SKIPPED and tag != "input":
            return None
        attributes = node.attributes
        if attributes and is_hidden(node, attributes):
            return None
        if tag in _BLOCKS:
            self._close()
        inner = self._inner(tag, node, attributes, place)
        if inner is None:
            return None
        if self._notes.labels and (label := self._notes.labels.get(node.mem_id)):
            self._close()
            self._marker = label
            inner = inner._replace(kind=Kind.FOOTNOTE, depth=0, items=None)
        if (direction := (attributes.get("dir") or "").lower()) in ("rtl", "ltr") and tag in _BLOCKS:
            inner = inner._replace(direction=direction)
        return _Frame(node.iter(include_text=True), inner, tag)

    def _inner(self, tag: str, node: LexborNode, attributes: Attributes, place: _Place) -> _Place | None:
        """Return the place within an element; None where there is nothing more to enter."""
        if (mark := _MARKS.get(tag)) is not None:
            return _styled(place._replace(marks=place.marks | mark), tag, attributes)
        if (leaf := _LEAVES.get(tag)) is not None:
            leaf(self, node, attributes, place)
            return None
        if (change := _CHANGES.get(tag)) is not None:
            return change(self, node, attributes, place)
        return place if tag in _BLOCKS else _styled(place, tag, attributes)

    def _leave(self, frame: _Frame) -> None:
        if frame.tag in _BLOCKS:
            self._close()
            if frame.tag == "li":
                self._marker = ""
        elif frame.tag == "q":
            self._text("”", frame.place)

    def _link(self, _node: LexborNode, attributes: Attributes, place: _Place) -> _Place | None:
        href = attributes.get("href")
        if href and href.startswith("#") and self._notes.labels:
            if href[1:] in self._notes.calls:
                return None  # The way back from a note to its call.
            if label := self._notes.targets.get(href[1:]):
                self._call(label, place)
                return None
        return place._replace(href=clean_link(href) or place.href) if href else place

    def _quote(self, _node: LexborNode, _attributes: Attributes, place: _Place) -> _Place:
        return place._replace(quote=place.quote + 1)

    def _quotation(self, _node: LexborNode, _attributes: Attributes, place: _Place) -> _Place:
        self._text("“", place)
        return place

    def _heading(self, node: LexborNode, _attributes: Attributes, place: _Place) -> _Place:
        return place._replace(kind=Kind.HEADING, level=int((node.tag or "h1")[1]))

    def _list(self, node: LexborNode, attributes: Attributes, place: _Place) -> _Place:
        first = max(_number(attributes.get("start"), 1), 1) if node.tag == "ol" else 0
        return place._replace(items=_List(first), depth=place.depth + 1, kind=_in_list(place.kind))

    def _item(self, _node: LexborNode, attributes: Attributes, place: _Place) -> _Place:
        self._marker = place.items.next_marker(attributes.get("value")) if place.items else ""
        return place

    def _kind(self, node: LexborNode, _attributes: Attributes, place: _Place) -> _Place:
        kinds = {"dt": Kind.TERM, "dd": Kind.DEFINITION}
        return place._replace(kind=kinds.get(node.tag or "", Kind.CAPTION))

    def _table(self, node: LexborNode, _attributes: Attributes, place: _Place) -> _Place | None:
        if not is_data_table(node):
            return place
        caption = node.css_first("caption")
        if caption is not None:
            self._out.extend(_Walk(self._notes).read(caption, place._replace(kind=Kind.CAPTION)))
        rows = [self._row(cells, place) for cells in rows_of(node)]
        rows = [row for row in rows if any(row)]
        if rows:
            width = max(map(len, rows))
            filled = tuple(row + ((),) * (width - len(row)) for row in rows)
            self._append(Block(Kind.TABLE, rows=filled, aligns=alignment(node, width)), place)
        return None

    def _row(self, cells: list[tuple[LexborNode, int]], place: _Place) -> tuple[tuple[Run, ...], ...]:
        row: list[tuple[Run, ...]] = []
        for cell, span in cells:
            row.append(self._cell(cell, place))
            row.extend(((),) * (span - 1))
        return tuple(row)

    def _cell(self, cell: LexborNode, place: _Place) -> tuple[Run, ...]:
        runs: list[Run] = []
        for block in _Walk(self._notes).read(cell, _Place(href=place.href)):
            if runs:
                runs.append(Run("\n"))
            runs.extend(block.all_runs)
        return tuple(runs)

    # Elements that hold nothing more

    def _break(self, _node: LexborNode, _attributes: Attributes, place: _Place) -> None:
        if not self._pieces:
            return
        last = self._pieces[-1]
        last.text = last.text.rstrip(" ") if last.plain else last.text
        if self._place.kind in _ONE_LINE:
            self._add(" ", place)
        elif last.text.endswith("\n"):
            self._close()  # Two breaks part paragraphs.
        else:
            self._add("\n", place)

    def _rule(self, node: LexborNode, _attributes: Attributes, place: _Place) -> None:
        self._close()
        parent = node.parent
        if parent is None or "footnote" not in (parent.attributes.get("class") or ""):
            self._append(Block(Kind.RULE), place)

    def _image(self, node: LexborNode, attributes: Attributes, place: _Place) -> None:
        alt = _SPACE.sub(" ", attributes.get("alt") or "").strip()
        if "emoji" in (attributes.get("class") or "") and alt:
            self._text(alt, place)
            return
        address = _address(attributes)
        if address and not is_pixel(attributes):
            self._open(place)
            piece = _Piece(OBJECT, place.marks, place.href)
            piece.image, piece.alt = address, alt
            self._pieces.append(piece)

    def _code(self, node: LexborNode, _attributes: Attributes, place: _Place) -> None:
        self._close()
        text = "".join(_code_lines(node)).strip("\n")
        if text.strip():
            block = Block(Kind.CODE, (Run(_NO_TEXT.sub("", text)),), lang=_language(node))
            self._append(block, place)

    def _box(self, _node: LexborNode, attributes: Attributes, place: _Place) -> None:
        if attributes.get("type") == "checkbox" and place.items and self._marker and not self._pieces:
            self._marker = "[x]" if "checked" in attributes else "[ ]"

    def _call(self, label: str, place: _Place) -> None:
        self._open(place)
        piece = _Piece(label, place.marks | Mark.SUPER, "")
        piece.note = label
        self._pieces.append(piece)

    # Text

    def _text(self, text: str, place: _Place) -> None:
        text = _SPACE.sub(" ", _NO_TEXT.sub("", text))
        if not self._pieces:
            text = text.lstrip(" ")
        elif self._pieces[-1].text[-1:] in " \n":
            text = text.lstrip(" ")
        if text:
            self._add(text, place)

    def _add(self, text: str, place: _Place) -> None:
        self._open(place)
        if self._pieces:
            last = self._pieces[-1]
            if last.marks == place.marks and last.href == place.href and last.plain:
                last.text += text
                return
        self._pieces.append(_Piece(text, place.marks, place.href))

    def _open(self, place: _Place) -> None:
        if not self._pieces:
            self._place = place

    def _close(self) -> None:
        """End the block that is being read, and keep it if anything is in it."""
        if not self._pieces:
            return
        place = self._place
        runs = _tidy(self._pieces)
        self._pieces = []
        if not runs:
            return
        if len(runs) == 1 and place.kind is Kind.PARAGRAPH and _RULE.fullmatch(runs[0].text):
            self._append(Block(Kind.RULE), place)
        else:
            self._append(Block(place.kind, runs, place.level), place)

    def _append(self, block: Block, place: _Place) -> None:
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


_CHANGES = {
    "a": _Walk._link,
    "blockquote": _Walk._quote,
    "q": _Walk._quotation,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Walk._heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _Walk._list),
    "li": _Walk._item,
    **dict.fromkeys(("dt", "dd", "figcaption", "caption"), _Walk._kind),
    "table": _Walk._table,
}
_LEAVES = {
    "br": _Walk._break,
    "hr": _Walk._rule,
    "img": _Walk._image,
    "input": _Walk._box,
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), _Walk._code),
}


def _in_list(kind: Kind) -> Kind:
    return kind if kind is Kind.FOOTNOTE else Kind.PARAGRAPH


def _styled(place: _Place, tag: str, attributes: Attributes) -> _Place:
    """Follow the weight and slant that mails write as styles; `<b style="font-weight:normal">` is not bold."""
    style = attributes.get("style")
    if not style or tag in ("a", "code"):
        return place
    marks = place.marks
    for weight, slant in _WEIGHT.findall(style):
        if weight:
            bold = weight.lower() == "bold" or (weight.isdigit() and int(weight) >= 600)
            marks = marks | Mark.BOLD if bold else marks & ~Mark.BOLD
        else:
            marks = marks | Mark.ITALIC if slant.lower() == "italic" else marks & ~Mark.ITALIC
    return place._replace(marks=marks)


def _number(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else default


def _address(attributes: Attributes) -> str:
    """Return where a picture is; a page that loads its pictures late has it in another attribute."""
    first_of_set = (attributes.get("srcset") or attributes.get("data-srcset") or "").strip().partition(" ")[0]
    candidates = (attributes.get(name) for name in ("src", "data-src", "data-lazy-src", "data-original"))
    return next((address for value in (*candidates, first_of_set) if (address := clean_image(value))), "")


def _code_lines(node: LexborNode) -> Iterator[str]:
    for inner in node.traverse(include_text=True):
        if inner.is_text_node:
            yield inner.text_content or ""
        elif inner.tag == "br":
            yield "\n"


def _language(node: LexborNode) -> str:
    code = node.css_first("code")
    for candidate in (code, node, node.parent, node.parent.parent if node.parent is not None else None):
        names = (candidate.attributes.get("class") or "") if candidate is not None else ""
        if match := _LANGUAGE.search(names):
            return match[1].lower()
    return ""


def _tidy(pieces: list[_Piece]) -> tuple[Run, ...]:
    """Return the runs without space at the ends, and with plain spaces where nothing is kept together."""
    if any("\xa0" in piece.text for piece in pieces):
        for piece, text in zip(pieces, plain_spaces([piece.text for piece in pieces]), strict=True):
            piece.text = text
    while pieces and pieces[-1].plain:
        pieces[-1].text = pieces[-1].text.rstrip()
        if pieces[-1].text:
            break
        pieces.pop()
    for index, piece in enumerate(pieces):
        if piece.plain:
            piece.text = piece.text.lstrip()
        if piece.text:
            return tuple(kept.run() for kept in pieces[index:] if kept.text)
    return ()
