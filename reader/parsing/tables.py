"""Tables that hold data, and tables that only lay out a page."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_BLOCKS = "h1, h2, h3, h4, h5, h6, ul, ol, dl, blockquote, pre, hr, figure, p + p, div + div"
_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right)", re.IGNORECASE)
_MOST_COLUMNS = 100


def is_data_table(table: LexborNode) -> bool:
    """Tell whether a table holds data: two columns and two rows at least, and no more than lines in them."""
    if (table.attributes.get("role") or "").lower() in ("presentation", "none") or table.css_first(
        "table table"
    ) is not None:
        return False
    rows = rows_of(table)
    columns = max((len(cells) for cells in rows), default=0)
    if columns < 2 or (len(rows) < 2 and table.css_first("th") is None):
        return False
    return table.css_first("th") is not None or not any(
        cell.css_first(_BLOCKS) for cells in rows for cell, _ in cells
    )


def rows_of(table: LexborNode) -> list[list[tuple[LexborNode, int]]]:
    """Return the cells of each row, each with the number of columns it takes."""
    rows = [
        [(cell, _span(cell)) for cell in row.iter() if cell.tag in ("td", "th")] for row in table.css("tr")
    ]
    return [row for row in rows if row]


def alignment(table: LexborNode, width: int) -> tuple[str, ...]:
    """Return "left", "center", "right" or "" for each column, as its first cell says."""
    first = rows_of(table)[0]
    aligns = [_align(cell) for cell, span in first for _ in range(span)][:width]
    return tuple(aligns + [""] * (width - len(aligns)))


def _span(cell: LexborNode) -> int:
    value = cell.attributes.get("colspan") or "1"
    return (
        min(int(value), _MOST_COLUMNS)
        if value.isascii() and value.isdigit() and 0 < len(value) < 5 and int(value)
        else 1
    )


def _align(cell: LexborNode) -> str:
    attributes = cell.attributes
    value = (attributes.get("align") or "").lower()
    match = _ALIGN.search(attributes.get("style") or "")
    return match[1].lower() if match else value if value in ("left", "center", "right") else ""
