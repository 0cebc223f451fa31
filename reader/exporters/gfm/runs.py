"""The normal form of runs: the white space, the marks and the addresses that Markdown can say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reader.model import OBJECT, Mark, Run

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ufeff\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACE = " \t\n"
_GAP = re.compile(r"[ \t]*\n[ \t\n]*|[ \t]{2,}|\t")
_LABEL = re.compile(r"[^\w-]+")
_UNSAFE = re.compile(r'[\x00-\x20\x7f-\xa0<>"`\\|^{}\[\]\u2028\u2029]')


def normal_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs whose white space and marks Markdown can say."""
    out: list[Run] = []
    for token in _shared(_stripped([token for run in runs for token in _tokens(run)])):
        if out and _alike(out[-1], token):
            out[-1] = replace(token, text=out[-1].text + token.text)
        else:
            out.append(token)
    return tuple(out)


def plain_text(text: str) -> str:
    """Return a text without control characters, its lines ended by newlines."""
    return _LINE_END.sub("\n", _NO_TEXT.sub("", text))


def label_of(text: str) -> str:
    """Return a footnote's label as it may stand in brackets."""
    return _LABEL.sub("-", text).strip("-")


def address(url: str) -> str:
    """Return an address with only what may stand in one, and its parentheses in pairs."""
    out = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url)
    return out if _balanced(out) else out.replace("(", "%28").replace(")", "%29")


def _balanced(text: str) -> bool:
    still_open = 0
    for parenthesis in re.findall("[()]", text):
        still_open += 1 if parenthesis == "(" else -1
        if still_open < 0:
            return False
    return still_open == 0


def _alike(one: Run, other: Run) -> bool:
    if one.image or one.note or other.image or other.note:
        return False
    return one.marks == other.marks and one.href == other.href


def _tokens(run: Run) -> Iterator[Run]:
    """Yield the run's text and, apart, the white space around it: a space, or its line breaks."""
    marks = run.marks & ~Mark.LEAD | (Mark.BOLD if run.marks & Mark.LEAD else Mark.NONE)
    href = address(run.href) if run.href else ""
    if run.image:
        alt = " ".join(_NO_TEXT.sub("", run.alt).replace(OBJECT, "").split())
        yield Run(OBJECT, marks & ~Mark.CODE, href, address(run.image), alt)
    elif run.note:
        if label := label_of(run.note):
            yield Run(label, Mark.SUPER, note=label)
    else:
        text = plain_text(run.text).replace(OBJECT, "")
        for piece in _pieces(text, in_code=bool(marks & Mark.CODE)):
            yield Run(piece, marks, href)


def _pieces(text: str, *, in_code: bool) -> Iterator[str]:
    core = text.strip(_SPACE)
    start = text.find(core) if core else 0
    yield from _gap(text[:start])
    if core:
        core = _GAP.sub(lambda match: "\n" * match[0].count("\n") or " ", core)
        yield from filter(None, re.split(r"(\n)", core) if in_code else (core,))
    yield from _gap(text[start + len(text[start:].rstrip(_SPACE)) :])


def _gap(space: str) -> Iterator[str]:
    if breaks := space.count("\n"):
        yield from "\n" * breaks
    elif space:
        yield " "


def _stripped(tokens: list[Run]) -> list[Run]:
    """Return the tokens without the wider kinds of space at both ends."""
    while tokens and not tokens[0].text.strip():
        tokens = tokens[1:]
    while tokens and not tokens[-1].text.strip():
        tokens = tokens[:-1]
    if tokens:
        tokens[0] = replace(tokens[0], text=tokens[0].text.lstrip())
        tokens[-1] = replace(tokens[-1], text=tokens[-1].text.rstrip())
    return tokens


def _shared(tokens: Sequence[Run]) -> Iterator[Run]:
    """Yield the tokens without needless white space; what is left of it bears what both its sides bear."""
    last: Run | None = None
    waiting: list[Run] = []
    for token in tokens:
        if token.text in (" ", "\n"):
            waiting.append(token)
            continue
        if last is not None and waiting:
            yield from _between(last, waiting, token)
        yield token
        last, waiting = token, []


def _between(left: Run, spaces: Sequence[Run], right: Run) -> Iterator[Run]:
    breaks = [space for space in spaces if space.text == "\n"]
    for space in breaks or spaces[:1]:
        marks = space.marks & left.marks & right.marks
        if breaks or left.marks != right.marks or left.href != right.href:
            marks &= ~Mark.CODE  # Code begins and ends with no space.
        yield Run(space.text, marks, space.href if left.href == space.href == right.href else "")
