"""What looks like markup and is text: escaped where it must be, and only there."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import dataclass

_PUNCTUATION = frozenset(string.punctuation)
_SPECIAL = re.compile(r"[\\`*_\[\]<&~|!{=]")
_ENTITY = re.compile(r"&#?\w+;")
_TAG = re.compile(r"<[A-Za-z/!?]")
_LINK_LIKE = re.compile(r"\[[^\[\]]*\](?![(\[:])(?=.)", re.DOTALL)
_TASK = re.compile(r"\[[ xX]\](?:\s|$)")
_LINE_START = re.compile(
    r"""
    [#>]                          # a heading, a quote
    | [-+](?=\s|$)                # a list
    | [*](?=\s|$)
    | \d{1,9}[.)](?=\s|$)
    | :(?=\s)                     # a definition
    | [-=:](?=[-=:|\s]*$)         # the line under a heading, the line under a table's head
    | [-_](?=(?:\s*[-_]){2,}\s*$) # a rule
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Around:
    """Where a piece of text stands."""

    before: str = ""
    """The character before it; "" at the start of a line."""
    after: str = ""
    """The character after it; "" at the end of the block."""
    in_link: bool = False
    in_table: bool = False
    in_item: bool = False
    """Whether it is the first of a list item, where "[ ]" is a task."""
    one_line: bool = False
    """Whether it stands in a heading or a cell, where no line begins."""


def escaped(text: str, around: Around) -> str:
    """Return a text, without line breaks, that is read as itself where it stands."""
    out = _SPECIAL.sub(lambda match: _written(text, match.start(), around), text)
    if around.before or around.one_line:
        return out
    if match := _LINE_START.match(out):
        # A number is no list when its dot is escaped, anything else when its first character is.
        return out[: match.end() - 1] + "\\" + out[match.end() - 1 :]
    return out


def _written(text: str, at: int, around: Around) -> str:
    character = text[at]
    if not _NEEDS[character](text, at, around):
        return character
    return _OTHERWISE.get(character, f"\\{character}")


def _next(text: str, at: int, around: Around) -> str:
    return text[at + 1 : at + 2] or around.after or " "


def _last(text: str, at: int, around: Around) -> str:
    return text[at - 1] if at else around.before or " "


def _backslash(text: str, at: int, around: Around) -> bool:
    return _next(text, at, around) in _PUNCTUATION or at == len(text) - 1


def _always(_text: str, _at: int, _around: Around) -> bool:
    return True


def _star(text: str, at: int, around: Around) -> bool:
    sides = _last(text, at, around) + _next(text, at, around)
    return not sides.isspace() or _begins(at, around) or _ends(text, at, around)


def _underscore(text: str, at: int, around: Around) -> bool:
    sides = _last(text, at, around) + _next(text, at, around)
    return not (sides.isalnum() or sides.isspace()) or _begins(at, around) or _ends(text, at, around)


def _begins(at: int, around: Around) -> bool:
    return at == 0 and not around.before and not around.one_line


def _ends(text: str, at: int, around: Around) -> bool:
    """Whether it ends a line: the space after it there does not show that it is no mark."""
    return at == len(text) - 1 and not around.after


def _opening_bracket(text: str, at: int, around: Around) -> bool:
    if around.in_link or (around.in_item and at == 0 and _TASK.match(text)):
        return True
    return text.startswith(("[^", "[["), at) or not _LINK_LIKE.match(text, at)


def _closing_bracket(text: str, at: int, around: Around) -> bool:
    return around.in_link or (at == len(text) - 1 and bool(around.after))


def _less(text: str, at: int, _around: Around) -> bool:
    return bool(_TAG.match(text, at)) or at == len(text) - 1


def _ampersand(text: str, at: int, _around: Around) -> bool:
    return bool(_ENTITY.match(text, at))


def _tilde(text: str, at: int, around: Around) -> bool:
    last, following = _last(text, at, around), _next(text, at, around)
    return not (last.isspace() and following.isalnum())


def _pipe(_text: str, _at: int, around: Around) -> bool:
    return around.in_table


def _bang(text: str, at: int, around: Around) -> bool:
    return _next(text, at, around) == "["


def _brace(text: str, at: int, around: Around) -> bool:
    return _next(text, at, around) in "{%:"


def _equals(text: str, at: int, around: Around) -> bool:
    """Obsidian highlights what stands between two pairs."""
    return _next(text, at, around) == "=" and not text[at + 2 : at + 3].isspace()


_OTHERWISE = {
    "<": "&lt;",
    "&": "&amp;",
    "{": "{\\",  # Jekyll takes {{ }}, {% %} and {: } out before it sees what is escaped.
}
_NEEDS: dict[str, Callable[[str, int, Around], bool]] = {
    "\\": _backslash,
    "`": _always,
    "*": _star,
    "_": _underscore,
    "[": _opening_bracket,
    "]": _closing_bracket,
    "<": _less,
    "&": _ampersand,
    "~": _tilde,
    "|": _pipe,
    "!": _bang,
    "{": _brace,
    "=": _equals,
}
