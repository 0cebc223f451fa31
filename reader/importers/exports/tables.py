"""Tables that programs export as CSV: rows by the names of their columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from reader.model import ImporterError


def columns(text: str) -> tuple[str, ...]:
    """Return the names of a table's columns in lower case, given how it begins; none where it is no table."""
    first = text.lstrip("\ufeff \t\r\n").partition("\n")[0]
    try:
        names = next(csv.reader([first.rstrip("\r")]), [])
    except csv.Error:
        return ()
    return tuple(name.strip().lower() for name in names)


def rows(text: str, location: str) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a table; raise ImporterError where it is none. A cell that is missing is ""."""
    names = columns(text)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        next(reader, None)
        for row in reader:
            yield dict(zip(names, [*row, *[""] * len(names)], strict=False))
    except csv.Error as error:
        reason = f"The table is damaged in line {reader.line_num:,}; what stands before that was read."
        raise ImporterError(reason, location) from error
