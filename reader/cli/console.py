"""Words on a terminal: how wide they are, what may be printed, where errors go."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.services.importing import Report

# What takes two columns or none lies here; most titles have nothing of it.
_ODD = "[\u0300-\u036f\u0483-\u1fff\u200b-\u200f\u20d0-\u20ff\u231a-\u27bf\u2b1b-\U0010ffff]"
_UNPRINTED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def prepare_output() -> None:
    """See to it that no character of a title can end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            utf8 = (stream.encoding or "").lower().replace("-", "") in ("utf8", "cp65001")
            stream.reconfigure(encoding=None if utf8 or stream.isatty() else "utf-8", errors="replace")


def say_wrong(sentence: str) -> int:
    """Print a sentence on stderr; return the exit status that goes with it."""
    print(printable(sentence), file=sys.stderr)
    return 1


def complain(report: Report) -> None:
    """Print on stderr what did not come in, and what was odd about the rest: a line each."""
    for problem in (*report.warnings, *report.problems):
        say_wrong(f"{problem.path}: {problem.reason}")


def status_of(report: Report) -> int:
    """Return the exit status that goes with a report: 130 stopped, 1 where something did not come in."""
    return 130 if report.cancelled else int(bool(report.problems))


def hush() -> None:
    """Let what is still to be printed go nowhere, so that the end of the program says nothing more."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a real file
        return


def print_json(things: Iterable[Mapping[str, object]]) -> None:
    """Print one JSON object a line."""
    print_lines(map(json.JSONEncoder(ensure_ascii=False).encode, things))


def columns() -> int:
    """Return how wide the terminal is; where there is none, so wide that nothing is cut."""
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        import shutil  # it loads every kind of archive there is

        return max(40, shutil.get_terminal_size().columns)
    return 10_000


def count_of(number: int, noun: str, plural: str = "") -> str:
    """Return "1 story", "2 stories"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def printable(text: str) -> str:
    """Return a text without what a terminal would obey: escapes, bells, marks that turn the line around."""
    if text.isprintable():
        return text
    return "".join(c if c in "\n\u200d" or unicodedata.category(c) not in _UNPRINTED else " " for c in text)


def on_one_line(text: str) -> str:
    """Return a text as it can be printed on one line."""
    return text if text.isprintable() else " ".join(printable(text).split())


def width(text: str) -> int:
    """Return how many columns a text takes: CJK characters take two, marks above a letter none."""
    # Not compiled before it is needed: that takes longer than a command may.
    return len(text) if text.isascii() or not re.search(_ODD, text) else sum(map(_columns_of, text))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines, many at once."""
    sys.stdout.write("\n".join([*lines, ""]))


def fit(text: str, space: int) -> str:
    """Return a text on one line in just so many columns, cut with "…" or filled up."""
    line = on_one_line(text)
    taken = width(line)
    if taken <= space:
        return line + " " * (space - taken)
    out, left = [], max(space - 1, 0)
    for character in line:
        left -= _columns_of(character)
        if left < 0:
            break
        out.append(character)
    cut = "".join(out).rstrip() + "…"
    return cut + " " * (space - width(cut))


def wrapped(text: str, space: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """Yield a text's lines, each at most so many columns; `first` and `rest` stand before them."""
    indent = first if rest is None else rest
    margin = first
    for paragraph in text.split("\n"):
        line = margin
        for word in _words(paragraph):
            if width(line) + width(word.rstrip()) > space and line.strip() != margin.strip():
                yield line.rstrip()
                line = indent + word.lstrip()
            else:
                line += word
        yield line.rstrip()
        margin = indent


def padded(texts: Sequence[str], most: int) -> list[str]:
    """Return texts as a column: as wide as the widest, but at most so many columns."""
    whole = "".join(texts)
    if whole.isascii() and whole.isprintable() and (space := len(max(texts, key=len, default=""))) <= most:
        return [text.ljust(space) for text in texts]
    # Most need nothing done: they are told apart without a call for each.
    lines = [text if text.isprintable() else on_one_line(text) for text in texts]
    widths = [len(line) if line.isascii() else width(line) for line in lines]
    space = min(max(widths, default=0), most)
    blanks = " " * space
    return [
        line + blanks[taken:] if taken <= space else fit(line, space)
        for line, taken in zip(lines, widths, strict=True)
    ]


def _words(paragraph: str) -> Iterator[str]:
    """Yield the pieces that a line may end after: words, and each CJK character."""
    word = ""
    for character in paragraph:
        wide = _columns_of(character) == 2
        if word and (
            (word[-1].isspace() and not character.isspace())
            or (wide and unicodedata.category(character)[0] != "P")
        ):
            yield word
            word = ""
        word += character
        if wide:
            continue
    if word:
        yield word


@cache
def _columns_of(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1
